# What `touchstone rehearse` tells.

rehearse-inviting = A server and a database of their own, { $people } made-up people with a link each: this takes a while.
rehearse-starts = Starts: { $people } within one second; half after { $median } ms, 99 % after { $most } ms, the last after { $last } ms; asked to wait: { $waited }. Goal: 99 % within 1,000 ms.
rehearse-saves = Saves: { $people } people, one every 2 seconds, { $saves } in all; half after { $median } ms, 99 % after { $most } ms, the last after { $last } ms. Goal: 99 % within 150 ms.
rehearse-most = Most saves in a second: { $ours }. pgbench is not installed, so there is nothing to compare with.
rehearse-ratio = Most saves in a second: { $ours } through the server, { $theirs } by pgbench with the same statement: { $ratio }.
rehearse-median = Median of these ratios, { $clients } clients each: { $ratio }. Goal: at least 0.60.
rehearse-ends = Ends: { $people } attempts whose time passed in one moment; 99 % closed after { $most } ms, the last after { $last } ms. Goal: 99 % within 2,000 ms.
rehearse-memory = The server held at most { $megabytes } MB.
rehearse-refused = The rehearsal stopped: the server answered { $what } with { $status }.
rehearse-open = The rehearsal stopped: { $people } attempts were never closed.
rehearse-left = The folder { $folder } could not be removed: { $cause }. Remove it by hand.
