/// Short links: `/l/{slug}` and what stands behind it.
///
/// Calls `platform`, `accounts` and `analytics`.
@NullMarked
package dev.banyan.shortlinks;

import org.jspecify.annotations.NullMarked;
