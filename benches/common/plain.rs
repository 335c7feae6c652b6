//! The search library used as its guide shows it: the titles and abstracts of records, in memory.

use refsieve::record::{Field, Record};
use tantivy::schema::{self, STORED, Schema, TEXT};

/// An index of the titles and abstracts of `records`, built by two threads and committed; and the field of abstracts.
pub fn plain_index(records: &[Record]) -> (tantivy::Index, schema::Field) {
    let mut schema = Schema::builder();
    let id = schema.add_u64_field("id", STORED);
    let (title, text) = (schema.add_text_field("title", TEXT), schema.add_text_field("abstract", TEXT));
    let index = tantivy::Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(2, 200 << 20).unwrap();
    for (number, record) in (0u64..).zip(records) {
        let mut document = tantivy::TantivyDocument::default();
        document.add_u64(id, number);
        for entry in record.entries() {
            match entry.field {
                Field::Title => document.add_text(title, entry.value),
                Field::Abstract => document.add_text(text, entry.value),
                _ => {}
            }
        }
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    (index, text)
}
