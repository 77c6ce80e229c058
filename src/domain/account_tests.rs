use super::*;

#[test]
fn an_address_is_one_person_in_any_case() {
    assert_eq!(
        "  Ada.Lovelace+job@Example.ORG ".parse::<Email>().map(String::from),
        Ok("ada.lovelace+job@example.org".into())
    );
    assert!("kofi@müller.example".parse::<Email>().is_ok());
}

#[test]
fn each_wrong_address_says_what_is_wrong() {
    let cases = [
        ("", EmailProblem::Empty),
        (" \t", EmailProblem::Empty),
        ("ada", EmailProblem::NoAt),
        ("mina@@example.org", EmailProblem::ManyAt),
        ("a b@example.org", EmailProblem::Blank),
        ("a\0b@example.org", EmailProblem::Blank),
        ("@example.org", EmailProblem::Local),
        (".a@example.org", EmailProblem::Local),
        ("a..b@example.org", EmailProblem::Local),
        ("a<b@example.org", EmailProblem::Local),
        ("greta.holm@example", EmailProblem::NoEnding),
        ("a@10.0.0.1", EmailProblem::NoEnding),
        ("a@-x.org", EmailProblem::Domain),
        ("a@x..org", EmailProblem::Domain),
    ];
    for (text, problem) in cases {
        assert_eq!(text.parse::<Email>(), Err(problem), "{text:?}");
    }
    let long = format!("{}@example.org", "a".repeat(65));
    assert_eq!(long.parse::<Email>(), Err(EmailProblem::TooLong));
}

#[test]
fn a_name_keeps_its_script_and_loses_only_what_breaks_lines() {
    let name =
        |raw: &str| PersonName::parse(raw).map(|c| (c.value.as_str().to_owned(), c.was_changed));
    assert_eq!(name(" Müller;  Söhne "), Ok(("Müller; Söhne".into(), false)));
    assert_eq!(name("=1+1"), Ok(("=1+1".into(), false)), "guarded in the export, not here");
    assert_eq!(name("A\0B"), Ok(("A\u{FFFD}B".into(), true)));
    assert_eq!(name(" \n "), Err(NameProblem::Empty));
    assert_eq!(name(&"x".repeat(201)), Err(NameProblem::TooLong));
}

#[test]
fn a_name_splits_at_its_last_word() {
    let split = |raw: &str| {
        PersonName::parse(raw).map(|c| {
            let (a, b) = c.value.split();
            (a.to_owned(), b.to_owned())
        })
    };
    assert_eq!(split("Ada Maria Lovelace"), Ok(("Ada Maria".into(), "Lovelace".into())));
    assert_eq!(split("Madonna"), Ok((String::new(), "Madonna".into())));
}

#[test]
fn roles_read_back() {
    for role in Role::ALL {
        assert_eq!(role.as_str().parse(), Ok(role));
    }
    assert!("admin".parse::<Role>().is_err());
}

#[test]
fn passwords_that_are_guessed_first_are_refused() {
    let words = ["Halden Freight", "ines.moreau@halden.example"];
    let check = |text: &str| check_password(text, &words);
    assert_eq!(check("1234567"), Err(PasswordProblem::TooShort));
    assert_eq!(check(&"a€".repeat(65)), Err(PasswordProblem::TooLong));
    for common in [
        "password",
        "Password123!",
        "12345678",
        "87654321",
        "34567890",
        "aaaaaaaa",
        "abababab",
        "QWERTZ2024",
    ] {
        assert_eq!(check(common), Err(PasswordProblem::Common), "{common}");
    }
    for guessable in ["Halden2026!", "ines.moreau", "freight-halden"] {
        assert_eq!(check(guessable), Err(PasswordProblem::Guessable), "{guessable}");
    }
    for good in ["correct horse battery", "halden-plus-a-long-tail", "zK4$pq9x", "ÄpfelUndBirnen"]
    {
        assert_eq!(check(good), Ok(()), "{good}");
    }
    assert_eq!(check(&"€a1".repeat(42)), Ok(()), "characters are counted, not bytes");
}
