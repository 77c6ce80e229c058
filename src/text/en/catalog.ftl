# The catalog of skills.
catalog-title = Catalog
catalog-facts = { $skills } of { $all } skills in { $areas ->
    [one] one area
   *[other] { $areas } areas
}. { $items ->
    [one] One item
   *[other] { $items } items
} to draw from.
catalog-search = Search skills
catalog-area = Area
catalog-any-area = every area
catalog-more = Show more filters
catalog-level = Level
catalog-kinds = Interactions
catalog-filter = Show
catalog-skill = Skill
catalog-items = Items
catalog-thin = thin
catalog-thin-means = is thin: fewer than { $count } items, so candidates would often see the same ones.
catalog-caption = Skills by area with their number of items by level. Fewer than four are thin.
catalog-table = Skills and item counts
catalog-choose = Choose
catalog-choose-one = Choose { $skill }
catalog-chosen = Skills chosen:
catalog-chosen-hidden = Not in this list:
catalog-choose-none = Clear
catalog-start = Start an assessment
catalog-not-started = No assessment was started
catalog-draft-of-many = { $first }, { $second } and { $more } more
catalog-no-match = No skill matches
catalog-no-match-advice = Technologies are tags of items. Search the item bank for them.
catalog-clear = Show all skills
catalog-see-items = See its items
catalog-in-the-bank = In the bank
catalog-kind = Kind
catalog-also-known = Near to: { $esco } (ESCO), { $sfia } (SFIA)
