# The page of invitations.
invitation-title = Invite: { $title }
invitation-facts = Version { $number }, published { $at }.
invitation-facts-none = Not published yet.
invitation-archived = This assessment is archived. Take it out of the archive to invite somebody.
invitation-not-published = Publish it first
invitation-not-published-advice = Invitations use a published version, and there is none yet. What was invited keeps its version when you publish another.
invitation-to-builder = Go to the builder
invitation-sent = { $count ->
    [one] 1 invitation is on its way.
   *[other] { $count } invitations are on their way.
}
invitation-left-out = { $count ->
    [one] 1 line was left out.
   *[other] { $count } lines were left out.
}

# The list.
invitation-to = Who should get an invitation?
invitation-to-hint = One per line: an address, or a name and an address. Extra time goes behind a comma, such as 1.5 or untimed. At most { $most } lines.
invitation-file = Or a CSV file
invitation-file-hint = The first line names the columns: email, name, external_id, time. Comma, semicolon or tab.
invitation-until = Open until
invitation-until-hint = The end of that day, { $zone }.
invitation-time-all = Time
invitation-time-all-hint = For every line that does not say its own.
invitation-time-usual = Usual, { $minutes } min
invitation-time-factor = { $factor } %, { $minutes } min
invitation-time-untimed = No time limit
invitation-time-choose = Choose
invitation-minutes = { $minutes } min
invitation-check = Check the lines
invitation-check-again = Check the lines again
invitation-send = Send invitations
invitation-send-count = { $count ->
    [one] Send 1 invitation
   *[other] Send { $count } invitations
}
invitation-message = Read the message
invitation-sample-link = personal link
invitation-nothing-sent = Nothing has been sent
invitation-lines-wrong = { $count ->
    [one] 1 line needs a change. Nothing has been sent.
   *[other] { $count } lines need a change. Nothing has been sent.
}
invitation-lines = How each line was read
invitation-lines-hidden = { $count ->
    [one] 1 more line is not shown.
   *[other] { $count } more lines are not shown.
}
invitation-line = Line
invitation-name = Name
invitation-name-later = asked at start
invitation-address = Address
invitation-external-id = Your number
invitation-time = Time
invitation-result = Result
invitation-line-ready = Ready
invitation-line-changed = Ready. An unreadable character was replaced.
invitation-line-repeats = Repeats line { $line }, left out
invitation-line-taken = Has an invitation ({ $status }), left out

# How far everybody is.
invitation-so-far = Sent so far
invitation-all = { $count ->
    [0] Nobody yet.
    [one] 1 invitation.
   *[other] { $count } invitations.
}
invitation-status-invited = invited
invitation-status-opened = opened
invitation-status-started = started
invitation-status-submitted = submitted
invitation-status-voided = voided
invitation-status-expired = expired
invitation-status-declined = declined
invitation-status-revoked = revoked
invitation-table = Invitations
invitation-person = Person
invitation-status = Status
invitation-open-until = Open until
invitation-acts = What can be done
invitation-any-status = Any
invitation-search = Name, address or number
invitation-filter = Show
invitation-show-all = Show all
invitation-none-found = No invitation is like this
invitation-none-found-advice = Choose another status or another word.
invitation-mail-lost = mail not delivered
invitation-new-link = New link
invitation-new-link-of = New link for { $person }
invitation-resend = Send again
invitation-resend-to = Send again to { $person }

# One invitation.
invitation-link-made = The new link
invitation-link-once = Copy it now: it is shown this once. The link before it has ended, and a mail that waited with it is not sent.
invitation-link = Personal link
invitation-link-title = Link
invitation-link-advice = Both make a new link and end the old one. Sending again mails it; a new link is shown to you once.
invitation-made = Invited
invitation-mail-lost-advice = The last mail to this person was not delivered.
invitation-to-outbox = See why in the outbox
invitation-date-title = Last day to start
invitation-tell = Send a mail with the new date and a new link
invitation-set-date = Set the date
invitation-time-title = Time for this person
invitation-time-advice = Every clock of the assessment follows it. It can be set until the person starts.
invitation-set-time = Set the time
invitation-attempt-title = Attempt
invitation-attempt-advice = Giving minutes, ending, voiding and opening again need a reason and are kept in the log.
invitation-act = Act on the attempt
invitation-to-result = See the result
invitation-revoke-title = Withdraw
invitation-revoke-advice = The link ends at once. The person can be invited again.
invitation-revoke = Withdraw the invitation
invitation-not-changed = Nothing was changed
invitation-back = Back to all invitations
invitation-resent = A mail with a new link is on its way. The old link has ended.
invitation-revoked = The invitation is withdrawn. Its link has ended.
invitation-extended = The last day to start is changed.
invitation-time-changed = The time is changed.

# Who works right now.
invitation-live-title = Live: { $title }
invitation-count-running = running
invitation-count-opened = opened, not started
invitation-count-submitted = submitted
invitation-as-of = As of { $at }.
invitation-update = Update
invitation-nobody = Nobody is working right now
invitation-nobody-advice = { $count ->
    [0] No invitation is open.
    [one] 1 invitation is open. Update this page to see when the person starts.
   *[other] { $count } invitations are open. Update this page to see who starts.
}
invitation-see-open = See the invitations
invitation-running = Running attempts, least time left first
invitation-answered = Answered
invitation-of = { $some } of { $all }
invitation-left = Time left
invitation-left-bar = Time left as a bar
invitation-share-left = { $share } %
invitation-left-hidden = not shown
invitation-saved = Last saved
invitation-saved-never = nothing yet
invitation-ago = { $time } ago
invitation-act-short = Act
invitation-act-on = on the attempt of { $person }
invitation-act-on-attempt = Act on the attempt of { $person }
invitation-minutes-field = Minutes
invitation-minutes-hint = Only for giving time.
invitation-minutes-reopen = Added to what was left at the end; may be empty.
invitation-reason = Reason
invitation-reason-hint = It is kept in the log.
invitation-give = Give minutes: something happened
invitation-give-agreed = Give minutes: agreed extra time
invitation-end = End now and hand in
invitation-void = Void the attempt
invitation-reopen = Open again
invitation-act-kept = Answers stay, whatever you choose. A running page shows the new time by itself.
invitation-act-done = Done, and written down in the log.
invitation-act-not-done = Nothing was changed
invitation-events = Newest events
invitation-event-started = { $person } started.
invitation-event-submitted = { $person } handed in.
invitation-event-taken-over = { $person } moved to another device; the first one is read-only.
invitation-event-outage = { $person } got time back after an interruption of the server.
invitation-event-time = { $by } gave { $person } { $minutes ->
    [one] 1 minute.
   *[other] { $minutes } minutes.
}
invitation-event-ended = { $by } ended the attempt of { $person }.
invitation-event-voided = { $by } voided the attempt of { $person }.
invitation-event-reopened = { $by } opened the attempt of { $person } again.
invitation-event-scored = The answers of { $person } were scored.
invitation-event-other = Something was noted about { $person }.
invitation-event-reason = Reason: { $reason }
