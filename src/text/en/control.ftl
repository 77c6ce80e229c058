# How a question is answered.
control-part = Part { $number }.
control-clear = Clear the answer

control-tick-exactly = Tick { $count ->
    [one] one
   *[other] { $count }
}.
control-tick-between = Tick { $least } to { $most }.
control-ticked = { $count } of { $most } ticked

control-number-hint = A number. Decimal point and decimal comma both work.
control-number-whole-hint = A whole number.

control-order-hint = Move a step with its arrows. The first step is on top.
control-order-untouched = The order you see now counts only when you move a step or press “Keep this order”.
control-keep = Keep this order
control-move-up = Move up:
control-move-down = Move down:
control-moved = Step moved to place { $place } of { $count }.

control-response = Response
control-rating-hint = Rate every response. Two responses may get the same rating.
control-rated = { $count } of { $most } rated
control-best = most effective
control-worst = least effective
control-best-worst-hint = Choose one response in each column.
control-chosen = { $count } of { $most } chosen
control-not-both = One response cannot be both.

control-exhibit = Exhibit, { $count ->
    [one] one line
   *[other] { $count } lines
}
control-wrap = Wrap lines
control-tick-lines-exactly = Tick { $count ->
    [one] one line
   *[other] { $count } lines
} in the exhibit.
control-tick-lines-between = Tick { $least } to { $most } lines in the exhibit.
control-read-as = Read as { $number }
control-no-number = This is not read as a number yet.
