package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;

/// Accounts inserted directly into a database, for tests of data that belongs to accounts. Each has a unique name, so
/// that tests can share a database.
public final class StoredAccounts {

    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private StoredAccounts() {}

    /// Creates the owner of a root account on a plan without sub-accounts.
    public static AccountContext owner(Database database, Tier tier) {
        return owner(database, new Plan(tier, Optional.empty(), Map.of()));
    }

    /// Creates the owner of an agency with room for ten sub-accounts.
    public static AccountContext agency(Database database) {
        return owner(database, new Plan(Tier.PRO, Optional.of(AgencyPermission.PRO), Map.of(Pack.TEN, 1)));
    }

    public static AccountContext owner(Database database, Plan plan) {
        Account account = newRoot();
        var identity = new Identity(
                UUIDS.nextIdentityId(),
                account.username() + "@example.com",
                "no hash",
                Optional.of(account.id()),
                false);
        Account stored = database.write(tx -> {
            var accounts = new AccountStore(tx);
            accounts.insert(account, NOW);
            new UsageStore(tx).start(account.owner());
            new IdentityStore(tx).insert(identity, NOW);
            new IdentityStore(tx).insertOwner(account.id(), identity.id(), NOW);
            accounts.setPlan(account.id(), plan, NOW);
            return accounts.find(account.id()).orElseThrow();
        });
        return new AccountContext(new Actor(Optional.of(identity.id()), "192.0.2.1"), identity.id(), stored, stored);
    }

    /// Returns the same person, acting for a new sub-account of the agency.
    public static AccountContext brandOf(Database database, AccountContext agency) {
        Account account = newSub(agency.root().id());
        database.write(tx -> {
            new AccountStore(tx).insert(account, NOW);
            new UsageStore(tx).start(account.owner());
            return account;
        });
        return new AccountContext(agency.actor(), agency.identity(), agency.root(), account);
    }

    /// Returns the operations on accounts of a database.
    public static Accounts accounts(Database database) {
        return new Accounts(database);
    }

    static Account newRoot() {
        return account(Optional.empty());
    }

    static Account newSub(AccountId parent) {
        return account(Optional.of(parent));
    }

    private static Account account(Optional<AccountId> parent) {
        String username = "account-" + NUMBER.incrementAndGet();
        return new Account(
                UUIDS.nextAccountId(),
                parent,
                username,
                "Account " + username,
                Optional.empty(),
                Optional.empty(),
                AccountStatus.ACTIVE,
                Optional.empty(),
                Tier.FREE,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                NOW);
    }

    public static IdentityId newIdentityId() {
        return UUIDS.nextIdentityId();
    }
}
