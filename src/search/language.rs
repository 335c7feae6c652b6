//! Names of languages -> the ways in which exports write them.

use crate::text::Folded;

/// One language a row: its English name first, then its codes (ISO 639-2 as MEDLINE uses them, 639-2/T, 639-1) and the
/// other names that occur in exports, all in lower case without accents.
const LANGUAGES: &[&[&str]] = &[
    &["afrikaans", "afr", "af"],
    &["albanian", "alb", "sqi", "sq"],
    &["arabic", "ara", "ar"],
    &["armenian", "arm", "hye", "hy"],
    &["azerbaijani", "aze", "az"],
    &["basque", "baq", "eus", "eu"],
    &["belarusian", "bel", "be"],
    &["bengali", "ben", "bn"],
    &["bosnian", "bos", "bs"],
    &["bulgarian", "bul", "bg"],
    &["burmese", "bur", "mya", "my"],
    &["catalan", "cat", "ca"],
    &["chinese", "chi", "zho", "zh", "mandarin", "chinese simplified", "chinese traditional"],
    &["croatian", "hrv", "scr", "hr"],
    &["czech", "cze", "ces", "cs"],
    &["danish", "dan", "da", "dansk"],
    &["dutch", "dut", "nld", "nl", "flemish", "dutch flemish", "nederlands"],
    &["english", "eng", "en", "engelsk", "englisch", "anglais", "ingles", "inglese"],
    &["esperanto", "epo", "eo"],
    &["estonian", "est", "et"],
    &["finnish", "fin", "fi", "suomi"],
    &["french", "fre", "fra", "fr", "francais", "fransk"],
    &["gaelic", "gla", "gd", "scottish gaelic"],
    &["galician", "glg", "gl"],
    &["georgian", "geo", "kat", "ka"],
    &["german", "ger", "deu", "de", "deutsch", "tysk"],
    &["greek", "gre", "ell", "el", "greek modern", "modern greek"],
    &["hebrew", "heb", "he", "iw"],
    &["hindi", "hin", "hi"],
    &["hungarian", "hun", "hu", "magyar"],
    &["icelandic", "ice", "isl", "is"],
    &["indonesian", "ind", "id"],
    &["irish", "gle", "ga"],
    &["italian", "ita", "it", "italiano"],
    &["japanese", "jpn", "ja"],
    &["kazakh", "kaz", "kk"],
    &["korean", "kor", "ko"],
    &["latin", "lat", "la"],
    &["latvian", "lav", "lv"],
    &["lithuanian", "lit", "lt"],
    &["macedonian", "mac", "mkd", "mk"],
    &["malay", "may", "msa", "ms"],
    &["maori", "mao", "mri", "mi"],
    &["mongolian", "mon", "mn"],
    &["multilingual", "mul"],
    &["norwegian", "nor", "no", "nob", "nno", "nb", "nn", "bokmal", "nynorsk", "norsk", "norwegian bokmal", "norwegian nynorsk"],
    &["persian", "per", "fas", "fa", "farsi"],
    &["polish", "pol", "pl", "polski"],
    &["portuguese", "por", "pt", "portugues"],
    &["romanian", "rum", "ron", "ro", "moldavian"],
    &["russian", "rus", "ru"],
    &["sanskrit", "san", "sa"],
    &["serbian", "srp", "scc", "sr"],
    &["serbo croatian", "hbs", "sh"],
    &["slovak", "slo", "slk", "sk", "slovakian"],
    &["slovenian", "slv", "sl", "slovene"],
    &["spanish", "spa", "es", "castilian", "espanol", "spanish castilian"],
    &["swahili", "swa", "sw"],
    &["swedish", "swe", "sv", "svenska"],
    &["tagalog", "tgl", "tl"],
    &["thai", "tha", "th"],
    &["turkish", "tur", "tr"],
    &["ukrainian", "ukr", "uk"],
    &["undetermined", "und"],
    &["urdu", "urd", "ur"],
    &["uzbek", "uzb", "uz"],
    &["vietnamese", "vie", "vi"],
    &["welsh", "wel", "cym", "cy"],
    &["yiddish", "yid", "yi"],
    &["zulu", "zul", "zu"],
];

/// Every folded way of writing the language that `name` is a name or a code of; the name itself where it is unknown.
pub(super) fn spellings(name: &str) -> Vec<String> {
    let name = Folded::words(name);
    let name = name.as_str().strip_suffix(" language").unwrap_or(name.as_str());
    match LANGUAGES.iter().find(|row| row.contains(&name)) {
        Some(row) => row.iter().map(|spelling| (*spelling).to_owned()).collect(),
        None => vec![name.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_spelling_means_two_languages_and_all_are_folded() {
        let mut known = BTreeSet::new();
        for spelling in LANGUAGES.iter().copied().flatten() {
            assert!(known.insert(spelling), "{spelling} stands twice");
            assert_eq!(Folded::words(spelling).as_str(), *spelling);
        }
        assert!(LANGUAGES.len() >= 40);
    }

    #[test]
    fn names_and_codes_mean_the_same() {
        for name in ["English", "eng", "EN", "English language"] {
            assert_eq!(spellings(name).first().map(String::as_str), Some("english"), "{name}");
        }
        assert_eq!(spellings("Serbo-Croatian").first().map(String::as_str), Some("serbo croatian"));
        assert_eq!(spellings("Klingon"), ["klingon"]);
    }
}
