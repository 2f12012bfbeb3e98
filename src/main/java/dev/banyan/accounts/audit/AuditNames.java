package dev.banyan.accounts.audit;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.AuditEntry;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Says who and which account is meant in rows of the audit.
@Singleton
public final class AuditNames {

    /// The names in some rows.
    ///
    /// @param operators people of whom an agency learns neither the name nor the address
    record Named(Map<AccountId, String> accounts, Map<IdentityId, String> people, Set<IdentityId> operators) {

        /// The account on which somebody acted.
        Optional<String> account(AuditEntry entry) {
            return entry.account().map(id -> accounts.getOrDefault(id, id.toString()));
        }

        /// Who did it, in words where there is no name.
        String who(AuditEntry entry) {
            return entry.identity()
                    .map(id -> Optional.ofNullable(people.get(id))
                            .orElse(operators.contains(id) ? "Operator of the server" : "Somebody who left"))
                    .orElseGet(() -> entry.isByServer()
                            ? "The server"
                            : entry.action().startsWith("Workspace") ? "A workspace user" : "Not signed in");
        }

        /// From where; empty where that is not for these eyes.
        String ip(AuditEntry entry) {
            return entry.identity().filter(operators::contains).isPresent() ? "" : entry.ip();
        }
    }

    private final Database database;

    public AuditNames(Database database) {
        this.database = database;
    }

    /// The usernames of all root accounts, for whoever runs the server.
    public Map<AccountId, String> ofRoots() {
        return database.read(tx -> new AuditNameStore(tx).roots());
    }

    /// For people of one tenant: they see each other's names, and nobody else's.
    Named of(AccountId tenant, List<AuditEntry> entries) {
        return database.read(tx -> {
            var store = new AuditNameStore(tx);
            return new Named(
                    store.usernames(tenant, accounts(entries)),
                    store.people(tenant).stream()
                            .collect(Collectors.toMap(AuditNameStore.Person::id, AuditNameStore.Person::email)),
                    store.operators(people(entries)));
        });
    }

    /// For operators.
    Named ofAll(List<AuditEntry> entries) {
        return database.read(tx -> {
            var store = new AuditNameStore(tx);
            return new Named(store.usernamesOfAll(accounts(entries)), store.emails(people(entries)), Set.of());
        });
    }

    private static Set<AccountId> accounts(List<AuditEntry> entries) {
        return entries.stream()
                .map(AuditEntry::account)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static Set<IdentityId> people(List<AuditEntry> entries) {
        return entries.stream()
                .map(AuditEntry::identity)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /// E-mails of the people of a tenant, for choosing one.
    List<String> people(AccountId tenant) {
        return database.read(tx -> new AuditNameStore(tx)
                .people(tenant).stream().map(AuditNameStore.Person::email).toList());
    }

    /// Somebody of a tenant.
    Optional<IdentityId> person(AccountId tenant, String email) {
        return database.read(tx -> new AuditNameStore(tx)
                .people(tenant).stream()
                        .filter(person -> person.email().equals(email))
                        .map(AuditNameStore.Person::id)
                        .findFirst());
    }

    /// Anybody, for operators.
    Optional<IdentityId> person(String email) {
        return database.read(tx -> new IdentityStore(tx)
                .findByEmail(email)
                .map(person -> person.identity().id()));
    }

    /// Accounts of a tenant that have or had this name.
    List<AccountId> named(AccountId tenant, String username) {
        return database.read(tx -> new AuditNameStore(tx).named(tenant, username));
    }

    /// The account that has this name on the whole server, for operators.
    Optional<AccountId> named(String username) {
        return database.read(tx -> new AccountStore(tx).findByUsername(username).map(Account::id));
    }
}
