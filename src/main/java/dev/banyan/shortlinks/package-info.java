/// Short links: `/l/{slug}` and what stands behind it.
///
/// Owns the tables `short_links`, `short_link_tags` and `short_link_words`. Listens to
/// [dev.banyan.accounts.AccountChanged] to forget what it keeps in memory.
///
/// Calls `platform`, `accounts` and `analytics`.
@NullMarked
package dev.banyan.shortlinks;

import org.jspecify.annotations.NullMarked;
