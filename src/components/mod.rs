//! # Drawn parts without a URL
//!
//! Holds parts of the look: values in, view out. May touch `domain`, `islands` and `text`. Never
//! asks a service.
//!
//! **One more part**: a component in a file of its own; its states belong on the sheet of parts.
