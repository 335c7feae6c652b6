//! Fuzzes the opening of archives and workbooks, and what stands in them.
#![no_main]

use refsieve::formats::{self, Unpacked};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    for beginning in [&b""[..], b"PK\x03\x04", b"\x1f\x8b\x08"] {
        let bytes = [beginning, data].concat();
        match formats::unpack("fuzz", bytes) {
            Ok(Unpacked::File(file)) => std::mem::drop(formats::read(&file.name, file.bytes)),
            Ok(Unpacked::Archive(files)) => files.into_iter().for_each(|file| std::mem::drop(formats::read(&file.name, file.bytes))),
            Err(_) => {}
        }
    }
});
