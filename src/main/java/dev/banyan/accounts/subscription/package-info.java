/// Choosing, changing and ending a plan, and its price and losses.
///
/// May call `people` and everything below it. Begin with `Subscriptions`.
@NullMarked
package dev.banyan.accounts.subscription;

import org.jspecify.annotations.NullMarked;
