# Words that stand on every page.
common-product = Touchstone
common-skip = Skip to content
common-main-navigation = Main
common-error-prefix = Error: { $title }
common-not-found-title = There is nothing here
common-not-found-advice = The address may be mistyped, or the thing was removed, or your account may not open it.

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
common-tab-results = Results
common-tab-export = Export

# Long lists.
common-pages = Pages
common-previous = Previous
common-next = Next
common-rows-shown = { $first } to { $last } of { $all }
