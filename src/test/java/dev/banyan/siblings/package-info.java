/// Whether stores keep to the owner that they are given (docs/decisions/0041). The contract tests run once more with
/// stores that are woven anew: each question that a test asks a store is asked again for a sibling, who must get what
/// an empty database would give; and again with each single condition left out, which must be noticed.
@NullMarked
package dev.banyan.siblings;

import org.jspecify.annotations.NullMarked;
