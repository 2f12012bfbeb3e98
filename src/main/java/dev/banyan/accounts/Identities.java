package dev.banyan.accounts;

import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.util.Optional;

/// People, for pages that show who has signed in.
@Singleton
public final class Identities {

    private final Database database;

    Identities(Database database) {
        this.database = database;
    }

    /// The e-mail of a person, for the pages that show who has signed in.
    public Optional<String> emailOf(IdentityId identity) {
        return database.read(tx -> new IdentityStore(tx).find(identity).map(Identity::email));
    }
}
