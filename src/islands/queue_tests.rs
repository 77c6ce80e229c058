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

#[test]
fn what_is_unsent_when_another_device_takes_over_still_reaches_the_server() {
    let mut queue = queue();
    queue.know(2, 0, text(""));
    queue.change(1, text("a"), 0, 0);
    sent(&mut queue, 0, "x").expect("due");
    queue.change(1, text("ab"), 10, REST);
    queue.fail(1, "x", 20);
    queue.hold(2, text("mine"));
    queue.last_call(30);
    assert_eq!(sent(&mut queue, 30, "y").expect("due").save, "x");
    assert_eq!(sent(&mut queue, 30, "y").expect("due").fields, text("mine"), "nobody can choose");
    queue.acknowledge(1, "x", 0);
    queue.last_call(40);
    assert_eq!(sent(&mut queue, 40, "z").expect("due").fields, text("ab"));
    queue.acknowledge(1, "z", 0);
    queue.acknowledge(2, "y", 0);
    assert!(queue.is_closed() && !queue.is_unsent());
}

fn left(queue: &Queue) -> Kept {
    queue.kept(1, "attempt", 5).expect("something is unsent")
}

#[test]
fn a_page_that_was_killed_sends_the_same_save_again_and_then_what_was_typed_after_it() {
    let mut before = queue();
    before.change(1, text("a"), 0, 0);
    let first = sent(&mut before, 0, "x").expect("due");
    before.change(1, text("ab"), 10, REST);
    let kept: Kept =
        serde_json::from_str(&serde_json::to_string(&left(&before)).expect("json")).expect("read");

    let mut after = queue();
    let shown = Restored::Shown(text("ab"));
    assert_eq!(after.restore(kept.clone(), 0), shown, "the page shows the newest text");
    assert_eq!(after.restore(kept, 0), Restored::Same, "a record that lies there twice is one");
    assert_eq!(sent(&mut after, 0, "y"), Some(first), "the name and the content are the old ones");
    after.acknowledge(1, "x", 3);
    let second = sent(&mut after, 0, "y").expect("due");
    assert_eq!((second.base, second.fields), (3, text("ab")));
    after.acknowledge(1, "y", 4);
    assert_eq!(after.kept(1, "attempt", 9), None, "nothing is kept that the server has");
    assert_eq!(after.known(1), Some((4, &text("ab"))));
}

#[test]
fn a_text_that_was_made_on_an_older_version_is_sent_with_that_version() {
    let mut before = queue();
    before.change(1, text("mine"), 0, REST);
    let kept = left(&before);

    let mut after = Queue::default();
    after.know(1, 7, text("theirs"));
    assert_eq!(after.restore(kept, 0), Restored::Shown(text("mine")));
    let asked = sent(&mut after, 0, "x").expect("due");
    assert_eq!(
        (asked.base, asked.fields),
        (0, text("mine")),
        "the server has to say that it is stale"
    );
    after.contest(1, "x", 7, text("theirs"));
    assert!(after.is_contested(1));
}

#[test]
fn texts_of_two_windows_that_are_gone_never_replace_each_other() {
    let mut after = queue();
    for own in ["one", "two"] {
        let mut window = queue();
        window.change(1, text(own), 0, REST);
        after.restore(left(&window), 0);
    }
    let first = sent(&mut after, 0, "x").expect("due");
    assert_eq!((first.base, first.fields), (0, text("one")));
    after.acknowledge(1, "x", 1);
    let second = sent(&mut after, 0, "y").expect("due");
    assert_eq!((second.base, second.fields), (0, text("two")), "it was not made on the first one");
    after.contest(1, "y", 1, text("one"));
    assert!(after.is_contested(1), "both are shown");
    assert_eq!(left(&after).newest(), Some(&text("two")));
}

#[test]
fn who_types_before_the_device_has_answered_is_asked_about_the_text_that_lay_there() {
    let mut window = queue();
    window.change(1, text("before"), 0, REST);
    let mut after = queue();
    after.change(1, text("now"), 0, 0);
    assert_eq!(
        after.restore(left(&window), 0),
        Restored::Behind,
        "the page shows what is typed now"
    );
    assert_eq!(sent(&mut after, 0, "x").expect("due").fields, text("now"));
    after.acknowledge(1, "x", 1);
    let older = sent(&mut after, 0, "y").expect("due");
    assert_eq!((older.base, older.fields), (0, text("before")), "it was not made on the new one");
    after.change(1, text("now and more"), 10, REST);
    after.contest(1, "y", 1, text("now"));
    assert_eq!(sent(&mut after, 10, "z"), None, "typing is not disturbed");
    let more = sent(&mut after, 500, "z").expect("due");
    assert_eq!((more.base, more.fields), (1, text("now and more")));
    after.acknowledge(1, "z", 2);
    sent(&mut after, 500, "w").expect("due");
    after.contest(1, "w", 2, text("now and more"));
    assert!(after.is_contested(1), "both are shown once typing rests");
    assert_eq!(left(&after).newest(), Some(&text("before")));
}

#[test]
fn a_text_that_was_made_on_the_newest_one_in_another_window_is_shown_or_asked_about() {
    let windows = || {
        let mut first = queue();
        first.change(1, text("one"), 0, 0);
        sent(&mut first, 0, "x");
        // The answer was lost, but the next window was drawn with it.
        let mut second = Queue::default();
        second.know(1, 1, text("one"));
        second.change(1, text("one, two"), 0, REST);
        let mut after = Queue::default();
        after.know(1, 1, text("one"));
        after.restore(left(&first), 0);
        assert_eq!(after.restore(left(&second), 0), Restored::Behind);
        sent(&mut after, 0, "a").expect("the first one again");
        assert_eq!(after.acknowledge(1, "x", 1), None);
        let next = sent(&mut after, 0, "y").expect("due");
        assert_eq!((next.base, next.fields), (1, text("one, two")));
        after
    };
    let mut quiet = windows();
    assert_eq!(quiet.acknowledge(1, "y", 2), Some(text("one, two")), "the page shows it");
    assert_eq!(quiet.base(1), 2);

    let mut typing = windows();
    typing.change(1, text("one, three"), 10, 0);
    assert_eq!(typing.acknowledge(1, "y", 2), None);
    let stale = sent(&mut typing, 10, "z").expect("due");
    assert_eq!((stale.base, stale.fields), (1, text("one, three")), "the server says that it is");
}

#[test]
fn a_kept_page_catches_up_with_what_was_acknowledged_and_nothing_older_comes_back() {
    let mut queue = queue();
    assert!(queue.catch_up(1, 3, &text("saved")));
    assert!(!queue.catch_up(1, 2, &text("older")));
    assert_eq!(queue.base(1), 3);
    queue.change(1, text("newer"), 0, REST);
    assert!(!queue.catch_up(1, 9, &text("another")), "what is typed stays");
}

#[test]
fn a_line_that_is_down_is_told_before_a_save_was_lost() {
    let mut queue = queue();
    assert!(!queue.is_cut_off(0));
    queue.line(true);
    assert!(queue.is_cut_off(0));
    assert_eq!(queue.status(0), Status::Saved, "what is saved stays saved");
    queue.change(1, text("a"), 0, REST);
    assert_eq!(queue.status(0), Status::Waiting(1));
    queue.line(false);
    assert_eq!(queue.status(0), Status::Saving);
}
