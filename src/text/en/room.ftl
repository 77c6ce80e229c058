# The candidate's room: reading, keys, the line, pauses.

room-kept = { $count } kept on this device
room-offline-kept-title = The connection is interrupted. Keep working.
room-offline-kept-advice = What you enter is kept on this device and is sent when the connection is back. You may even close the page and come back with your link.
room-stay-title = This needs the connection.
room-stay-advice = You can still move between the questions of this section and change answers. Try again when the connection is back.
room-more-time = Time was added. The end is now at { $at }.
room-tell = { $minutes } minutes and { $seconds } seconds left. The end is at { $at }.
room-tell-button = Tell the time left

room-settings = Display and keys
room-text = Text size
room-text-normal = Normal
room-text-l = Large
room-text-xl = Very large
room-spaced = More space between letters and lines
room-more = More contrast
room-ruled = Line reader: a band that follows pointer and focus
room-no-digits = Hide the clock. You are still told at half time and at 10, 5 and 1 minute.
room-no-keys = Turn single keys off
room-settings-save = Use these settings
room-settings-kept = Kept for this assessment on this device.
room-keys = Single keys
room-key-next = next question
room-key-previous = previous question
room-key-flag = flag this question
room-key-review = review and submit
room-key-time = tell the time left
room-key-help = open or close this list

room-paused = There is a pause
room-paused-lead = Your clock stands still until { $at }, { $zone }. Your questions come back then.
room-paused-reason = The reason: { $reason }
room-paused-go-on = Continue
room-paused-advice = This page looks by itself. What you have saved is safe.

# What staff do about time.
room-pause = Pause for these minutes
room-incident = Something disturbed everybody
room-incident-advice = Gives the last minutes back to each attempt that runs now, in one act. Minutes that an outage gave back already count once.
room-incident-minutes = How many minutes ago it began
room-incident-do = Give the time back to everybody
room-incident-done = { $count ->
    [0] Nobody was working, so nothing was given.
    [one] The time was given back to 1 attempt.
   *[other] The time was given back to { $count } attempts.
}
room-event-paused = { $by } paused the attempt of { $person } for { $minutes } minutes.
room-event-line = Time given back to { $person } for an interrupted connection.

# Before the start.
room-practice = Try the kinds of question
room-practice-advice = Practice is not scored and no clock runs.
room-ics = Put it into your calendar
room-ics-title = Last moment to start: { $title }
room-ics-words = You can start until { $at }, { $zone }.
room-own-zone = For this device: { $at }, { $zone }.
room-check-keeps = This device can keep your answers when the connection fails.
room-check-keeps-not = This browser cannot keep answers when the page is closed without a connection. Leave the page open then.
room-check-trip = The way to the server and back takes { $milliseconds } ms.
room-check-no-trip = The server did not answer. Try again later, or on another connection.
room-check-clock = The clock of this device is right.
room-check-clock-wrong = The clock of this device is { $seconds } seconds off. It makes no difference: the time here comes from the server.

# A problem with a question.
room-problem = Report a problem with this question
room-problem-kind = What is it?
room-problem-unclear = It is not clear
room-problem-wrong = Something in it is wrong
room-problem-display = It is not shown well
room-problem-other = Something else
room-problem-words = In your words
room-problem-hint = Optional. It reaches the authors of the question. Your answer and your score stay as they are.
room-problem-tell = Report it
room-problem-told = Reported. Thank you. The clock has gone on.
room-reports = Problems with questions
room-report-at = At
room-report-what = Item
room-report-item = { $item }, revision { $revision }
room-report-words = Words

# Afterwards.
room-see-result = See your result
room-result = Your result
room-result-later = The result is not there yet. Load this page again in a moment.
room-result-score = { $score } of 100 points, with a range from { $low } to { $high }.
room-result-advice = The range says where the same skill could land with other questions. One to three questions per skill say little.
room-mirror = What reviewers see about you
room-mirror-person = About you
room-mirror-address = Address
room-mirror-number = Their number for you
room-mirror-not = Reviewers also see which answers are right, and how everybody did together. That is not about you alone, so it is not here.
room-reply = Your reply
room-reply-field = What do you want to say to this?
room-reply-hint = People at { $employer } read it beside your result.
room-reply-do = Add this reply
room-reply-not-kept = The reply was not added
room-replies = What the candidate says
room-result-paused = The attempt was paused.
room-result-line = Time was given back for an interrupted connection.
room-result-problem = A problem with a question was reported.
room-result-replied = The candidate replied.

# What an organisation settles about its candidates.
room-policy = Candidates of your organisation
room-policy-sees = After the end a candidate sees
room-policy-sees-hint = For as long as the session lasts: one hour after the end.
room-policy-receipt = the receipt only
room-policy-result = the receipt and the own result by skill
room-policy-mirror = all that reviewers see about this person, and may reply
room-policy-line = Minutes for an interrupted connection
room-policy-line-hint = At most so many per attempt are given back when the candidate's own connection fails. 0 gives none.
room-policy-save = Save these settings
room-policy-done = The settings are saved.
room-policy-not-done = The settings were not saved
room-policy-link = What candidates see, and time for their connection
room-policy-rest = Minutes of a break between sections
room-policy-rest-hint = Offered where a section is left for good; the clock stands still. 0 offers none.
room-rest = Finish and rest for { $time } first
room-event-rested = { $person } rests between two sections.
room-event-problem = { $person } reported a problem with a question.
room-event-replied = { $person } replied to what reviewers see.
room-result-rested = A break between two sections.
room-recorded = Before you start: whether this device can keep answers, how far the server is, its clock and its time zone. Later: problems that you report.
