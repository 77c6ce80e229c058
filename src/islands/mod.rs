//! # What runs in the browser
//!
//! Holds islands: each wraps markup that already works without it. May touch `domain` (types
//! without keys) and `api`. Never holds anything of the server and never trusts its own clock.
//! Wasm and JS together stay below 200 KB brotli: every dependency is paid by each candidate.
//!
//! **One more island**: a file here; pages import with a glob, because the macro makes companions.
