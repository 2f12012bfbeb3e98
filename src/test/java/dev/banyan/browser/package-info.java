/// The product as people meet it: the packaged server, driven in a real browser.
@NullMarked
package dev.banyan.browser;

import org.jspecify.annotations.NullMarked;
