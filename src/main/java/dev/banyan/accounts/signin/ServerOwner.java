package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Whether someone has set up this server, which makes its first operator. Until then, no one can register.
@Singleton
public final class ServerOwner {

    private final Database database;
    private volatile boolean isKnown;

    public ServerOwner(Database database) {
        this.database = database;
    }

    public boolean exists() {
        if (!isKnown) {
            isKnown = database.read(tx -> new IdentityStore(tx).hasOperator());
        }
        return isKnown;
    }

    /// Returns true if no one can sign in yet, not even a person who registered with an older version before the setup.
    public boolean isAwaited() {
        return !exists() && !SamplePeople.hasPeople(database);
    }
}
