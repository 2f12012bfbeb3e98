package dev.banyan.accounts;

import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.util.Optional;

/// People, for pages that show who is signed in.
@Singleton
public final class Identities {

    private final Database database;

    Identities(Database database) {
        this.database = database;
    }

    /// Returns a person's e-mail, for pages that show who is signed in.
    public Optional<String> emailOf(IdentityId identity) {
        return database.read(tx -> new IdentityStore(tx).find(identity).map(Identity::email));
    }

    /// Returns true if the acting person's e-mail is confirmed; until then they can't send mail to others. The server's
    /// operator needs no confirmation.
    public boolean isConfirmed(Tx tx, AccountContext context) {
        return context.isOfServer()
                || new IdentityStore(tx)
                        .find(context.identity())
                        .filter(Identity::emailConfirmed)
                        .isPresent();
    }
}
