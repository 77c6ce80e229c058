//! What changed between two texts, line by line.

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// In both.
    Same(String),
    /// Only in the old text.
    Gone(String),
    /// Only in the new text.
    Come(String),
    /// So many equal lines were left out.
    Skipped(usize),
}

/// Equal lines that are kept around a change.
const CONTEXT: usize = 3;
/// Longer texts are compared as two blocks: the table would be too large.
const MOST_LINES: usize = 3_000;

/// The shortest list of changes that makes the new text of the old one.
pub fn lines(old: &str, new: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = (old.len() - head).min(new.len() - head);
    let tail =
        old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut all: Vec<Line> =
        old[..head].iter().map(|line| Line::Same((*line).to_owned())).collect();
    middle(&old[head..old.len() - tail], &new[head..new.len() - tail], &mut all);
    all.extend(old[old.len() - tail..].iter().map(|line| Line::Same((*line).to_owned())));
    all
}

fn middle(old: &[&str], new: &[&str], all: &mut Vec<Line>) {
    let gone = |line: &&str| Line::Gone((*line).to_owned());
    let come = |line: &&str| Line::Come((*line).to_owned());
    if old.len().max(new.len()) > MOST_LINES {
        all.extend(old.iter().map(gone));
        all.extend(new.iter().map(come));
        return;
    }
    // `common[i][j]`: lines that both have from i and j on.
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            all.push(Line::Same(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
            all.push(gone(&old[i]));
            i += 1;
        } else {
            all.push(come(&new[j]));
            j += 1;
        }
    }
    all.extend(old[i..].iter().map(gone));
    all.extend(new[j..].iter().map(come));
}

/// The changes with a few equal lines around them.
pub fn short(all: Vec<Line>) -> Vec<Line> {
    let is_same: Vec<bool> = all.iter().map(|line| matches!(line, Line::Same(_))).collect();
    let is_near = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        let to = (at + CONTEXT + 1).min(is_same.len());
        is_same[from..to].iter().any(|same| !same)
    };
    let mut kept = Vec::new();
    for (at, line) in all.into_iter().enumerate() {
        if is_near(at) {
            kept.push(line);
        } else if let Some(Line::Skipped(count)) = kept.last_mut() {
            *count += 1;
        } else {
            kept.push(Line::Skipped(1));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rebuilt(all: &[Line], is_new: bool) -> Vec<&str> {
        all.iter()
            .filter_map(|line| match line {
                Line::Same(text) => Some(text.as_str()),
                Line::Gone(text) => (!is_new).then_some(text.as_str()),
                Line::Come(text) => is_new.then_some(text.as_str()),
                Line::Skipped(_) => None,
            })
            .collect()
    }

    #[test]
    fn both_texts_can_be_rebuilt_and_little_is_called_changed() {
        let texts = ["", "a", "a\nb\nc\nd", "a\nc\nd", "x\na\nb\nd\ny", "d\nc\nb\na"];
        for old in texts {
            for new in texts {
                let all = lines(old, new);
                assert_eq!(rebuilt(&all, false), old.lines().collect::<Vec<_>>());
                assert_eq!(rebuilt(&all, true), new.lines().collect::<Vec<_>>());
                assert!(old != new || all.iter().all(|line| matches!(line, Line::Same(_))));
            }
        }
        let changed = lines("a\nb\nc", "a\nB\nc");
        assert_eq!(changed.iter().filter(|line| !matches!(line, Line::Same(_))).count(), 2);
    }

    #[test]
    fn what_lies_far_from_a_change_is_counted_not_shown() {
        let old = (0..20).map(|nr| format!("{nr}\n")).collect::<Vec<_>>().concat();
        let kept = short(lines(&old, &old.replace("10\n", "ten\n")));
        assert_eq!(kept.first(), Some(&Line::Skipped(7)));
        assert_eq!(kept.last(), Some(&Line::Skipped(6)));
        assert_eq!(kept.len(), 2 + 3 + 2 + 3);
    }
}
