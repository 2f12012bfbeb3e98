/// Pages in the export of a brand, and back: their texts, looks, links, groups, pictures and social icons.
///
/// Owns no tables. May call the core of `pages` and `looks`.
///
/// What comes is checked by the rules for what people type, because an archive may say anything. Begin with `PagePart`.
@org.jspecify.annotations.NullMarked
package dev.banyan.pages.transport;
