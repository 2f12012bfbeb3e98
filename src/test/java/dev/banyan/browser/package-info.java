/// The product as seen by people: the packaged server, used in a real browser.
@NullMarked
package dev.banyan.browser;

import org.jspecify.annotations.NullMarked;
