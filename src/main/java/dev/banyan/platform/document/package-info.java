/// Nouns as JSON text, for columns and files.
///
/// Owns no tables, calls nothing. Begin with `JsonDocument`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.document;
