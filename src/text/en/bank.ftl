# The tools of the item bank on the command line.
bank-no-files = { $folder } holds no item file (.toml).
bank-unreadable = { $file } cannot be read: { $cause }
bank-lint-all = all items
bank-lint-summary = { $files ->
    [one] 1 file
   *[other] { $files } files
}, { $items ->
    [one] 1 readable item
   *[other] { $items } readable items
}: { $errors ->
    [0] no error
    [one] 1 error
   *[other] { $errors } errors
}, { $warnings ->
    [0] no warning
    [one] 1 warning
   *[other] { $warnings } warnings
}.
bank-coverage-line = { $reference } { $topic }: { $skill }, { $items } items ({ $named } name this paragraph)
bank-coverage-note = { $reference } { $topic }: no skill ({ $note })
bank-coverage-summary = { $topics } topics, { $gaps ->
    [0] none without an item
   *[other] { $gaps } without an item
}.
bank-stats-items = Items that can be drawn: { $count }
bank-stats-skills = By skill: all, junior / mid / senior, kinds
bank-stats-blueprint = { $name }: { $items } items a paper, { $cells } cells, { $thin ->
    [0] none is thin
    [one] 1 is thin: offered as a sample
   *[other] { $thin } are thin: offered as a sample
}. Section, level, kind, n there, k drawn, exposure, shared by two papers:
bank-stats-thin = THIN
bank-stats-short = {"  "}A cell has too few items: the draft cannot be published as it is.
bank-stats-overlap = {"  "}Measured over { $papers } papers: two share { $mean } items ({ $share } %), at most { $most }; expected difficulty { $difficulty }, papers from { $hardest } to { $easiest }
bank-stats-keys = Keys of questions with one right option:
bank-stats-positions = {"  "}positions with { $options } options: { $counts }
bank-stats-balance = {"  "}{ $name }: { $seen } of { $of } ({ $share }), by chance { $expected }
bank-stats-longest = the key is the longest option
bank-stats-shortest = the key is the shortest option
bank-stats-common = the key has most in common with the others
bank-stats-length = {"  "}length of the key, in per cent of the middle one of the others: median { $median }, from { $low } to { $high } (5th to 95th of a hundred)
bank-stats-reading = Reading load, code apart: median and most
bank-stats-reading-line = {"  "}{ $kind }: { $items } items, { $words } to { $most } words, school year { $grade } to { $hardest }, { $time } to { $longest } % of the time
bank-stats-alike = Pairs of items that look alike: { $count }
bank-stats-enemies = (never in one paper)
