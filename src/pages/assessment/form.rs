//! The builder's form: what was typed becomes a draft, and a pressed button changes it.
#![expect(clippy::needless_pass_by_value, reason = "callers hand over what they do not need again")]

use std::collections::BTreeMap;

use crate::domain::assessment::{Draft, Draw, LevelMix, Navigation, Section};
use crate::domain::bank::Bank;
use crate::domain::id::{ItemCode, SkillSlug};
use crate::domain::interaction::Kind;
use crate::service::error::FieldError;

/// The fields as typed, in the order of the form; a name may repeat.
#[derive(Debug, Clone, Default)]
pub struct Typed(BTreeMap<String, Vec<String>>);

impl Typed {
    /// Collects what the browser sent.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            // What nobody can see would only be refused later.
            let value = value.replace('\0', "\u{fffd}");
            fields.0.entry(name).or_default().push(value);
        }
        fields
    }

    /// The last value of a field.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(|values| values.last()).map(String::as_str)
    }

    fn many(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    fn text(&self, name: &str) -> String {
        self.one(name).unwrap_or_default().replace("\r\n", "\n").trim().to_owned()
    }

    /// The revision of the draft that the page showed.
    pub fn revision(&self) -> i64 {
        self.one("revision").and_then(|text| text.parse().ok()).unwrap_or_default()
    }

    /// What a field shows again: as typed, or else from the draft.
    pub fn or(&self, name: &str, stored: impl ToString) -> String {
        self.one(name).map_or_else(|| stored.to_string(), ToOwned::to_owned)
    }
}

struct Reader<'a> {
    typed: &'a Typed,
    problems: Vec<FieldError>,
}

impl Reader<'_> {
    fn number(&mut self, name: &str, fallback: u32) -> u32 {
        match self.typed.one(name).map(str::trim) {
            None => fallback,
            Some("") => 0,
            Some(text) => text.parse().unwrap_or_else(|_| {
                self.problems.push(FieldError::new(name, "number-unreadable"));
                fallback
            }),
        }
    }

    fn optional(&mut self, name: &str) -> Option<u32> {
        let is_empty = self.typed.one(name).is_none_or(|text| text.trim().is_empty());
        (!is_empty).then(|| self.number(name, 0))
    }

    fn section(&mut self, at: usize) -> Section {
        let name = |part: &str| format!("section.{at}.{part}");
        let mut draws = Vec::new();
        while self.typed.one(&name(&format!("draw.{}", draws.len() + 1))).is_some() {
            draws.push(self.draw(&name(&format!("draw.{}", draws.len() + 1))));
        }
        let mut picks = Vec::new();
        while let Some(code) = self.typed.one(&name(&format!("pick.{}", picks.len() + 1))) {
            match code.parse::<ItemCode>() {
                Ok(code) => picks.push(code),
                Err(_) => break,
            }
        }
        Section {
            name: self.typed.text(&name("name")),
            navigation: match self.typed.one(&name("navigation")) {
                Some("linear") => Navigation::Linear,
                _ => Navigation::Free,
            },
            limit_minutes: self.optional(&name("limit_minutes")),
            weight: self.number(&name("weight"), 1),
            shuffle_items: self.typed.one(&name("shuffle_items")).is_some(),
            shuffle_options: self.typed.one(&name("shuffle_options")).is_some(),
            picks,
            draws,
        }
    }

    fn draw(&mut self, field: &str) -> Draw {
        let name = |part: &str| format!("{field}.{part}");
        let kind = self.typed.one(&name("kind")).unwrap_or_default();
        let reads_code = kind == CODE_READING;
        let kinds = match kind {
            CODE_READING => vec![Kind::SingleChoice],
            SITUATIONAL => vec![Kind::Rating, Kind::BestWorst],
            other => Kind::ALL.iter().copied().filter(|kind| kind.as_str() == other).collect(),
        };
        let mut skills: Vec<SkillSlug> = Vec::new();
        for text in self.typed.many(&name("skill")) {
            if let Ok(skill) = text.parse::<SkillSlug>()
                && !skills.contains(&skill)
            {
                skills.push(skill);
            }
        }
        Draw {
            skills,
            kinds,
            reads_code,
            levels: LevelMix::new(
                self.number(&name("junior"), 0),
                self.number(&name("mid"), 0),
                self.number(&name("senior"), 0),
            ),
            count: self.number(&name("count"), 0),
        }
    }
}

/// The choice "reading code" of a draw.
pub const CODE_READING: &str = "code_reading";
/// The choice "situational, either form" of a draw.
pub const SITUATIONAL: &str = "situational";

/// Which choice of kinds a draw has now.
pub fn kind_choice(draw: &Draw) -> &'static str {
    match draw.kinds.as_slice() {
        _ if draw.reads_code => CODE_READING,
        [one] => one.as_str(),
        [Kind::Rating, Kind::BestWorst] => SITUATIONAL,
        _ => "any",
    }
}

/// Reads the form over the stored draft. Numbers that cannot be read are told, the rest is kept.
pub fn read(typed: &Typed, stored: &Draft) -> (Draft, Vec<FieldError>) {
    let mut reader = Reader { typed, problems: Vec::new() };
    let mut draft = Draft {
        title: typed.text("title"),
        limit_minutes: reader.number("limit_minutes", stored.limit_minutes),
        grace_seconds: stored.grace_seconds,
        cut_percent: reader.optional("cut_percent"),
        retention_days: reader.number("retention_days", stored.retention_days),
        open_days: reader.number("open_days", stored.open_days),
        sections: Vec::new(),
        ..stored.clone()
    };
    draft.texts.welcome = typed.text("texts.welcome");
    draft.texts.rules = typed.text("texts.rules");
    draft.texts.contact = typed.text("texts.contact");
    while typed.one(&format!("section.{}", draft.sections.len() + 1)).is_some()
        && draft.sections.len() < Draft::MAX_SECTIONS
    {
        let section = reader.section(draft.sections.len() + 1);
        draft.sections.push(section);
    }
    (draft, reader.problems)
}

/// What a button of the builder does to the draft. Says which fold somebody works in now.
pub fn act(draft: &mut Draft, typed: &Typed, expected_minutes: u32) -> Option<String> {
    let mut open = None;
    let pressed = typed.one("act")?;
    let parts: Vec<&str> = pressed.split('.').collect();
    match parts.as_slice() {
        ["fit"] => draft.limit_minutes = expected_minutes.max(1),
        ["section", "add"] => {
            if draft.sections.len() < Draft::MAX_SECTIONS {
                draft.sections.push(Section { draws: vec![Draw::default()], ..Section::default() });
            }
            open = Some(format!("section.{}", draft.sections.len()));
        }
        ["skill", "add"] => open = add_skill(draft, typed),
        ["section", at, rest @ ..] => {
            let at = place(at, draft.sections.len())?;
            // A name that is not on the page opens nothing, but the page still shows this section.
            open = Some(format!("section.{}.here", at + 1));
            match rest {
                ["up"] if at > 0 => draft.sections.swap(at, at - 1),
                ["down"] if at + 1 < draft.sections.len() => draft.sections.swap(at, at + 1),
                ["remove"] => drop(draft.sections.remove(at)),
                ["draw", "add"] => draft.sections[at].draws.push(Draw::default()),
                ["draw", nr, rest @ ..] => {
                    let draws = &mut draft.sections[at].draws;
                    let nr = place(nr, draws.len())?;
                    if matches!(rest, ["skill"] | ["without", ..]) {
                        open = Some(format!("section.{}.draw.{}", at + 1, nr + 1));
                    }
                    match rest {
                        ["remove"] => drop(draws.remove(nr)),
                        ["up"] if nr > 0 => draws.swap(nr, nr - 1),
                        ["down"] if nr + 1 < draws.len() => draws.swap(nr, nr + 1),
                        ["skill"] => {
                            let field = format!("section.{}.draw.{}.new_skill", at + 1, nr + 1);
                            if let Some(skill) = typed.one(&field).and_then(|it| it.parse().ok())
                                && !draws[nr].skills.contains(&skill)
                            {
                                draws[nr].skills.push(skill);
                            }
                        }
                        ["without", slug @ ..] => {
                            let slug = slug.join(".");
                            draws[nr].skills.retain(|skill| skill.as_str() != slug);
                        }
                        _ => {}
                    }
                }
                ["pick", nr, "remove"] => {
                    let picks = &mut draft.sections[at].picks;
                    let nr = place(nr, picks.len())?;
                    picks.remove(nr);
                }
                ["pick"] => {
                    let field = format!("section.{}.new_pick", at + 1);
                    if let Some(code) = typed.one(&field).and_then(|text| text.trim().parse().ok())
                    {
                        draft.sections[at].picks.push(code);
                    }
                    open = Some(field);
                }
                _ => {}
            }
        }
        _ => {}
    }
    open
}

/// What a button wanted to add and did not find. It is told at its field, not left out in silence.
pub fn not_found(typed: &Typed, bank: &Bank) -> Option<FieldError> {
    let pressed = typed.one("act")?;
    if let Some(section) = pressed.strip_suffix(".pick") {
        let field = format!("{section}.new_pick");
        let text = typed.text(&field);
        let is_there = text.parse().is_ok_and(|code| bank.item(&code).is_some());
        return match text.as_str() {
            _ if is_there => None,
            "" => Some(FieldError::new(field, "required")),
            _ => Some(FieldError::new(field, "item-unknown").with("item", text)),
        };
    }
    let field = match pressed {
        "skill.add" => "new_skill".to_owned(),
        draw => format!("{}.new_skill", draw.strip_suffix(".skill")?),
    };
    let is_chosen = typed.text(&field).parse::<SkillSlug>().is_ok();
    (!is_chosen).then(|| FieldError::new(field, "item-skill"))
}

/// A skill of the left column gets items of its own, in the section named after its area's draws.
fn add_skill(draft: &mut Draft, typed: &Typed) -> Option<String> {
    let skill = typed.one("new_skill").and_then(|text| text.parse::<SkillSlug>().ok())?;
    let draw = Draw { skills: vec![skill.clone()], count: 1, ..Draw::default() };
    let is_of_area = |section: &Section| {
        section.draws.iter().flat_map(|draw| &draw.skills).any(|one| one.area() == skill.area())
    };
    let at = draft.sections.iter().position(is_of_area);
    let at = if let Some(at) = at {
        draft.sections[at].draws.push(draw);
        at
    } else {
        draft.sections.push(Section {
            name: crate::catalog::area(&skill.area())
                .map_or_else(String::new, |area| area.name.clone()),
            draws: vec![draw],
            ..Section::default()
        });
        draft.sections.len() - 1
    };
    Some(format!("section.{}.draw.{}", at + 1, draft.sections[at].draws.len()))
}

/// A place counted from 1, as an index.
fn place(text: &str, len: usize) -> Option<usize> {
    text.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed::new(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    const FORM: &[(&str, &str)] = &[
        ("title", " Back end "),
        ("limit_minutes", "45"),
        ("section.1", "1"),
        ("section.1.name", "Data"),
        ("section.1.navigation", "linear"),
        ("section.1.weight", "2"),
        ("section.1.shuffle_options", "1"),
        ("section.1.draw.1", "1"),
        ("section.1.draw.1.skill", "db.nosql"),
        ("section.1.draw.1.skill", "db.sql-querying"),
        ("section.1.draw.1.kind", "single_choice"),
        ("section.1.draw.1.mid", "1"),
        ("section.1.draw.1.count", "3"),
        ("section.2", "1"),
        ("section.2.name", "Security"),
    ];

    #[test]
    fn a_form_becomes_a_draft() {
        let (draft, problems) = read(&typed(FORM), &Draft::default());
        assert_eq!(problems, vec![]);
        assert_eq!(draft.title, "Back end");
        assert_eq!(draft.sections.len(), 2);
        assert_eq!(draft.sections[0].navigation, Navigation::Linear);
        assert_eq!(draft.sections[0].draws[0].skills.len(), 2);
        assert_eq!(draft.sections[0].draws[0].kinds, vec![Kind::SingleChoice]);
    }

    #[test]
    fn an_unreadable_number_is_told_at_its_field() {
        let mut form = FORM.to_vec();
        form.push(("section.1.weight", "much"));
        let (_, problems) = read(&typed(&form), &Draft::default());
        assert_eq!(problems, vec![FieldError::new("section.1.weight", "number-unreadable")]);
    }

    #[test]
    fn what_is_not_there_is_told_where_it_was_asked_for() {
        let bank = crate::catalog::bank();
        for (pressed, field, text, code) in [
            ("section.1.pick", "section.1.new_pick", "db-9999-nothing", Some("item-unknown")),
            ("section.1.pick", "section.1.new_pick", "not a code", Some("item-unknown")),
            ("section.1.pick", "section.1.new_pick", " ", Some("required")),
            ("section.1.pick", "section.1.new_pick", "db-0001-tenant-index", None),
            ("section.1.draw.1.skill", "section.1.draw.1.new_skill", "", Some("item-skill")),
            ("skill.add", "new_skill", "", Some("item-skill")),
            ("skill.add", "new_skill", "db.nosql", None),
            ("section.1.up", "new_skill", "", None),
        ] {
            let told = not_found(&typed(&[("act", pressed), (field, text)]), bank);
            assert_eq!(told.as_ref().map(|one| one.code), code, "{pressed} {text}");
            assert!(told.is_none_or(|one| one.field == field));
        }
    }

    #[test]
    fn buttons_move_add_and_take_out() {
        for (pressed, names) in [
            ("section.2.up", vec!["Security", "Data"]),
            ("section.1.remove", vec!["Security"]),
            ("section.add", vec!["Data", "Security", ""]),
            ("section.9.remove", vec!["Data", "Security"]),
            ("nonsense", vec!["Data", "Security"]),
        ] {
            let mut form = FORM.to_vec();
            form.push(("act", pressed));
            let typed = typed(&form);
            let (mut draft, _) = read(&typed, &Draft::default());
            act(&mut draft, &typed, 30);
            let found: Vec<&str> = draft.sections.iter().map(|one| one.name.as_str()).collect();
            assert_eq!(found, names, "{pressed}");
        }
    }

    #[test]
    fn a_skill_goes_to_the_section_of_its_area() {
        let mut form = FORM.to_vec();
        form.extend([("act", "skill.add"), ("new_skill", "db.migrations")]);
        let typed = typed(&form);
        let (mut draft, _) = read(&typed, &Draft::default());
        act(&mut draft, &typed, 30);
        assert_eq!(draft.sections[0].draws.len(), 2);
        assert_eq!(draft.sections.len(), 2);
    }
}
