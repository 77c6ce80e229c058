use super::*;
use crate::components::testing::html;

#[test]
fn a_refused_field_is_marked_and_described_and_keeps_what_was_typed() {
    let errors = Errors::none().and("email", "required", &[]);
    let drawn =
        html(|| Field::new("email", "Email").hint("Work").value("a\"b").errors(&errors).draw());
    assert!(drawn.contains(r#"<label for="f-email">Email</label>"#));
    assert!(drawn.contains(r#"aria-invalid="true" aria-describedby="f-email-hint f-email-error""#));
    assert!(drawn.contains(r#"id="f-email-error""#) && drawn.contains(r#"id="f-email-hint""#));
    assert!(drawn.contains(r#"value="a&quot;b""#));
}

#[test]
fn nothing_breaks_out_of_a_control() {
    let bad = "</textarea><script>alert(1)</script>\" onfocus=alert(1) x='";
    for kind in ["area", "input", "select"] {
        let field = Field::new("x", "X").value(bad);
        let field = match kind {
            "area" => field.area(3),
            "select" => field.select([(bad.to_owned(), bad.to_owned())]),
            _ => field,
        };
        let drawn = html(|| field.draw());
        assert!(!drawn.contains("<script"), "{kind}: {drawn}");
        assert_eq!(drawn.matches("</textarea>").count(), usize::from(kind == "area"));
        assert!(!drawn.contains("script>\" onfocus=") || kind == "select", "{kind}: {drawn}");
    }
}

#[test]
fn an_area_keeps_its_first_line_end_and_stays_empty_when_empty() {
    assert!(html(|| Field::new("x", "X").area(3).draw()).contains(">\n</textarea>"));
    let drawn = html(|| Field::new("x", "X").area(3).value("\n\na").draw());
    assert!(drawn.contains(">\n\n\na</textarea>"));
}

#[test]
fn a_password_is_never_sent_back() {
    let drawn = html(|| Field::new("p", "P").kind("password").value("secret").draw());
    assert!(!drawn.contains("secret"));
}
