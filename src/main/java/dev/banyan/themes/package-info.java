/// The look of public pages: appearances, the named themes, fonts, and their pictures.
///
/// Owns the tables `appearances` and `images`. Calls `platform` and `accounts`. `pages` renders with it, and names the
/// pictures it uses with [dev.banyan.themes.PictureNames].
@NullMarked
package dev.banyan.themes;

import org.jspecify.annotations.NullMarked;
