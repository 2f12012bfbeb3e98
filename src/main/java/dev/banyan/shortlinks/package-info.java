/// Short links: `/l/{slug}`, their targets and their statistics.
///
/// Owns the tables `short_links`, `short_link_tags` and `short_link_words`. Listens to
/// [dev.banyan.accounts.AccountChanged] to invalidate its cache.
///
/// Calls `platform`, `accounts` and `analytics`.
@NullMarked
package dev.banyan.shortlinks;

import org.jspecify.annotations.NullMarked;
