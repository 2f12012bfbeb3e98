/// The sub-accounts (on screen: brands) of an agency: creating, changing, suspending, deleting and erasing them.
///
/// Owns the tables `erased_accounts`, `brand_templates` and `brand_template_contents`. May call `settings` and
/// everything below it.
///
/// All operations act for the root account above the context, under a lock on its row. `SubAccounts` lists and creates,
/// `SubAccountChanges` changes, `SubAccountLife` suspends, deletes and restores. `Erasures` removes what was deleted 30
/// days ago, in steps that are each safe to repeat; totals stay. Each act has one operation for the JSON route and the
/// page. What an agency edits is described once, in `SubAccountField` of the core. Begin with `SubAccounts`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.brands;
