package dev.banyan.accounts.audit;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// The names of the accounts and people in the audit log, many in one query.
public final class AuditNameStore extends Store {

    private static final int MOST_PEOPLE = 1_000;

    /// A person in the audit log.
    public record Person(IdentityId id, String email) {}

    public AuditNameStore(Tx tx) {
        super(tx);
    }

    @AllTenants("the operator verifies all chains")
    Map<AccountId, String> roots() {
        return sql.select(ACCOUNTS.ID, ACCOUNTS.USERNAME)
                .from(ACCOUNTS)
                .where(ACCOUNTS.KIND.eq("root"))
                .fetchMap(ACCOUNTS.ID, ACCOUNTS.USERNAME);
    }

    /// Returns the usernames of a tenant's accounts, including erased ones.
    public Map<AccountId, String> usernames(AccountId tenant, Collection<AccountId> accounts) {
        return usernames(ACCOUNTS.TENANT_ID.eq(tenant), ERASED_ACCOUNTS.TENANT_ID.eq(tenant), accounts);
    }

    @AllTenants("the operator's audit of all tenants")
    public Map<AccountId, String> usernamesOfAll(Collection<AccountId> accounts) {
        return usernames(DSL.noCondition(), DSL.noCondition(), accounts);
    }

    private Map<AccountId, String> usernames(Condition own, Condition erased, Collection<AccountId> accounts) {
        var names = new HashMap<>(sql.select(ERASED_ACCOUNTS.ACCOUNT_ID, ERASED_ACCOUNTS.USERNAME)
                .from(ERASED_ACCOUNTS)
                .where(erased)
                .and(ERASED_ACCOUNTS.ACCOUNT_ID.in(accounts))
                .fetchMap(ERASED_ACCOUNTS.ACCOUNT_ID, ERASED_ACCOUNTS.USERNAME));
        names.putAll(sql.select(ACCOUNTS.ID, ACCOUNTS.USERNAME)
                .from(ACCOUNTS)
                .where(own)
                .and(ACCOUNTS.ID.in(accounts))
                .fetchMap(ACCOUNTS.ID, ACCOUNTS.USERNAME));
        return names;
    }

    /// Returns all accounts of a tenant that have or had this name: a deleted account's name may have passed to
    /// another.
    public List<AccountId> named(AccountId tenant, String username) {
        return sql.select(ACCOUNTS.ID)
                .from(ACCOUNTS)
                .where(ACCOUNTS.USERNAME.eq(username))
                .and(ACCOUNTS.ID.eq(tenant).or(ACCOUNTS.PARENT_ID.eq(tenant)))
                .unionAll(sql.select(ERASED_ACCOUNTS.ACCOUNT_ID)
                        .from(ERASED_ACCOUNTS)
                        .where(ERASED_ACCOUNTS.TENANT_ID.eq(tenant), ERASED_ACCOUNTS.USERNAME.eq(username)))
                .fetch(row -> row.value1());
    }

    /// Returns the people of a tenant, by e-mail.
    public List<Person> people(AccountId tenant) {
        return sql.select(IDENTITIES.ID, IDENTITIES.EMAIL)
                .from(MEMBERSHIPS)
                .join(IDENTITIES)
                .on(IDENTITIES.ID.eq(MEMBERSHIPS.IDENTITY_ID))
                .where(MEMBERSHIPS.TENANT_ID.eq(tenant))
                .orderBy(IDENTITIES.EMAIL)
                .limit(MOST_PEOPLE)
                .fetch(row -> new Person(row.value1(), row.value2()));
    }

    @AllTenants("the operator's audit of all tenants")
    public Map<IdentityId, String> emails(Collection<IdentityId> people) {
        return sql.select(IDENTITIES.ID, IDENTITIES.EMAIL)
                .from(IDENTITIES)
                .where(IDENTITIES.ID.in(people))
                .fetchMap(IDENTITIES.ID, IDENTITIES.EMAIL);
    }

    @AllTenants("asks about the server, not about a tenant")
    public Set<IdentityId> operators(Collection<IdentityId> people) {
        return sql.select(OPERATORS.IDENTITY_ID)
                .from(OPERATORS)
                .where(OPERATORS.IDENTITY_ID.in(people))
                .fetchSet(OPERATORS.IDENTITY_ID);
    }
}
