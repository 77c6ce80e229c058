use super::super::ITEM_FILES;
use super::*;

const FILE: &str = r#"# Ours.
schema = 1
ask = "Which one?"   # short
stem = '''
Line one

[[option]]
is only text here.
'''
tags = ["a", "b"]

[[option]]
id = "a"
text = "One"

# About b.
[[option]]
id = "b"
key = true
text = "Two"

[run]
language = "python"
"#;

fn source() -> Source {
    Source::read("x", FILE).expect("TOML")
}

#[test]
fn what_is_not_changed_keeps_its_bytes() {
    for (path, text) in ITEM_FILES {
        let mut source = Source::read(path, text).expect("a shipped file");
        for field in ["stem", "ask", "explanation", "level", "skill", "id"] {
            let value = source.get(field).expect("there");
            source.set(field, &Value::Text(value));
        }
        for at in 0..source.count("option") {
            let field = format!("option.{at}.why");
            let value = source.get(&field).expect("a reason");
            source.set(&field, &Value::Text(value));
        }
        assert_eq!(source.text(), *text, "{path}");
    }
}

#[test]
fn a_changed_value_leaves_its_neighbours_and_comments_alone() {
    let mut source = source();
    source.set("ask", &Value::Text("Which \"two\"?".into()));
    source.set("option.1.text", &Value::Text("Zwei".into()));
    source.set("tags", &Value::Texts(vec!["c".into()]));
    let wanted = FILE
        .replace("\"Which one?\"", "\"Which \\\"two\\\"?\"")
        .replace("Two", "Zwei")
        .replace("[\"a\", \"b\"]", "[\"c\"]");
    assert_eq!(source.text(), wanted);
}

#[test]
fn a_new_field_gets_a_line_behind_the_others_of_its_table() {
    let mut source = source();
    source.set("seconds", &Value::Number("90".into()));
    source.set("option.0.key", &Value::Flag(true));
    source.unset("option.1.key");
    assert_eq!(source.get("seconds").as_deref(), Some("90"));
    assert!(source.text().contains("tags = [\"a\", \"b\"]\nseconds = 90\n\n[[option]]"));
    assert!(source.text().contains("text = \"One\"\nkey = true\n\n# About b."));
    assert!(!source.has("option.1.key"));
}

#[test]
fn tables_come_and_go_without_touching_text_that_looks_like_one() {
    let mut source = source();
    source
        .push("option", &[("id", Value::Text("c".into())), ("text", Value::Text("Three".into()))]);
    assert_eq!(source.count("option"), 3);
    assert_eq!(source.get("option.2.text").as_deref(), Some("Three"));
    assert_eq!(source.get("run.language").as_deref(), Some("python"));
    source.remove("option", 0);
    assert_eq!(source.get("option.0.id").as_deref(), Some("b"));
    assert!(source.get("stem").expect("kept").contains("is only text here."));
    source.push("log", &[("id", Value::Text("L1".into()))]);
    assert_eq!(source.count("log"), 1);
}

#[test]
fn every_text_reads_back() {
    for text in
        ["", "plain", "two\nlines", "'''", "a'''\nb", "tab\tand \\ and \"", "\u{7f}\u{1}", "\n"]
    {
        let mut source = source();
        source.set("ask", &Value::Text(text.into()));
        let read = source.get("ask").unwrap_or_else(|| panic!("{text:?}: {}", source.text()));
        assert_eq!(read.trim_end(), text.trim_end(), "{text:?}");
    }
}

#[test]
fn a_text_that_is_no_toml_says_its_line() {
    let bad = Source::read("x.toml", "a = 1\nb = = 2\n").expect_err("no TOML");
    assert_eq!((bad.path.as_str(), bad.line), ("x.toml", 2));
}

#[test]
fn lists_inside_of_lists_are_found() {
    let (path, text) = ITEM_FILES
        .iter()
        .find(|(_, text)| text.contains("log_diagnosis") && text.contains("[[part.option]]"))
        .expect("a diagnosis");
    let mut source = Source::read(path, text).expect("a shipped file");
    let key = (0..source.count("part.0.option"))
        .find(|at| source.has(&format!("part.0.option.{at}.key")))
        .expect("a key");
    let other = usize::from(key == 0);
    source.unset(&format!("part.0.option.{key}.key"));
    source.set(&format!("part.0.option.{other}.key"), &Value::Flag(true));
    assert_eq!(source.get(&format!("part.0.option.{other}.key")).as_deref(), Some("true"));
    let before = source.count("part.0.option");
    source.push("part.0.option", &[("id", Value::Text("z".into()))]);
    assert_eq!(source.count("part.0.option"), before + 1);
    source.remove("part.0.option", before);
    assert_eq!(source.count("part.0.option"), before);
    let parts = source.count("part");
    source.remove("part", 0);
    assert_eq!(source.count("part"), parts - 1, "its options went with it");
    assert_eq!(source.count("log"), Source::read(path, text).expect("shipped").count("log"));
}

#[test]
fn a_file_keeps_its_line_ends() {
    let windows = FILE.replace('\n', "\r\n");
    let mut source = Source::read("x", &windows).expect("TOML");
    let stem = source.get("stem").expect("there").replace("\r\n", "\n");
    source.set("stem", &Value::Text(stem));
    assert_eq!(source.text(), windows, "the same text with other line ends is no change");
    source.set("stem", &Value::Text("One\nTwo".into()));
    assert!(source.text().contains("'''\r\nOne\r\nTwo\r\n'''"));
}
