use super::*;
use crate::components::testing::html;
use crate::domain::control::{Choice, RatedRow, Ticks};

fn choices(texts: &[(&str, &str)]) -> Vec<Choice> {
    texts
        .iter()
        .map(|(id, text)| Choice { id: (*id).to_owned(), text: (*text).to_owned() })
        .collect()
}

fn ticks(field: &str, least: usize, most: usize, ask: Option<&str>) -> Ticks {
    Ticks { field: field.to_owned(), ask: ask.map(str::to_owned), least, most }
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().copied().collect()
}

fn one_of() -> Control {
    Control::OneOf {
        field: "choice".to_owned(),
        ask: None,
        choices: choices(&[("a", "One `index`"), ("b", "Two")]),
    }
}

fn diagnosis() -> Vec<Control> {
    vec![
        Control::Exhibit {
            lines: choices(&[("L1", "14:02 WARN  low <b>"), ("L2", "14:03 INFO  fine")]),
            ticks: Some(ticks("evidence", 1, 2, Some("Which lines?"))),
        },
        Control::OneOf {
            field: "cause".to_owned(),
            ask: Some("What is the cause?".to_owned()),
            choices: choices(&[("a", "This"), ("b", "That")]),
        },
    ]
}

/// One of every control, for rules that hold for all.
fn every_control() -> Vec<Vec<Control>> {
    let steps = choices(&[("s1", "First"), ("s2", "Second"), ("s3", "Third")]);
    let responses = choices(&[("a", "Wait"), ("b", "Act")]);
    let row = |id: &str| RatedRow { field: format!("rating.{id}"), text: id.to_owned() };
    vec![
        vec![one_of()],
        vec![Control::ManyOf { ticks: ticks("choices", 2, 2, None), choices: responses.clone() }],
        vec![Control::Number {
            field: "value".to_owned(),
            unit: Some("ms".to_owned()),
            is_whole: false,
        }],
        vec![Control::Order { steps }],
        vec![Control::Rating {
            scale: ["bad", "poor", "fair", "good"].map(str::to_owned).to_vec(),
            rows: vec![row("a"), row("b")],
        }],
        vec![Control::BestWorst {
            best: "best".to_owned(),
            worst: "worst".to_owned(),
            choices: responses,
        }],
        diagnosis(),
    ]
}

fn drawn(controls: Vec<Control>, answer: &[(&str, &str)]) -> String {
    html(|| Question::new("Stem", "Ask?", controls).at(3).answered(&fields(answer)).draw())
}

#[test]
fn a_choice_is_a_group_of_labels_named_by_the_question() {
    let html = drawn(vec![one_of()], &[("choice", "b")]);
    assert!(html.contains(r#"<legend class="ask"><span>Ask?</span></legend>"#), "{html}");
    assert!(html.contains(r#"name="3.choice" value="b" checked"#), "{html}");
    assert!(html.contains("One <code>index</code>"), "{html}");
    assert!(html.contains(r#"name="3.clear""#), "{html}");
    let hidden = r#"<div data-clear="" hidden class="tools">"#;
    assert!(!html.contains(hidden), "{html}");
    let html = drawn(vec![one_of()], &[]);
    assert!(html.contains(hidden), "{html}");
}

#[test]
fn a_multiple_response_says_how_many_and_counts() {
    let html = drawn(every_control().swap_remove(1), &[("choices", "a")]);
    assert!(html.contains(r#"type="checkbox" name="3.choices" value="a" checked"#), "{html}");
    assert!(html.contains("count-here") && html.contains("of 2"), "{html}");
}

#[test]
fn a_number_has_the_right_keyboard_its_unit_and_what_was_typed() {
    let html = drawn(every_control().swap_remove(2), &[("value", "1 4,5\"")]);
    assert!(html.contains(r#"inputmode="decimal""#) && !html.contains(r#"type="number""#));
    assert!(html.contains(r#"value="1 4,5&quot;""#), "{html}");
    assert!(html.contains(r#"<label for="q3-value" class="ask">"#), "{html}");
    assert!(html.contains(r#"aria-describedby="q3-unit q3-number-hint""#), "{html}");
}

#[test]
fn a_number_is_read_back_to_who_typed_it() {
    let numeric = || every_control().swap_remove(2);
    assert!(drawn(numeric(), &[("value", "1 400,5")]).contains(">Read as 1400.5<"));
    assert!(drawn(numeric(), &[("value", "many")]).contains(">This is not read as a number yet.<"));
    let html = drawn(numeric(), &[]);
    assert!(!html.contains(">Read as") && !html.contains(">This is not read"), "{html}");
}

#[test]
fn an_order_that_nobody_touched_is_not_an_answer() {
    let controls = every_control().swap_remove(3);
    let html = drawn(controls.clone(), &[]);
    assert_eq!(html.matches(r#"type="hidden" name="3.shown""#).count(), 3);
    assert!(html.contains(r#"name="3.keep""#), "{html}");
    let hidden = |html: &str| html.matches(" hidden").count();
    assert_eq!((html.matches("data-untouched").count(), hidden(&html)), (2, 1), "{html}");
    let html = drawn(controls, &[("order", "s1"), ("order", "s2"), ("order", "s3")]);
    assert_eq!(html.matches(r#"type="hidden" name="3.order""#).count(), 3);
    // The button and the sentence about it; clearing the answer shows them again.
    assert_eq!((html.matches("data-untouched").count(), hidden(&html)), (2, 2), "{html}");
}

#[test]
fn a_moved_step_keeps_the_focus_and_is_told() {
    let moved = Moved { step: "s1".to_owned(), is_up: true };
    let html = html(|| {
        Question::new("Stem", "Ask?", every_control().swap_remove(3))
            .at(3)
            .answered(&fields(&[("order", "s1"), ("order", "s2"), ("order", "s3")]))
            .moved(Some(moved))
            .draw()
    });
    assert_eq!(html.matches(" autofocus").count(), 1, "{html}");
    assert!(html.contains(r#"name="3.move" value="s1:up""#), "{html}");
    assert!(html.contains("place 1 of 3"), "{html}");
    assert_eq!(html.matches(r#"aria-disabled="true""#).count(), 2, "both ends stay in place");
    assert!(html.contains(r#"aria-labelledby="q3-up-s1 q3-step-s1""#), "{html}");
}

#[test]
fn every_rated_response_is_a_radio_group_named_by_its_text() {
    let html = drawn(every_control().swap_remove(4), &[("rating.a", "4")]);
    assert!(html.contains(r#"role="radiogroup" aria-labelledby="q3-rating.a""#), "{html}");
    assert!(html.contains(r#"name="3.rating.a" value="4" checked"#), "{html}");
    assert_eq!(html.matches(r#"<span class="word">good</span>"#).count(), 2);
}

#[test]
fn best_and_worst_are_two_groups_over_the_same_responses() {
    let html = drawn(every_control().swap_remove(5), &[("best", "a"), ("worst", "b")]);
    assert!(html.contains(r#"name="3.best" value="a" checked"#), "{html}");
    assert!(html.contains(r#"name="3.worst" value="b" checked"#), "{html}");
    assert!(html.contains("scale-2"), "{html}");
}

#[test]
fn a_diagnosis_has_its_lines_at_one_side_and_its_parts_at_the_other() {
    let html = drawn(diagnosis(), &[("evidence", "L2"), ("cause", "a")]);
    assert!(html.contains(r#"name="3.evidence" value="L2" checked"#), "{html}");
    assert!(
        html.contains(r#"<span class="lv">WARN</span>"#) && html.contains("&lt;b&gt;"),
        "{html}"
    );
    let (cause, evidence) = (html.find("Part 1."), html.rfind("Part 2."));
    assert!(cause.is_some() && cause < evidence, "{html}");
    assert!(html.contains(r#"class="two-pane""#));
    assert!(Question::new("", "", diagnosis()).is_wide());
}

#[test]
fn every_input_has_a_name_of_its_position_and_ids_stand_once() {
    for controls in every_control() {
        let html = drawn(controls, &[]);
        for name in html.split(" name=\"").skip(1) {
            assert!(name.starts_with("3."), "{name}");
        }
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{html}");
        for list in ["aria-labelledby=\"", "aria-describedby=\"", " for=\""] {
            for named in html.split(list).skip(1).filter_map(|rest| rest.split('"').next()) {
                for id in named.split(' ') {
                    assert!(ids.contains(&id), "{id} is not in {html}");
                }
            }
        }
        assert!(!html.contains("style=") && !html.contains("control-"), "{html}");
    }
}

#[test]
fn what_may_not_change_cannot_be_changed() {
    for controls in every_control() {
        let html = html(|| Question::new("S", "A", controls).at(3).mode(Mode::ReadOnly).draw());
        let named = html.split("<input").skip(1).filter(|input| {
            let input = input.split('>').next().unwrap_or_default();
            input.contains("name=") && !input.contains("hidden") && !input.contains("disabled")
        });
        assert_eq!(named.count(), 0, "{html}");
        assert!(!html.contains("<button"), "{html}");
    }
}

#[test]
fn a_preview_sends_nothing() {
    for controls in every_control() {
        let html = html(|| {
            Question::new("S", "A", controls)
                .answered(&fields(&[("choice", "a")]))
                .mode(Mode::Preview)
                .draw()
        });
        assert!(!html.contains(r#"type="submit""#), "{html}");
    }
}

#[test]
fn nothing_in_an_item_becomes_markup() {
    let bad = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>";
    let all = [
        Control::OneOf {
            field: "choice".to_owned(),
            ask: Some(bad.to_owned()),
            choices: choices(&[(bad, bad)]),
        },
        Control::Order { steps: choices(&[(bad, bad)]) },
        Control::Rating {
            scale: vec![bad.to_owned()],
            rows: vec![RatedRow { field: format!("rating.{bad}"), text: bad.to_owned() }],
        },
        Control::Exhibit { lines: choices(&[(bad, bad)]), ticks: None },
        Control::Number { field: "value".to_owned(), unit: Some(bad.to_owned()), is_whole: true },
    ];
    let html =
        html(|| Question::new(bad, bad, all).at(1).answered(&fields(&[("value", bad)])).draw());
    for tag in ["<script", "<img", "</textarea"] {
        let outside = html.split('"').step_by(2).any(|text| text.contains(tag));
        assert!(!outside, "{tag}: {html}");
    }
}
