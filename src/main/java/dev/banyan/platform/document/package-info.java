/// Nouns as JSON text, for columns and files.
///
/// Owns no tables, calls nothing. Begin with `JsonDocument`.
@NullMarked
package dev.banyan.platform.document;

import org.jspecify.annotations.NullMarked;
