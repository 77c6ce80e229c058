# Files for HR.
export-title = Exports
export-title-of = Export: { $title }
export-count = { $count ->
    [0] No file was taken away
    [one] 1 file was taken away
   *[other] { $count } files were taken away
}
export-facts = The file holds what the table shows:
export-people = { $people } of { $all } people
export-preview = preview
export-not-made = The file was not made
export-file = File
export-results = Results
export-results-hint = One row per person
export-skills = Skills
export-skills-hint = One row per attempt and skill
export-answers = Answers
export-answers-hint = One row per attempt and item
export-made-for = Made for
export-programs = Programs
export-programs-hint = Comma, decimal point, UTF-8 without a mark at the start
export-spreadsheets = Spreadsheets
export-spreadsheets-hint = Every cell quoted, UTF-8 with a mark at the start
export-separator = Between cells
export-semicolon = Semicolon
export-comma = Comma
export-tab = Tabulator
export-decimal = Decimals
export-decimal-comma = Comma, 22,5
export-decimal-point = Point, 22.5
export-sheet-only = Separator and decimals count for spreadsheets only.
export-private = Private columns
export-accommodations = Extra time, start times and seconds
export-accommodations-hint = Needs a reason. The file is marked in the log.
export-accommodations-off = Your role does not include these columns; they stay empty.
export-reason = Why do you need it?
export-reason-hint = Kept in the log with your name.
export-look-again = Show what I get
export-what = What you get
export-name = File
export-rows-columns = Rows and columns
export-size = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, { $columns } columns, { $bytes } bytes
export-as-of = State as of
export-hash = SHA-256
export-same-bytes = The same filter and the same state give the same bytes.
export-download = Download { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}
export-no-rows = Nobody matches this filter, so there is nothing to take away.
export-first-rows = First rows
export-guard = A text that a spreadsheet could run, such as a name that begins with =, +, - or @, gets an apostrophe in front.
export-past = Past exports
export-none-here = Nobody has taken a file of this assessment.
export-none = Nobody has taken a file yet
export-none-advice = Every file is listed here with its rows, its hash, who took it and why.
export-to-assessments = Go to the assessments
export-when = When
export-assessment = Assessment
export-who = Who
export-why = Why
export-rows = Rows
export-with-private = with private columns
export-broken-off = broken off
export-by-operator = command line
