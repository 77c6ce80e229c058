//! The skills, and the item bank, for staff.

mod beside;
pub mod editor;
mod editor_form;
mod facets;
mod figures;
pub mod history;
pub mod item;
pub mod items;
pub mod new;
mod reasons;
pub mod skill;
mod skill_search;
mod skill_table;
pub mod skills;
mod steps;
mod work;
