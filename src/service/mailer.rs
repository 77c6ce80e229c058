//! Sends one mail: by SMTP when a server is set, else into a folder.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Config;

const NONCE_BYTES: usize = 24;
const KEY_BYTES: usize = 32;

/// A mail before it is sealed: plain words, one link at most.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Mail {
    /// Address of the receiver.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// Body as plain text.
    pub text: String,
}

/// Why a mail was not sent, or cannot be.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The sealed body does not open: another key, or damaged bytes.
    #[error("the mail cannot be opened with this key")]
    Sealed,
    /// An address or a header that no mail can carry.
    #[error("the mail cannot be written: {0}")]
    Unwritable(String),
    /// The mail server refused for good.
    #[error("refused by the mail server: {0}")]
    Refused(String),
    /// The mail server could not be reached, or asked for patience.
    #[error("not sent yet: {0}")]
    Later(String),
    /// The folder or the key file.
    #[error("{path}: {cause}")]
    File {
        /// What was touched.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

enum Transport {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Folder,
}

/// Seals mails for the queue and sends them.
pub struct Mailer {
    cipher: XChaCha20Poly1305,
    transport: Transport,
    from: Mailbox,
    folder: PathBuf,
}

impl Mailer {
    /// Reads the key (made at the first start) and the settings.
    pub fn open(config: &Config) -> Result<Self, MailError> {
        let transport = match &config.smtp_url {
            Some(url) => Transport::Smtp(Box::new(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|cause| MailError::Unwritable(cause.to_string()))?
                    .build(),
            )),
            None => Transport::Folder,
        };
        let from = config
            .mail_from
            .parse()
            .map_err(|_| MailError::Unwritable(format!("sender {}", config.mail_from)))?;
        let key = read_or_make_key(&config.data.join("secrets").join("mail.key"))?;
        let folder = config.data.join("mail");
        Ok(Self { cipher: XChaCha20Poly1305::new(&key), transport, from, folder })
    }

    /// Whether mails leave the machine.
    pub fn sends(&self) -> bool {
        matches!(self.transport, Transport::Smtp(_))
    }

    /// Whether the mail server answers; true without one, because a folder always does.
    pub async fn reach(&self) -> Result<bool, MailError> {
        match &self.transport {
            Transport::Smtp(server) => {
                server.test_connection().await.map_err(|cause| MailError::Later(cause.to_string()))
            }
            Transport::Folder => Ok(true),
        }
    }

    /// Seals a mail for the database, which never sees a link in the clear.
    pub fn seal(&self, mail: &Mail) -> Result<Vec<u8>, MailError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        crate::service::fresh::fill(&mut nonce)
            .map_err(|cause| MailError::Unwritable(cause.to_string()))?;
        let plain =
            serde_json::to_vec(mail).map_err(|cause| MailError::Unwritable(cause.to_string()))?;
        let sealed = self
            .cipher
            .encrypt(XNonce::from_slice(&nonce), plain.as_slice())
            .map_err(|_| MailError::Sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens a sealed mail.
    pub fn unseal(&self, sealed: &[u8]) -> Result<Mail, MailError> {
        let (nonce, body) = sealed.split_at_checked(NONCE_BYTES).ok_or(MailError::Sealed)?;
        let plain =
            self.cipher.decrypt(XNonce::from_slice(nonce), body).map_err(|_| MailError::Sealed)?;
        serde_json::from_slice(&plain).map_err(|_| MailError::Sealed)
    }

    /// Sends a mail. The id makes its name, so that a mail sent twice is recognised.
    pub async fn send(&self, id: Uuid, mail: &Mail) -> Result<(), MailError> {
        let message = self.message(id, mail)?;
        match &self.transport {
            Transport::Smtp(server) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(cause) if cause.is_permanent() => Err(MailError::Refused(cause.to_string())),
                Err(cause) => Err(MailError::Later(cause.to_string())),
            },
            Transport::Folder => {
                let path = self.path(id);
                write_private(&path, &message.formatted())
                    .map_err(|cause| MailError::File { path, cause })
            }
        }
    }

    /// The mail that was written to the folder, as it would have been sent.
    pub fn written(&self, id: Uuid) -> Option<String> {
        std::fs::read(self.path(id)).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    fn path(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.eml"))
    }

    fn message(&self, id: Uuid, mail: &Mail) -> Result<Message, MailError> {
        let unwritable = |cause: String| MailError::Unwritable(cause);
        let to: Mailbox = mail.to.parse().map_err(|_| unwritable("receiver".to_owned()))?;
        let plain = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(mail.text.clone());
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(one_line(&mail.subject))
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .multipart(MultiPart::mixed().singlepart(plain))
            .map_err(|cause| unwritable(cause.to_string()))
    }
}

/// A header is one line, whatever a title or a name holds.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn read_or_make_key(path: &Path) -> Result<Key, MailError> {
    let fail = |cause| MailError::File { path: path.to_owned(), cause };
    match std::fs::read(path) {
        Ok(bytes) if bytes.len() == KEY_BYTES => Ok(*Key::from_slice(&bytes)),
        Ok(_) => Err(MailError::Sealed),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            let mut bytes = [0_u8; KEY_BYTES];
            crate::service::fresh::fill(&mut bytes)
                .map_err(|cause| MailError::Unwritable(cause.to_string()))?;
            write_private(path, &bytes).map_err(fail)?;
            Ok(*Key::from_slice(&bytes))
        }
        Err(cause) => Err(fail(cause)),
    }
}

/// Writes a file that only this account can read, whole or not at all.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let part = path.with_extension("part");
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(part, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailer(name: &str) -> (Mailer, PathBuf) {
        let data =
            std::env::temp_dir().join(format!("touchstone-mail-{}-{name}", std::process::id()));
        let config = Config::read(|setting| {
            (setting == "TOUCHSTONE_DATA").then(|| data.to_string_lossy().into_owned())
        })
        .expect("valid settings");
        (Mailer::open(&config).expect("a folder"), data)
    }

    fn mail(subject: &str) -> Mail {
        Mail {
            to: "ada@example.org".to_owned(),
            subject: subject.to_owned(),
            text: "https://tests.example.org/i/secret".to_owned(),
        }
    }

    #[test]
    fn a_sealed_mail_hides_its_link_and_opens_again_after_a_restart() {
        let (first, data) = mailer("seal");
        let sealed = first.seal(&mail("Hello")).expect("seals");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        let (second, _) = mailer("seal");
        assert_eq!(second.unseal(&sealed).expect("opens").subject, "Hello");
        let mut damaged = sealed;
        damaged[NONCE_BYTES] ^= 1;
        assert!(matches!(second.unseal(&damaged), Err(MailError::Sealed)));
        std::fs::remove_dir_all(data).expect("tidies up");
    }

    #[tokio::test]
    async fn a_title_cannot_add_a_header() {
        let (mailer, data) = mailer("header");
        let id = Uuid::nil();
        mailer.send(id, &mail("Test\r\nBcc: eve@example.org")).await.expect("writes");
        let written = mailer.written(id).expect("is there");
        assert!(!written.lines().any(|line| line.starts_with("Bcc:")), "{written}");
        std::fs::remove_dir_all(data).expect("tidies up");
    }
}
