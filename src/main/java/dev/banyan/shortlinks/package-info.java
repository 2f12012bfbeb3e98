/// Short links: `/l/{slug}` and what stands behind it.
///
/// Owns the tables `short_links`, `short_link_tags` and `short_link_words`. Calls `platform`, `accounts` and
/// `analytics`.
///
/// A slug that `RedirectCache` knows is answered on the event loop (`Redirects.atOnce`); `RedirectResource` reads the
/// others. Every change of a short link has a number, and nothing read under an older one is kept. `Decisions` is a
/// pure function from what is known to target or refusal. Only links with a click limit write before they answer, in
/// the statement that asks whether there is room; a limit counts people, so bots and `HEAD` get a page. Listens to
/// [dev.banyan.accounts.AccountChanged] to forget what it keeps in memory. Begin with `Redirects` for visitors and
/// `ShortLinks` for owners.
@org.jspecify.annotations.NullMarked
package dev.banyan.shortlinks;
