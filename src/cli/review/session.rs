//! A review in progress: the questions, where one is, what was answered, and how to take it back.

use crate::dedupe::rules::{self, Verdict};
use crate::dedupe::{Decisions, Deduplication};
use crate::error::Result;
use crate::normalize::Key;
use crate::record::{Field, Record};

/// Two records that may be one work.
pub(super) struct Question {
    pub(super) rule: &'static str,
    /// Why the rule keeps them apart or does not suffice, as a sentence.
    pub(super) reason: &'static str,
    pub(super) evidence: String,
    pub(super) likelihood: f32,
    /// The number of its group: pairs with records in common.
    group: usize,
    /// What both say, field by field.
    pub(super) rows: Vec<Row>,
    keys: (u64, u64),
    remark: String,
}

/// One field of two records.
pub(super) struct Row {
    pub(super) label: &'static str,
    pub(super) left: String,
    pub(super) right: String,
}

impl Row {
    /// Whether both say something, and not the same but for case and punctuation.
    pub(super) fn differs(&self) -> bool {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        !self.left.is_empty() && !self.right.is_empty() && letters(&self.left) != letters(&self.right)
    }
}

/// What a person can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Same,
    Different,
    Skip,
    /// Takes back the last answer.
    Undo,
    /// The same answer to every open question of this one's rule: same, or different.
    AllOfRule(bool),
    /// The same answer to every open question of this one's group: same, or different.
    AllOfGroup(bool),
}

/// What one answer did.
struct Step {
    at: usize,
    answered: Vec<usize>,
    before: Decisions,
}

pub(super) struct Session {
    questions: Vec<Question>,
    is_answered: Vec<bool>,
    at: usize,
    steps: Vec<Step>,
    decisions: Decisions,
}

impl Session {
    pub(super) fn new(records: &[Record], result: &Deduplication, decisions: Decisions) -> Self {
        let mut questions: Vec<Question> = result
            .unsure
            .iter()
            .zip(result.groups())
            .filter_map(|(pair, group)| {
                let (left, right) = (records.get(pair.left as usize)?, records.get(pair.right as usize)?);
                let titles = [left, right].map(|record| record.title().unwrap_or_default().to_owned());
                Some(Question {
                    rule: pair.rule,
                    reason: rules::all().find(|rule| rule.id == pair.rule).map_or("", |rule| rule.reason),
                    evidence: pair.evidence.clone(),
                    likelihood: pair.likelihood,
                    group,
                    rows: rows(left, right),
                    keys: Key::both(Key::of(left), Key::of(right)).into(),
                    remark: if titles[0] == titles[1] { titles[0].clone() } else { titles.join(" / ") },
                })
            })
            .collect();
        // Groups are numbered in the order of their first pairs: what belongs together is asked together.
        questions.sort_by_key(|question| question.group);
        let is_answered = vec![false; questions.len()];
        Self { questions, is_answered, at: 0, steps: Vec::new(), decisions }
    }

    /// The question that is asked, its number from 1, and how many there are.
    pub(super) fn question(&self) -> Option<(&Question, usize, usize)> {
        self.questions.get(self.at).map(|question| (question, self.at + 1, self.questions.len()))
    }

    /// How many open questions have the rule of the one that is asked, itself included.
    pub(super) fn n_of_rule(&self) -> usize {
        self.question().map_or(0, |(question, _, _)| self.open_of(|other| other.rule == question.rule).count())
    }

    /// How many open questions are about the group of the one that is asked, itself included.
    pub(super) fn n_of_group(&self) -> usize {
        self.question().map_or(0, |(question, _, _)| self.open_of(|other| other.group == question.group).count())
    }

    pub(super) fn is_over(&self) -> bool {
        self.at >= self.questions.len()
    }

    /// How many questions were answered, and how many were not.
    pub(super) fn counts(&self) -> (usize, usize) {
        let n_answered = self.is_answered.iter().filter(|answered| **answered).count();
        (n_answered, self.questions.len() - n_answered)
    }

    pub(super) fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// Takes an answer to the question that is asked and goes on to the next one that is open.
    ///
    /// # Errors
    ///
    /// Where it denies what was decided before; nothing is changed then.
    pub(super) fn answer(&mut self, answer: Answer) -> Result<()> {
        let (answered, is_same) = match answer {
            Answer::Undo => {
                if let Some(step) = self.steps.pop() {
                    self.at = step.at;
                    self.decisions = step.before;
                    for at in step.answered {
                        self.is_answered[at] = false;
                    }
                }
                return Ok(());
            }
            Answer::Skip => (Vec::new(), None),
            Answer::Same => (vec![self.at], Some(true)),
            Answer::Different => (vec![self.at], Some(false)),
            Answer::AllOfRule(is_same) => {
                let rule = self.question().map(|(question, _, _)| question.rule);
                (self.open_of(|other| Some(other.rule) == rule).collect(), Some(is_same))
            }
            Answer::AllOfGroup(is_same) => {
                let group = self.question().map(|(question, _, _)| question.group);
                (self.open_of(|other| Some(other.group) == group).collect(), Some(is_same))
            }
        };
        let mut decisions = self.decisions.clone();
        if let Some(is_same) = is_same {
            let verdict = if is_same { Verdict::Same } else { Verdict::Different };
            for question in answered.iter().filter_map(|at| self.questions.get(*at)) {
                decisions.insert("this answer", question.keys.0, question.keys.1, verdict, &question.remark)?;
            }
            decisions.check("this answer")?;
        }
        for at in &answered {
            self.is_answered[*at] = true;
        }
        let before = std::mem::replace(&mut self.decisions, decisions);
        self.steps.push(Step { at: self.at, answered, before });
        self.at += 1;
        while self.is_answered.get(self.at) == Some(&true) {
            self.at += 1;
        }
        Ok(())
    }

    fn open_of(&self, is_wanted: impl Fn(&Question) -> bool) -> impl Iterator<Item = usize> {
        (self.at..self.questions.len()).filter(move |at| is_wanted(&self.questions[*at]) && !self.is_answered[*at])
    }
}

/// What a person compares, in the order of a reference.
fn rows(left: &Record, right: &Record) -> Vec<Row> {
    let joined = |record: &Record, field: Field| record.values(field).collect::<Vec<_>>().join("; ");
    let row = |label: &'static str, of: &dyn Fn(&Record) -> String| Row { label, left: one_line(&of(left)), right: one_line(&of(right)) };
    let of_field = |field: Field| move |record: &Record| joined(record, field);
    let rows = [
        row("title", &|record| record.title().unwrap_or_default().to_owned()),
        row("authors", &of_field(Field::Author)),
        row("year", &|record| record.date().map(|date| date.year.to_string()).unwrap_or_default()),
        row("in", &|record| record.container().unwrap_or_default().to_owned()),
        row("volume", &of_field(Field::Volume)),
        row("issue", &of_field(Field::Issue)),
        row("pages", &|record| [joined(record, Field::Pages), joined(record, Field::LastPage)].join("-").trim_matches('-').to_owned()),
        row("edition", &of_field(Field::Edition)),
        row("DOI", &|record| record.doi().map(|doi| doi.to_string()).unwrap_or_default()),
        row("PMID", &|record| record.pmid().map(|pmid| pmid.to_string()).unwrap_or_default()),
        row("type", &|record| [joined(record, Field::Kind), joined(record, Field::PublicationType)].join(" ")),
        row("notes", &of_field(Field::Note)),
        row("file", &|record| record.source().name.clone()),
        row("id", &Record::id),
        row("abstract", &of_field(Field::Abstract)),
    ];
    rows.into_iter().filter(|row| !(row.left.is_empty() && row.right.is_empty())).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::dedupe::{Settings, dedupe};
    use std::fmt::Write as _;

    /// Three pairs of an article and a thesis of one title.
    pub(in super::super) fn session() -> Session {
        let mut ris = String::new();
        let titles = [
            "Peer workers in acute wards of three towns",
            "Letters that nurses wrote between two wars",
            "Boilers of municipal swimming halls",
        ];
        for (title, volume) in titles.iter().zip(3..) {
            for kind in ["JOUR", "THES"] {
                let _ = write!(
                    ris,
                    "TY  - {kind}\nAU  - Hagen, S.\nTI  - {title}\nPY  - 2016\nVL  - {volume}\nSP  - {volume}1\nEP  - {volume}9\nER  - \n\n"
                );
            }
        }
        let records = crate::formats::read("a.ris", ris.into_bytes()).unwrap().records;
        let result = dedupe(&records, &Settings::default(), &());
        assert_eq!(result.unsure.len(), 3);
        Session::new(&records, &result, Decisions::default())
    }

    #[test]
    fn answers_are_decisions_and_can_be_taken_back() {
        let mut session = session();
        assert_eq!((session.question().unwrap().1, session.n_of_rule()), (1, 3));
        session.answer(Answer::Same).unwrap();
        session.answer(Answer::Skip).unwrap();
        assert_eq!((session.question().unwrap().1, session.decisions().len(), session.counts()), (3, 1, (1, 2)));
        session.answer(Answer::Different).unwrap();
        assert_eq!((session.is_over(), session.decisions().len()), (true, 2));
        assert_eq!(session.decisions().iter().filter(|(_, _, is_same)| *is_same).count(), 1);
        for expected in [(3, 1), (2, 1), (1, 0), (1, 0)] {
            session.answer(Answer::Undo).unwrap();
            assert_eq!((session.question().unwrap().1, session.decisions().len()), expected);
        }
    }

    #[test]
    fn one_answer_can_be_given_to_a_whole_rule() {
        let mut session = session();
        session.answer(Answer::Skip).unwrap();
        session.answer(Answer::AllOfRule(false)).unwrap();
        assert_eq!((session.is_over(), session.decisions().len(), session.counts()), (true, 2, (2, 1)));
        session.answer(Answer::Undo).unwrap();
        assert_eq!((session.question().unwrap().1, session.decisions().len()), (2, 0));
    }

    #[test]
    fn pairs_with_records_in_common_are_one_group() {
        let mut ris = String::new();
        let title = "Boilers of municipal swimming halls in three towns";
        let journal = "T2  - Nordic Journal of Baths\nVL  - 3\nSP  - 31\nEP  - 39\n";
        for (title, kind, place) in [
            ("Peer workers in acute wards", "JOUR", journal),
            (title, "JOUR", journal),
            (title, "THES", ""),
            ("Peer workers in acute wards", "THES", ""),
            (title, "JOUR", "T2  - medRxiv\nDO  - 10.1101/2016.01.02.333\n"),
        ] {
            let _ = write!(ris, "TY  - {kind}\nAU  - Hagen, S.\nTI  - {title}\nPY  - 2016\n{place}ER  - \n\n");
        }
        let records = crate::formats::read("a.ris", ris.into_bytes()).unwrap().records;
        let result = dedupe(&records, &Settings::default(), &());
        let mut session = Session::new(&records, &result, Decisions::default());
        let mut groups = Vec::new();
        while let Some((question, _, _)) = session.question() {
            groups.push((question.rows[0].left.chars().take(4).collect::<String>(), session.n_of_group()));
            session.answer(Answer::AllOfGroup(false)).unwrap();
        }
        groups.sort_unstable();
        assert_eq!(groups, [("Boil".to_owned(), 3), ("Peer".to_owned(), 1)]);
        assert_eq!((session.counts(), session.decisions().len()), ((4, 0), 4));
    }

    #[test]
    fn an_answer_that_denies_an_earlier_one_changes_nothing() {
        let mut session = session();
        let keys = session.question().unwrap().0.keys;
        session.decisions.insert("earlier", keys.0, keys.1, Verdict::Different, "").unwrap();
        assert!(session.answer(Answer::Same).is_err());
        assert_eq!((session.question().unwrap().1, session.counts()), (1, (0, 3)));
    }

    #[test]
    fn rows_differ_in_letters_and_not_in_their_case() {
        let row = |left: &str, right: &str| Row { label: "title", left: left.into(), right: right.into() }.differs();
        assert_eq!([row("A b.", "a B"), row("A", ""), row("A", "B")], [false, false, true]);
    }
}
