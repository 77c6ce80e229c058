//! What the form of the list sends, with or without a file.

use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::StatusCode;

/// What was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    /// The pasted list.
    pub to: String,
    /// The text of the file.
    pub file: String,
    /// The last day.
    pub until: String,
    /// Time of everybody.
    pub time: String,
    /// The button: `check`, `send` or `good`.
    pub verb: String,
}

impl Typed {
    /// A list and a file are two lists.
    pub fn is_double(&self) -> bool {
        !self.to.trim().is_empty() && !self.file.trim().is_empty()
    }

    /// The list, wherever it came from.
    pub fn list(&self) -> &str {
        if self.to.trim().is_empty() { &self.file } else { &self.to }
    }

    /// As the form shows it again: browsers do not send a file twice, so its text is in the field.
    pub fn merged(mut self) -> Self {
        if self.to.trim().is_empty() {
            self.to = std::mem::take(&mut self.file);
        }
        self
    }
}

/// Reads the form, or says with which status and sentence it was refused.
pub(super) async fn read(
    form: Result<Multipart, MultipartRejection>,
) -> Result<Typed, (StatusCode, &'static str)> {
    let mut form = form.map_err(|_| (StatusCode::BAD_REQUEST, "form-unreadable"))?;
    let refuse = |cause: &MultipartError| match cause.status() {
        StatusCode::PAYLOAD_TOO_LARGE => (StatusCode::PAYLOAD_TOO_LARGE, "file-too-large"),
        _ => (StatusCode::BAD_REQUEST, "form-unreadable"),
    };
    let mut typed = Typed::default();
    while let Some(field) = form.next_field().await.map_err(|cause| refuse(&cause))? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|cause| refuse(&cause))?;
        let text = decode(&bytes);
        match name.as_str() {
            "to" => typed.to = text.replace("\r\n", "\n"),
            "file" => typed.file = text.replace("\r\n", "\n"),
            "until" => typed.until = text,
            "time" => typed.time = text,
            "do" => typed.verb = text,
            _ => {}
        }
    }
    Ok(typed)
}

/// UTF-8, UTF-16 with its mark, or what spreadsheets of Western Europe write.
fn decode(bytes: &[u8]) -> String {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
            Err(_) => bytes.iter().copied().map(char::from).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_spreadsheets_are_read_whatever_their_encoding() {
        assert_eq!(decode("\u{feff}Zoë".as_bytes()), "Zoë");
        assert_eq!(decode(b"Zo\xeb"), "Zoë");
        assert_eq!(decode(b"\xff\xfeZ\0o\0\xeb\0"), "Zoë");
        assert_eq!(decode(b"\xfe\xff\0Z"), "Z");
        assert_eq!(decode(b"\xff\xfeZ"), "");
    }

    #[test]
    fn the_text_of_a_file_comes_back_in_the_field() {
        let typed = Typed { file: "a@example.org".into(), ..Typed::default() };
        assert!(!typed.is_double() && typed.list() == "a@example.org");
        let typed = typed.merged();
        assert_eq!((typed.to.as_str(), typed.file.as_str()), ("a@example.org", ""));
    }
}
