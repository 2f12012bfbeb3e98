/// Secrets of others that must be given out again, such as keys for servers outside: encrypted at rest.
@NullMarked
package dev.banyan.platform.secrets;

import org.jspecify.annotations.NullMarked;
