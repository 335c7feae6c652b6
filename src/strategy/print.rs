//! Tree -> text: how a line was understood, in Ovid's own language.
//!
//! Goes in: a [`Strategy`] or one [`Expr`]. Comes out: text with every bracket, suffix and `adj` written out; parsing it
//! again gives the same tree. A line without a tree is printed as it was written.

use super::ast::{
    Combination, Expr, ExprKind, HeadingCertainty, HeadingLeaf, Limit, Line, Pattern, PatternPart, Strategy, Text, TextLeaf, physical_lines,
};
use super::lexer::is_operator;
use std::fmt::{self, Display, Formatter, Write};

/// One line each, with its label and a tab before it.
impl Display for Strategy {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}

impl Display for Line {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}\t", self.label)?;
        match &self.tree {
            // Brackets keep a bare phrase from being taken for a heading.
            Some(Expr { kind: ExprKind::Text(leaf), .. }) if leaf.codes.is_empty() => write!(out, "({leaf})"),
            Some(tree) => tree.fmt(out),
            None => {
                for (index, (text, _)) in physical_lines(&self.query).enumerate() {
                    write!(out, "{}{}", if index == 0 { "" } else { " " }, text.trim())?;
                }
                Ok(())
            }
        }
    }
}

impl Display for Expr {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::And(parts) => joined(out, parts, " and ", operand),
            ExprKind::Or(parts) => joined(out, parts, " or ", operand),
            ExprKind::Not(left, right) => {
                operand(out, left)?;
                out.write_str(" not ")?;
                operand(out, right)
            }
            ExprKind::Reference(label) => write!(out, "{label}"),
            ExprKind::Group(combination, labels) => group(out, *combination, labels),
            ExprKind::Text(leaf) => leaf.fmt(out),
            ExprKind::Heading(leaf) => leaf.fmt(out),
            ExprKind::Limit(label, limits) => {
                write!(out, "limit {label} to ")?;
                all_limits(out, limits)
            }
            // Ovid has no such operand: this is for reading, not for parsing again.
            ExprKind::Passing(limits) => {
                out.write_str("[all records limited to ")?;
                all_limits(out, limits)?;
                out.write_char(']')
            }
            ExprKind::Unique(label) => write!(out, "remove duplicates from {label}"),
            ExprKind::Database(inner, name) => {
                match inner.kind {
                    ExprKind::Reference(_) => inner.fmt(out)?,
                    _ => write!(out, "({inner})")?,
                }
                write!(out, " use {name}")
            }
        }
    }
}

impl Display for TextLeaf {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match &self.text {
            Text::Word(_) => self.text.fmt(out)?,
            _ if self.codes.is_empty() => self.text.fmt(out)?,
            _ => write!(out, "({})", self.text)?,
        }
        if self.codes.is_empty() {
            return Ok(());
        }
        write!(out, ".{}.", self.codes.join(","))?;
        if self.at_least > 1 { write!(out, "/freq={}", self.at_least) } else { Ok(()) }
    }
}

impl Display for Text {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Text::Word(pattern) => {
                let word = pattern.to_string();
                if must_be_quoted(&word) { write!(out, "\"{word}\"") } else { out.write_str(&word) }
            }
            Text::Sequence(parts) => joined(out, parts, " adj ", place),
            Text::Or(parts) => joined(out, parts, " or ", place),
            Text::Near { n, left, right } => {
                place(out, left)?;
                write!(out, " adj{n} ")?;
                place(out, right)
            }
        }
    }
}

impl Display for Pattern {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            PatternPart::Literal(text) | PatternPart::Stopword(text) => out.write_str(text),
            PatternPart::One => out.write_char('#'),
            PatternPart::OneOrNone => out.write_char('?'),
            PatternPart::Any(None) => out.write_char('*'),
            PatternPart::Any(Some(most)) => write!(out, "${most}"),
        })
    }
}

impl Display for HeadingLeaf {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(if self.explode { "exp " } else { "" })?;
        out.write_str(if self.focus { "*" } else { "" })?;
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '-' | '\'');
        let is_syntax = |word: &str| is_operator(word) || word.eq_ignore_ascii_case("exp");
        if self.name.chars().all(is_plain) && !self.name.split([' ', ',', '-', '\'']).any(is_syntax) {
            out.write_str(&self.name)?;
        } else {
            write!(out, "\"{}\"", self.name)?;
        }
        if self.certainty == HeadingCertainty::Written {
            write!(out, "/{}", self.qualifiers.join(","))?;
        }
        Ok(())
    }
}

impl Display for Limit {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Language(names) => match names.as_slice() {
                [name] => write!(out, "{name} language"),
                names => {
                    out.write_char('(')?;
                    joined(out, names, " or ", |out, name| write!(out, "{name} language"))?;
                    out.write_char(')')
                }
            },
            Limit::Years(from, to) => {
                out.write_str("yr=\"")?;
                if let Some(from) = from {
                    write!(out, "{from} ")?;
                }
                match to {
                    Some(to) => write!(out, "-{to}\""),
                    None => out.write_str("-Current\""),
                }
            }
            Limit::Humans => out.write_str("humans"),
            Limit::Animals => out.write_str("animals"),
            Limit::PublicationType(name) | Limit::Group(name) | Limit::Database(name) => out.write_str(name),
            Limit::Filter(name) => write!(out, "\"{name}\""),
            Limit::Abstracts => out.write_str("abstracts"),
            Limit::Dates(code, from, to) => {
                write!(out, "{code}=\"")?;
                if let Some(from) = from {
                    write!(out, "{} ", said(*from, "00"))?;
                }
                match to {
                    Some(to) => write!(out, "-{}\"", said(*to, "99")),
                    None => out.write_str("-Current\""),
                }
            }
            Limit::Any(alternatives) => {
                out.write_char('(')?;
                joined(out, alternatives, " or ", |out, limits| match limits.as_slice() {
                    [limit] => limit.fmt(out),
                    limits => {
                        out.write_char('(')?;
                        joined(out, limits, " and ", |out, limit| limit.fmt(out))?;
                        out.write_char(')')
                    }
                })?;
                out.write_char(')')
            }
        }
    }
}

/// What is said of a date of eight digits: without the `filler` of a month or day that is not.
fn said(date: u32, filler: &str) -> String {
    let mut digits = format!("{date:08}");
    while digits.len() > 4 && digits.ends_with(filler) {
        digits.truncate(digits.len() - filler.len());
    }
    digits
}

/// Limits that must all hold.
fn all_limits(out: &mut Formatter<'_>, limits: &[Limit]) -> fmt::Result {
    if let [limit] = limits {
        return limit.fmt(out);
    }
    out.write_char('(')?;
    joined(out, limits, " and ", |out, limit| limit.fmt(out))?;
    out.write_char(')')
}

/// Words that mean something else without quotation marks: operators, numbers, the first words of commands.
fn must_be_quoted(word: &str) -> bool {
    is_operator(word)
        || matches!(word, "exp" | "limit" | "remove" | "use")
        || !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// An operand of a set operator.
fn operand(out: &mut Formatter<'_>, expr: &Expr) -> fmt::Result {
    match &expr.kind {
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Not(..) => write!(out, "({expr})"),
        ExprKind::Text(leaf) if leaf.codes.is_empty() && !matches!(leaf.text, Text::Word(_)) => write!(out, "({expr})"),
        _ => write!(out, "{expr}"),
    }
}

/// An operand of adj, or an alternative inside one.
fn place(out: &mut Formatter<'_>, text: &Text) -> fmt::Result {
    match text {
        Text::Word(_) => write!(out, "{text}"),
        _ => write!(out, "({text})"),
    }
}

/// `or/1-13,15`: three or more labels in a row become a range.
fn group(out: &mut Formatter<'_>, combination: Combination, labels: &[u32]) -> fmt::Result {
    out.write_str(match combination {
        Combination::And => "and/",
        Combination::Or => "or/",
    })?;
    let mut rest = labels;
    while let Some(&first) = rest.first() {
        let run = rest.iter().zip(first..).take_while(|&(&label, expected)| label == expected).count();
        let comma = if rest.len() == labels.len() { "" } else { "," };
        let taken = if run > 2 { run } else { 1 };
        match rest.get(taken - 1) {
            Some(last) if taken > 1 => write!(out, "{comma}{first}-{last}")?,
            _ => write!(out, "{comma}{first}")?,
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    Ok(())
}

fn joined<T>(out: &mut Formatter<'_>, parts: &[T], between: &str, each: impl Fn(&mut Formatter<'_>, &T) -> fmt::Result) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        out.write_str(if index == 0 { "" } else { between })?;
        each(out, part)?;
    }
    Ok(())
}
