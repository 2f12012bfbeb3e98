/// Pages and their links: records, stores, operations and JSON routes.
///
/// Owns the tables `pages`, `links`, `page_words`, `link_words`, `link_groups`, `social_icons`, `deleted_contents`
/// and `message_buttons`. Calls `platform`, `accounts`, `themes`, `analytics` and `whatsapp` (which number answers a
/// visitor).
///
/// A change of links is a list of steps that is applied whole or not at all (`LinkBatch`, with `LinkChange` and
/// `LinkGroupChange`); `PageOrder` keeps the order. Pages and links over a plan's limit carry no mark: `PlanFlags`
/// computes which they are, so they come back by themselves. Deleted content waits in `DeletedContents`. Publishes
/// [dev.banyan.pages.PageChanged] after a commit. Begin with `Pages` and `Links`.
@org.jspecify.annotations.NullMarked
package dev.banyan.pages;
