/// The public presence of an account: pages, links, their public side, clicks.
///
/// Owns the tables `pages`, `links`, `link_groups`, `social_icons`, `deleted_contents` and `message_buttons`. Calls
/// `platform`, `accounts`, `themes`, `analytics` and `whatsapp` (for the number that answers a visitor). Listens to
/// [dev.banyan.accounts.AccountChanged] to drop cached pages. Publishes [dev.banyan.pages.PageChanged] after a commit.
@NullMarked
package dev.banyan.pages;

import org.jspecify.annotations.NullMarked;
