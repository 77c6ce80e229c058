# Why something was refused. The key is "refusal-" and the code of the refusal.
refusal-unknown = This was not accepted. Nothing has changed.
refusal-required = Fill this in.
refusal-busy = Too many tries. Try again in { $seconds } seconds.
