use super::*;
use proptest::prelude::*;

fn one(text: &str) -> Result<Guest, Fault> {
    let lines = read(text).expect("short");
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines[0].reading.clone()
}

fn guest(email: &str) -> Guest {
    Guest {
        email: email.parse().expect("an address"),
        name: None,
        external_id: None,
        time: None,
        was_changed: false,
    }
}

fn named(email: &str, name: &str) -> Guest {
    Guest { name: Some(PersonName::parse(name).expect("a name").value), ..guest(email) }
}

#[test]
fn a_line_is_an_address_with_or_without_name_time_and_number() {
    let ada = named("ada@example.org", "Ada Lindqvist");
    let half = Some(OwnTime { factor_percent: 150, is_untimed: false });
    for (text, expected) in [
        ("ADA@Example.org", guest("ada@example.org")),
        ("<ada@example.org>", guest("ada@example.org")),
        ("Ada Lindqvist <ada@example.org>", ada.clone()),
        ("\"Ada Lindqvist\" <ada@example.org>", ada.clone()),
        ("Ada Lindqvist, ada@example.org", ada.clone()),
        ("ada@example.org; Ada Lindqvist", ada.clone()),
        ("ada@example.org\tAda Lindqvist\t150 %", Guest { time: half, ..ada.clone() }),
        ("Ada Lindqvist <ada@example.org>, 1.5", Guest { time: half, ..ada.clone() }),
        (
            "ada@example.org, Ada Lindqvist, E-7",
            Guest { external_id: Some("E-7".into()), ..ada.clone() },
        ),
        (
            "ada@example.org, Ada Lindqvist, 40017",
            Guest { external_id: Some("40017".into()), ..ada.clone() },
        ),
        (
            "ada@example.org, untimed",
            Guest { time: Some(OwnTime::UNTIMED), ..guest("ada@example.org") },
        ),
    ] {
        assert_eq!(one(text), Ok(expected), "{text}");
    }
    assert_eq!(
        one("\"Lindqvist, Ada\" <ada@example.org>"),
        Ok(named("ada@example.org", "Lindqvist, Ada"))
    );
}

#[test]
fn several_addresses_on_one_line_are_several_people() {
    let lines = read("a@example.org; b@example.org, c@@example.org").expect("short");
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line.number == 1));
    assert_eq!(lines[2].reading, Err(Fault::Email(EmailProblem::ManyAt)));
}

#[test]
fn a_line_that_cannot_be_read_says_why_and_keeps_nobody_out() {
    let text = "ada@example.org\n\ngreta@example\nADA@example.org\nno address\nb@example.org, 9";
    let lines = read(text).expect("short");
    let told: Vec<(usize, Option<Fault>)> =
        lines.iter().map(|line| (line.number, line.reading.clone().err())).collect();
    assert_eq!(
        told,
        [
            (1, None),
            (3, Some(Fault::Email(EmailProblem::NoEnding))),
            (4, Some(Fault::Repeats(1))),
            (5, Some(Fault::Email(EmailProblem::Blank))),
            (6, Some(Fault::Time)),
        ]
    );
}

#[test]
fn a_file_is_read_by_its_headers_with_either_separator() {
    let ada = Guest {
        external_id: Some("7, north".into()),
        time: Some(OwnTime { factor_percent: 125, is_untimed: false }),
        ..named("ada@example.org", "Ada \"A\" Lindqvist")
    };
    for text in [
        "\u{feff}email,name,external_id,time\r\nada@example.org,\"Ada \"\"A\"\" Lindqvist\",\"7, north\",1.25\r\n",
        "\"Name\";\"External ID\";\"E-Mail\";Team;Time\n\"Ada \"\"A\"\" Lindqvist\";7, north;ada@example.org;x;1,25\n;;;;\n",
        "time\tname\temail\texternal_id\n125\tAda \"A\" Lindqvist\tada@example.org\t7, north",
    ] {
        assert_eq!(one(text), Ok(ada.clone()), "{text}");
    }
    assert_eq!(read("email\n").expect("short"), []);
    let lines = read("email;name\na@example.org;\"two\nlines\"\nb@example").expect("short");
    assert_eq!(
        lines[0].reading,
        Ok(Guest { was_changed: true, ..named("a@example.org", "two lines") })
    );
    assert_eq!((lines[1].number, lines[1].reading.is_err()), (4, true));
}

#[test]
fn hostile_names_are_kept_as_text_replaced_or_refused() {
    assert_eq!(
        one("=HYPERLINK(1) <ada@example.org>"),
        Ok(named("ada@example.org", "=HYPERLINK(1)"))
    );
    let nul = one("A\0da <ada@example.org>").expect("readable");
    assert!(nul.was_changed && nul.name == named("a@example.org", "A\u{fffd}da").name);
    assert_eq!(one("a\0da@example.org"), Err(Fault::Email(EmailProblem::Blank)));
    let long = "x".repeat(201);
    assert_eq!(one(&format!("{long} <ada@example.org>")), Err(Fault::NameTooLong));
    let text = format!("email,external_id\nada@example.org,{long}");
    assert_eq!(one(&text), Err(Fault::ExternalIdTooLong));
}

#[test]
fn a_list_has_an_end() {
    let text = "a@example.org\n".repeat(MAX_LINES + 1);
    assert_eq!(read(&text), Err(TooLong(MAX_LINES + 1)));
}

proptest! {
    #[test]
    fn any_text_can_be_read(text in "(?s)([a-c@.<>\",;\t\r\n 1\0é]|email){0,80}") {
        let lines = read(&text).expect("short");
        prop_assert!(lines.windows(2).all(|pair| pair[0].number <= pair[1].number));
        prop_assert!(lines.iter().all(|line| line.number <= text.lines().count()));
    }

    #[test]
    fn nobody_is_invited_twice(names in proptest::collection::vec("[a-d]{1,2}", 1..30)) {
        let text = names.iter().map(|name| format!("{name}@example.org")).collect::<Vec<_>>().join("\n");
        let lines = read(&text).expect("short");
        prop_assert_eq!(lines.len(), names.len());
        let mut distinct = names.clone();
        distinct.sort();
        distinct.dedup();
        prop_assert_eq!(lines.iter().filter(|line| line.reading.is_ok()).count(), distinct.len());
        let twice = read(&format!("{text}\n{text}")).expect("short");
        prop_assert!(twice[names.len()..].iter().all(|line| line.reading.is_err()));
    }
}
