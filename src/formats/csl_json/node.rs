//! JSON as it stands: keys in their order, repeated ones too, strings borrowed where they have no escapes.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// One value.
#[derive(Debug, PartialEq)]
pub(super) enum Node<'a> {
    /// `null`.
    Nothing,
    /// `true`, `false`, a number, a string.
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// The text of a leaf.
    pub(super) fn text(&self) -> Option<&str> {
        if let Node::Text(text) = self { Some(text) } else { None }
    }

    /// The first value under `key`.
    pub(super) fn get(&self, key: &str) -> Option<&Node<'a>> {
        let Node::Map(pairs) = self else { return None };
        pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Its items, or itself where it is no list.
    pub(super) fn items(&self) -> &[Node<'a>] {
        if let Node::List(items) = self { items } else { std::slice::from_ref(self) }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Node<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Maker)
    }
}

struct Maker;

impl<'de> Visitor<'de> for Maker {
    type Value = Node<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value in JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Borrowed(if value { "true" } else { "false" })))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(value.to_string())))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = access.next_key::<Node<'de>>()? {
            let key = if let Node::Text(key) = key { key } else { Cow::Borrowed("") };
            pairs.push((key, access.next_value()?));
        }
        Ok(Node::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_and_repetition() {
        let node: Node<'_> = serde_json::from_str(r#"{"b":1,"a":"x","b":[null,true,-2,"\u00e9"],"c":{}}"#).unwrap();
        let Node::Map(pairs) = &node else { panic!("{node:?}") };
        assert_eq!(pairs.iter().map(|(key, _)| &**key).collect::<Vec<_>>(), ["b", "a", "b", "c"]);
        assert!(matches!(&pairs[1].1, Node::Text(Cow::Borrowed("x"))));
        let texts: Vec<_> = pairs[2].1.items().iter().map(Node::text).collect();
        assert_eq!(texts, [None, Some("true"), Some("-2"), Some("é")]);
        assert_eq!(node.get("b").and_then(Node::text), Some("1"));
    }
}
