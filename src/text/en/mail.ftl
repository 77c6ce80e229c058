# The outbox.
mail-outbox = Outbox
mail-by-server = Mails are sent by your mail server.
mail-by-folder = No mail server is set, so mails are written to a folder and shown here.
mail-none = No mail yet
mail-none-advice = Invitations and links to choose a password appear here when they are promised.
mail-to = To
mail-kind = For
mail-kind-invitation = invitation
mail-kind-welcome = first password
mail-kind-reset = new password
mail-promised = Promised
mail-state = State
mail-one = Mail
mail-facts = { $kind }, promised { $at }
mail-sent = sent
mail-waits = waits
mail-tried = { $times ->
    [one] tried once
   *[other] tried { $times } times
}
mail-given-up = given up
mail-withdrawn = withdrawn
mail-withdrawn-because = A newer link replaced the one in this mail before it was sent, so it never will be.
mail-try-now = Try again now
mail-body-gone = The text of a sent mail is not kept, because it holds a personal link.

# Mails to colleagues.
mail-reset-subject = Choose a new Touchstone password
mail-reset-text =
    Somebody asked for a new password for this address. If it was you, open this link within one hour:

    { $link }

    If it was not you, nothing has changed and you can leave this mail alone.
mail-welcome-subject = Your Touchstone account
mail-welcome-text =
    Hello { $name },

    you have an account at Touchstone. Choose your password with this link within 7 days:

    { $link }

# Mails to candidates.
mail-invitation-subject = { $title }: an invitation from { $employer }
mail-invitation-hello = Hello,
mail-invitation-hello-name = Hello { $name },
mail-invitation-clock = From the start you have { $time }.
mail-invitation-clock-own = From the start you have { $time } (extended from { $usual }).
mail-invitation-untimed = There is no time limit for you.
mail-invitation-text =
    { $employer } invites you to an assessment: { $title }.

    { $clock }
    You can start until { $until } ({ $zone }). Who starts in time keeps the whole time.

    Your personal link:

    { $link }

    Opening it does not start the clock. The first page says what to expect, what is recorded and how long it is kept; you can say no there. The link is meant for you alone, so please do not pass it on.
mail-invitation-again = If you had a link before, it has ended. This one replaces it.
mail-invitation-contact = Questions? Write to { $email }.
