//! # `catalog`: shipped content, keys included
//!
//! **Holds** areas, skills, blueprints and items as TOML, and reads them into domain values.
//!
//! **May touch** `domain`. It is in the pure and the server build, never in the browser's: it knows
//! the keys. Nothing is read from disk while the program runs.
