# Colleagues.
people-title = People
people-count = { $count ->
    [one] One account
   *[other] { $count } accounts
}
people-role = Role
people-role-owner = Owner
people-role-recruiter = Recruiter
people-role-rater = Rater
people-role-hr = HR
people-last-signed-in = Last signed in
people-never = never
people-closed = closed
people-no-password = has not chosen a password
people-add = Add a colleague
people-add-advice = The person gets a mail with a link to choose a password.
people-added = The colleague is added. A mail with a link is on its way.
people-not-added = Nobody was added
people-changed = The account is changed.
people-not-changed = The account was not changed
people-close-account = Account closed: cannot sign in, all sessions end
people-save = Save
people-back = Back to the list
