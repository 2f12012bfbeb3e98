/// How public pages look: appearances, the named themes, fonts, and the pictures that belong to them.
///
/// Owns the tables `appearances` and `images`. Calls `platform` and `accounts`. `pages` draws with it, and says by
/// [dev.banyan.themes.PictureNames] which pictures it names.
@NullMarked
package dev.banyan.themes;

import org.jspecify.annotations.NullMarked;
