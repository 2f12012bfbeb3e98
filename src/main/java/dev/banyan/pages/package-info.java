/// The public presence of an account: pages, links, the public surface, clicks.
///
/// Owns the tables `pages`, `links` and `message_buttons`. Calls `platform`, `accounts` and `whatsapp` (which number
/// answers a visitor). Listens to
/// [dev.banyan.accounts.AccountChanged] to drop cached pages.
@NullMarked
package dev.banyan.pages;

import org.jspecify.annotations.NullMarked;
