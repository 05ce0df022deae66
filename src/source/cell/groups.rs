//! Digits parted in groups: of three, or in the Indian way a last one of three after groups of two.

/// Whether the character is a blank that may part groups or stand around an amount.
pub(super) fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}

/// The groups of the digits before the decimal mark.
#[derive(Default)]
pub(super) struct Groups {
    separator: Option<char>,
    /// Digits of the group being read.
    open: u32,
    parted: u32,
    first: u32,
    /// Groups of two between the first and the last: Indian grouping.
    twos: u32,
    broken: bool,
}

impl Groups {
    pub(super) fn digit(&mut self) {
        self.open += 1;
    }

    /// Ends a group; `false` where another separator was used before, or none of its digits were read.
    pub(super) fn part(&mut self, separator: char) -> bool {
        let separator = if is_space(separator) { ' ' } else { separator };
        if self.open == 0 || self.separator.is_some_and(|known| known != separator) {
            return false;
        }
        match (self.parted, self.open) {
            (0, size) => self.first = size,
            (_, 3) => self.broken |= self.twos > 0,
            (_, 2) => self.twos += 1,
            _ => self.broken = true,
        }
        self.separator = Some(separator);
        self.parted += 1;
        self.open = 0;
        true
    }

    pub(super) fn are_sound(&self) -> bool {
        if self.parted == 0 {
            return true;
        }
        let indian = self.twos > 0;
        let all_two = self.twos + 1 == self.parted;
        !self.broken && self.open == 3 && (1..=3).contains(&self.first) && (!indian || (all_two && self.first <= 2))
    }
}
