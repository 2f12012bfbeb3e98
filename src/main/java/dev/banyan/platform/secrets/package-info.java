/// Third-party secrets that must be readable again, such as keys for outside servers: encrypted at rest.
@NullMarked
package dev.banyan.platform.secrets;

import org.jspecify.annotations.NullMarked;
