/// One archive with everything a server knows, independent of the kind of its database.
@NullMarked
package dev.banyan.platform.backup;

import org.jspecify.annotations.NullMarked;
