use super::tests::{SINGLE, after, caught, shipped};
use super::*;
use crate::catalog::ITEM_FILES;
use proptest::prelude::*;

const NUMBER: &str = "perf-0001-";
const LOG: &str = "ops-0001-";

#[test]
fn code_can_be_read_and_numbers_were_computed() {
    caught(Rule::L21, "code-no-language", SINGLE, "```sql", "```", "```");
    caught(
        Rule::L21,
        "code-wide",
        SINGLE,
        "SELECT id, total",
        &format!("SELECT id, {}total", " ".repeat(90)),
        "SELECT",
    );
    caught(
        Rule::L21,
        "code-long",
        SINGLE,
        "SELECT id, total",
        &format!("SELECT id, {}total", "\n1,".repeat(30)),
        "1,",
    );
    caught(Rule::L21, "code-open", SINGLE, "LIMIT 50;\n```", "LIMIT 50;", "```sql");
    let (_, text) = shipped(NUMBER);
    let (before, _) = text.split_once("[template]").expect("a formula");
    let before = before.rsplit_once("# Clones").map_or(before, |(before, _)| before);
    let bare: String = match before.split_once("[run]") {
        None => before.to_owned(),
        Some((start, run)) => {
            format!("{start}{}", &run[run.find("[answer]").expect("an answer")..])
        }
    };
    let found = check_text("x", &bare).findings;
    assert_eq!(found.iter().map(|one| one.finding.code).collect::<Vec<_>>(), ["run-missing"]);
    let run =
        "[run]\nlanguage = \"cobol\"\nversion = \"\"\nsource = \"x\"\nexpect = \"1\"\n\n[answer]";
    let found = check_text("x", &bare.replacen("[answer]", run, 1)).findings;
    let codes: Vec<_> = found.iter().map(|one| one.finding.code).collect();
    assert_eq!(codes, ["run-language", "run-empty"]);
}

#[test]
fn nothing_in_a_text_can_act_or_hide() {
    let stem = "A ticketing service";
    caught(
        Rule::L00,
        "markup",
        SINGLE,
        stem,
        "Hello.\n\n<script>alert(1)</script> A ticketing service",
        "<script>",
    );
    caught(
        Rule::L00,
        "markup",
        SINGLE,
        "One index on `(tenant_id, created_at)`",
        "<img src=x onerror=alert(1)> index",
        "<img",
    );
    caught(
        Rule::L00,
        "active-link",
        SINGLE,
        stem,
        "[Look](javascript:alert(1)). A ticketing service",
        "javascript",
    );
    caught(
        Rule::L00,
        "image",
        SINGLE,
        stem,
        "![Look](https://a.example/x.png). A ticketing service",
        "![",
    );
    caught(Rule::L00, "hidden", SINGLE, stem, "A \u{202E}ticketing service", "ticketing");
    caught(Rule::L00, "hidden", LOG, "14:02:10 deploy", "14:02:10 \u{200B}deploy", "deploy");
    let (_, found) = after(SINGLE, stem, "A `<script>` in code, 3 < 4, a ticketing service");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_file_that_cannot_be_read_says_where() {
    let one = |bytes: &[u8]| {
        let checked = check_bytes("bad.toml", bytes);
        assert!(checked.item.is_none() && !checked.is_usable());
        let first = checked.findings.first().cloned().expect("a finding");
        assert_eq!((first.path.as_str(), checked.findings.len()), ("bad.toml", 1));
        (first.finding.code, first.line, first.finding.args.first().map(|arg| arg.1.clone()))
    };
    let (_, good) = shipped(SINGLE);
    assert_eq!(one(&vec![b'x'; 10_000_000]).0, "file-large");
    assert_eq!(
        (one(b"schema = 1\nid = \"\xff\"\n").0, one(b"schema = 1\nid = \"\xff\"\n").1),
        ("file-encoding", 2)
    );
    let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(one(&utf16).0, "file" | "file-encoding"));
    let (code, line, text) = one(good.replacen("key = true\n", "", 1).as_bytes());
    assert!(code == "file" && line > 20 && text.is_some_and(|text| text.contains("no option")));
    let (code, _, text) =
        one(good.replacen("id = \"a\"\n", "id = \"a\"\nkey = true\n", 1).as_bytes());
    assert!(code == "file" && text.is_some_and(|text| text.contains("more than one option")));
    let (_, line, text) = one(good.replacen("level = \"mid\"", "level = \"expert\"", 1).as_bytes());
    assert!(good.lines().nth(line - 1).is_some_and(|line| line.starts_with("level")), "{text:?}");
    assert!(
        one(good.replacen("seconds = 90\n", "", 1).as_bytes())
            .2
            .is_some_and(|t| t.contains("seconds"))
    );
    assert_eq!(one(b"").0, "file");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is cut out of a file or put into it: an answer, never a panic, and a line that exists.
    #[test]
    fn no_file_confuses_the_linter(
        at in 0_usize..4_000,
        cut in 0_usize..200,
        put in "\\PC{0,40}|<script>|'''|\\n\\[\\[option\\]\\]\\n|\\u{0}",
        number in 0_usize..500,
    ) {
        let (path, text) = ITEM_FILES[number % ITEM_FILES.len()];
        let letters: Vec<char> = text.chars().collect();
        let at = at.min(letters.len());
        let end = (at + cut).min(letters.len());
        let changed: String = letters[..at].iter().copied().chain(put.chars()).chain(letters[end..].iter().copied()).collect();
        let checked = check_text(path, &changed);
        for one in &checked.findings {
            prop_assert!(one.line >= 1 && one.line <= changed.lines().count().max(1), "{one:?}");
        }
        prop_assert!(checked.item.is_some() || has_errors(&checked.findings));
    }

    /// Bytes of any kind.
    #[test]
    fn bytes_of_any_kind_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!check_bytes("x", &bytes).is_usable());
    }
}
