package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// People, for pages that show who is signed in.
@Singleton
public record Identities(Database database) {

    /// Returns a person's e-mail, for pages that show who is signed in.
    public Optional<String> emailOf(IdentityId identity) {
        return database.read(tx -> new IdentityStore(tx).find(identity).map(Identity::email));
    }

    /// What a person is called.
    ///
    /// @param name as they gave it; else the beginning of their e-mail
    public record Named(String name, String email) {}

    public Named named(IdentityId identity) {
        return database.read(tx -> new IdentityStore(tx)
                .find(identity)
                .map(person -> new Named(person.name().orElse(person.email().replaceFirst("@.*", "")), person.email()))
                .orElseGet(() -> new Named("", "")));
    }

    /// Returns the members of a root account, those longest on this server first.
    public List<MembershipStore.Member> members(AccountId tenant, int limit) {
        return database.read(tenant, tx -> new MembershipStore(tx).people(tenant, "", Optional.empty(), limit));
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
