/// The pages of templates.
///
/// Owns no tables. May call everything of this package below it; access and frame come from `PoolPages` in `board`.
///
/// Begin with `TemplatesPageResource`.
@NullMarked
package dev.banyan.whatsapp.templates.pages;

import org.jspecify.annotations.NullMarked;
