//! Touchstone: fair, self-hosted skills assessments.
