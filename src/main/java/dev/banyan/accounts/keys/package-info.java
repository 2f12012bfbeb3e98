/// API keys: creating them, their permissions, and how they give access to routes.
///
/// May call the core and `context`. Begin with `ApiKeyGuard`; `KeyRoutes` is the table of routes.
@NullMarked
package dev.banyan.accounts.keys;

import org.jspecify.annotations.NullMarked;
