//! On the server islands are only drawn: there is nothing to wake.

pub mod autosave {
    use crate::islands::autosave::{Facts, Words};

    pub fn start(_facts: Facts, _words: Words) {}
}

pub mod check {
    use crate::islands::check::Findings;

    pub fn start(_findings: Findings) {}
}

pub mod countdown {
    use crate::islands::countdown::Timing;

    pub fn start(_timing: Timing) {}
}

pub mod live_form {
    pub fn start(_form: &str, _url: String) {}
}
