/// Who is asking, for which account, and whether they may: the first thing every route of accounts does.
///
/// May call the core, `plans` and `signin.factors`. Begin with `AccountGuard`; `RouteRights` is the table of rights.
@NullMarked
package dev.banyan.accounts.context;

import org.jspecify.annotations.NullMarked;
