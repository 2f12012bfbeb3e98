/// Checks what people read: the words, the buttons, and that the documentation's links and pictures are there.
@NullMarked
package dev.banyan.words;

import org.jspecify.annotations.NullMarked;
