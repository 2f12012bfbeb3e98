package dev.banyan.accounts.webhooks;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.MemberScope;
import dev.banyan.accounts.Membership;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Reads the rights of many people and keys at once, of all tenants, since a node sends for all at once.
final class MakerStore extends Store {

    private static final String BETWEEN = " ";

    record Member(AccountId tenant, IdentityId identity) {}

    /// @param refusedAt since when the account's sign-in provider refuses them; the epoch if it has said so itself;
    ///     empty for its emergency owner
    record Worker(Membership membership, Optional<Instant> refusedAt) {}

    record Listed(Member member, AccountId account) {}

    record Key(AccountId tenant, IdentityId madeBy, String name, Set<String> permissions, boolean active, int older) {}

    MakerStore(Tx tx) {
        super(tx);
    }

    @AllTenants("a node sends webhooks for all tenants at once")
    Map<Member, Worker> workers(Collection<AccountId> tenants, Collection<IdentityId> people) {
        var refusedAt = DSL.field(DSL.select(DSL.min(ACCOUNT_SSO_LINKS.REFUSED_AT))
                .from(ACCOUNT_SSO_LINKS)
                .join(ACCOUNT_SSO)
                .on(ACCOUNT_SSO.TENANT_ID.eq(ACCOUNT_SSO_LINKS.TENANT_ID))
                .where(
                        ACCOUNT_SSO_LINKS.TENANT_ID.eq(MEMBERSHIPS.TENANT_ID),
                        ACCOUNT_SSO_LINKS.IDENTITY_ID.eq(MEMBERSHIPS.IDENTITY_ID),
                        ACCOUNT_SSO
                                .EMERGENCY_IDENTITY_ID
                                .isNull()
                                .or(ACCOUNT_SSO.EMERGENCY_IDENTITY_ID.ne(MEMBERSHIPS.IDENTITY_ID))));
        return sql.select(
                        MEMBERSHIPS.TENANT_ID,
                        MEMBERSHIPS.IDENTITY_ID,
                        MEMBERSHIPS.ROLE,
                        MEMBERSHIPS.SCOPE,
                        MEMBERSHIPS.WORKSPACES_ENABLED,
                        MEMBERSHIPS.IS_READ_ONLY,
                        refusedAt)
                .from(MEMBERSHIPS)
                .where(MEMBERSHIPS.TENANT_ID.in(tenants), MEMBERSHIPS.IDENTITY_ID.in(people))
                .fetchMap(
                        row -> new Member(row.value1(), row.value2()),
                        row -> new Worker(membership(row), Optional.ofNullable(row.value7())));
    }

    private static Membership membership(Record row) {
        MemberRole role = Keyed.of(MemberRole.class, row.get(MEMBERSHIPS.ROLE));
        return new Membership(
                role,
                MemberScope.ALL.key().equals(row.get(MEMBERSHIPS.SCOPE)),
                role == MemberRole.OWNER || row.get(MEMBERSHIPS.WORKSPACES_ENABLED),
                row.get(MEMBERSHIPS.IS_READ_ONLY));
    }

    /// Returns which brands those work for who don’t work for all of them.
    @AllTenants("a node sends webhooks for all tenants at once")
    Set<Listed> listed(Collection<AccountId> tenants, Collection<IdentityId> people) {
        return Set.copyOf(sql.selectFrom(MEMBERSHIP_ACCOUNTS)
                .where(MEMBERSHIP_ACCOUNTS.TENANT_ID.in(tenants), MEMBERSHIP_ACCOUNTS.IDENTITY_ID.in(people))
                .fetch(row -> new Listed(
                        new Member(row.get(MEMBERSHIP_ACCOUNTS.TENANT_ID), row.get(MEMBERSHIP_ACCOUNTS.IDENTITY_ID)),
                        row.get(MEMBERSHIP_ACCOUNTS.ACCOUNT_ID))));
    }

    @AllTenants("a node sends webhooks for all tenants at once")
    Map<String, Key> keys(Collection<String> ids, Instant now) {
        var other = API_KEYS.as("other");
        var older = DSL.field(DSL.selectCount()
                .from(other)
                .where(
                        other.TENANT_ID.eq(API_KEYS.TENANT_ID),
                        other.CREATED_AT
                                .lt(API_KEYS.CREATED_AT)
                                .or(other.CREATED_AT.eq(API_KEYS.CREATED_AT).and(other.ID.lt(API_KEYS.ID)))));
        return sql.select(
                        API_KEYS.ID,
                        API_KEYS.TENANT_ID,
                        API_KEYS.CREATED_BY,
                        API_KEYS.NAME,
                        API_KEYS.PERMISSIONS,
                        API_KEYS.IS_ACTIVE,
                        older,
                        API_KEYS.EXPIRES_AT)
                .from(API_KEYS)
                .where(API_KEYS.ID.in(ids))
                .fetchMap(
                        API_KEYS.ID,
                        row -> new Key(
                                row.value2(),
                                row.value3(),
                                row.value4(),
                                Set.copyOf(List.of(row.value5().split(BETWEEN))),
                                row.value6()
                                        && Optional.ofNullable(row.value8())
                                                .filter(end -> !end.isAfter(now))
                                                .isEmpty(),
                                row.value7()));
    }

    @AllTenants("people are known by their ids, whatever they work for")
    Map<IdentityId, String> emails(Collection<IdentityId> people) {
        return sql.select(IDENTITIES.ID, IDENTITIES.EMAIL)
                .from(IDENTITIES)
                .where(IDENTITIES.ID.in(people))
                .fetchMap(IDENTITIES.ID, IDENTITIES.EMAIL);
    }
}
