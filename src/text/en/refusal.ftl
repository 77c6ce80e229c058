# Why something was refused. The key is "refusal-" and the code of the refusal.
refusal-unknown = This was not accepted. Nothing has changed.
refusal-required = Fill this in.
refusal-busy = Too many tries. Try again in { $seconds } seconds.
refusal-unavailable = The database does not answer. Try again in a few seconds.

# Accounts.
refusal-sign-in-wrong = The email and the password do not match.
refusal-password-wrong = This is not your password. Capital letters count.
refusal-password-too-short = Use at least 8 characters.
refusal-password-too-long = Use at most 128 characters.
refusal-password-common = This password is among the first that are guessed. Choose another.
refusal-password-guessable = This is little more than your address or your organisation's name. Add to it.
refusal-passwords-differ = The two passwords are not the same.
refusal-email-unreadable = Write the address as name@example.org.
refusal-email-taken = This address has an account already.
refusal-name-length = Write a name of at most 200 characters.
refusal-timezone-unknown = Choose a time zone from the list, such as Europe/Oslo.
refusal-role-unknown = Choose a role.
refusal-last-owner = This is the last owner. Make somebody else an owner first.
refusal-mail-not-waiting = This mail was sent already, so it cannot be tried again.

# Building an assessment.
refusal-blueprint-unknown = Choose a role from the list.
refusal-draft-changed = Somebody else saved this draft meanwhile. Compare with the newest version, then save again.
refusal-assessment-archived = This assessment is archived. Take it back first.
refusal-number-unreadable = Write a whole number.
refusal-title-length = Write a name of 1 to 200 characters.
refusal-title-empty = The assessment needs a name.
refusal-title-long = Use at most 200 characters.
refusal-limit-zero = Give at least one minute.
refusal-limit-long = A clock runs for at most a day: 1440 minutes.
refusal-grace-range = The grace is 0 to 60 seconds.
refusal-cut-range = The cut score is a share from 0 to 100.
refusal-retention-range = Keep results for 1 to 3650 days.
refusal-retention-short = Results must be kept at least as long as invitations are open.
refusal-open-days-range = Invitations can be open for 1 to 365 days.
refusal-section-none = Add at least one section.
refusal-sections-many = There can be 50 sections.
refusal-items-many = A paper can hold 300 items.
refusal-text-long = Use at most 5000 characters.
refusal-section-name-empty = Give the section a name.
refusal-section-name-long = Use at most 200 characters.
refusal-section-empty = This section has no items. Add a draw or an item, or remove the section.
refusal-weight-range = Points per item are 1 to 100.
refusal-count-zero = Draw at least one item, or remove this draw.
refusal-skill-none = Choose at least one skill.
refusal-draw-no-skill = Choose at least one skill to draw from.
refusal-levels-range = The shares of the levels are at most 100 per cent each.
refusal-item-unknown = There is no item { $item }.
refusal-item-not-ready = The item { $item } cannot be drawn: it is not ready, or retired.
refusal-item-twice = The item { $item } is in the paper already.
refusal-item-enemy = The items { $item } and { $other } give each other away. Take one out.
refusal-cell-empty = No { $level } item fits this draw, and { $count } are wanted. Widen it.
refusal-cell-short = Only { $available } { $level } items fit this draw, and { $count } are wanted.
refusal-draw-empty = No item fits this draw, and { $count } are wanted. Widen it.
refusal-draw-short = Only { $available } items fit this draw, and { $count } are wanted.
refusal-draws-share = This draw and another one want the same items. Widen one of them.
refusal-cell-thin = Thin: { $count } of { $available } { $level } items. { $percent } % of candidates share each item.
refusal-limit-tight = The items are planned for { $minutes } minutes, more than the limit.
refusal-kind-missing = { $section }: { $count ->
    [one] one planned item is
   *[other] { $count } planned items are
} of a kind that does not exist yet, so the draft is shorter.
refusal-kind-replaced = { $section }: { $count ->
    [one] one query item reads a query and does
   *[other] { $count } query items read a query and do
} not run one yet.

# Invitations.
refusal-line = Line { $line }: { $problem }
refusal-lines-more = { $count } more lines need a change
refusal-list-empty = Paste at least one address, or choose a file.
refusal-list-too-long = These are { $lines } lines. Send at most { $most } at once.
refusal-list-both = Paste a list or choose a file, not both.
refusal-list-nobody-new = Everybody on this list has an invitation already.
refusal-form-unreadable = The form did not arrive whole. Send it again.
refusal-file-too-large = The file is larger than 2 MB. Split it.
refusal-date-unreadable = Write a date such as 2026-11-30.
refusal-date-past = This day is over.
refusal-date-far = Choose a day within the next 12 months.
refusal-email-empty = there is no address
refusal-email-no-at = “{ $text }” has no @ sign
refusal-email-many-at = “{ $text }” has more than one @ sign
refusal-email-blank = “{ $text }” has a blank or an invisible character inside
refusal-email-local = “{ $text }” has a character before the @ sign that mail refuses
refusal-email-no-ending = “{ $text }” has no ending such as .org
refusal-email-domain = “{ $text }” has no usable part after the @ sign
refusal-email-too-long = “{ $text }” is longer than mail allows
refusal-external-id-length = The number has more than 200 characters.
refusal-time-factor = Write the time as a factor from 1 to 4, such as 1.5, or as untimed.
refusal-assessment-not-published = Publish the assessment first.
refusal-invitation-closed = The invitation was withdrawn or declined. Invite the person again.
refusal-invitation-started = The person has started, so this is settled.
refusal-invitation-finished = The attempt has ended, so a link is of no use.
refusal-invitation-expired = The last day to start is over. Set another one first.

# Acts on an attempt.
refusal-minutes-range = Write whole minutes, at most { $most }.
refusal-reason-length = Write a reason of at most { $most } characters.
refusal-attempt-finished = The attempt has ended.
refusal-attempt-running = The attempt is running.
refusal-attempt-voided = The attempt was voided.
refusal-attempt-untimed = This person has no time limit.
refusal-attempt-no-time = No time was left at the end. Add minutes.
refusal-attempt-held = A legal hold keeps this as it is.
refusal-reason-needed = Say why; it is kept in the log.

# Forms as a whole.
refusal-unreadable = This part of the form could not be read. Load the page again.
refusal-unknown-field = This part of the form is not known. Load the page again.
refusal-too-long = This is too long. Shorten it.

# Attempts.
refusal-already-started = The assessment has been started already.
refusal-other-device = Another device works on this assessment now.
refusal-save-reused = This save was sent twice with different answers. Load the page again; the first one is kept.
refusal-question-not-open = This question is not open any more.

# The item bank.
refusal-item-source = Line { $line }: { $message }
refusal-item-code-fixed = The id of an item never changes. Make a new item instead.
refusal-item-code-taken = An item of this id is there already.
refusal-item-title = Give it a short title in plain letters, such as "Index for one tenant".
refusal-item-changed = Somebody else wrote a newer revision meanwhile. Compare with it, then save again.
refusal-item-step-late = The item is in another state by now. Look at it again.
refusal-item-own-work = You wrote a part of this revision. Somebody else has to approve it.
refusal-item-retired = This item is retired and takes no more revisions.
refusal-item-comment-missing = Say what has to change.
refusal-item-comment-long = Use at most 2000 characters.
refusal-item-number = Write a number, such as 90 or 0.55.
refusal-item-skill = Choose a skill.
refusal-item-level = Choose a level.
refusal-item-kind = Choose how it is answered.
# The candidate's room.
refusal-reply-length = Write something, with at most 4000 characters.
