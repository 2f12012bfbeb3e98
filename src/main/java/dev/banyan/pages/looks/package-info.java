/// The appearance of a page: themes chosen by the account, colors, headers, icons.
///
/// May call the core and `visitor` (for the preview). Begin with `Appearances`.
@NullMarked
package dev.banyan.pages.looks;

import org.jspecify.annotations.NullMarked;
