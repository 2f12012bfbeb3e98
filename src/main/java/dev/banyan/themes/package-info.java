/// How public pages look: appearances, the named themes, fonts, and the pictures that belong to them.
///
/// Owns the tables `appearances` and `images`. Calls `platform` and `accounts`. `pages` draws with it.
@NullMarked
package dev.banyan.themes;

import org.jspecify.annotations.NullMarked;
