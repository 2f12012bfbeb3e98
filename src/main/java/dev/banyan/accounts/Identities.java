package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// People, for pages that show who has signed in.
@Singleton
public final class Identities {

    private final Database database;

    Identities(Database database) {
        this.database = database;
    }

    /// Somebody who belongs to an account.
    ///
    /// @param role `owner` or `manager`
    public record Member(String email, String role, Instant since) {}

    /// The people of a root account, the first ones first; at most 1,000.
    public List<Member> people(AccountId root) {
        return database.read(tx -> new IdentityStore(tx).people(root));
    }

    /// The e-mail of a person, for the pages that show who has signed in.
    public Optional<String> emailOf(IdentityId identity) {
        return database.read(tx -> new IdentityStore(tx).find(identity).map(Identity::email));
    }
}
