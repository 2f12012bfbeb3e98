/// The public page as a visitor sees it: drawn once, kept as bytes, with its links, cards and clicks.
///
/// May call the core. Begin with `PublicPageResource`; `PublicPages` finds the page, `PageDrawing` draws it,
/// `PublicPageCache` keeps it.
@NullMarked
package dev.banyan.pages.visitor;

import org.jspecify.annotations.NullMarked;
