package dev.banyan.accounts;

import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;

/// Signals that everything ends, in `tx`, by which a person signed in or has let programs in: other packages end theirs
/// in the same transaction. Fired synchronously; an observer that fails undoes the change.
public record WaysInEnding(Tx tx, IdentityId person) {}
