# The item bank.
item-title = Item bank
item-count = { $count } of { $all } items, { $own ->
    [0] all of them shipped
    [one] one of them your own
   *[other] { $own } of them your own
}
item-new = Write an item
item-search = Search items
item-skill = Skill
item-level = Level
item-kind = Kind
item-filter = Search
item-facets = Show the choices
item-name = Item
item-minutes = Minutes
item-state = State
item-public = public
item-private = private
item-stage-draft = draft
item-stage-review = in review
item-stage-approved = approved
item-stage-operational = operational
item-stage-pilot = pilot
item-stage-not-ready = not ready
item-stage-retired = retired
item-facet-source = Who can read it
item-facet-private = Only your organisation
item-facet-public = Everybody, with its key
item-facet-area = Area
item-facet-minutes = Planned minutes
item-facet-drop = Chosen, take away:
item-minutes-up-to = up to { $most }
item-minutes-more = more than 3
item-provisional = provisional key
item-no-match = No item matches
item-no-match-advice = Take a filter away, or search for another word.
item-clear = Show all items
item-facts = { $skill }, { $kind }, { $level }, { $minutes } min
item-question = As the candidate sees it, with the best answer
item-explanation = Explanation
item-reasons = Why each option
item-evidence = Evidence
item-run = Run with { $language } { $version }:
item-run-source = Program
item-run-output = What it printed
item-references = Where to read more
item-tags = Tags: { $tags }. Source topics: { $seeds }. Code { $code }, revision { $revision }.

# Figures and use.
item-figures = How it does
item-figures-none = Nobody has finished a paper with this item yet.
item-figures-n = Finished papers with it
item-figures-p = Mean share of its points
item-figures-expected = Expected by its author
item-figures-discrimination = Correlation with the rest
item-figures-few = from { $fewest } papers on
item-figures-advice = Answers of your own candidates only. A correlation below 0.1 is a reason to read the item again.
item-percent = { $percent } %
item-uses = Where it is used
item-uses-none = No published assessment holds it.
item-use = up to version { $version }; drawn for { $papers } of { $of } people, { $percent } %

# Own items: one item.
item-beside = State and figures
item-edit = Edit
item-history = History
item-half = This item is not whole yet. The editor says what it lacks.
item-not-done = This was not done
item-revision-state = Revision { $number }: { $state }
item-in-use = Papers are drawn from revision { $number } until this one is approved.
item-draft-advice = A second person reviews it before papers can be drawn from it.
item-submit = Send to review
item-own-review = You wrote a part of it, so somebody else approves it.
item-take-back = Take it back
item-review-advice = Answer it before you look at the key. Approve it when there is one best answer, and every other one is wrong for its reason.
item-comment = What you found
item-return = Return to its author
item-approve = Approve revision { $number }
item-retire-title = Retire this item
item-retire-advice = It is in no future paper. Papers and results that have it keep it. It cannot be taken back.
item-retire = Retire it for ever
item-step-submitted = { $name } sent revision { $number } to review, { $time }
item-step-returned = { $name } returned revision { $number }, { $time }
item-step-approved = { $name } approved revision { $number }, { $time }
item-step-retired = { $name } retired the item, { $time }
item-done-submitted = Sent to review. Somebody else can approve it now.
item-done-approved = Approved. The next version that is published can draw it.
item-done-returned = Returned to its author.
item-done-retired = Retired. It is in no future paper.

# Own items: a new one.
item-new-facts = Only your organisation sees it. It is used after a second person has approved it.
item-new-title = Title
item-new-title-hint = A few words for lists. Candidates do not see them. The id is made of them and stays.
item-new-kind = How it is answered
item-new-do = Make it and open the editor
item-choose-skill = choose a skill

# Own items: the editor.
item-edit-facts = { $code }, revision { $number }, { $state }. Written by { $name }, { $time }.
item-edit-in-review = This revision is in review. Saving makes a new revision, and the review starts again.
item-edit-approved = This revision is in use. Saving makes a draft beside it; papers keep the approved one.
item-edit-retired = This item is retired. Nothing more can be saved.
item-check = Check
item-save = Save
item-saved = Saved as revision { $number }.
item-not-saved = This was not saved
item-as-file = Edit it as a file
item-as-form = Edit it as a form
item-file = Item file
item-file-hint = TOML, as `touchstone bank export` writes it. Comments and order stay as you write them.
item-preview = As a candidate sees it
item-preview-unreadable = The preview comes back when the file can be read.
item-preview-no-ask = The question stands here.
item-preview-half = The answers are shown when the item is whole.
item-findings = { $errors ->
    [0] No errors
    [one] One error
   *[other] { $errors } errors
}, { $warnings ->
    [0] no warnings
    [one] one warning
   *[other] { $warnings } warnings
}
item-findings-advice = Errors stop the review. A warning can stay when its reason is in the item.
item-finding-error = Error:
item-finding-warning = Warning:
item-line = (line { $line })
item-near = { $count ->
    [one] One item says nearly the same
   *[other] { $count } items say nearly the same
}
item-near-advice = Above 60 % of shared trigrams. Change this one, or name the other as an enemy.
item-near-share = { $percent } % alike
item-stem = Situation
item-stem-hint = Markdown. Code goes between ``` with its language, at most 25 lines.
item-ask = Question
item-explanation-field = Explanation, for reviewers and reports
item-one-a-line = One a line
item-commas = With commas between them
item-cognitive = Thinking
item-cognitive-recall = recall
item-cognitive-understand = understand
item-cognitive-apply = apply
item-cognitive-analyse = analyse
item-cognitive-evaluate = evaluate
item-seconds = Seconds
item-expected = Expected right, 0 to 1
item-seeds = Source topics
item-seeds-hint = Paragraphs of the source articles, such as S1-2, with commas between them
item-also = Touches these skills too
item-enemy = Enemies
item-enemy-hint = Ids of items that must not stand in the same paper
item-waive = Warnings that stay
item-waive-hint = One a line, such as: L03: the key needs its unit
item-tags-field = Tags
item-more-fields = More: source topics, enemies, evidence, warnings that stay
item-key = Key
item-key-of = : option { $id }
item-options = Options
item-options-one = Exactly one key. Each option has its reason.
item-options-many = Two keys at least. Each option has its reason.
item-option = Option { $id }
item-why-right = Why { $id } is right
item-why-wrong = Why { $id } is wrong
item-take-option = Take out { $id }
item-add-option = Add an option
item-select-min = Choose at least
item-select-max = Choose at most
item-shuffle = Shown in random order
item-answer = Answer
item-answer-value = Number
item-answer-unit = Unit
item-answer-whole = Only whole numbers can be typed
item-tolerance = Tolerance
item-tolerance-value = How much
item-tolerance-absolute = plus or minus
item-tolerance-relative = share of the number
item-tolerance-geometric = factor up or down
item-partial-hint = Known half-right answers earn a part of the points.
item-partial-value = Number
item-partial-credit = Share, 0 to 1
item-partial-why = What went wrong
item-take-partial = Take out this number
item-add-partial = Add a half-right answer
item-steps = Steps
item-steps-hint = In the right order. Candidates see them mixed.
item-step = Step { $at }
item-step-up = Move step { $at } up
item-take-step = Take out step { $at }
item-add-step = Add a step
item-scale = Scale, worst first
item-responses = Responses
item-responses-hint = The key is provisional until a panel of experts has rated it.
item-response = Response { $id }
item-response-why = Why { $id } is as effective as that
item-response-mode = Place on the scale
item-response-mean = Mean of the experts
item-add-response = Add a response
item-lines = Exhibit
item-take-line = Take out { $id }
item-add-line = Add a line
item-part = Part { $at }
item-part-keys = Right lines
item-part-weight = Weight

# Own items: the history.
item-history-of = History: { $title }
item-history-facts = { $count ->
    [one] One revision
   *[other] { $count } revisions
}, now { $state }
item-back = Back to the item
item-revision = Revision
item-written = Written
item-decided = Decided
item-written-by = { $name }, { $time }
item-compare = Compare
item-with-before = with the one before
item-compare-from = From
item-compare-to = To
item-compare-title = From revision { $from } to { $to }
item-compare-same = Both are the same.
item-compare-none = There is no such revision.
item-compare-skipped = { $count ->
    [one] one equal line
   *[other] { $count } equal lines
}
