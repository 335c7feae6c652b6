//! Archives of exports: what a .gz or .zip file holds.
//!
//! Goes in: the name and the bytes of a file. Comes out: the files inside of it, each by the name of the archive, a slash
//! and its own; a file that is no archive comes out as it is. Office documents are zip archives too and are left closed.
//! Reads no format and knows nothing of records.

use crate::error::{Error, ErrorKind};
use flate2::read::MultiGzDecoder;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// One file, as it was named or as it stood in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// "exports.zip/medline.nbib" for what stood in an archive.
    pub name: String,
    /// Its bytes, unpacked.
    pub bytes: Vec<u8>,
}

/// What bytes hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpacked {
    /// They are no archive, or one compressed file (.gz), which keeps its name.
    File(File),
    /// They are an archive of these files, in name order.
    Archive(Vec<File>),
}

/// An archive in an archive in an archive is opened; deeper ones are somebody's joke.
const DEEPEST: usize = 3;
/// How many bytes an archive may unpack to: more than any export, less than a bomb.
const LARGEST: u64 = 8 << 30;

/// The files that `bytes` hold: those of a zip archive, the one of a .gz file, else the bytes themselves.
///
/// ```
/// use refsieve::formats::{Unpacked, unpack};
/// let Ok(Unpacked::File(file)) = unpack("a.ris", b"TY  - JOUR".to_vec()) else { panic!() };
/// assert_eq!(file.name, "a.ris");
/// ```
///
/// # Errors
///
/// [`ErrorKind::NotAnExport`] for an archive that is damaged, locked with a password, nested too deep, or that would
/// unpack to more than 8 GiB. Nothing of it is read then: half an archive is no set of records.
pub fn unpack(name: &str, bytes: Vec<u8>) -> Result<Unpacked, Error> {
    let mut n_left = LARGEST;
    unpack_at(name, bytes, 0, &mut n_left)
}

fn unpack_at(name: &str, bytes: Vec<u8>, depth: usize, n_left: &mut u64) -> Result<Unpacked, Error> {
    let is_compressed = bytes.starts_with(b"\x1f\x8b");
    let is_archive = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
    if !is_compressed && !is_archive {
        return Ok(Unpacked::File(File { name: name.to_owned(), bytes }));
    }
    if depth == DEEPEST {
        return Err(damaged(name, "archives inside of archives, more than three deep"));
    }
    if is_compressed {
        let unpacked =
            read_whole(&mut MultiGzDecoder::new(bytes.as_slice()), n_left).map_err(|fault| fault.of(name, "a compressed file"))?;
        return unpack_at(name, unpacked, depth + 1, n_left);
    }
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).map_err(|error| damaged(name, "a damaged zip archive").because(error))?;
    if archive.index_for_name("[Content_Types].xml").is_some() {
        return Ok(Unpacked::File(File { name: name.to_owned(), bytes }));
    }
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).map_err(|error| damaged(name, "a zip archive that cannot be opened").because(error))?;
        let path = member.name().map_or_else(|_| format!("file {}", index + 1), std::borrow::Cow::into_owned);
        let inner = format!("{name}/{path}");
        if member.is_dir() || is_litter(&path) {
            continue;
        }
        let bytes = read_whole(&mut member, n_left).map_err(|fault| fault.of(&inner, "a file of a zip archive"))?;
        match unpack_at(&inner, bytes, depth + 1, n_left)? {
            Unpacked::File(file) => files.push(file),
            Unpacked::Archive(inner) => files.extend(inner),
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Unpacked::Archive(files))
}

/// What programs, and the systems of Apple and Microsoft, add to archives by themselves.
fn is_litter(path: &str) -> bool {
    let file_name = path.rsplit('/').next().unwrap_or(path);
    path.starts_with("__MACOSX/") || file_name.starts_with('.') || matches!(file_name, "Thumbs.db" | "desktop.ini")
}

/// Why a file could not be unpacked.
enum Fault {
    TooLarge,
    Unreadable(std::io::Error),
}

impl Fault {
    fn of(self, name: &str, what: &str) -> Error {
        match self {
            Fault::TooLarge => damaged(name, "an archive that unpacks to more than 8 GiB"),
            Fault::Unreadable(error) => damaged(name, &format!("{what} that is damaged or cut off")).because(error),
        }
    }
}

/// All that `reader` gives, as long as `n_left` bytes hold it; takes from these what it gave.
fn read_whole(reader: &mut dyn Read, n_left: &mut u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let n_read = reader.take(*n_left + 1).read_to_end(&mut bytes).map_err(Fault::Unreadable)?;
    *n_left = n_left.checked_sub(n_read as u64).ok_or(Fault::TooLarge)?;
    Ok(bytes)
}

fn damaged(name: &str, found: &str) -> Error {
    Error::new(ErrorKind::NotAnExport, name, format!("expected an export or an archive of exports, found {found}; nothing of it was read"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::write::GzEncoder;
    use std::io::Write as _;
    use zip::write::SimpleFileOptions;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            if name.ends_with('/') {
                writer.add_directory(*name, SimpleFileOptions::default()).unwrap();
            } else {
                writer.start_file(*name, SimpleFileOptions::default()).unwrap();
                writer.write_all(bytes).unwrap();
            }
        }
        writer.finish().unwrap().into_inner()
    }

    fn names(unpacked: Unpacked) -> Vec<(String, Vec<u8>)> {
        match unpacked {
            Unpacked::File(file) => vec![(file.name, file.bytes)],
            Unpacked::Archive(files) => files.into_iter().map(|file| (file.name, file.bytes)).collect(),
        }
    }

    #[test]
    fn archives_give_their_files_in_name_order() {
        let inner = zip_of(&[("c.ris", b"C")]);
        let packed_twice = gzip(b"B");
        let archive = zip_of(&[
            ("b/x.ris.gz", &packed_twice),
            ("b/", b""),
            ("a.nbib", b"A"),
            ("__MACOSX/a", b"litter"),
            (".x.ris", b"X"),
            ("n.zip", &inner),
        ]);
        let expected = [("z.zip/a.nbib", b"A"), ("z.zip/b/x.ris.gz", b"B"), ("z.zip/n.zip/c.ris", b"C")];
        let expected: Vec<_> = expected.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
        assert_eq!(names(unpack("z.zip", archive).unwrap()), expected);
        assert_eq!(names(unpack("a.gz", gzip(&gzip(b"A"))).unwrap()), [("a.gz".to_owned(), b"A".to_vec())]);
        assert_eq!(names(unpack("a.gz", [gzip(b"A"), gzip(b"B")].concat()).unwrap()), [("a.gz".to_owned(), b"AB".to_vec())]);
    }

    #[test]
    fn office_documents_and_plain_files_stay_closed() {
        let workbook = zip_of(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
        assert_eq!(names(unpack("a.xlsx", workbook.clone()).unwrap()), [("a.xlsx".to_owned(), workbook)]);
        assert_eq!(names(unpack("a.ris", b"PK".to_vec()).unwrap()), [("a.ris".to_owned(), b"PK".to_vec())]);
    }

    #[test]
    fn damaged_archives_are_refused_whole() {
        let mut cut = gzip(b"TY  - JOUR\nER  - \n");
        cut.truncate(cut.len() - 6);
        let mut archive = zip_of(&[("a.ris", b"TY  - JOUR"), ("b.ris", b"ER  - ")]);
        let at = archive.windows(10).position(|window| window == b"TY  - JOUR").unwrap_or(45);
        archive[at] ^= 0xff;
        let deep = gzip(&gzip(&gzip(&gzip(b"A"))));
        for (bytes, found) in
            [(cut, "cut off"), (archive, "damaged"), (b"PK\x03\x04 and no more".to_vec(), "damaged zip"), (deep, "three deep")]
        {
            let error = unpack("a", bytes).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NotAnExport);
            assert!(error.to_string().contains(found), "{error}");
        }
    }

    #[test]
    fn more_bytes_than_are_left_are_too_many() {
        let mut n_left = 3;
        assert!(matches!(read_whole(&mut &b"abc"[..], &mut n_left), Ok(bytes) if bytes == b"abc"));
        assert!(matches!(read_whole(&mut &b"a"[..], &mut n_left), Err(Fault::TooLarge)));
    }
}
