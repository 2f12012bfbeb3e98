/// What the server does by itself: when, how long it took, and what went wrong.
@NullMarked
package dev.banyan.platform.jobs;

import org.jspecify.annotations.NullMarked;
