/// The public page as a visitor sees it: drawn once, kept as bytes, with its links, cards and clicks.
///
/// Owns no tables. May call the core.
///
/// `PublicPageResource.answerFromCache` runs before everything else, so a ready page knows no session
/// (docs/decisions/0009). `PublicPageCache` keeps a page until its account or the page changes: it is drawn under a
/// ticket, and a change tears the ticket, so old data cannot slip in afterwards. With PostgreSQL, where other nodes
/// write, a page is drawn anew after five seconds; while the database is away the old one is given out for up to an
/// hour (docs/decisions/0039). A click leads through `/go/{linkId}`, where the lock of a link is asked, and a "message
/// us" button through `/go/wa/{pageId}`, so no kept page holds a number. Begin with `PublicPageResource`, `PublicPages`
/// and `PageDrawing`.
@org.jspecify.annotations.NullMarked
package dev.banyan.pages.visitor;
