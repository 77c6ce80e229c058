# The catalog of skills.
catalog-title = Catalog
catalog-facts = { $skills } skills, { $items } items in the bank
catalog-search = Search skills
catalog-area = Area
catalog-any-area = every area
catalog-filter = Filter
catalog-skill = Skill
catalog-items = Items
catalog-thin = thin
catalog-caption = Skills with their number of items by level. Fewer than four are thin.
catalog-no-match = No skill matches
catalog-no-match-advice = Technologies are tags of items. Search the item bank for them.
catalog-clear = Show all skills
catalog-see-items = See its items
catalog-in-the-bank = In the bank
catalog-kind = Kind
catalog-also-known = Near to: { $esco } (ESCO), { $sfia } (SFIA)
