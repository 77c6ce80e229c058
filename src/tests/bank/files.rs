//! A folder of files goes in as a whole or not at all, and comes out byte for byte.

use std::fs;
use std::path::Path;

use touchstone::catalog::BadFile;
use touchstone::service::bank::file::{self, Imported, ItemFile, NotImported};
use touchstone::service::{Refusal, bank};

use super::world::{World, item};

const SKILL: &str = "arch.distributed-systems";
const WRITER: &str = "writer@example.org";

fn put(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, bytes).expect("written");
}

fn place(code: &str) -> String {
    format!("{SKILL}/{code}.toml")
}

async fn import(world: &World, folder: &Path) -> Result<Imported, Vec<BadFile>> {
    let files = file::read_folder(folder)?;
    match file::import(&world.ctx, WRITER, files, false).await {
        Ok(done) => Ok(done),
        Err(NotImported::Files(bad)) => Err(bad),
        Err(NotImported::Refused(refusal)) => panic!("{refusal:?}"),
    }
}

/// What is wrong, the files, the line that is told and a word of what is said.
type Case = (&'static str, Vec<(String, Vec<u8>)>, usize, &'static str);

#[tokio::test]
async fn what_goes_in_comes_out_byte_for_byte() {
    let world = World::found().await;
    let folder = world.folder.join("in");
    // Windows line ends, no line end at the end, other kinds, letters of many languages.
    put(&folder, &place("a-1-windows"), item("a-1-windows", SKILL).replace('\n', "\r\n"));
    put(&folder, &place("a-2-open-end"), item("a-2-open-end", SKILL).trim_end());
    put(&folder, &place("a-3-words"), item("a-3-words", SKILL).replace("parcel", "påkke 包裹"));
    for (at, (path, text)) in touchstone::catalog::ITEM_FILES.iter().step_by(60).enumerate() {
        let (skill, name) = path.split_once('/').expect("a place");
        let (old, code) = (name.trim_end_matches(".toml"), format!("own-{at:04}-copy"));
        let text = text.replace(old, &code);
        let text: String = text
            .lines()
            .filter(|line| !line.starts_with("enemy"))
            .flat_map(|line| [line, "\n"])
            .collect();
        put(&folder, &format!("{skill}/{code}.toml"), text);
    }
    let sent = file::read_folder(&folder).expect("readable");
    let done = import(&world, &folder).await.expect("imported");
    assert_eq!((done.created, done.revised, done.unchanged), (sent.len(), 0, 0));
    assert!(done.near.len() >= 2, "three items say nearly the same");
    let back = file::export(&world.ctx, WRITER, false).await.expect("exported");
    assert_eq!(back, sent);

    let again = import(&world, &folder).await.expect("imported");
    assert_eq!((again.created, again.revised, again.unchanged), (0, 0, sent.len()));
    let changed = item("a-2-open-end", SKILL).replace("seconds = 90", "seconds = 75");
    put(&folder, &place("a-2-open-end"), &changed);
    let third = import(&world, &folder).await.expect("imported");
    assert_eq!((third.created, third.revised), (0, 1));
    let back = file::export(&world.ctx, WRITER, false).await.expect("exported");
    assert!(back.contains(&ItemFile { path: place("a-2-open-end"), text: changed }));
}

#[tokio::test]
async fn a_bad_file_is_named_with_its_line_and_nothing_is_imported() {
    let world = World::found().await;
    let good = item("b-1-good", SKILL);
    let one = item("b-2-bad", SKILL);
    let of = |text: String| vec![(place("b-2-bad"), text.into_bytes())];
    let shipped = touchstone::catalog::bank().items().next().expect("one").facts.code.to_string();
    let line =
        |needle: &str| one.lines().position(|line| line.contains(needle)).expect("there") + 1;
    let cases: Vec<Case> = vec![
        (
            "no key",
            of(one.replace("key = true   # the database decides", "")),
            line("[[option]]"),
            "no option",
        ),
        (
            "two best answers",
            of(one.replace("id = \"b\"", "id = \"b\"\nkey = true")),
            line("[[option]]"),
            "more than one",
        ),
        ("a missing field", of(one.replace("ask = ", "asks = ")), line("ask = "), "asks"),
        ("no TOML", of(one.replace("level = \"mid\"", "level = = \"mid\"")), line("level = "), ""),
        (
            "a script",
            of(one.replace("when it leaves.", "when <script>alert(1)</script>.")),
            line("when it leaves"),
            "<script>",
        ),
        (
            "an address that runs",
            of(one.replace("when it leaves.", "[here](javascript:alert(1)).")),
            line("when it leaves"),
            "javascript",
        ),
        ("a sign that no text has", of(one.replace("A nightly", "\\u0000 nightly")), 0, "U+0000"),
        (
            "an unknown skill",
            of(one.replace(SKILL, "arch.nothing")),
            line("skill = "),
            "arch.nothing",
        ),
        (
            "the name of a shipped item",
            vec![(place(&shipped), item(&shipped, SKILL).into_bytes())],
            3,
            "shipped",
        ),
        (
            "a lost enemy",
            of(one.replace("seeds =", "enemy = [\"no-such-item\"]\nseeds =")),
            10,
            "no-such-item",
        ),
        ("10 MB", of(one.replace("when it leaves", &"x".repeat(10 << 20))), 1, "KiB"),
        (
            "Latin-1",
            vec![(place("b-2-bad"), [one.as_bytes(), b"# caf\xe9\n"].concat())],
            one.lines().count() + 1,
            "UTF-8",
        ),
        (
            "UTF-16",
            vec![(
                place("b-2-bad"),
                one.encode_utf16().flat_map(u16::to_le_bytes).chain([0xff, 0xfe]).collect(),
            )],
            0,
            "",
        ),
        (
            "another place",
            vec![("db.nosql/b-2-bad.toml".into(), one.clone().into_bytes())],
            3,
            "belongs into",
        ),
        (
            "one name twice",
            vec![
                (place("b-2-bad"), one.clone().into_bytes()),
                ("db.nosql/b-2-bad.toml".into(), one.replace(SKILL, "db.nosql").into_bytes()),
            ],
            3,
            "already",
        ),
    ];
    for (at, (what, files, line, words)) in cases.into_iter().enumerate() {
        let folder = world.folder.join(format!("case-{at}"));
        put(&folder, &place("b-1-good"), &good);
        for (path, bytes) in files {
            put(&folder, &path, bytes);
        }
        let bad = import(&world, &folder).await.expect_err(what);
        let first = bad.iter().find(|bad| bad.message.contains(words));
        let first = first.unwrap_or_else(|| panic!("{what}: {bad:?}"));
        assert!(!first.path.contains("b-1-good") && !first.path.is_empty(), "{what}: {first}");
        assert!(line == 0 || first.line == line, "{what}: line {line} was meant, not {first}");
        let stock = bank::stock(&world.ctx, &world.writer).await.expect("bank");
        assert!(stock.entries.iter().all(|entry| !entry.card.is_private), "{what}: half-imported");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn links_empty_folders_and_wrong_people_are_refused() {
    let world = World::found().await;
    let folder = world.folder.join("links");
    put(&folder, "note.txt", "not an item");
    let none = import(&world, &folder).await.expect_err("no items");
    assert!(none[0].message.contains(".toml"), "{none:?}");
    fs::create_dir_all(folder.join(SKILL)).expect("made");
    std::os::unix::fs::symlink("/etc/passwd", folder.join(place("b-3-link"))).expect("linked");
    let bad = import(&world, &folder).await.expect_err("a link");
    assert!(bad[0].message.contains("link"), "{bad:?}");
    let files = vec![ItemFile { path: place("b-1-good"), text: item("b-1-good", SKILL) }];
    world.colleague(touchstone::domain::account::Role::Hr, "hr@example.org").await;
    for (email, is_right) in [
        (
            "hr@example.org",
            (|it| matches!(it, Refusal::Hidden | Refusal::Forbidden)) as fn(&Refusal) -> bool,
        ),
        ("nobody@example.org", |it| matches!(it, Refusal::Hidden)),
        ("nonsense", |it| matches!(it, Refusal::Invalid(_))),
    ] {
        match file::import(&world.ctx, email, files.clone(), false).await {
            Err(NotImported::Refused(refusal)) => {
                assert!(is_right(&refusal), "{email}: {refusal:?}");
            }
            other => panic!("{email}: {other:?}"),
        }
    }
    let dry = file::import(&world.ctx, WRITER, files, true).await.expect("checked");
    assert_eq!(dry.created, 1);
    assert_eq!(file::export(&world.ctx, WRITER, true).await.expect("exported"), vec![]);
}
