/// Choosing, changing and ending a plan, and its price and losses.
///
/// Owns no tables: what was bought lies in the core and in `plans`. May call `people` and everything below it.
///
/// `PlanPreviews` says what a plan would change and changes nothing; page and JSON route show the same preview before
/// `Subscriptions` does it. Payment providers will call the same operations. Begin with `Subscriptions`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.subscription;
