//! What people decided about pairs of records: "the same work", "not the same work".
//!
//! Goes in and comes out: a text file, one decision a line, sorted, so that two versions of it can be compared: the word
//! `same` or `different`, the keys of both records, and a remark, with tabs between. A key is sixteen hexadecimal digits, the
//! hash of everything a record says but for its id and where it comes from ([`NormalForm::content`]): a decision holds
//! wherever the two records turn up again. Lines that begin with `#` are for people.
//!
//! [`NormalForm::content`]: crate::normalize::NormalForm::content

use super::rules::Verdict;
use crate::error::{Error, ErrorKind};
use crate::record::provenance::key_of;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;

/// Two keys, the smaller first.
type Keys = (u64, u64);

/// Decisions about pairs, none of which denies another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    pairs: BTreeMap<Keys, Decided>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Decided {
    is_same: bool,
    remark: String,
}

/// What stands above the decisions in their file.
const HEAD: &str = "# Decisions about pairs of records, for `refsieve --decisions`: same or different, the keys of both, a remark.\n";

impl Decisions {
    /// Reads the text of the file `name`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decisions`] where a line is no decision, or two of them deny each other.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let mut decisions = Self::default();
        // Lines end as the program ends them that saved the file: \n, \r\n, or \r.
        let text = text.replace("\r\n", "\n");
        for (line, number) in text.split(['\n', '\r']).zip(1..) {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut parts = line.splitn(4, '\t');
            let verdict = match parts.next() {
                Some("same") => Some(Verdict::Same),
                Some("different") => Some(Verdict::Different),
                _ => None,
            };
            let mut key = || key_of(parts.next()?);
            let (Some(verdict), Some(left), Some(right)) = (verdict, key(), key()) else {
                let message = format!("line {number}: expected \"same\" or \"different\" and two keys with tabs between, found {line:?}");
                return Err(Error::new(ErrorKind::Decisions, name, message));
            };
            decisions.insert(name, left, right, verdict, parts.next().unwrap_or_default())?;
        }
        decisions.check(name)?;
        Ok(decisions)
    }

    /// Adds a decision; [`Verdict::Unsure`] is none. `name` is where it stands.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decisions`] where the opposite was decided about the same two records. That several decisions together
    /// deny one is found by [`Decisions::check`].
    pub fn insert(&mut self, name: &str, left: u64, right: u64, verdict: Verdict, remark: &str) -> Result<(), Error> {
        let keys = (left.min(right), left.max(right));
        let is_same = verdict == Verdict::Same;
        if verdict == Verdict::Unsure || (left == right && is_same) {
            return Ok(());
        }
        if left == right {
            let message =
                format!("expected two records, found one that says the same twice and was called different: {left:016x} ({remark})");
            return Err(Error::new(ErrorKind::Decisions, name, message));
        }
        let remark: String = remark.split_whitespace().collect::<Vec<_>>().join(" ");
        let decided = Decided { is_same, remark };
        match self.pairs.get(&keys) {
            Some(earlier) if earlier.is_same != is_same => {
                let message =
                    format!("expected one answer about two records, found both {} and {}", line(keys, earlier), line(keys, &decided));
                Err(Error::new(ErrorKind::Decisions, name, message))
            }
            Some(_) => Ok(()),
            None => {
                self.pairs.insert(keys, decided);
                Ok(())
            }
        }
    }

    /// Whether no chain of pairs that are the same joins two that are different.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decisions`], with the decision that is denied and the chain.
    pub fn check(&self, name: &str) -> Result<(), Error> {
        let mut same: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for ((left, right), _) in self.pairs.iter().filter(|(_, decided)| decided.is_same) {
            same.entry(*left).or_default().push(*right);
            same.entry(*right).or_default().push(*left);
        }
        for (keys, decided) in self.pairs.iter().filter(|(_, decided)| !decided.is_same) {
            if let Some(chain) = chain(&same, keys.0, keys.1) {
                let links = chain.windows(2).filter_map(|pair| {
                    let keys = (pair[0].min(pair[1]), pair[0].max(pair[1]));
                    self.pairs.get(&keys).map(|decided| line(keys, decided))
                });
                let links: Vec<String> = links.collect();
                let message = format!("expected decisions that agree, found {} denied by {}", line(*keys, decided), links.join(" and "));
                return Err(Error::new(ErrorKind::Decisions, name, message));
            }
        }
        Ok(())
    }

    /// What was decided about two records, if anything.
    #[must_use]
    pub fn get(&self, left: u64, right: u64) -> Option<Verdict> {
        let decided = self.pairs.get(&(left.min(right), left.max(right)))?;
        Some(if decided.is_same { Verdict::Same } else { Verdict::Different })
    }

    /// Every decision: both keys, and whether they are the same work.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64, bool)> + '_ {
        self.pairs.iter().map(|((left, right), decided)| (*left, *right, decided.is_same))
    }

    /// Every key that a decision speaks of, with the smallest key that people called the same, by whatever chain. Each of `records`
    /// is what one says and what those said that went into it: a decision that speaks of one of these speaks of it, but for those
    /// that people called different from one before them.
    #[must_use]
    pub fn classes<'a>(&self, records: impl IntoIterator<Item = (u64, &'a [u64])>) -> BTreeMap<u64, u64> {
        let mut classes = Classes::default();
        for ((left, right), decided) in &self.pairs {
            classes.of_key.extend([(*left, *left), (*right, *right)]);
            if decided.is_same {
                classes.unite(*left, *right);
            }
        }
        for ((left, right), _) in self.pairs.iter().filter(|(_, decided)| !decided.is_same) {
            classes.part(*left, *right);
        }
        let is_spoken_of = |(content, members): &(u64, &[u64])| members.iter().chain([content]).any(|key| classes.of_key.contains_key(key));
        let mut records: Vec<(u64, &[u64])> = records.into_iter().filter(is_spoken_of).collect();
        records.sort_unstable();
        for (content, members) in records {
            for member in members {
                if !classes.are_apart(content, *member) {
                    classes.unite(content, *member);
                }
            }
        }
        classes.into_map()
    }

    /// The same of the keys that people called the same, and of no others.
    #[must_use]
    pub fn called_same(&self) -> BTreeMap<u64, u64> {
        let mut classes = Classes::default();
        for ((left, right), _) in self.pairs.iter().filter(|(_, decided)| decided.is_same) {
            classes.unite(*left, *right);
        }
        classes.into_map()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The text of the file that holds them.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::from(HEAD);
        for ((left, right), decided) in &self.pairs {
            let verdict = if decided.is_same { Verdict::Same } else { Verdict::Different };
            let _ = writeln!(text, "{}\t{left:016x}\t{right:016x}\t{}", verdict.name(), decided.remark);
        }
        text
    }
}

/// Keys that are of one class, and classes that are different.
#[derive(Default)]
struct Classes {
    /// For each key another of its class, or itself.
    of_key: BTreeMap<u64, u64>,
    /// For each class, by its smallest key, those that people called different.
    apart: BTreeMap<u64, BTreeSet<u64>>,
}

impl Classes {
    /// The smallest key of the class of `key`.
    fn of(&self, mut key: u64) -> u64 {
        while let Some(next) = self.of_key.get(&key).filter(|next| **next != key) {
            key = *next;
        }
        key
    }

    fn unite(&mut self, left: u64, right: u64) {
        let (left, right) = (self.of(left), self.of(right));
        let (smaller, larger) = (left.min(right), left.max(right));
        self.of_key.extend([(smaller, smaller), (larger, smaller)]);
        if smaller != larger {
            for other in self.apart.remove(&larger).unwrap_or_default() {
                self.apart.get_mut(&other).map(|apart| apart.remove(&larger));
                self.part(smaller, other);
            }
        }
    }

    fn part(&mut self, left: u64, right: u64) {
        let (left, right) = (self.of(left), self.of(right));
        self.apart.entry(left).or_default().insert(right);
        self.apart.entry(right).or_default().insert(left);
    }

    fn are_apart(&self, left: u64, right: u64) -> bool {
        self.apart.get(&self.of(left)).is_some_and(|apart| apart.contains(&self.of(right)))
    }

    /// Each key with the smallest of its class.
    fn into_map(self) -> BTreeMap<u64, u64> {
        self.of_key.keys().map(|key| (*key, self.of(*key))).collect()
    }
}

/// A decision in one line of a message.
fn line(keys: Keys, decided: &Decided) -> String {
    let verdict = if decided.is_same { "same" } else { "different" };
    format!("\"{verdict} {:016x} {:016x}\" ({})", keys.0, keys.1, decided.remark)
}

/// The shortest chain of pairs from one key to another.
fn chain(same: &BTreeMap<u64, Vec<u64>>, from: u64, to: u64) -> Option<Vec<u64>> {
    let mut before: BTreeMap<u64, u64> = BTreeMap::from([(from, from)]);
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        if at == to {
            let mut chain = vec![at];
            let mut at = at;
            while at != from {
                at = before[&at];
                chain.push(at);
            }
            return Some(chain);
        }
        for next in same.get(&at).into_iter().flatten() {
            if !before.contains_key(next) {
                before.insert(*next, at);
                queue.push_back(*next);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut decisions = Decisions::default();
        decisions.insert("a", 7, 3, Verdict::Same, "A title /  another\ttitle").unwrap();
        decisions.insert("a", 3, 9, Verdict::Different, "").unwrap();
        decisions.insert("a", 5, 5, Verdict::Same, "one record").unwrap();
        decisions.insert("a", 5, 6, Verdict::Unsure, "").unwrap();
        let text = decisions.to_text();
        assert!(
            text.ends_with(
                "same\t0000000000000003\t0000000000000007\tA title / another title\ndifferent\t0000000000000003\t0000000000000009\t\n"
            ),
            "{text}"
        );
        assert_eq!(Decisions::parse("b", &text).unwrap(), decisions);
        assert_eq!([decisions.get(3, 7), decisions.get(9, 3), decisions.get(7, 9)], [Some(Verdict::Same), Some(Verdict::Different), None]);
        assert_eq!((decisions.len(), decisions.is_empty()), (2, false));
    }

    #[test]
    fn decisions_that_deny_each_other_are_named() {
        let [one, two, three, four] = [1, 2, 3, 4].map(|key| format!("{key:016x}"));
        for (text, found) in [
            (format!("same\t{one}\t{two}\tfirst\ndifferent\t{two}\t{one}\tsecond\n"), ["(first)", "(second)"]),
            (
                format!("same\t{one}\t{two}\tfirst\rsame\t{two}\t{three}\tsecond\rdifferent\t{one}\t{three}\tthird\r"),
                ["(third)", "(second)"],
            ),
            (format!("different\t{four}\t{four}\tit\n"), ["twice", "(it)"]),
            (format!("same\t{one}\n"), ["line 1", "two keys"]),
            (format!("# x\r\n\r\nmaybe\t{one}\t{two}\r\n"), ["line 3", "maybe"]),
            // Cut off, and with a sign.
            (format!("# x\rsame\t{one}\t{}\r", &two[..9]), ["line 2", "two keys"]),
            (format!("same\t{one}\t+{}\n", &two[1..]), ["line 1", "two keys"]),
        ] {
            let error = Decisions::parse("d.tsv", &text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decisions);
            assert!(found.iter().all(|found| error.to_string().contains(found)), "{error}");
        }
    }
}
