# The list of assessments.
assessment-title = Assessments
assessment-count = { $count ->
    [one] One assessment
   *[other] { $count } assessments
}
assessment-none = No assessment yet
assessment-none-advice = Start from a role below. You can change everything before you publish.
assessment-show-archived = Show archived assessments
assessment-show-current = Back to current assessments
assessment-name = Name
assessment-name-hint = Candidates see it. Leave it empty to take the role's name.
assessment-version = Version
assessment-version-number = version { $number }
assessment-never-published = never published
assessment-invited = Invited
assessment-running = Running
assessment-finished = Finished
assessment-changed = Draft changed
assessment-new = New assessment
assessment-new-advice = A role brings sections, items per skill and level, and minutes.
assessment-role = Start from
assessment-role-none = Nothing: I choose the skills myself
assessment-sample = sample only
assessment-thin-sections = Too few items for many candidates in: { $sections }
assessment-minutes = { $minutes } min
assessment-make = Make the draft
assessment-not-made = The assessment was not made

# The builder.
assessment-facts = Draft { $revision }, saved { $time }. Never published.
assessment-facts-published = Draft { $revision }, saved { $time }. Version { $version } is published.
assessment-save = Save the draft
assessment-saved = Saved.
assessment-not-saved = Mend this first
assessment-publish = Publish
assessment-publish-head = Publish
assessment-publish-advice = Publishing makes an immutable version. Invitations stay open for { $days } days.
assessment-clone = Make a copy
assessment-copy-of = Copy of { $title }
assessment-archive = Archive
assessment-restore = Take back from the archive
assessment-frame = Frame
assessment-limit = Time limit
assessment-unit-minutes = min
assessment-unit-days = days
assessment-cut = Cut score
assessment-cut-hint = Share of points, or empty for none.
assessment-open = Invitations open for
assessment-retention = Keep results for
assessment-retention-hint = Then everything about the candidate is deleted.
assessment-texts = Words to the candidate
assessment-text-welcome = Why, and what comes after
assessment-text-rules = Aids that are allowed
assessment-text-contact = Whom to ask
assessment-paper = Paper
assessment-meters = What this paper costs and covers
assessment-skills-items = Skills and number of items
assessment-add-skill = Add a skill
assessment-add-skill-do = Add
assessment-skills = Skills of this draw
assessment-choose-skill = Choose a skill
assessment-add-section = Add a section
assessment-section-unnamed = Section without a name
assessment-section-meta = { $items ->
    [one] one item
   *[other] { $items } items
}, { $minutes } min
assessment-section-name = Name of the section
assessment-navigation = Going back
assessment-return-allowed = Return allowed
assessment-no-return = One after the other, no return
assessment-own-clock = Own clock, minutes
assessment-own-clock-of = own clock of { $minutes } min
assessment-weight = Points per item
assessment-weight-of = { $points ->
    [one] one point per item
   *[other] { $points } points per item
}
assessment-shuffle-items = Items in random order
assessment-shuffle-options = Options in random order
assessment-items-of = Items of { $section }
assessment-column-place = Place
assessment-column-item = What a candidate gets
assessment-column-level = Level
assessment-column-change = Change
assessment-take-out = Take out { $item }
assessment-move-up = Move section { $section } up
assessment-move-down = Move section { $section } down
assessment-remove-section = Remove section { $section }
assessment-add-draw = Add a draw
assessment-draw-up = Move draw { $place } up
assessment-draw-down = Move draw { $place } down
assessment-remove-draw = Remove draw { $place }
assessment-thin = thin: { $percent } % of candidates share an item
assessment-no-skill-yet = Choose at least one skill
assessment-add-fixed = Add an item that everybody gets
assessment-item-code = Code of the item
assessment-item-code-hint = It stands on the page of the item in the item bank.
assessment-add-item = Add this item
assessment-drawn = { $count } of { $available }{ $own ->
    [0] , drawn for each candidate
   *[other] , { $own } of them your own, drawn for each candidate
}
assessment-without-skill = Without { $skill }
assessment-how-many = How many
assessment-another-skill = Draw from one more skill
assessment-level-share = Share of { $level }, %
assessment-any-level = any level
assessment-kind = Kind
assessment-any-kind = any kind
assessment-kind-single-choice = single choice
assessment-kind-multiple-response = multiple response
assessment-kind-numeric = numeric
assessment-kind-ordering = ordering
assessment-kind-rating = rating
assessment-kind-best-worst = best and worst
assessment-kind-diagnosis = log diagnosis
assessment-kind-code-reading = code reading
assessment-kind-situational = situational, either form
assessment-level-junior = junior
assessment-level-mid = mid
assessment-level-senior = senior

# The figures beside it.
assessment-glance-minutes = { $expected } of { $limit } min
assessment-items = { $count ->
    [one] one item
   *[other] { $count } items
}
assessment-points = { $count ->
    [one] one point
   *[other] { $count } points
}
assessment-problems = { $count ->
    [0] ready
    [one] one thing to mend
   *[other] { $count } things to mend
}
assessment-meter-minutes = Minutes
assessment-expected-of = expected of { $limit } allowed
assessment-with-factor = The stroke is the limit. With 1.5 times the time: { $minutes } min.
assessment-fit = Fit the limit
assessment-meter-paper = Paper
assessment-reading = About { $words } words to read, { $minutes } min at 200 words a minute.
assessment-coverage = Coverage
assessment-coverage-caption = Share of points by cluster
assessment-coverage-hint = Share of all points. One to three items per skill say little.
assessment-cluster = Cluster
assessment-chart = Chart
assessment-share = Share
assessment-cluster-data = Data and speed
assessment-cluster-build = Build
assessment-cluster-protect = Protect and run
assessment-cluster-work = Work with others
assessment-before = Before you publish
assessment-ready = Nothing stands in the way
assessment-public-items = { $count } of { $all } items of a paper are public, with their keys. Check a decision with an interview, or write items of your own.
assessment-provisional-items = { $count ->
    [one] One situational item is provisional: no panel of experts has rated it yet.
   *[other] { $count } situational items are provisional: no panel of experts has rated them yet.
}
assessment-public-none = No item of a paper is public: all are your own.

# The preview.
assessment-preview-facts = Paper { $seed }, drawn from the draft. Nothing is saved.
assessment-preview-note = This is how a candidate sees the questions. Each candidate gets another draw.
assessment-draw-again = Draw another paper
assessment-question-of = Question { $at } of { $total }
assessment-no-preview = There is no paper to show yet
assessment-to-builder = Back to the builder
