# The candidate's way: link, welcome, questions, review, receipt.

take-title = { $page } - { $employer }
take-in-zone = { $zone } ({ $utc } UTC)

# An invitation that cannot be used.
take-closed-expired = This invitation ended on { $day }
take-closed-expired-lead = It was open until { $at }, { $zone }. No attempt was started with it.
take-closed-revoked = This invitation was withdrawn
take-closed-revoked-lead = The employer has taken it back. Nothing is recorded from now on.
take-closed-declined = You have declined this invitation
take-closed-declined-lead = The employer sees that you do not take part. There is nothing else to do.
take-closed-finished = This assessment is finished
take-closed-finished-lead = Your answers are with the employer. Nothing can be changed any more.
take-closed-unknown = This link does not lead anywhere
take-closed-unknown-lead = It may be incomplete, or a newer mail has replaced it, or its time here is over.
take-closed-unknown-advice = Open the link in the newest mail again. If that does not help, write to whoever invited you.
take-closed-what-now = What you can do
take-closed-write = Write to
take-closed-can-reopen = A new invitation can be sent from there.

# Welcome.
take-lead = { $employer } asks you to answer { $count ->
    [one] one question
   *[other] { $count } questions
}. You have { $time }. The clock starts when you press Start, not before.
take-lead-untimed = { $employer } asks you to answer { $count ->
    [one] one question
   *[other] { $count } questions
}. You have as much time as you need.
take-what-is-in-it = What is in it
take-sections-caption = Sections with number of questions and expected minutes
take-section = Section
take-questions = Questions
take-about = About
take-together = Together
take-minutes-about = { $count } min
take-section-own-time = Has its own clock: { $time }.
take-section-linear = One question after the other, without going back.
take-section-once = Once you have left it, you cannot come back.
take-rules = Rules
take-rule-back = You may go back to any question and change your answer until you submit.
take-rule-back-some = Inside a section you may go back and change answers, unless the table says otherwise.
take-rule-no-return = You cannot go back to what you have left. The table says where.
take-rule-no-penalty = A wrong answer costs nothing. An empty answer gives no points, so it is worth trying.
take-rule-partial = Where several things are asked at once, each right part gives its part of the points.
take-rule-speed = Speed does not count. Your time is never part of the score.
take-rule-saved = Every answer is saved at once. If the connection fails, keep working: what you enter is sent when it is back.
take-rule-devices = Work on one device. You may change to another one at any time: it takes over, and the first one can only look.
take-rule-end = When the time is over, everything saved so far is submitted for you.
take-rule-end-untimed = Submit when you are done. Until then you may close the page and come back with your link.
take-recorded = What is recorded
take-recorded-times = When you opened your link, started and submitted.
take-recorded-answers = Your answers, with the time of each change.
take-recorded-devices = A change to another device.
take-recorded-not = No camera, no microphone, no screen, no keystrokes, no copying and pasting.
take-recorded-who = People at { $employer } who work on this position see your answers and your result. Everything is deleted on { $day }. A person decides, never the score alone.
take-contact = Contact
take-contact-write = Questions, or a need for more time? Write before you start to
take-decline-ask = I do not want to take part
take-decline-advice = { $employer } sees that you declined. You cannot start with this link afterwards.
take-decline = Decline the invitation
take-start-box = Start
take-for = For
take-time = Time
take-in-one-go = , in one go
take-no-limit = No time limit
take-extended = Extended from { $from }
take-start-before = Start before
take-name = Your name
take-name-hint = Optional. It stands on your result.
take-start = Start, { $time }
take-start-untimed = Start
take-start-hint = The first question appears and the clock runs. Reloading the page or closing it does not stop the clock, and loses nothing.
take-not-started = The assessment was not started

# Questions.
take-question-title = Question { $n } of { $all }
take-save = Save
take-finish-section = Finish this section
take-all-saved = The connection is back. Everything is saved.
take-notice-half = Half of your time is left: { $left }.
take-notice-ten = 10 minutes left.
take-notice-five = Less than 5 minutes left. What you have saved is submitted at { $at }.
take-notice-one = Less than 1 minute left. What you have saved is submitted at { $at }.
take-offline-title = The connection is interrupted. Keep working.
take-offline-advice = Your latest answers wait in this page and are sent when the connection is back. Leave the page open until then.
take-elsewhere-title = Another device works on this assessment now.
take-elsewhere-advice = This one can only look. What you typed here last is kept beside your answers, but does not count.
take-finished-title = The assessment has been submitted.
take-finished-advice = What you typed here last is kept beside your answers, but does not count.
take-late-title = The time is over.
take-late-advice = Everything that was saved in time has been submitted. What came later is kept beside your answers and marked as late.
take-section-over-title = The time of this section is over, or you have left it.
take-section-over-advice = What was saved before counts. What you typed here last is kept, but does not count.
take-refused-title = This page is out of date.
take-refused-advice = Load it again. What you see then is what is saved.
take-load-again = Load again
take-cleaned-title = A character was replaced.
take-cleaned-advice = One of your answers had a character that cannot be stored.
take-look-title = You are only looking.
take-look-advice = Another device works on this assessment.
take-contest-title = This answer was changed in another window
take-contest-theirs = Saved there:
take-contest-blank = no answer
take-contest-mine = Below is what you chose here. It is not saved yet.
take-contest-keep = Save what is here
take-contest-take = Use the other one
take-too-long = This answer is too long
take-too-long-advice = It was not saved. Shorten it and save again.

# Two devices.
take-device-title = This assessment is open on another device
take-device-lead = It was started or continued there. Only one device can write at a time.
take-device-advice = If you take over, the other one can only look from then on. Everything that was saved there is here, and the clock goes on.
take-device-take-over = Continue on this device
take-device-look = Only look
take-device-choose = Continue
take-go-on = Continue
take-see-receipt = See the receipt

# Between sections.
take-turn-count = { $count ->
    [one] One question.
   *[other] { $count } questions.
}
take-turn-timed = { $count ->
    [one] One question
   *[other] { $count } questions
} in { $time }. The clock of this section starts when you press the button.
take-turn-free = You may move freely between its questions.
take-turn-back = Back to { $section }
take-turn-start = Start this section, { $time }
take-turn-open = Open this section, { $count ->
    [one] one question
   *[other] { $count } questions
}
take-turn-over = The section { $section } is closed. What you saved in it counts.
take-turn-stays = You can come back to the section { $section } later.
take-turn-leaves = You cannot come back to the section { $section }. { $count ->
    [0] All its questions are answered.
    [one] One of its questions is not finished.
   *[other] { $count } of its questions are not finished.
}

# Review.
take-review = Review and submit
take-of = { $count } of { $all }
take-count-answered = answered
take-count-begun = not finished
take-count-blank = not answered
take-count-flagged = flagged
take-look-first = Look at these first
take-worth-trying = A wrong answer costs nothing, so an attempt is never worse than an empty answer.
take-why-answered = answered
take-why-begun = not finished
take-why-blank = not answered
take-why-closed = not answered, closed
take-why-flagged = { $state }, flagged
take-sections-left = You have not opened the section { $section } yet.
take-see-section = Go to { $section }
take-go-to = Go to question { $n }
take-submit = Submit
take-submit-advice = After submitting you cannot change anything. You have { $left } left; otherwise your saved answers are submitted at { $at }.
take-submit-advice-untimed = After submitting you cannot change anything.
take-submit-do = Submit the assessment

# Receipt.
take-submitted = Submitted. Thank you.
take-submitted-lead = Your answers arrived at { $at }, { $zone }. You can close this page.
take-submitted-clock = The time was over at { $at }, { $zone }. Everything that you had saved was submitted for you.
take-submitted-staff = The employer ended this assessment at { $at }, { $zone }. Everything that you had saved was submitted.
take-receipt = Your receipt
take-receipt-assessment = Assessment
take-receipt-version = { $title }, version { $number }
take-receipt-answered = Answered
take-receipt-started = Started
take-receipt-submitted = Submitted
take-exact = { $local } ({ $utc } UTC)
take-by-you = by you
take-by-clock = when the time was over
take-by-staff = by the employer
take-grant-accommodation = Extra time
take-grant-outage = Time given back for an interruption
take-grant-line = Time given back for your connection
take-grant-pause = Time given back for a pause
take-grant-other = Time given by the employer
take-receipt-code-advice = This code stands for exactly these answers. The same code is in the file that the employer exports, so both sides can check that nothing changed.
take-next = What happens next
take-next-who = People at { $employer } read your answers and your result.
take-next-contact = You hear from them. Their address:
take-next-deleted = Everything is deleted on { $day }.
take-next-close = Keep the code above if you want proof; this page closes one hour after the end.
