/// How a page looks: the chosen theme, colors, headers and social icons, as a form and as JSON.
///
/// Owns no tables: looks lie in `themes`, icons in the core. May call the core and `visitor` (for the preview).
///
/// Form and JSON become the same document, so the same rules hold. A look that is being tried travels in the address of
/// its preview (`AppearanceDraft`); the server remembers nothing. Begin with `Appearances`.
@org.jspecify.annotations.NullMarked
package dev.banyan.pages.looks;
