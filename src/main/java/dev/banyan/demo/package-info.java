/// The sample agency of `./banyan demo`.
///
/// Owns no tables. May call every package. Begin with `Demo`.
@NullMarked
package dev.banyan.demo;

import org.jspecify.annotations.NullMarked;
