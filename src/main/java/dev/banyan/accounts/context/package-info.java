/// Identifies the caller and the account, and checks their rights: the first step of every route of accounts.
///
/// May call the core, `plans` and `signin.factors`. Begin with `AccountGuard`; `RouteRights` is the table of rights.
@NullMarked
package dev.banyan.accounts.context;

import org.jspecify.annotations.NullMarked;
