//! `touchstone admin`: the first owner, and a way back in.

use std::io::{IsTerminal as _, Write as _};
use std::process::{Command, ExitCode, Stdio};

use super::database::{Database, kind, with_house};
use super::{Failure, Outcome, say};
use crate::components::message::sentence;
use crate::config::Config;
use crate::domain::account::PASSWORD_MIN_CHARS;
use crate::service::auth::{self, Founder};
use crate::service::{Refusal, operator};
use crate::store;
use crate::t;

/// What an operator may do to people.
#[derive(Debug, clap::Subcommand)]
pub enum Admin {
    /// Make the first organisation and its owner
    ///
    /// The password is asked for, or read from standard input when that is no terminal.
    #[command(
        after_help = "Example:\n  touchstone admin create-owner --organisation 'Halden Freight' --name 'Ines Moreau' --email ines.moreau@halden.example"
    )]
    CreateOwner(Owner),
    /// List the owners of all organisations
    List,
    /// Print a link with which a colleague chooses a new password
    ResetLink {
        /// The address that the person signs in with
        email: String,
    },
}

/// The first owner.
#[derive(Debug, clap::Args)]
pub struct Owner {
    /// Name of the organisation
    #[arg(long)]
    organisation: String,
    /// Name of the person
    #[arg(long)]
    name: String,
    /// Address that the person will sign in with
    #[arg(long)]
    email: String,
    /// Time zone of the organisation, such as Europe/Oslo
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    timezone: String,
}

/// Does one of them.
pub async fn run(config: Config, admin: Admin) -> Outcome {
    match admin {
        Admin::CreateOwner(owner) => create_owner(config, owner).await,
        Admin::List => list(&config).await,
        Admin::ResetLink { email } => reset_link(config, email).await,
    }
}

async fn create_owner(config: Config, owner: Owner) -> Outcome {
    let password = read_password()?;
    let email = owner.email.clone();
    let founder = Founder {
        organisation: owner.organisation,
        timezone: owner.timezone,
        name: owner.name,
        email: owner.email,
        password,
    };
    with_house(config, |ctx| async move {
        let made = auth::create_owner(&ctx, founder).await;
        made.map(drop).map_err(|refusal| match refusal {
            Refusal::Forbidden => Failure::new(t!("cli-owner-exists")),
            other => in_words(&other),
        })?;
        say(t!("cli-owner-made", email = email, address = ctx.config.public_url.clone()));
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn list(config: &Config) -> Outcome {
    let database = Database::for_command(config).await?;
    let url = database.url();
    let listed = async {
        store::migrate(&url, kind(config)).await?;
        operator::list_owners(&url).await.map_err(Failure::from)
    };
    let listed = listed.await;
    database.close().await;
    let owners = listed?;
    if owners.is_empty() {
        say(t!("cli-no-owners"));
    }
    for owner in owners {
        let (organisation, name, email) = (owner.organisation, owner.name, owner.email);
        if owner.is_disabled {
            say(t!("cli-owner-closed", organisation = organisation, name = name, email = email));
        } else {
            say(t!("cli-owner", organisation = organisation, name = name, email = email));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn reset_link(config: Config, email: String) -> Outcome {
    with_house(config, |ctx| async move {
        let link = operator::reset_link(&ctx, &email).await.map_err(|refusal| match refusal {
            Refusal::Hidden => Failure::new(t!("cli-no-such-account", email = email)),
            other => in_words(&other),
        })?;
        say(t!("cli-reset-link", link = link));
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// The sentences that a page would show beside its fields.
fn in_words(refusal: &Refusal) -> Failure {
    match refusal {
        Refusal::Invalid(fields) => {
            let lines: Vec<String> = fields
                .iter()
                .map(|field| format!("--{}: {}", field.field, sentence(field.code, &field.args)))
                .collect();
            Failure::new(lines.join("\n"))
        }
        other => Failure::new(t!("cli-refused", cause = other.to_string())),
    }
}

/// Asks for a password without showing it, or reads the first line that a script sends.
fn read_password() -> Result<String, Failure> {
    let input = std::io::stdin();
    let mut line = String::new();
    if input.is_terminal() {
        let mut output = std::io::stdout();
        write!(output, "{} ", t!("cli-password", least = PASSWORD_MIN_CHARS))?;
        output.flush()?;
        echo(false);
        let read = input.read_line(&mut line);
        echo(true);
        say("");
        read?;
    } else {
        input.read_line(&mut line)?;
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Where there is no `stty` the password is seen while it is typed.
fn echo(is_on: bool) {
    let word = if is_on { "echo" } else { "-echo" };
    let _is_done = Command::new("stty").arg(word).stdin(Stdio::inherit()).status();
}
