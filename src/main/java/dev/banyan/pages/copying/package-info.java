/// Pages that become pages of another account: of a new brand that begins like another one or with a template, and of a
/// brand that a page is duplicated into.
///
/// Owns no tables. May call the core of `pages`.
///
/// `PageCopies` writes a page for another account as far as its plan has room, with its own copies of the pictures.
/// `BrandPages` is what new brands and templates have of pages; `PageDuplicates` copies a single one. Begin with
/// `PageCopies`.
@org.jspecify.annotations.NullMarked
package dev.banyan.pages.copying;
