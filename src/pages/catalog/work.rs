//! The working copy of an item in the editor: what was typed, put into the file it was typed over.

use crate::catalog::BadFile;
use crate::catalog::item_form;
use crate::catalog::item_source::{Source, Value};
use crate::domain::id::ItemCode;
use crate::service::bank::write::Dossier;
use crate::service::error::FieldError;

/// A form of the editor as it came.
#[derive(Debug, Clone, Default)]
pub struct Typed(Vec<(String, String)>);

/// What an author works on.
#[derive(Debug, Clone)]
pub struct Work {
    /// The file with everything that was typed.
    pub text: String,
    /// The revision it began with.
    pub seen: i32,
    /// The whole file is edited as text.
    pub is_file: bool,
    /// What could not be put into the file.
    pub refused: Vec<FieldError>,
    /// What was typed, for the fields that were refused.
    typed: Vec<(String, String)>,
}

impl Typed {
    /// Takes a form.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The last value of a field.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// The working copy that this form makes. The form carries the file that it was drawn from, so
    /// that options can come and go before anything is saved.
    pub fn work(self, dossier: &Dossier) -> Work {
        let seen = self.one("seen").parse().unwrap_or(dossier.head.number);
        let ends = |text: &str| {
            // A browser sends line ends its own way; the file keeps the ones it has.
            let text = text.replace("\r\n", "\n");
            let has_crlf = dossier.newest().contains("\r\n");
            if has_crlf { text.replace('\n', "\r\n") } else { text }
        };
        if self.0.iter().any(|(name, _)| name == "source") {
            let text = ends(self.one("source"));
            return Work { text, seen, is_file: true, refused: vec![], typed: vec![] };
        }
        let base = ends(self.one("base"));
        let Ok(mut source) = Source::read("item", &base) else { return Work::of(dossier, false) };
        let unreadable = item_form::apply(&mut source, &self.0).err().unwrap_or_default();
        let refused: Vec<FieldError> =
            unreadable.into_iter().map(|field| FieldError::new(field.0, "item-number")).collect();
        item_form::press(&mut source, self.one("act"));
        Work { text: source.text().to_owned(), seen, is_file: false, refused, typed: self.0 }
    }
}

impl Work {
    /// The newest revision, untouched.
    pub fn of(dossier: &Dossier, is_file: bool) -> Self {
        Self {
            text: dossier.newest().to_owned(),
            seen: dossier.head.number,
            is_file,
            refused: vec![],
            typed: vec![],
        }
    }

    /// The same work, to be kept over another revision.
    #[must_use]
    pub fn over(self, number: i32) -> Self {
        Self { seen: number, ..self }
    }

    /// The file as it is kept: a changed one counts its revisions.
    pub fn kept(&self, dossier: &Dossier) -> String {
        let is_changed = dossier.revision(self.seen).is_none_or(|old| old.source != self.text);
        match Source::read("item", &self.text) {
            Ok(mut source) if is_changed && !self.is_file => {
                source.set("rev", &Value::Number(self.seen.saturating_add(1).to_string()));
                source.text().to_owned()
            }
            _ => self.text.clone(),
        }
    }

    /// The fields of the file.
    pub fn source(&self) -> Result<Source, BadFile> {
        Source::read("item", &self.text)
    }

    /// What a field shows: as typed where it was refused, or else from the file.
    pub fn shown(&self, source: &Source, path: &str) -> String {
        let is_refused = self.refused.iter().any(|one| one.field == path);
        let typed = self.typed.iter().rev().find(|(name, _)| name == path);
        match typed.filter(|_| is_refused) {
            Some((_, value)) => value.clone(),
            None => source.get(path).unwrap_or_default(),
        }
    }
}

/// The address of the editor.
pub fn edit_url(code: &ItemCode) -> String {
    format!("/items/{code}/edit")
}
