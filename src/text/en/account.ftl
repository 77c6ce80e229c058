# Getting in, and the own account.
account-sign-in = Sign in
account-not-signed-in = You are not signed in
account-signed-out = You are signed out.
account-email = Email
account-password = Password
account-forgot = Forgot the password?
account-candidates-need-none = Invited to an assessment? You need no account. Use the personal link in your invitation.

account-reset = Reset your password
account-reset-advice = We send a link with which you choose a new password. It is good for one hour.
account-reset-ask = Send the link
account-reset-not-asked = The link was not asked for
account-reset-sent = Look into your mail
account-reset-sent-advice = If { $email } has an account here, a link is on its way.
account-choose-password = Choose a password
account-choose-for = For { $email }
account-new-password = New password
account-password-again = The same again
account-password-hint = At least 8 characters. A few words in a row are good.
account-set-password = Set the password
account-password-not-set = The password was not set

account-bootstrap = Set up Touchstone
account-bootstrap-advice = You make the first organisation and its owner. This address works once.
account-bootstrap-refused = Not set up yet
account-bootstrap-do = Make organisation and owner
account-organisation = Organisation
account-organisation-hint = Candidates see this name at the top of every page.
account-timezone = Time zone
account-timezone-hint = The name from the time zone database, such as Europe/Oslo or America/Lima.
account-name = Name

account-yours = Your account
account-facts = { $email }, { $role } at { $organisation }
account-change-password = Change your password
account-current-password = Current password
account-password-changed = The password is changed. Your other sessions have ended.
account-sessions = Your sessions
account-sessions-advice = A session ends after 30 minutes without use, and after 12 hours in any case.
account-sign-out-elsewhere = Sign out everywhere else
account-ended-elsewhere = Your other sessions have ended.
