/// The public page as seen by visitors: rendered once, cached as bytes, with its links, cards and clicks.
///
/// May call the core. Begin with `PublicPageResource`; `PublicPages` finds the page, `PageDrawing` renders it,
/// `PublicPageCache` caches it.
@NullMarked
package dev.banyan.pages.visitor;

import org.jspecify.annotations.NullMarked;
