package dev.banyan.accounts.audit;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.AuditEntry;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Resolves the people and accounts in audit log entries to names.
@Singleton
public record AuditNames(Database database) {

    /// The names that a list of entries needs.
    ///
    /// @param operators people whose name and address are hidden from agencies
    public record Named(Map<AccountId, String> accounts, Map<IdentityId, String> people, Set<IdentityId> operators) {

        Optional<String> account(AuditEntry entry) {
            return entry.account().map(id -> accounts.getOrDefault(id, id.toString()));
        }

        /// Returns who did it, in words if there is no name.
        public String who(AuditEntry entry) {
            return entry.identity()
                    .map(id -> Optional.ofNullable(people.get(id))
                            .orElse(operators.contains(id) ? "Server operator" : "Former member"))
                    .orElseGet(() -> entry.isByServer()
                            ? "The server"
                            : entry.action().startsWith("Workspace") ? "A workspace user" : "Not signed in");
        }

        /// Returns the IP address; empty where the reader may not see it.
        public String ip(AuditEntry entry) {
            return entry.identity().filter(operators::contains).isPresent() ? "" : entry.ip();
        }
    }

    /// Returns the usernames of all root accounts, for the operator.
    public Map<AccountId, String> ofRoots() {
        return database.read(tx -> new AuditNameStore(tx).roots());
    }

    /// Returns the names for people of one tenant: they see each other's names only.
    public Named of(AccountId tenant, List<AuditEntry> entries) {
        return database.read(tx -> {
            var store = new AuditNameStore(tx);
            return new Named(
                    store.usernames(tenant, accounts(entries)),
                    store.people(tenant).stream()
                            .collect(Collectors.toMap(AuditNameStore.Person::id, AuditNameStore.Person::email)),
                    store.operators(people(entries)));
        });
    }

    /// Returns the names for operators.
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

    /// Returns the e-mails of a tenant's people, for a selection list.
    List<String> people(AccountId tenant) {
        return database.read(
                tenant,
                tx -> new AuditNameStore(tx)
                        .people(tenant).stream()
                                .map(AuditNameStore.Person::email)
                                .toList());
    }

    public Optional<IdentityId> person(AccountId tenant, String email) {
        return database.read(
                tenant,
                tx -> new AuditNameStore(tx)
                        .people(tenant).stream()
                                .filter(person -> person.email().equals(email))
                                .map(AuditNameStore.Person::id)
                                .findFirst());
    }

    /// Finds any person, for operators.
    Optional<IdentityId> person(String email) {
        return database.read(tx -> new IdentityStore(tx)
                .findByEmail(email)
                .map(person -> person.identity().id()));
    }

    /// Returns the tenant's accounts that have or had this name.
    List<AccountId> named(AccountId tenant, String username) {
        return database.read(tenant, tx -> new AuditNameStore(tx).named(tenant, username));
    }

    /// Returns the account that has this name on the whole server, for operators.
    Optional<AccountId> named(String username) {
        return database.read(tx -> new AccountStore(tx).findByUsername(username).map(Account::id));
    }
}
