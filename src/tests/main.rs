//! What the whole server does, tried from outside: real processes, a real database, real requests.

mod app;
mod command;
mod database;
mod embedded;
mod http;
mod invitation;
mod result;
mod store;
mod take;
