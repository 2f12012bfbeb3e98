/// Settings: declared once with default, rule and explanation, read from flags, environment and file.
@NullMarked
package dev.banyan.platform.config;

import org.jspecify.annotations.NullMarked;
