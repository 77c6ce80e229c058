use super::*;

fn text(value: &str) -> Fields {
    vec![("1.text".to_owned(), value.to_owned())]
}

fn queue() -> Queue {
    let mut queue = Queue::default();
    queue.know(1, 0, text(""));
    queue
}

fn sent(queue: &mut Queue, now: u64, id: &str) -> Option<Parcel> {
    queue.next(now, || id.to_owned())
}

#[test]
fn typing_is_sent_when_it_rests_and_every_two_seconds_when_it_does_not() {
    let mut queue = queue();
    queue.change(1, text("a"), 1_000, REST);
    assert_eq!(sent(&mut queue, 1_399, "x"), None);
    assert_eq!(queue.wake(1_000), Some(1_400));
    for now in (1_300..2_900).step_by(300) {
        queue.change(1, text(&now.to_string()), now, REST);
        assert_eq!(sent(&mut queue, now, "x"), None);
    }
    queue.change(1, text("still typing"), 2_999, REST);
    assert_eq!(queue.wake(2_999), Some(3_000));
    assert!(sent(&mut queue, 3_000, "x").is_some());
}

#[test]
fn only_one_save_of_a_question_is_on_its_way_and_the_latest_text_follows() {
    let mut queue = queue();
    queue.change(1, text("a"), 0, 0);
    let first = sent(&mut queue, 0, "x").expect("due");
    assert_eq!((first.base, first.fields), (0, text("a")));
    queue.change(1, text("b"), 10, 0);
    queue.change(1, text("c"), 20, 0);
    assert_eq!(sent(&mut queue, 500, "y"), None);
    queue.acknowledge(1, "x", 7);
    let second = sent(&mut queue, 500, "y").expect("due");
    assert_eq!((second.base, second.fields), (7, text("c")));
}

#[test]
fn a_lost_save_comes_again_with_the_same_id_and_content() {
    let mut queue = queue();
    queue.change(1, text("a"), 0, 0);
    let first = sent(&mut queue, 0, "x").expect("due");
    queue.change(1, text("b"), 10, 0);
    queue.fail(1, "x", 100);
    assert_eq!(queue.status(100), Status::Waiting(1));
    assert_eq!(sent(&mut queue, 200, "y"), None);
    queue.hurry(200);
    assert_eq!(sent(&mut queue, 200, "y"), Some(first));
    queue.acknowledge(1, "x", 1);
    assert_eq!(sent(&mut queue, 200, "y").expect("due").fields, text("b"));
    queue.acknowledge(1, "y", 2);
    assert_eq!(queue.status(300), Status::Saved);
}

#[test]
fn pauses_grow_but_not_for_ever() {
    let mut queue = queue();
    queue.change(1, text("a"), 0, 0);
    let mut now = 0;
    let mut longest = 0;
    for _ in 0..12 {
        assert!(sent(&mut queue, now, "x").is_some());
        queue.fail(1, "x", now);
        let next = queue.wake(now).expect("a retry");
        longest = longest.max(next - now);
        now = next;
    }
    assert!((15_000..16_000).contains(&longest), "{longest}");
}

#[test]
fn nothing_is_called_saved_before_its_answer() {
    let mut queue = queue();
    assert_eq!(queue.status(0), Status::Saved);
    queue.change(1, text("a"), 0, REST);
    assert_eq!(queue.status(0), Status::Saving);
    sent(&mut queue, 400, "x");
    assert_eq!(queue.status(400), Status::Saving);
    assert_eq!(queue.wake(400), Some(4_400));
    assert_eq!(queue.status(4_400), Status::Waiting(1));
    assert_eq!(queue.wake(4_400), None, "a slow answer is waited for, not polled");
    queue.acknowledge(1, "another", 1);
    assert!(queue.is_unsent());
}

#[test]
fn a_change_that_is_taken_back_needs_no_save() {
    let mut queue = queue();
    queue.change(1, text("a"), 0, REST);
    queue.change(1, text(""), 100, REST);
    assert!(!queue.is_unsent());
}

#[test]
fn a_contested_question_rests_until_the_person_has_chosen() {
    let mut queue = queue();
    queue.change(1, text("mine"), 0, 0);
    sent(&mut queue, 0, "x");
    queue.contest(1, "x", 5, text("theirs"));
    assert_eq!(sent(&mut queue, 9_000, "y"), None);
    assert_eq!(queue.status(0), Status::Waiting(1));
    queue.settle(1, true);
    let again = sent(&mut queue, 9_000, "y").expect("due");
    assert_eq!((again.base, again.fields), (5, text("mine")));
}

#[test]
fn two_windows_with_the_same_text_do_not_quarrel() {
    let mut queue = queue();
    queue.change(1, text("same"), 0, 0);
    sent(&mut queue, 0, "x");
    queue.contest(1, "x", 5, text("same"));
    assert_eq!(queue.status(0), Status::Saved);
    assert_eq!(queue.base(1), 5);
}

#[test]
fn a_closed_page_sends_nothing_and_says_so() {
    let mut queue = queue();
    queue.change(1, text("a"), 0, 0);
    queue.close();
    assert_eq!(sent(&mut queue, 0, "x"), None);
    assert_eq!(queue.status(0), Status::Waiting(1));
}
