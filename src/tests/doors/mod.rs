//! Every door of the house, called by everybody, with everything.

mod estate;
mod guest;
mod input;
mod leaks;
mod payload;
mod policy;
mod tenants;
