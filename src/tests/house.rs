//! The walls that the compiler cannot see: who may import whom, and what may stand where.
//!
//! Reads the sources as text and stays dumb on purpose. A rule that needs more than a search in a
//! line belongs to clippy or to the compiler.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms and whom each may import besides itself. What is not listed is refused.
const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("catalog", &["domain"]),
    ("text", &["domain"]),
    ("telemetry", &[]),
    ("embedded", &["telemetry"]),
    ("config", &["embedded", "text"]),
    ("store", &["domain"]),
    ("service", &["domain", "catalog", "store", "config", "text"]),
    ("api", &["domain", "service", "http", "text"]),
    ("islands", &["domain", "api"]),
    ("components", &["domain", "islands", "text"]),
    ("pages", &["domain", "catalog", "service", "api", "islands", "components", "http", "text"]),
    ("http", &["domain", "service", "api", "pages", "components", "config", "telemetry", "text"]),
    (
        "cli",
        &[
            "domain",
            "catalog",
            "store",
            "service",
            "components",
            "http",
            "config",
            "embedded",
            "telemetry",
            "text",
        ],
    ),
];

/// What may pass a wall all the same, and why.
const GATES: &[(&str, &str)] = &[
    // tower-sessions asks its store from inside the layer, so the layer must be given it.
    ("http/session.rs", "store::session"),
];

/// Names that say nothing about what is in the drawer.
const DRAWERS: &[&str] =
    &["utils", "util", "common", "helpers", "helper", "types", "manager", "misc"];

/// Most lines of a file.
const LONGEST: usize = 400;

/// A source file.
struct Source {
    /// Below `src`, with slashes.
    path: String,
    text: String,
}

impl Source {
    /// The room that it belongs to.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Lines of code with their numbers; comments are not code.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = (1..).zip(self.text.lines());
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Lines with this in it.
    fn lines_with(&self, what: &str) -> impl Iterator<Item = String> {
        let hits = self.code().filter(move |(_, line)| line.contains(what));
        hits.map(move |(at, line)| format!("{}:{at}: {what} in `{}`", self.path, line.trim()))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let is_ours = !["target", "node_modules", ".git"].iter().any(|other| name == *other);
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && is_ours => walk(&path, found),
            Ok(kind) if kind.is_file() && is_ours => found.push(path),
            _ => {}
        }
    }
    found.sort();
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut paths = Vec::new();
    walk(&src, &mut paths);
    paths.retain(|path| path.extension().is_some_and(|end| end == "rs"));
    let read = |path: PathBuf| Source {
        text: fs::read_to_string(&path).expect("text"),
        path: path.strip_prefix(&src).expect("below").to_string_lossy().replace('\\', "/"),
    };
    let found: Vec<Source> = paths.into_iter().map(read).collect();
    assert!(found.len() > 200, "only {} sources", found.len());
    found
}

/// The sources of the product, without the integration tests and the entry points.
fn product() -> Vec<Source> {
    let mut all = sources();
    all.retain(|file| !["tests", "lib", "main"].contains(&file.room()));
    all
}

fn report(problems: &[String]) {
    let mut list = String::new();
    for problem in problems {
        let _ = writeln!(list, "{problem}");
    }
    assert!(problems.is_empty(), "{list}");
}

#[test]
fn arrows_point_inward() {
    let mut problems = Vec::new();
    for file in product() {
        let room = file.room();
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            problems.push(format!("{}: the room {room} is not in the table", file.path));
            continue;
        };
        for (at, line) in file.code() {
            // Ways around the search.
            let depth = file.path.matches('/').count() - usize::from(file.path.ends_with("mod.rs"));
            let climbs = "super::".repeat(depth + 2);
            if line.contains("crate::{") || line.contains("crate::*") || line.contains(&climbs) {
                problems.push(format!("{}:{at}: name the room: `{}`", file.path, line.trim()));
            }
            for way in line.split("crate::").skip(1) {
                let to: String =
                    way.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                let is_macro = to == "t" || way.starts_with("t!");
                let is_gate =
                    GATES.iter().any(|(from, gate)| file.path == *from && way.starts_with(gate));
                if to != room && !is_macro && !is_gate && !allowed.contains(&to.as_str()) {
                    problems.push(format!("{}:{at}: {room} must not know {to}", file.path));
                }
            }
        }
    }
    report(&problems);
}

#[test]
fn the_candidates_pages_know_no_key() {
    let mut problems = Vec::new();
    for file in product().iter().filter(|file| file.path.starts_with("pages/take/")) {
        for word in ["catalog::", "::Key", "VersionKey", "service::result", "explanation"] {
            problems.extend(file.lines_with(word));
        }
    }
    report(&problems);
}

#[test]
fn every_room_has_its_sign() {
    let all = sources();
    let mut problems = Vec::new();
    for (room, _) in ROOMS {
        let is_door = |file: &&Source| {
            file.path == format!("{room}/mod.rs") || file.path == format!("{room}.rs")
        };
        let Some(door) = all.iter().find(is_door) else {
            problems.push(format!("{room} has no door"));
            continue;
        };
        let sign: String = door.text.lines().take_while(|line| line.starts_with("//!")).collect();
        let is_folder = door.path.ends_with("mod.rs");
        let sign = sign.to_lowercase();
        let words: &[&[&str]] = if is_folder {
            &[&["//! # "], &["may touch"], &["never"], &["**one more", "**to add"]]
        } else {
            &[&["//! "]]
        };
        for either in words.iter().filter(|either| !either.iter().any(|word| sign.contains(word))) {
            problems.push(format!("{}: the sign does not say {either:?}", door.path));
        }
    }
    // A folder inside a room says at least what it is.
    for file in all
        .iter()
        .filter(|file| !file.text.starts_with("//! ") && !file.text.starts_with("use super::"))
    {
        problems.push(format!("{}: the first line does not say what it is", file.path));
    }
    let plan = &all.iter().find(|file| file.path == "lib.rs").expect("the plan").text;
    for (room, _) in ROOMS.iter().filter(|(room, _)| !plan.contains(&format!("pub mod {room};"))) {
        problems.push(format!("lib.rs: {room} is not on the floor plan"));
    }
    report(&problems);
}

#[test]
fn sql_is_in_the_store_only() {
    let mut problems = Vec::new();
    for file in product().iter().filter(|file| file.room() != "store") {
        for word in [
            "query!(",
            "query_as!(",
            "query_scalar!(",
            "query_file",
            "sqlx::query",
            "AssertSqlSafe",
            ".execute(",
            ".fetch_one(",
            ".fetch_all(",
            ".fetch_optional(",
        ] {
            problems.extend(file.lines_with(word));
        }
    }
    report(&problems);
}

#[test]
fn the_demo_writes_through_services_only() {
    // Who is there already, the clock of a demo, and a transaction for the services' own link.
    const MAY: &[&str] = &["account as accounts", "deployment", "tenant", "invitee::Which"];
    const MAY_ASK: &[&str] = &["is_founded(", "find_sign_in("];
    let mut problems = Vec::new();
    for file in product().iter().filter(|file| file.path.starts_with("service/demo/")) {
        for (at, line) in file.code() {
            let Some((_, names)) = line.split_once("crate::store::") else { continue };
            let names = names.trim_matches(['{', '}', ';', ' ']);
            let odd: Vec<_> = names
                .split(", ")
                .map(|name| name.trim_matches(['{', '}', ';']))
                .filter(|name| !MAY.contains(name))
                .collect();
            if !odd.is_empty() {
                problems.push(format!("{}:{at}: {odd:?}", file.path));
            }
        }
        for (at, line) in file.code() {
            let calls = line.split("accounts::").skip(1);
            for call in calls.filter(|call| !MAY_ASK.iter().any(|may| call.starts_with(may))) {
                problems.push(format!("{}:{at}: accounts::{call}", file.path));
            }
        }
        for word in ["insert", "store::result", "PgPool"] {
            problems.extend(file.lines_with(word));
        }
    }
    report(&problems);
}

#[test]
fn the_rules_are_pure_and_the_builds_meet_in_few_places() {
    let mut problems = Vec::new();
    for file in product() {
        if file.room() == "domain" {
            for word in
                ["async ", ".await", "cfg(feature", "SystemTime", "Instant::now", "rand::", "f32 "]
            {
                problems.extend(file.lines_with(word));
            }
        }
        // Scores are integers; a number that somebody types may once have been a float.
        if ["domain/scoring/", "domain/result", "domain/range"]
            .iter()
            .any(|it| file.path.starts_with(it))
        {
            problems.extend(file.lines_with("f32"));
            problems.extend(file.lines_with("f64"));
        }
        // The pure core has no features; the browser meets the server in `api` and `islands`.
        let may_choose = ["api", "islands"].contains(&file.room());
        if !may_choose {
            problems.extend(file.lines_with("cfg(feature"));
            problems.extend(file.lines_with("cfg!(feature"));
        }
        if file.room() != "api" {
            problems.extend(file.lines_with("#[server"));
        }
        if file.room() != "islands" {
            problems.extend(file.lines_with("#[island"));
        }
        if file.room() != "cli" && file.room() != "embedded" {
            problems.extend(file.lines_with("process::exit"));
        }
    }
    report(&problems);
}

#[test]
fn files_are_short_named_after_things_and_excuse_nothing_silently() {
    let mut problems = Vec::new();
    for file in sources() {
        let lines = file.text.lines().count();
        if lines > LONGEST {
            problems.push(format!("{}: {lines} lines", file.path));
        }
        let parts = file.path.split('/').map(|part| part.trim_end_matches(".rs"));
        for drawer in parts.filter(|part| DRAWERS.contains(part)) {
            problems.push(format!("{}: {drawer} says nothing", file.path));
        }
        for word in [
            concat!("#[", "allow"),
            concat!("#![", "allow"),
            concat!("TO", "DO"),
            concat!("FIX", "ME"),
            concat!("todo", "!("),
            concat!("unimplemented", "!("),
        ] {
            problems.extend(file.lines_with(word));
        }
    }
    report(&problems);
}

#[test]
fn nothing_names_the_machine_that_it_was_written_on() {
    let mut paths = Vec::new();
    walk(&root(), &mut paths);
    let mut problems = Vec::new();
    let places = [
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("/Us", "ers/"),
        concat!("/ho", "me/"),
    ];
    for path in paths {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let name = path.strip_prefix(root()).expect("below").display().to_string();
        for (at, line) in (1..).zip(text.lines()) {
            // The one home that is the same on every machine.
            let line = line.replace(concat!("/ho", "me/linuxbrew/"), "");
            for place in places.iter().filter(|place| line.contains(*place)) {
                problems.push(format!("{name}:{at}: {place}"));
            }
            // Locks name the public registries and no mirror.
            let from = line
                .trim()
                .split_once("source = \"")
                .or_else(|| line.trim().split_once("\"resolved\": \""));
            let is_lock = name == "Cargo.lock" || name.ends_with("package-lock.json");
            if let (true, Some((_, from))) = (is_lock, from)
                && !from.starts_with("registry+https://github.com/rust-lang/crates.io-index")
                && !from.starts_with("https://registry.npmjs.org/")
            {
                problems.push(format!("{name}:{at}: {from}"));
            }
        }
    }
    report(&problems);
}
