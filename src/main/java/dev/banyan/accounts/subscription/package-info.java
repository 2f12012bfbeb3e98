/// Choosing, changing and ending a plan, and what that would cost or take away.
///
/// May call `people` and everything below it. Begin with `Subscriptions`.
@NullMarked
package dev.banyan.accounts.subscription;

import org.jspecify.annotations.NullMarked;
