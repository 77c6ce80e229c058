use super::*;
use crate::catalog::ITEM_FILES;

/// A shipped item, by the beginning of its name.
pub(super) fn shipped(name: &str) -> (&'static str, &'static str) {
    let is_it = |(path, _): &&(&str, &str)| path.contains(name);
    *ITEM_FILES.iter().find(is_it).unwrap_or_else(|| panic!("{name} is not shipped"))
}

pub(super) const SINGLE: &str = "db-0001-";
const MULTIPLE: &str = "sec-0002-";
const SITUATION: &str = "soft-0001-";

/// What the linter says about an item after a change, which must be possible.
pub(super) fn after(name: &str, from: &str, to: &str) -> (String, Vec<Located>) {
    let (path, text) = shipped(name);
    assert!(text.contains(from), "{name} has no {from:?}");
    let changed = text.replacen(from, to, 1);
    let found = check_text(path, &changed).findings;
    (changed, found)
}

/// The change is caught by this rule and code, at the line that holds `line`, and by nothing else.
pub(super) fn caught(rule: Rule, code: &str, name: &str, from: &str, to: &str, line: &str) {
    let (text, found) = after(name, from, to);
    let hit = found.iter().find(|one| one.finding.code == code);
    let hit = hit.unwrap_or_else(|| panic!("{code} in {found:#?}"));
    assert_eq!(hit.finding.rule, rule, "{code}");
    let at = text.lines().nth(hit.line - 1).expect("a line of the file");
    assert!(at.contains(line), "{code}: line {} is {at:?}, not {line:?}", hit.line);
}

#[test]
fn the_shipped_bank_has_nothing_to_mend() {
    let files = ITEM_FILES.iter().map(|(path, text)| (*path, text.as_bytes()));
    let (items, found) = check_files(files);
    assert_eq!(items.len(), ITEM_FILES.len());
    let said: Vec<String> = found
        .iter()
        .map(|one| format!("{}:{} {} {:?}", one.path, one.line, one.finding.code, one.finding.args))
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn options_are_counted_and_measured() {
    let fifth = "[[option]]\nid = \"d\"";
    let more = "[[option]]\nid = \"e\"\ntext = \"One index on `(status, created_at)`\"\nwhy = \"x\"\n\n\
                [[option]]\nid = \"f\"\ntext = \"One index on `(status, tenant_id)`\"\nwhy = \"x\"\n\n\
                [[option]]\nid = \"d\"";
    caught(Rule::L01, "option-count", SINGLE, fifth, more, "id = \"a\"");
    let (_, several) = shipped(MULTIPLE);
    let several = several.replacen("min = 2, max = 2", "min = 1, max = 2", 1);
    let one = several.replacen("key = true\n", "", 1);
    let found = check_text("x", &one).findings;
    assert_eq!(found.iter().map(|one| one.finding.code).collect::<Vec<_>>(), ["key-count"]);
    let text = "One index on `(tenant_id, status, created_at)`";
    let long = format!("{text}, because this order of columns serves both conditions and the sort");
    caught(Rule::L03, "key-length", SINGLE, text, &long, "both conditions");
    caught(
        Rule::L04,
        "length-spread",
        SINGLE,
        "One index on `(tenant_id, created_at)`",
        "No index at all",
        "id = \"a\"",
    );
    caught(
        Rule::L06,
        "option-above",
        SINGLE,
        "One index on `(tenant_id, created_at)`",
        "All of the above, one after another",
        "All of",
    );
}

#[test]
fn clues_in_options_are_seen() {
    let wrong = "One index on `(tenant_id, created_at)`";
    caught(
        Rule::L08,
        "absolute",
        SINGLE,
        wrong,
        "One index that always has `(tenant_id)`",
        "always",
    );
    let key = "One index on `(tenant_id, status, created_at)`";
    caught(Rule::L08, "hedge", SINGLE, key, "Usually `(tenant_id, status, created_at)`", "Usually");
    let echo = "The busiest endpoint: ticketing tenants with similar status";
    caught(Rule::L09, "clang", SINGLE, key, echo, "busiest");
    caught(
        Rule::L10,
        "option-ends",
        SINGLE,
        wrong,
        "One index on `(tenant_id, created_at)`.",
        "id = \"a\"",
    );
    caught(
        Rule::L10,
        "option-form",
        SINGLE,
        wrong,
        "2 indexes on `(tenant_id, created_at)`",
        "2 indexes",
    );
    let alone = |text: &str| text.replacen("Three indexes:", "One index on", 1);
    let (_, text) = shipped(SINGLE);
    let found =
        check_text("x", &alone(text).replacen(key, "An index of three columns in a good order", 1))
            .findings;
    assert!(found.iter().any(|one| one.finding.code == "key-alone"), "{found:#?}");
    caught(
        Rule::L11,
        "options-equal",
        SINGLE,
        wrong,
        "One index on `(created_at, tenant_id, status)`",
        "created_at, tenant_id",
    );
    let range = "10 to 20 rows of the index are read";
    let (text, _) = after(SINGLE, wrong, range);
    let changed = text.replacen(
        "One index on `(created_at, tenant_id, status)`",
        "15 to 30 rows of the table are read",
        1,
    );
    let found = check_text("x", &changed).findings;
    assert!(found.iter().any(|one| one.finding.code == "ranges-overlap"), "{found:#?}");
}

#[test]
fn numbers_stand_in_order_unless_they_are_shuffled() {
    let (_, text) = shipped(SINGLE);
    let mut text = text.replace("shuffle = true", "shuffle = false");
    for (from, to) in [
        ("One index on `(tenant_id, created_at)`", "30 ms"),
        ("One index on `(created_at, tenant_id, status)`", "10 ms"),
        ("One index on `(tenant_id, status, created_at)`", "40 ms"),
        ("Three indexes: `(tenant_id)`, `(status)`, `(created_at)`", "20 ms"),
    ] {
        text = text.replacen(from, to, 1);
    }
    let codes = |text: &str| -> Vec<&str> {
        check_text("x", text).findings.iter().map(|one| one.finding.code).collect()
    };
    assert_eq!(codes(&text), ["unsorted"]);
    assert!(codes(&text.replace("shuffle = false", "shuffle = true")).is_empty());
}

#[test]
fn questions_are_asked_straight() {
    let ask = "Which index definition lets this query read the fewest rows?";
    caught(Rule::L07, "negative", SINGLE, ask, "Which index does NOT help this query?", "NOT");
    caught(
        Rule::L07,
        "negative",
        SINGLE,
        ask,
        "Which index is least likely to help here?",
        "least",
    );
    caught(Rule::L15, "ask-short", SINGLE, ask, "Which index?", "Which index?");
    caught(
        Rule::L15,
        "ask-no-question",
        SINGLE,
        ask,
        "The index that helps this query most is",
        "most is",
    );
    caught(
        Rule::L15,
        "ask-unfocused",
        SINGLE,
        ask,
        "Which of the following is true about it?",
        "following",
    );
    caught(Rule::L10, "ask-article", SINGLE, ask, "Which? The index that helps is an", "is an");
    let (_, found) = after(
        SITUATION,
        "How effective is each response?",
        "Which is the LEAST effective response?",
    );
    assert!(found.is_empty(), "situational items may ask for the least effective: {found:?}");
}

#[test]
fn texts_can_be_read_in_their_time() {
    let stem = "A ticketing service keeps 40 million rows";
    let long = format!("{}{stem}", "This part says nothing that is of any use here. ".repeat(20));
    caught(Rule::L14, "long", SINGLE, stem, &long, "This part");
    caught(Rule::L14, "no-time-to-read", SINGLE, stem, &long, "seconds");
    let one = "and so on and so on and so on and so on ".repeat(25);
    caught(Rule::L14, "sentences-long", SINGLE, stem, &format!("{one}{stem}"), "and so on");
    let hard = "Organisational interdependencies notwithstanding, architectural considerations \
                necessitate comprehensive reconsideration of institutional responsibilities. ";
    caught(Rule::L14, "hard", SINGLE, stem, &format!("{}{stem}", hard.repeat(3)), "Organisational");
}

#[test]
fn reasons_teach_and_name_no_place() {
    let why = "Leads with the sort column, so the scan passes the entries of every other tenant.";
    caught(Rule::L16, "reason-short", SINGLE, why, "It is wrong.", "It is wrong.");
    caught(
        Rule::L16,
        "reason-position",
        SINGLE,
        why,
        "This is worse than option C in every way.",
        "option C",
    );
    caught(
        Rule::L16,
        "reason-position",
        SINGLE,
        why,
        "The first option does the same with less work.",
        "first option",
    );
    let (_, text) = shipped(SINGLE);
    let (from, rest) = text.split_once("explanation = '''").expect("an explanation");
    let (_, rest) = rest.split_once("'''").expect("its end");
    let short = format!("{from}explanation = 'It is so.'{rest}");
    let found = check_text("x", &short).findings;
    assert_eq!(found.iter().map(|one| one.finding.code).collect::<Vec<_>>(), ["explanation-short"]);
}

#[test]
fn what_must_be_known_is_there() {
    caught(
        Rule::L17,
        "skill-unknown",
        SINGLE,
        "skill = \"db.query-optimization\"",
        "skill = \"db.nowhere\"",
        "skill =",
    );
    caught(
        Rule::L17,
        "seeds-none",
        SINGLE,
        "seeds = [\"S0-2\", \"S1-2\", \"S2-A8\", \"S4-PS1\"]",
        "seeds = []",
        "seeds",
    );
    caught(Rule::L17, "seeds-unknown", SINGLE, "\"S0-2\"", "\"S9-2\"", "seeds");
    caught(Rule::L17, "expected-none", SINGLE, "p_expected = 0.55", "", "");
    caught(
        Rule::L17,
        "expected-range",
        SINGLE,
        "p_expected = 0.55",
        "p_expected = 1.0",
        "p_expected",
    );
    caught(
        Rule::L17,
        "reviews-missing",
        SINGLE,
        "status = \"pilot\"",
        "status = \"operational\"",
        "status",
    );
    caught(
        Rule::L17,
        "pilot-missing",
        SINGLE,
        "status = \"pilot\"",
        "status = \"operational\"",
        "status",
    );
    caught(
        Rule::L17,
        "panel-missing",
        SITUATION,
        "status = \"pilot\"",
        "status = \"operational\"",
        "[key]",
    );
    caught(Rule::L18, "time-band", SINGLE, "seconds = 90", "seconds = 600", "seconds");
    let proven = "status = \"operational\"\nreviewed_by = [\"role\", \"language\"]\npilot_n = 60";
    let (_, found) = after(SINGLE, "status = \"pilot\"", proven);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_ages_and_what_hints_is_seen() {
    let stem = "A ticketing service";
    caught(Rule::L20, "ageing", SINGLE, stem, "Currently a ticketing service", "Currently");
    caught(
        Rule::L20,
        "version",
        SINGLE,
        stem,
        "On PostgreSQL 15 a ticketing service",
        "PostgreSQL 15",
    );
    caught(Rule::L23, "name", SINGLE, stem, "Alice runs it. A ticketing service", "Alice");
    caught(Rule::L23, "brand", SINGLE, stem, "Like Netflix, a ticketing service", "Netflix");
    caught(
        Rule::L23,
        "idiom",
        SINGLE,
        stem,
        "It is no silver bullet. A ticketing service",
        "silver",
    );
    caught(Rule::L23, "personal", SINGLE, stem, "Ask jo@gmail.com. A ticketing service", "jo@");
    caught(
        Rule::L23,
        "personal",
        SINGLE,
        stem,
        "The key is AKIA1234567890. A ticketing service",
        "AKIA",
    );
    let (_, found) = after(SINGLE, stem, "Ask jo@shop.example. Ada runs it. A ticketing service");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_reason_answers_a_warning_but_no_error() {
    let waived = "seconds = 600\nlint_waive = [\"L18: a query that has to be typed takes longer\"]";
    assert!(after(SINGLE, "seconds = 90", waived).1.is_empty());
    let idle = "seconds = 90\nlint_waive = [\"L18: a query that has to be typed takes longer\"]";
    caught(Rule::L17, "waiver-idle", SINGLE, "seconds = 90", idle, "lint_waive");
    let bare = "seconds = 600\nlint_waive = [\"L18\"]";
    caught(Rule::L17, "waiver-form", SINGLE, "seconds = 90", bare, "lint_waive");
    let error = "seeds = []\nlint_waive = [\"L17: there is no topic to name here\"]";
    caught(
        Rule::L17,
        "seeds-none",
        SINGLE,
        "seeds = [\"S0-2\", \"S1-2\", \"S2-A8\", \"S4-PS1\"]",
        error,
        "seeds",
    );
}
