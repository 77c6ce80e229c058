use super::super::{ITEM_FILES, read_written};
use super::*;

fn typed(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_blank_item_of_every_kind_can_be_read_and_filled() {
    for kind in Kind::ALL {
        let text = blank("db-x001-new", "db.nosql", "mid", *kind);
        let written = read_written("x", &text).unwrap_or_else(|bad| panic!("{kind}: {bad}"));
        assert_eq!((written.kind, written.code.as_str()), (*kind, "db-x001-new"));
        let mut source = Source::read("x", &text).expect("TOML");
        for button in ["add.option", "add.step", "add.response", "add.log", "add.part.0.option"] {
            let list = button.trim_start_matches("add.");
            if source.count(list) > 0 {
                let before = source.count(list);
                press(&mut source, button);
                assert_eq!(source.count(list), before + 1, "{kind} {button}");
                press(&mut source, &format!("remove.{list}.{before}"));
                assert_eq!(source.count(list), before, "{kind} {button}");
            }
        }
        assert_eq!(source.text(), text, "{kind}: added and taken away again");
    }
}

#[test]
fn what_was_typed_becomes_the_item() {
    let text = blank("db-x001-new", "db.nosql", "mid", Kind::SingleChoice);
    let mut source = Source::read("x", &text).expect("TOML");
    let form = typed(&[
        ("stem", "Two lines\r\nof text."),
        ("ask", "Which one is it?"),
        ("seconds", " 75 "),
        ("p_expected", "0,6"),
        ("tags", "queue, retry ,"),
        ("references", "A book\n\nA page"),
        ("option.0.text", "One"),
        ("option.1.text", "Two"),
        ("option.2.text", "Three"),
        ("option.3.text", "Four"),
        ("key.option", "1"),
        ("tick", "shuffle"),
        ("option.9.text", "nobody"),
        ("id", "another-id"),
        ("schema", "7"),
    ]);
    apply(&mut source, &form).expect("readable");
    let item = read_written("x", source.text()).expect("TOML").item.expect("whole");
    assert_eq!(item.body.stem, "Two lines\nof text.");
    assert_eq!(item.facts.tags, ["queue", "retry"]);
    assert_eq!(item.facts.code.as_str(), "db-x001-new", "the name is not the form's");
    assert_eq!(item.body.seconds.get(), 75);
    assert_eq!(item.key.references, ["A book", "A page"]);
    assert_eq!(item.key.why.len(), 4);
    assert!(
        source.text().contains("p_expected = 0.6") && source.text().contains("shuffle = false")
    );
    // The same form again changes nothing.
    let before = source.text().to_owned();
    apply(&mut source, &form).expect("readable");
    assert_eq!(source.text(), before);
    // Another key takes the place of the first one.
    apply(&mut source, &typed(&[("key.option", "2")])).expect("readable");
    assert!(read_written("x", source.text()).expect("TOML").item.is_ok(), "still one key");
}

#[test]
fn a_number_that_cannot_be_read_is_named() {
    let text = blank("db-x001-new", "db.nosql", "mid", Kind::Numeric);
    let mut source = Source::read("x", &text).expect("TOML");
    for bad in ["", "much", "1e400", "1.", "--1", "0x10"] {
        let refused = apply(&mut source, &typed(&[("answer.value", bad)]));
        assert_eq!(refused, Err(vec![Unreadable("answer.value".into())]), "{bad:?}");
    }
    apply(&mut source, &typed(&[("answer.value", "12.50"), ("answer.unit", "ms")])).expect("good");
    assert!(read_written("x", source.text()).expect("TOML").item.is_ok(), "{}", source.text());
}

#[test]
fn the_form_of_a_shipped_item_sent_back_changes_no_byte() {
    for (path, text) in ITEM_FILES {
        let mut source = Source::read(path, text).expect("a shipped file");
        let mut form = Vec::new();
        for field in [
            "stem",
            "ask",
            "explanation",
            "skill",
            "level",
            "cognitive",
            "seconds",
            "p_expected",
            "evidence",
        ] {
            form.extend(source.get(field).map(|value| (field.to_owned(), value)));
        }
        for list in ["option", "step", "response", "log"] {
            for at in 0..source.count(list) {
                for field in ["text", "why", "mode", "mean"] {
                    let name = format!("{list}.{at}.{field}");
                    form.extend(source.get(&name).map(|value| (name, value)));
                }
            }
        }
        for field in ["shuffle", "answer.integer"] {
            if source.has(field) {
                form.push(("tick".to_owned(), field.to_owned()));
                form.extend(
                    source
                        .get(field)
                        .filter(|it| it == "true")
                        .map(|_| (field.to_owned(), "1".to_owned())),
                );
            }
        }
        apply(&mut source, &form).unwrap_or_else(|bad| panic!("{path}: {bad:?}"));
        assert_eq!(source.text(), *text, "{path}");
    }
}

#[test]
fn steps_change_places() {
    let text = blank("db-x001-new", "db.nosql", "mid", Kind::Ordering);
    let mut source = Source::read("x", &text).expect("TOML");
    apply(&mut source, &typed(&[("step.0.text", "one"), ("step.1.text", "two")])).expect("good");
    press(&mut source, "up.step.1");
    assert_eq!(source.get("step.0.text").as_deref(), Some("two"));
    press(&mut source, "up.step.0");
    assert_eq!(source.get("step.0.text").as_deref(), Some("two"), "the first one stays");
}
