//! Small formulas between dollars: Greek letters, signs, one level of indices.

use super::argument;
use super::symbols::{COMMANDS, Meaning, Script};

/// Formulas that are longer stay as they are.
const LONGEST: usize = 300;

/// The formula that `text` begins with: its length with both dollars, and what it prints, `None` where it has something
/// that is not understood. No formula where the dollar is an amount's.
pub(super) fn at(text: &str) -> Option<(usize, Option<String>)> {
    let inside = text.strip_prefix('$')?;
    let window = inside.floor_char_boundary(LONGEST);
    let end = inside[..window].find('$')?;
    let (formula, behind) = (&inside[..end], &inside[end + 1..]);
    let starts_well = formula.starts_with(|c: char| !c.is_whitespace());
    let ends_well = !formula.ends_with(|c: char| c.is_whitespace() || c == '\\') && !behind.starts_with(|c: char| c.is_ascii_digit());
    let is_one_letter = formula.len() == 1 && formula.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_formula = is_one_letter || formula.contains(['\\', '^', '_', '<', '>', '=']);
    if !(starts_well && ends_well && is_formula) {
        return None;
    }
    Some((end + 2, printed(formula)))
}

/// What a formula prints; `None` where it has something that is not understood.
pub(super) fn printed(formula: &str) -> Option<String> {
    let mut out = String::with_capacity(formula.len());
    let mut at = 0;
    while let Some(character) = formula[at..].chars().next() {
        match character {
            '{' => {
                let (inside, end) = argument(formula, at)?;
                out.push_str(&plain_part(inside)?);
                at = end;
            }
            '}' => return None,
            '^' | '_' => {
                let script = if character == '^' { Script::Above } else { Script::Below };
                let (inside, end) = part(formula, at + 1)?;
                out.push_str(&script.of(&inside));
                at = end;
            }
            '\\' => {
                let (printed, end) = part(formula, at)?;
                out.push_str(&printed);
                at = end;
            }
            '~' => {
                out.push(' ');
                at += 1;
            }
            other => {
                out.push(other);
                at += other.len_utf8();
            }
        }
    }
    Some(out)
}

/// What one argument, command or character at `at` prints, and where it ends.
fn part(formula: &str, at: usize) -> Option<(String, usize)> {
    let rest = formula.get(at..)?;
    if rest.starts_with('{') {
        let (inside, end) = argument(formula, at)?;
        return Some((plain_part(inside)?, end));
    }
    let Some(command) = rest.strip_prefix('\\') else {
        let first = rest.chars().next()?;
        return Some((first.to_string(), at + first.len_utf8()));
    };
    let length = command.bytes().take_while(u8::is_ascii_alphabetic).count();
    if length == 0 {
        let printed = match command.bytes().next()? {
            sign @ (b'&' | b'%' | b'$' | b'#' | b'_' | b'{' | b'}') => char::from(sign).to_string(),
            b' ' | b',' | b';' | b':' | b'>' => " ".to_owned(),
            b'!' => String::new(),
            _ => return None,
        };
        return Some((printed, at + 2));
    }
    let row = COMMANDS.binary_search_by_key(&&command[..length], |(known, _)| known).ok()?;
    let after = at + 1 + length;
    match COMMANDS[row].1 {
        Meaning::Prints(printed) => {
            let rest = &formula[after..];
            Some((printed.to_owned(), after + rest.len() - rest.trim_start_matches(' ').len()))
        }
        Meaning::Style => {
            let (inside, end) = argument(formula, after)?;
            Some((plain_part(inside)?, end))
        }
        _ => None,
    }
}

/// What stands inside braces, which may hold no further ones.
fn plain_part(inside: &str) -> Option<String> {
    if inside.contains(['{', '}', '^', '_']) { None } else { printed(inside) }
}
