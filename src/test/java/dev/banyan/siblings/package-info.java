/// Checks that stores are limited to the given owner (docs/decisions/0041). The contract tests run once more with woven
/// stores: each call of a test is repeated for a sibling, who must get the result of an empty database; and again with
/// each single condition removed, which must be detected.
@NullMarked
package dev.banyan.siblings;

import org.jspecify.annotations.NullMarked;
