//! The closed vocabulary of inputs. An interaction says which it needs, without its key; the screen
//! draws each with native elements. Field names are local to the item: a page puts the position in
//! front of them.

use serde::{Deserialize, Serialize};

/// Something to choose, with the value that is sent for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is sent.
    pub id: String,
    /// What is read (Markdown; plain text in exhibits).
    pub text: String,
}

/// One row that is rated by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatedRow {
    /// The field of this row.
    pub field: String,
    /// What is rated (Markdown).
    pub text: String,
}

/// Ticking several values under one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticks {
    /// The field that carries the ticked values, repeated.
    pub field: String,
    /// What is asked, when it is not the item's own question.
    pub ask: Option<String>,
    /// Fewest values that make the response complete.
    pub least: usize,
    /// Most values that may be ticked.
    pub most: usize,
}

/// An input drawn for an interaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "control", rename_all = "snake_case")]
pub enum Control {
    /// Radio buttons.
    OneOf {
        /// The field that carries the chosen value.
        field: String,
        /// What is asked, when it is not the item's own question.
        ask: Option<String>,
        /// What can be chosen, in the order of this paper.
        choices: Vec<Choice>,
    },
    /// Tick boxes.
    ManyOf {
        /// Field and limits.
        ticks: Ticks,
        /// What can be ticked, in the order of this paper.
        choices: Vec<Choice>,
    },
    /// A line for a number: `inputmode="decimal"`, never `type="number"`.
    Number {
        /// The field that carries the text.
        field: String,
        /// Shown behind the input.
        unit: Option<String>,
        /// Only whole numbers make sense.
        is_whole: bool,
    },
    /// A list to put in order with buttons. The steps come from
    /// [`arrange`](crate::domain::interaction::ordering::arrange); [`order_field`] names the hidden inputs.
    Order {
        /// The steps in the order to show first.
        steps: Vec<Choice>,
    },
    /// Rows of radio buttons on one scale; the values are 1, 2, 3 ...
    Rating {
        /// The words of the scale, lowest first.
        scale: Vec<String>,
        /// What is rated.
        rows: Vec<RatedRow>,
    },
    /// Two columns of radio buttons over the same choices.
    BestWorst {
        /// The field of the most effective one.
        best: String,
        /// The field of the least effective one.
        worst: String,
        /// What can be chosen, in the order of this paper.
        choices: Vec<Choice>,
    },
    /// Lines of a log to read; with `ticks`, each line is a tick box.
    Exhibit {
        /// The lines in their own order.
        lines: Vec<Choice>,
        /// Present when the lines themselves are the answer to a part.
        ticks: Option<Ticks>,
    },
}

/// Field names that mean the same in every item.
pub mod field {
    /// The chosen option of a single choice.
    pub const CHOICE: &str = "choice";
    /// The ticked options of a multiple response.
    pub const CHOICES: &str = "choices";
    /// The text of a number.
    pub const VALUE: &str = "value";
    /// The steps in the order that was answered, as repeated hidden inputs.
    pub const ORDER: &str = "order";
    /// The steps in the order that is only shown: nothing was answered yet.
    pub const SHOWN: &str = "shown";
    /// A button: `<step>:up` or `<step>:down`.
    pub const MOVE: &str = "move";
    /// A button: the order that is shown is the answer.
    pub const KEEP: &str = "keep";
    /// In front of a rated row's id.
    pub const RATING: &str = "rating.";
    /// The most effective response.
    pub const BEST: &str = "best";
    /// The least effective response.
    pub const WORST: &str = "worst";
    /// A button: forget the answer to this item.
    pub const CLEAR: &str = "clear";
}

/// The name of the hidden inputs of an ordering: an order that nobody touched is not an answer.
pub const fn order_field(is_answered: bool) -> &'static str {
    if is_answered { field::ORDER } else { field::SHOWN }
}
