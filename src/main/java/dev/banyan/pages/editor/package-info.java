/// The pages of the link editor.
///
/// May call all rooms of pages. Begin with `PagesPageResource`.
@NullMarked
package dev.banyan.pages.editor;

import org.jspecify.annotations.NullMarked;
