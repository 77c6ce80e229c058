//! The rehearsal, small: it measures, tells, and leaves nothing behind.

use std::fs;

use crate::command::House;

#[test]
fn a_small_day_is_rehearsed_and_leaves_nothing_behind() {
    let house = House::new();
    let said = house.run(&["rehearse", "--crowd", "60", "--writers", "20", "--seconds", "4"]);
    assert_eq!(said.status.code(), Some(0), "{}\n{}", said.out, said.err);
    for line in ["Starts: 60 ", "Saves: 20 people, one every 2 seconds, 40 in all", "Ends: 60 "] {
        assert!(said.out.contains(line), "{line} is missing:\n{}", said.out);
    }
    assert!(said.out.contains("Most saves in a second"), "{}", said.out);
    let left = fs::read_dir(house.folder.join(".touchstone")).expect("the data folder");
    assert_eq!(left.count(), 0, "the rehearsal's folder is gone");
    let none = house.run(&["rehearse", "--crowd", "1"]);
    assert_eq!(none.status.code(), Some(2), "a crowd of one is no crowd");
}
