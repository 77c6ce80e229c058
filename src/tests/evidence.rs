//! What items claim was run is run again: their proofs, and whether the listings they show can be
//! parsed. Where an interpreter is missing, its proofs are skipped and counted aloud.
#![expect(clippy::disallowed_macros, reason = "what was skipped is said aloud")]

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::process::{Command, Stdio};

use touchstone::catalog::bank;
use touchstone::domain::item::{Item, Run};

use crate::database::Db;

/// What a program said, or `None` where it is not installed.
fn said(program: &str, words: &[&str], input: &str) -> Option<(bool, String, String)> {
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().ok()?;
    let mut pipe = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    // A program that ends early closes its end: that is its answer, not our fault.
    let writer = std::thread::spawn(move || drop(pipe.write_all(input.as_bytes())));
    let output = child.wait_with_output().expect("an end");
    writer.join().expect("written");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    Some((output.status.success(), text(&output.stdout), text(&output.stderr)))
}

/// What came of many runs.
#[derive(Default)]
struct Tally {
    ran: BTreeMap<String, u32>,
    skipped: BTreeMap<String, u32>,
    wrong: Vec<String>,
}

impl Tally {
    fn count(&mut self, language: &str, code: &str, outcome: Option<Result<(), String>>) {
        let sums = if outcome.is_some() { &mut self.ran } else { &mut self.skipped };
        *sums.entry(language.to_owned()).or_default() += 1;
        if let Some(Err(difference)) = outcome {
            self.wrong.push(format!("{code} ({language}): {difference}"));
        }
    }

    /// Says what was run and what was not, also to the stage that runs these tests.
    fn tell(self, what: &str) {
        let list = |sums: &BTreeMap<String, u32>| {
            let parts: Vec<String> = sums.iter().map(|(name, n)| format!("{n} {name}")).collect();
            if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
        };
        let line = format!("{what}: ran {}; skipped {}", list(&self.ran), list(&self.skipped));
        eprintln!("{line}");
        if let Ok(path) = std::env::var("TOUCHSTONE_EVIDENCE") {
            let mut file =
                OpenOptions::new().append(true).create(true).open(path).expect("a report");
            writeln!(file, "{line}").expect("written");
        }
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n\n"));
    }
}

fn proofs(language: &str) -> Vec<(&'static Item, &'static Run)> {
    let proof = |item: &'static Item| Some((item, item.key.run.as_ref()?));
    bank().items().filter_map(proof).filter(|(_, run)| run.language == language).collect()
}

fn compare(run: &Run, (is_done, out, err): (bool, String, String)) -> Result<(), String> {
    if is_done && out == run.expect.trim() {
        return Ok(());
    }
    Err(format!("should print {:?}, printed {out:?} {err}", run.expect.trim()))
}

#[test]
fn arithmetic_and_programs_print_what_their_items_say() {
    let mut tally = Tally::default();
    let value = "import math, sys\nprint(eval(sys.stdin.read().strip()))";
    for (item, run) in proofs("arithmetic") {
        let outcome = said("python3", &["-c", value], &run.source).map(|one| compare(run, one));
        tally.count("arithmetic", item.facts.code.as_str(), outcome);
    }
    for (language, program) in [("python", "python3"), ("javascript", "node"), ("bash", "bash")] {
        for (item, run) in proofs(language) {
            let outcome =
                said(program, &[if language == "bash" { "-s" } else { "-" }], &run.source)
                    .map(|one| compare(run, one));
            tally.count(language, item.facts.code.as_str(), outcome);
        }
    }
    tally.tell("Proofs of items, programs");
}

#[tokio::test]
async fn queries_return_what_their_items_say() {
    let mut tally = Tally::default();
    for (item, run) in proofs("sql") {
        let db = Db::fresh().await;
        let outcome = said("psql", &["-XqAt", &db.url], &run.source).map(|one| compare(run, one));
        tally.count("sql", item.facts.code.as_str(), outcome);
    }
    tally.tell("Proofs of items, queries");
}

/// Listings in a text: language and code.
fn listings(text: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            is_inside = !is_inside;
            if is_inside {
                all.push((language.trim().to_owned(), String::new()));
            }
        } else if is_inside && let Some((_, code)) = all.last_mut() {
            code.push_str(line);
            code.push('\n');
        }
    }
    all
}

/// The server reads every statement of a block before it runs the first, which leaves.
fn block(code: &str) -> String {
    let ends = ["BEGIN", "COMMIT", "ROLLBACK"];
    let is_kept = |line: &&str| !ends.iter().any(|end| line.trim().to_uppercase().starts_with(end));
    let lines: Vec<&str> = code.lines().filter(is_kept).collect();
    let code = lines.join("\n").replace("$1", "1").replace("$2", "2");
    let code = code.trim().trim_end_matches(';');
    format!("do $listing$ begin return;\n{code};\nend $listing$;")
}

const PYTHON: &str = "import ast, sys\nast.parse(sys.stdin.read())";
const SCRIPT: &str = "const Body = Object.getPrototypeOf(async () => {}).constructor;\n\
    new Body(require('fs').readFileSync(0, 'utf8'))";

#[tokio::test]
async fn listings_of_items_can_be_parsed() {
    let db = Db::fresh().await;
    let mut tally = Tally::default();
    for item in bank().items() {
        let code = item.facts.code.as_str();
        let texts = item.body.interaction.texts();
        let texts = [item.body.stem.as_str(), item.body.ask.as_str()].into_iter().chain(texts);
        for (language, listing) in texts.flat_map(listings) {
            let answer = match language.as_str() {
                "python" => said("python3", &["-c", PYTHON], &listing),
                "javascript" => said("node", &["-e", SCRIPT], &listing),
                "bash" => said("bash", &["-n"], &listing),
                "sql" => {
                    let words = ["-Xq", "-v", "ON_ERROR_STOP=1", db.url.as_str()];
                    said("psql", &words, &block(&listing))
                }
                "json" => {
                    let read = serde_json::from_str::<serde_json::Value>(&listing);
                    let error = read.err().map(|error| error.to_string()).unwrap_or_default();
                    Some((error.is_empty(), String::new(), error))
                }
                _ => None,
            };
            let outcome = answer.map(|(is_done, _, err)| if is_done { Ok(()) } else { Err(err) });
            tally.count(&language, code, outcome);
        }
    }
    tally.tell("Listings of items");
}
