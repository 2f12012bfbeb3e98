package dev.banyan.accounts;

import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
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

    /// Whether the e-mail of whoever acts is confirmed: until then they send no mail to others. Whoever runs the server
    /// is asked for none.
    public boolean isConfirmed(Tx tx, AccountContext context) {
        return context.isOfServer()
                || new IdentityStore(tx)
                        .find(context.identity())
                        .filter(Identity::emailConfirmed)
                        .isPresent();
    }
}
