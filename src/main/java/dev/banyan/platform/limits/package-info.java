/// Rate limits: one line of one table each.
@NullMarked
package dev.banyan.platform.limits;

import org.jspecify.annotations.NullMarked;
