//! `refsieve review`: the pairs that a person should decide about, one after the other on the terminal.
//!
//! Every answer is in the file of decisions as soon as it is given, so that one can stop at any time and go on later: what is
//! answered is not asked again.

mod screen;
mod session;

use super::args::{Common, ReviewArguments};
use super::outcome::Outcome;
use super::output::Staged;
use super::progress::Bars;
use super::{inputs, show, works};
use crate::dedupe::{self, Decisions};
use crate::error::{Error, ErrorKind, Result};
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use session::{Answer, Session};
use std::io::IsTerminal as _;
use std::path::Path;

pub(super) fn run(arguments: &ReviewArguments, common: Common, bars: &Bars) -> Result<Outcome> {
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        let message = "expected a terminal to ask on, found none; `refsieve pairs` writes the pairs into a sheet instead";
        return Err(Error::new(ErrorKind::Settings, "review", message));
    }
    let mut settings = works::settings(&arguments.works)?;
    if arguments.works.decisions.is_some() {
        let message = "expected the file of decisions behind --to alone, found one behind --decisions too";
        return Err(Error::new(ErrorKind::Settings, "--decisions", message));
    }
    let decisions = if arguments.to.exists() { works::decisions(&arguments.to)? } else { Decisions::default() };
    settings.decisions = decisions.clone();
    let mut inputs = inputs::read(&arguments.input, bars)?;
    let result = dedupe::dedupe(&inputs.records, &settings, bars);
    bars.finish();
    inputs.notes.idle = works::idle(Some(&arguments.to), &settings.decisions, || works::keys(&inputs.records));
    inputs.notes.print(common.quiet);
    inputs::print_diagnostics(&inputs.diagnostics, common.quiet);
    let mut session = Session::new(&inputs.records, &result, decisions);
    if session.is_over() {
        show::print("no pair is left to decide about\n")?;
        return Ok(Outcome::Done);
    }
    let mut terminal = ratatui::init();
    let asked = ask(&mut terminal, &mut session, &arguments.to);
    ratatui::restore();
    asked?;
    let (n_answered, n_open) = session.counts();
    show::print(&format!("{n_answered} pairs decided, {n_open} left open; decisions in {}\n", arguments.to.display()))?;
    Ok(Outcome::Done)
}

/// Asks until the person stops or nothing is left to ask.
fn ask(terminal: &mut ratatui::DefaultTerminal, session: &mut Session, file: &Path) -> Result<()> {
    let failed = |error| Error::new(ErrorKind::Io, "the terminal", "could not be drawn on or read from").because(error);
    let mut scrolled = 0;
    let mut message = String::new();
    loop {
        terminal.draw(|frame| screen::draw(frame, session, scrolled, &message)).map_err(failed)?;
        let Event::Key(key) = event::read().map_err(failed)? else { continue };
        message.clear();
        match action(key) {
            Some(Action::Stop) => return Ok(()),
            Some(Action::Scroll(by)) => scrolled = scrolled.saturating_add_signed(by),
            Some(Action::Answer(answer)) => {
                scrolled = 0;
                match session.answer(answer) {
                    Ok(()) => save(session, file)?,
                    Err(error) => message = error.to_string(),
                }
                if session.is_over() {
                    return Ok(());
                }
            }
            None => {}
        }
    }
}

fn save(session: &Session, file: &Path) -> Result<()> {
    let mut staged = Staged::beside([]);
    staged.add_over(file, |out| out.write_all(session.decisions().to_text().as_bytes()))?;
    staged.commit()
}

/// What a key asks for.
#[derive(Debug, PartialEq, Eq)]
enum Action {
    Answer(Answer),
    Scroll(i16),
    Stop,
}

fn action(key: KeyEvent) -> Option<Action> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c' | 'd') if is_control => Some(Action::Stop),
        KeyCode::Char(_) if is_control => None,
        KeyCode::Char('s') => Some(Action::Answer(Answer::Same)),
        KeyCode::Char('d') => Some(Action::Answer(Answer::Different)),
        KeyCode::Char('k' | ' ') | KeyCode::Right => Some(Action::Answer(Answer::Skip)),
        KeyCode::Char('u') | KeyCode::Backspace => Some(Action::Answer(Answer::Undo)),
        KeyCode::Char('S') => Some(Action::Answer(Answer::AllOfRule(true))),
        KeyCode::Char('D') => Some(Action::Answer(Answer::AllOfRule(false))),
        KeyCode::Char('g') => Some(Action::Answer(Answer::AllOfGroup(true))),
        KeyCode::Char('G') => Some(Action::Answer(Answer::AllOfGroup(false))),
        KeyCode::Char('q') | KeyCode::Esc => Some(Action::Stop),
        KeyCode::Down | KeyCode::PageDown => Some(Action::Scroll(if key.code == KeyCode::Down { 1 } else { 10 })),
        KeyCode::Up | KeyCode::PageUp => Some(Action::Scroll(if key.code == KeyCode::Up { -1 } else { -10 })),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_mean_what_the_last_line_says() {
        let key = |code| action(KeyEvent::new(code, KeyModifiers::NONE));
        assert_eq!(key(KeyCode::Char('s')), Some(Action::Answer(Answer::Same)));
        assert_eq!(key(KeyCode::Char('d')), Some(Action::Answer(Answer::Different)));
        assert_eq!(key(KeyCode::Char(' ')), Some(Action::Answer(Answer::Skip)));
        assert_eq!(key(KeyCode::Char('u')), Some(Action::Answer(Answer::Undo)));
        assert_eq!(key(KeyCode::Char('G')), Some(Action::Answer(Answer::AllOfGroup(false))));
        assert_eq!(key(KeyCode::Char('q')), Some(Action::Stop));
        assert_eq!(key(KeyCode::Char('x')), None);
        assert_eq!(action(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)), Some(Action::Stop));
        assert_eq!(action(KeyEvent::new(KeyCode::Char('s'), KeyModifiers::CONTROL)), None, "no answer by chance");
    }
}
