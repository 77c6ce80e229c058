# The table of results.
result-title = Results: { $title }
result-facts = { $invited } invited, { $started } started, { $submitted } submitted.
result-facts-cut = Cut score { $cut }.
result-export-rows = Export { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
result-filter = Filter results
result-words = Name or address
result-status = Status
result-from = Score from
result-to = to
result-show = Show
result-clear = Clear
result-caption = Results, sorted by: { $order }
result-explained = { $count } of { $all } people. A rank counts only the people of the same version who are clearly ahead; “=” marks a rank shared by people whom this assessment cannot tell apart. Time used never changes a rank.
result-score-range = 0 to 100
result-rank = Rank
result-candidate = Candidate
result-score = Score
result-range = Likely range
result-cut = Cut score
result-own-time = Of own time
result-submitted = Submitted
result-shared = shared
result-share = { $share } %
result-version = version { $number }
result-not-scored = is being scored
result-range-plain = { $low } to { $high }
result-range-cut = { $low } to { $high }, cut { $cut }
result-status-invited = invited
result-status-opened = opened the link
result-status-started = started
result-status-submitted = submitted
result-status-expired = expired
result-status-declined = declined
result-status-withdrawn = withdrawn
result-status-voided = voided
result-status-any = any status
result-cut-met = clearly above
result-cut-around = around the cut
result-cut-below = clearly below

# Nothing in the table.
result-none-invited = Nobody is invited yet
result-none-invited-advice = Results stand here as soon as somebody hands in.
result-to-invite = Invite candidates
result-none-yet = Nobody has handed in yet
result-none-yet-advice = { $started } of { $invited } invited people have started. There is nothing to export yet.
result-show-everybody = Show everybody
result-no-match-title = No result matches
result-no-match = { $submitted } people submitted. There is nothing to export with this filter.
result-no-match-best = { $submitted } people submitted; the best score is { $best }. There is nothing to export with this filter.
result-show-all = Show all { $count }
result-score-from = Score from { $from }

# One result.
result-of-person = Result: { $name }
result-one = Result
result-submitted-at = Submitted { $at }
result-on-this-page = On this page
result-points-of = { $points } of { $max } points
result-of = { $points } of { $max }
result-verdict-range = Likely range { $low } to { $high }.
result-verdict-cut = Compared with the cut score of { $cut }: { $standing }.
result-verdict-rank = Rank { $rank }. Of { $among } people { $ahead } are clearly ahead; { $level } cannot be told apart from this result.
result-profile = Profile by skill
result-profile-advice = A cluster gets a score only with { $fewest } items or more.
result-clusters = Score by cluster
result-cluster = Cluster
result-cluster-data = Data and speed
result-cluster-build = Build
result-cluster-protect = Protect and run
result-cluster-work = Work with others
result-items = Items
result-covered = covered, no separate score
result-plot-advice = The same as a plot. Dot: score. Line: likely range, 95 %. Ranges that overlap do not prove a difference.
result-all-items = All { $count } items
result-skills = All { $count } skills, points only
result-skill-points = Points by skill
result-skill = Skill
result-points = Points
result-chart = Chart
result-skills-advice = One to three items per skill say little. Use them to choose interview questions, not to compare people.
result-why = Why this score
result-why-advice = Each item gives its points by the rule of its kind. { $points } of { $max } points are { $percent } per cent, rounded down. Time, events and extra time play no part.
result-by-section = Points by section
result-section = Section
result-possible = Possible
result-sum = Sum
result-computed = Result r{ $revision }, computed { $at } from version { $version }.
result-state-voided = This attempt was cancelled. It has no score.
result-state-waiting = This attempt is being scored. Load the page again in a few seconds.
result-state-running = This attempt is still running. The score is made when it ends.

# Answers.
result-responses = Responses
result-responses-key = Responses beside the key
result-keys-hidden = Your role sees what was answered and the points, not the keys.
result-shown-all = All { $count }
result-shown-lost = Only lost points ({ $count })
result-shown-blank = Not answered ({ $count })
result-blank = not answered
result-incomplete = not complete
result-pilot = pilot item
result-provisional = provisional key
result-late = arrived in the grace
result-answered-at = Answered { $time }, { $changes ->
    [0] never changed
    [one] changed once
   *[other] changed { $changes } times
}.
result-changes = Answered, { $changes ->
    [0] never changed
    [one] changed once
   *[other] changed { $changes } times
}.
result-options-of = Answer to question { $number }
result-option = Option
result-mark = Mark
result-reason = Reason
result-key = Key
result-chosen = Chosen
result-key-chosen = Key, chosen
result-value = Value
result-partly = Gives { $credit }
result-answered-value = Answered
result-step = Steps in the right order
result-placed = Place { $key }, answered { $placed }
result-placed-not = Place { $key }, not answered
result-response = Response
result-rated = Key: { $panel }. Rated: { $rated }
result-rated-not = Key: { $panel }. Not rated
result-chosen-best = Chosen as most effective, key { $mean }
result-chosen-worst = Chosen as least effective, key { $mean }
result-panel-mean = Key { $mean }
result-line = Line

# Answers that came too late.
result-late-answers = Answers that came too late
result-late-advice = They are kept as they came and are not part of the score.
result-question = Question
result-why-late = Why it does not count
result-what-arrived = What arrived
result-late-other-device = Another device had taken over
result-late-section-closed = The section was closed
result-late-overdue = The time was over
result-late-finished = The attempt had ended

# What happened.
result-events = Events
result-events-advice = Events are facts to ask about, never a verdict, and never part of the score.
result-event-opened = Opened the link
result-event-declined = Declined the invitation
result-event-started = Started
result-event-taken-over = Went on in another browser
result-event-outage = Time of an outage was given back
result-event-time = Staff gave time
result-event-submitted = Submitted by the candidate
result-event-time-over = Submitted when the time was over
result-event-ended = Ended by staff
result-event-reopened = Opened again by staff
result-event-voided = Cancelled by staff
result-event-scored = Scored
result-event-rescored = Scored again by staff

# Beside the report.
result-place-and-time = Place, time and proof
result-among = Among { $count } results of version { $version }
result-among-finding = This result, { $score }, is in the marked bin.
result-time = Time
result-used = Used
result-own-share = { $share } % of own time
result-ended = Ended
result-by-candidate = by the candidate
result-by-clock = by the clock
result-by-staff = by staff
result-started = Started
result-used-exact = Used, exactly
result-extra = Extra time
result-factor = Time factor
result-minutes = { $minutes } min { $seconds } s
result-untimed = no time limit
result-proof = Receipt
result-proof-advice = SHA-256 of every saved answer. The candidate has the same number.
