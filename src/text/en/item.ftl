# The item bank.
item-title = Item bank
item-count = { $count ->
    [one] One item
   *[other] { $count } items
}
item-search = Search text and tags
item-skill = Skill
item-any-skill = every skill
item-level = Level
item-any-level = every level
item-kind = Kind
item-any-kind = every kind
item-filter = Filter
item-name = Item
item-minutes = Minutes
item-state = State
item-status-draft = draft
item-status-review = in review
item-status-pilot = pilot
item-status-operational = operational
item-status-retired = retired
item-public = public
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
