//! How one question of a review looks: two records side by side, what differs marked, and the keys below.

use super::session::{Row, Session};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Paragraph, Wrap};

const KEYS: &str = " s same · d different · S/D so for this rule · g/G so for this group · space skip · u undo · ↑↓ scroll · q stop ";

pub(super) fn draw(frame: &mut Frame<'_>, session: &Session, scrolled: u16, message: &str) {
    let Some((question, number, count)) = session.question() else { return };
    // On a narrow terminal the keys take two lines, and so do the counts.
    let n_foot = if usize::from(frame.area().width) < KEYS.chars().count() { 4 } else { 2 };
    let [head, body, foot] = Layout::vertical([Constraint::Length(5), Constraint::Min(5), Constraint::Length(n_foot)]).areas(frame.area());
    let title = format!(" pair {number} of {count}, likelihood {:.2} ", question.likelihood);
    let lines = vec![
        Line::from(vec![
            Span::styled(question.rule, Style::new().add_modifier(Modifier::BOLD)),
            Span::raw(format!(": {}", question.reason)),
        ]),
        Line::from(question.evidence.as_str()),
    ];
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: true }).block(Block::bordered().title(title)), head);
    let sides = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas::<2>(body);
    for (at, area) in sides.into_iter().enumerate() {
        let value = |row: &Row| if at == 0 { row.left.clone() } else { row.right.clone() };
        let lines: Vec<Line<'_>> = question.rows.iter().map(|row| line(row, value(row))).collect();
        let side = Paragraph::new(lines).wrap(Wrap { trim: false }).scroll((scrolled, 0)).block(Block::bordered());
        frame.render_widget(side, area);
    }
    let (n_of_rule, n_of_group) = (session.n_of_rule(), session.n_of_group());
    let counts = format!(" {n_of_rule} open pairs have this rule, {n_of_group} are about this group of records; answers are saved at once");
    let first = if message.is_empty() { Line::from(counts) } else { Line::styled(message, Style::new().fg(Color::Red)) };
    frame.render_widget(
        Paragraph::new(vec![first, Line::styled(KEYS, Style::new().add_modifier(Modifier::REVERSED))]).wrap(Wrap { trim: false }),
        foot,
    );
}

/// One field: what differs is bold and yellow, and begins with a mark, for those who see no colours.
fn line(row: &Row, value: String) -> Line<'static> {
    let (mark, style) =
        if row.differs() { ("≠ ", Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD)) } else { ("  ", Style::new()) };
    Line::from(vec![
        Span::styled(mark, style),
        Span::styled(format!("{}: ", row.label), Style::new().add_modifier(Modifier::DIM)),
        Span::styled(value, style),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::session::tests::session;
    use super::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    #[test]
    fn two_records_stand_side_by_side() {
        let session = session();
        let mut terminal = Terminal::new(TestBackend::new(120, 30)).unwrap();
        terminal.draw(|frame| draw(frame, &session, 0, "")).unwrap();
        let shown = terminal.backend().to_string();
        for text in [
            "pair 1 of 3, likelihood",
            "kinds-differ: an article",
            "≠ type: JOUR",
            "≠ type: THES",
            "  year: 2016",
            "s same · d different",
            "3 open pairs have this rule, 1 are about this group",
        ] {
            assert!(shown.contains(text), "{text:?} in\n{shown}");
        }
        assert_eq!(
            ["Peer workers", "Letters that", "Boilers of"].map(|title| shown.matches(&format!("title: {title}")).count()).iter().max(),
            Some(&2),
            "{shown}"
        );
        let mut narrow = Terminal::new(TestBackend::new(80, 30)).unwrap();
        narrow.draw(|frame| draw(frame, &session, 0, "")).unwrap();
        assert!(narrow.backend().to_string().contains("q stop"), "{}", narrow.backend());
        terminal.draw(|frame| draw(frame, &session, 0, "denied")).unwrap();
        assert!(terminal.backend().to_string().contains("denied"));
    }
}
