/// The sub-accounts (on screen: brands) of an agency: creating, changing, suspending, deleting and erasing them.
///
/// May call `settings` and everything below it. Begin with `SubAccounts`.
@NullMarked
package dev.banyan.accounts.brands;

import org.jspecify.annotations.NullMarked;
