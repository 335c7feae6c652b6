//! A folder to run the program in, as a user would: files in, exit codes, messages and files out.

// Each test file uses a part of it.
#![allow(dead_code)]

use serde_json::Value;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

pub struct Desk {
    folder: TempDir,
}

impl Desk {
    /// A desk with these files on it.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        for (name, content) in files {
            desk.write(name, content);
        }
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs the program in the desk's folder; `input` is its standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_refsieve"))
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that stops early closes the pipe; that is its right.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, b"")
    }

    /// Runs the program, which must end with exit code `code`; gives back standard output.
    pub fn expect(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{out}\n{err}");
        out.into_owned()
    }

    /// Runs the program, which must end with exit code 2 and a message that holds each of `words`.
    pub fn expect_refusal(&self, arguments: &[&str], words: &[&str]) {
        let output = self.run(arguments);
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}\n{err}");
        for word in words {
            assert!(err.contains(word), "{word:?} in\n{err}");
        }
        assert!(output.stdout.is_empty(), "an error leaves standard output empty");
    }

    pub fn expect_json(&self, code: i32, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.expect(code, arguments)).unwrap()
    }

    pub fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(self.path(folder)).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}
