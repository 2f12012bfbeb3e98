/// How public pages look: appearances, the named themes, fonts, and the pictures that belong to them.
///
/// Owns the tables `appearances` and `images`. Calls `platform` and `accounts`.
///
/// Pictures are recognized by their bytes and drawn again within bounds, so nothing else of the file is left; videos
/// keep their bytes. A job removes pictures that nothing shows. `pages` draws with it, and says by
/// [dev.banyan.themes.PictureNames] which pictures it still names. Begin with `Appearance`, `ThemeStyle` and
/// `Pictures`.
@org.jspecify.annotations.NullMarked
package dev.banyan.themes;
