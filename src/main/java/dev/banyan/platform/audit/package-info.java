/// The record of administrative acts and denied access.
@NullMarked
package dev.banyan.platform.audit;

import org.jspecify.annotations.NullMarked;
