/// The public presence of an account: pages, links, the public surface, clicks.
///
/// Owns the tables `pages` and `links`. Calls `platform` and `accounts`. Listens to
/// [dev.banyan.accounts.AccountChanged] to drop cached pages.
@NullMarked
package dev.banyan.pages;

import org.jspecify.annotations.NullMarked;
