//! What the whole server does, tried from outside: real processes, a real database, real requests.

mod app;
mod bank;
mod chaos;
mod command;
mod database;
mod demo;
mod doors;
mod embedded;
mod evidence;
mod house;
mod http;
mod invitation;
mod kill;
mod people;
mod rehearse;
mod result;
mod store;
mod take;
mod words;
