//! What the whole server does, tried from outside: real processes, a real database, real requests.

mod database;
mod embedded;
mod invitation;
mod result;
mod store;
mod take;
