//! What a rehearsal asks a database of its own, and the statement of a save as a script for pgbench, to
//! compare the server with the bare database.

use std::fmt::Write as _;

use sqlx::PgConnection;

use super::StoreError;
use super::attempt::Digest;
use crate::domain::id::AttemptId;

/// A made-up candidate who sits before an open attempt.
#[derive(Debug, Clone)]
pub struct Seat {
    /// The hash of the session's secret.
    pub session: Digest,
    /// The attempt.
    pub attempt: AttemptId,
}

/// Attempts that are not written down as ended. Lists of staff count one as ended from the moment when
/// its time has passed; here it counts when the server has closed it.
pub async fn count_running(owner: &mut PgConnection) -> Result<i64, StoreError> {
    let all =
        sqlx::query_scalar!(r#"select count(*) as "all!" from attempt where state = 'running'"#);
    Ok(all.fetch_one(owner).await?)
}

/// Variables that every client of the script begins with.
pub const VARIABLES: [(&str, &str); 2] = [("base", "0"), ("turn", "0")];

/// One seat per client; each saves its first answer again and again, as [`super::response::save`]
/// does, and goes on from the version that it is told.
pub fn script(seats: &[Seat]) -> String {
    let mut script = String::from("\\set turn :turn + 1\n");
    for (client, seat) in seats.iter().enumerate() {
        let word = if client == 0 { "if" } else { "elif" };
        let session: String = seat.session.iter().fold(String::new(), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        });
        let _infallible = writeln!(
            script,
            "\\{word} :client_id = {client}\n\
             select (door.save('\\x{session}'::bytea, '{}'::uuid, 1, :base::bigint, gen_random_uuid(), \
             jsonb_build_object('choice', :turn::text)) ->> 'version')::bigint as base \\gset",
            seat.attempt.uuid(),
        );
    }
    script.push_str("\\endif\n");
    script
}
