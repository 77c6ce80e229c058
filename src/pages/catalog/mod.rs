//! The skills, and the item bank, for staff.

pub mod item;
pub mod items;
pub mod skill;
pub mod skills;
