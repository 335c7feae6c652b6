//! Bytes of an export become text.
//!
//! Goes in: the bytes of a file. Comes out: UTF-8 text with the line ends it had, the name of the encoding, and remarks
//! about what had to be repaired. Knows byte order marks, UTF-16 without one, Windows-1252 stretches in UTF-8, NUL bytes
//! and the end-of-file mark of DOS. Does not undo mojibake ("Ã©"): what is valid UTF-8 stays as it is.

use crate::diagnostic::Code;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use rayon::prelude::*;

/// The text of a file and what was done to get it.
pub(super) struct Decoded {
    pub(super) text: String,
    /// WHATWG name, with "with BOM" where there was one.
    pub(super) encoding: &'static str,
    pub(super) remarks: Vec<Remark>,
}

/// A repair: its code, the physical line (from 1) of the first place, and what was found.
pub(super) struct Remark {
    pub(super) code: Code,
    pub(super) line: u32,
    pub(super) found: String,
}

/// How many bytes at the start decide whether a file without a mark is UTF-16.
const SAMPLE: usize = 4096;
/// In UTF-16 text of Latin letters every second byte is zero; a few letters of other scripts and dashes are not.
const ZERO_SHARE_PERCENT: usize = 70;

/// Damaged text has a stray control character here and there, never one of twenty.
const CONTROL_SHARE_PERCENT: usize = 5;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text of `bytes`; never fails, since Windows-1252 gives every byte a meaning.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let mut remarks = Vec::new();
    let (mut text, encoding) = match utf16(&bytes) {
        Some((encoding, name, skipped)) => (decode_utf16(encoding, &bytes[skipped..], &mut remarks), name),
        None => decode_utf8(bytes, &mut remarks),
    };
    let mut odd = oddities(text.as_bytes());
    // Few texts have any of them; what is taken out moves the rest.
    if let Some(first) = places(&odd, Oddity::Control).first() {
        text = without_control_bytes(text, *first, &mut remarks);
        odd = oddities(text.as_bytes());
    }
    let marks = places(&odd, Oddity::Mark);
    if !marks.is_empty() {
        text = without_inner_marks(text, &marks, &mut remarks);
        odd = oddities(text.as_bytes());
    }
    remarks.extend(mojibake(&text, &places(&odd, Oddity::Mojibake)));
    Decoded { text, encoding, remarks }
}

/// Whether so many bytes are control characters that it can be no text: in bytes at random one of ten is.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a);
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    utf16(bytes).is_none() && sample.iter().filter(is_control).count() * 100 > sample.len() * CONTROL_SHARE_PERCENT
}

/// The UTF-16 that the bytes are in, its name, and the length of the byte order mark.
fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, &'static str, usize)> {
    if bytes.starts_with(b"\xff\xfe") {
        return Some((UTF_16LE, "UTF-16LE with BOM", 2));
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some((UTF_16BE, "UTF-16BE with BOM", 2));
    }
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let is_most = |count: usize, other: usize| count * 100 >= pairs * ZERO_SHARE_PERCENT && other * 10 < pairs;
    if is_most(odd, even) {
        Some((UTF_16LE, "UTF-16LE", 0))
    } else if is_most(even, odd) {
        Some((UTF_16BE, "UTF-16BE", 0))
    } else {
        None
    }
}

fn decode_utf16(encoding: &'static Encoding, bytes: &[u8], remarks: &mut Vec<Remark>) -> String {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    if damaged {
        let at = text.find('\u{fffd}').unwrap_or(0);
        remarks.push(Remark { code: Code::UndecodableText, line: line_at(&text, at), found: "half a UTF-16 character".into() });
    }
    text
}

fn decode_utf8(mut bytes: Vec<u8>, remarks: &mut Vec<Remark>) -> (String, &'static str) {
    let marked = bytes.starts_with(UTF8_MARK);
    if marked {
        bytes.drain(..UTF8_MARK.len());
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, if marked { "UTF-8 with BOM" } else { "UTF-8" }),
        Err(error) => decode_mixed(error.into_bytes(), marked, remarks),
    }
}

/// UTF-8 in which some stretches are not: those are read as Windows-1252, stretch by stretch, so that one record pasted
/// from an old program does not spoil the others. In place, since such files are large: the bytes move to the end of the
/// room that the text needs, and are decoded towards its start.
fn decode_mixed(mut bytes: Vec<u8>, marked: bool, remarks: &mut Vec<Remark>) -> (String, &'static str) {
    let decoded = |byte: u8| WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or_default();
    let signs: [char; 128] = std::array::from_fn(|at| decoded(u8::try_from(at + 128).unwrap_or_default()));
    let sign = |byte: u8| signs[usize::from(byte & 0x7f)];
    let mut has_utf8 = false;
    let mut repaired = 0_usize;
    let mut growth = 0;
    for chunk in bytes.utf8_chunks() {
        has_utf8 |= !chunk.valid().is_ascii();
        repaired += chunk.invalid().len();
        growth += chunk.invalid().iter().map(|byte| sign(*byte).len_utf8() - 1).sum::<usize>();
    }
    let length = bytes.len();
    bytes.reserve_exact(growth);
    bytes.resize(length + growth, 0);
    bytes.copy_within(..length, growth);
    let (mut from, mut to) = (growth, 0);
    let mut first_repair = None;
    while let Some(chunk) = bytes[from..].utf8_chunks().next() {
        let (n_valid, n_invalid) = (chunk.valid().len(), chunk.invalid().len());
        bytes.copy_within(from..from + n_valid, to);
        (from, to) = (from + n_valid, to + n_valid);
        for _ in 0..n_invalid {
            first_repair.get_or_insert(to);
            let sign = sign(bytes[from]);
            from += 1;
            to += sign.encode_utf8(&mut bytes[to..]).len();
        }
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    if let Some(at) = first_repair {
        let found = format!("{repaired} bytes that are not, first {:?}", text[at..].chars().next().unwrap_or_default());
        remarks.push(Remark { code: Code::NotUtf8, line: line_at(&text, at), found });
    }
    let encoding = match (marked, has_utf8) {
        (true, _) => "UTF-8 with BOM and windows-1252",
        (false, true) => "UTF-8 and windows-1252",
        (false, false) => "windows-1252",
    };
    (text, encoding)
}

/// What a text should not hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Oddity {
    /// NUL or Ctrl-Z.
    Control,
    /// A byte order mark.
    Mark,
    /// What UTF-8 looks like that was taken for Windows-1252.
    Mojibake,
}

/// "é" as "Ã©", a quotation mark as "â€œ": no language writes so. The first is "Ã" and the first byte of any sign of Latin-1, the
/// second "â€".
const MOJIBAKE: [&[u8]; 2] = [b"\xc3\x83\xc2", b"\xc3\xa2\xe2\x82\xac"];

/// The oddities of `text` with their places, in order; of control characters perhaps not all. One look at each byte, by many
/// threads, block by block: those of nothing but ASCII, nearly all, are passed over quickly.
fn oddities(text: &[u8]) -> Vec<(Oddity, usize)> {
    const BLOCK: usize = 1024;
    /// How much of a text one thread takes at a time at least.
    const PIECE: usize = 512 * 1024;
    let of_block = |(at, block): (usize, &[u8])| {
        let start = at * BLOCK;
        let mut found = Vec::new();
        found.extend(memchr::memchr2(0, 0x1a, block).map(|at| (Oddity::Control, start + at)));
        if !block.is_ascii() {
            // What begins in this block may end in the next.
            let odd_at = |at: usize| {
                let rest = &text[start + at..];
                let is_mojibake = MOJIBAKE.iter().any(|start| rest.starts_with(start));
                let odd = if is_mojibake { Some(Oddity::Mojibake) } else { rest.starts_with(UTF8_MARK).then_some(Oddity::Mark) };
                Some((odd?, start + at))
            };
            found.extend(memchr::memchr2_iter(MOJIBAKE[0][0], UTF8_MARK[0], block).filter_map(odd_at));
        }
        found
    };
    text.par_chunks(BLOCK).with_min_len(PIECE / BLOCK).enumerate().flat_map_iter(of_block).collect()
}

/// The places of one sort of oddity.
fn places(oddities: &[(Oddity, usize)], sort: Oddity) -> Vec<usize> {
    oddities.iter().filter(|(oddity, _)| *oddity == sort).map(|(_, at)| *at).collect()
}

/// Drops NUL and Ctrl-Z, of which the first stands at `first`: no value can mean them.
fn without_control_bytes(mut text: String, first: usize, remarks: &mut Vec<Remark>) -> String {
    let count = memchr::memchr2_iter(0, 0x1a, text.as_bytes()).count();
    let name = if text.as_bytes()[first] == 0 { "NUL" } else { "Ctrl-Z" };
    let found = format!("{count} NUL or Ctrl-Z characters, first {name}");
    remarks.push(Remark { code: Code::ControlCharacter, line: line_at(&text, first), found });
    text.retain(|character| character != '\0' && character != '\u{1a}');
    text
}

/// The first of the `places` of text that was decoded wrongly before it came here.
fn mojibake(text: &str, places: &[usize]) -> Option<Remark> {
    let at = *places.first()?;
    let start: String = text[at..].chars().take(2).collect();
    Some(Remark { code: Code::Mojibake, line: line_at(text, at), found: format!("{start:?} and {} more", places.len() - 1) })
}

/// Drops those of the byte order marks at `places` that stand at the start of a line in mid-file: files were joined. In place,
/// since such files are large.
fn without_inner_marks(text: String, places: &[usize], remarks: &mut Vec<Remark>) -> String {
    let mut marks: Vec<usize> = Vec::new();
    for at in places.iter().copied() {
        let starts_line = at.checked_sub(1).is_none_or(|before| matches!(text.as_bytes()[before], b'\n' | b'\r'));
        let follows_another = marks.last().is_some_and(|last| at == last + UTF8_MARK.len());
        if starts_line || follows_another {
            marks.push(at);
        }
    }
    let Some(first) = marks.first().copied() else { return text };
    let found = "a byte order mark in mid-file".to_owned();
    remarks.push(Remark { code: Code::ByteOrderMark, line: line_at(&text, first), found });
    let mut bytes = text.into_bytes();
    let mut kept = first;
    for (number, mark) in marks.iter().enumerate() {
        let start = mark + UTF8_MARK.len();
        let end = marks.get(number + 1).copied().unwrap_or(bytes.len());
        bytes.copy_within(start..end, kept);
        kept += end - start;
    }
    bytes.truncate(kept);
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The physical line (from 1) that byte `at` stands on; LF, CR and CRLF end a line.
pub(super) fn line_at(text: &str, at: usize) -> u32 {
    let before = &text.as_bytes()[..at];
    let feeds = memchr::memchr_iter(b'\n', before).count();
    let lone_returns = memchr::memchr_iter(b'\r', before).filter(|at| text.as_bytes().get(at + 1) != Some(&b'\n')).count();
    u32::try_from(feeds + lone_returns + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "TY  - JOUR\r\nTI  - Café – naïve\r\nER  - \r\n";
        let (windows, _, _) = WINDOWS_1252.encode(text);
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([UTF8_MARK, text.as_bytes()].concat(), "UTF-8 with BOM"),
            (utf16_bytes(text, u16::to_le_bytes), "UTF-16LE"),
            (utf16_bytes(text, u16::to_be_bytes), "UTF-16BE"),
            ([b"\xff\xfe".to_vec(), utf16_bytes(text, u16::to_le_bytes)].concat(), "UTF-16LE with BOM"),
            ([b"\xfe\xff".to_vec(), utf16_bytes(text, u16::to_be_bytes)].concat(), "UTF-16BE with BOM"),
            (windows.to_vec(), "windows-1252"),
        ] {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        }
    }

    #[test]
    fn rare_bytes_are_found_wherever_blocks_of_the_text_end() {
        const BLOCK: usize = 1024;
        for before in (BLOCK - 6)..(BLOCK + 3) {
            let text = format!("{}\n\u{feff}TY  - JOUR\u{c3}\u{a9}", "a".repeat(before));
            let decoded = decode(text.into_bytes());
            assert!(!decoded.text.contains('\u{feff}'), "{before}");
            let codes: Vec<Code> = decoded.remarks.iter().map(|remark| remark.code).collect();
            assert_eq!(codes, [Code::ByteOrderMark, Code::Mojibake], "{before}");
            let text = format!("{}\u{c3}\u{a9} \u{e2}\u{20ac}\u{153}", "a".repeat(before));
            let found = decode(text.into_bytes()).remarks.pop().map(|remark| remark.found);
            assert_eq!(found.as_deref(), Some("\"Ã©\" and 1 more"), "{before}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_told_by_their_control_characters() {
        let noise: Vec<u8> = (0_u32..3000).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        for (bytes, expected) in [
            (noise, true),
            (b"1 asthma.ti.\r\n2\tpeer\x0bgroup/\n\x1a".to_vec(), false),
            (b"asthma\0 or a line of text with one stray control character\n".to_vec(), false),
            (utf16_bytes("1 asthma.ti.\n", u16::to_le_bytes), false),
            ("å\u{85}é 漢字".as_bytes().to_vec(), false),
            (Vec::new(), false),
        ] {
            assert_eq!(is_binary(&bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn stretches_of_windows_1252_are_decoded_one_by_one() {
        let plain = |bytes: &[u8]| -> String {
            bytes.utf8_chunks().map(|chunk| format!("{}{}", chunk.valid(), WINDOWS_1252.decode(chunk.invalid()).0)).collect()
        };
        let every_byte: Vec<u8> = (1..=255).filter(|byte| *byte != 0x1a).collect();
        for bytes in [&b"\x80\x80\x80"[..], b"a\xe9", b"\xe2\x82b\xe2\x82\xac\x93c\x94", &every_byte, b"\xff\xc3\xa9\xff"] {
            assert_eq!(decode_utf8(bytes.to_vec(), &mut Vec::new()).0, plain(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn repairs_are_remarked_with_their_line() {
        for (bytes, text, expected) in [
            (&b"a\nb\xe9c \xc3\xa9"[..], "a\nbéc é", vec![(Code::NotUtf8, 2)]),
            (b"a\r\rb\0\0c\x1a", "a\r\rbc", vec![(Code::ControlCharacter, 3)]),
            (b"a\n\xef\xbb\xbfb\xef\xbb\xbfc", "a\nb\u{feff}c", vec![(Code::ByteOrderMark, 2)]),
            (b"a\n\xef\xbb\xbf\xef\xbb\xbfb", "a\nb", vec![(Code::ByteOrderMark, 2)]),
            (b"\xff\xfea\0b", "a\u{fffd}", vec![(Code::UndecodableText, 1)]),
            ("a\nCafÃ© â€œb".as_bytes(), "a\nCafÃ© â€œb", vec![(Code::Mojibake, 2)]),
            ("São, IRMÃ, Ã£".as_bytes(), "São, IRMÃ, Ã£", vec![(Code::Mojibake, 1)]),
            ("São Paulo, IRMÃ e, 5 €".as_bytes(), "São Paulo, IRMÃ e, 5 €", vec![]),
            (b"", "", vec![]),
        ] {
            let decoded = decode(bytes.to_vec());
            assert_eq!(decoded.text, text);
            let remarks: Vec<_> = decoded.remarks.iter().map(|remark| (remark.code, remark.line)).collect();
            assert_eq!(remarks, expected, "{text:?}");
        }
    }
}
