/// What the HTML pages share: the frame, forms and their errors, assets, QR codes, error pages.
///
/// May call `platform.web`. Begin with `PageFrame` and `Html`.
@NullMarked
package dev.banyan.platform.web.page;

import org.jspecify.annotations.NullMarked;
