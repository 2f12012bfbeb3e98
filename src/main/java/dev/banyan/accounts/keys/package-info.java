/// API keys: making them, what each may do, and how one opens a route.
///
/// May call the core and `context`. Begin with `ApiKeyGuard`; `KeyRoutes` is the table of routes.
@NullMarked
package dev.banyan.accounts.keys;

import org.jspecify.annotations.NullMarked;
