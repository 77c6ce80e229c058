# Words that stand on every page.
common-product = Touchstone
common-skip = Skip to content
common-main-navigation = Main
common-slab = A touchstone shows what gold is made of: one streak, compared with streaks that are known.
common-error-prefix = Error: { $title }

# The staff's frame.
common-place-assessments = Assessments
common-place-catalog = Catalog
common-place-items = Item bank
common-place-exports = Exports
common-place-people = People
common-place-outbox = Outbox
common-place-audit = Log
common-place-account = Your account
common-demo-data = demo data
common-sign-out = Sign out

# The candidate's frame.
common-run-with = Run with Touchstone
common-get-help = Get help: { $email }

# The pages of an assessment.
common-assessment-pages = Pages of this assessment
common-tab-build = Build
common-tab-preview = Preview
common-tab-invite = Invite
common-tab-live = Live
common-tab-results = Results
common-tab-export = Export

# Long lists.
common-pages = Pages
common-previous = Previous
common-next = Next
common-rows-shown = { $first } to { $last } of { $all }

# The candidate's bar.
common-time-left = Time left
common-left = left
common-ends-at = ends { $at }
common-saved-nothing = Nothing to save yet
common-saved-at = Saved { $at }
common-saving = Saving
common-not-sent = { $count } not sent yet
common-flag = Flag for later

# The palette of questions.
common-all-questions = All questions
common-question-here = Question { $n } of { $all }, { $answered } answered
common-questions-answered = { $answered } of { $all } questions answered
common-review-and-submit = Review and submit
common-answered = answered
common-flagged = flagged
common-spot-open = , not answered
common-spot-open-flagged = , not answered, flagged
common-spot-begun = , not finished
common-spot-begun-flagged = , not finished, flagged
common-spot-done = , answered
common-spot-done-flagged = , answered, flagged

# Charts.
common-cut = cut { $score }
common-this-one = this one
common-score-axis = score, per cent of points
common-histogram-hidden = Shown from { $fewest } results on.
common-key-above = clearly above the cut
common-key-crosses = range crosses the cut: look closer
common-key-below = clearly below
