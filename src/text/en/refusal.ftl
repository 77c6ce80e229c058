# Why something was refused. The key is "refusal-" and the code of the refusal.
refusal-unknown = This was not accepted. Nothing has changed.
refusal-required = Fill this in.
refusal-busy = Too many tries. Try again in { $seconds } seconds.
refusal-unavailable = The database does not answer. Try again in a few seconds.

# Accounts.
refusal-sign-in-wrong = The email and the password do not match.
refusal-password-wrong = This is not your password. Capital letters count.
refusal-password-too-short = Use at least 8 characters.
refusal-password-too-long = Use at most 128 characters.
refusal-password-common = This password is among the first that are guessed. Choose another.
refusal-password-guessable = This is little more than your address or your organisation's name. Add to it.
refusal-passwords-differ = The two passwords are not the same.
refusal-email-unreadable = Write the address as name@example.org.
refusal-email-taken = This address has an account already.
refusal-name-length = Write a name of at most 200 characters.
refusal-timezone-unknown = Choose a time zone from the list, such as Europe/Oslo.
refusal-role-unknown = Choose a role.
refusal-last-owner = This is the last owner. Make somebody else an owner first.
refusal-mail-not-waiting = This mail was sent already, so it cannot be tried again.
