package dev.banyan.accounts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/// The members of each root account and their rights.
public final class MembershipStore extends Store {

    /// A member of an account.
    ///
    /// @param picture the path of the person's picture
    /// @param home the person's home account, if there is one
    /// @param atHome whether this account is the person's home account
    public record Member(
            IdentityId identity,
            String email,
            Optional<String> name,
            Optional<String> picture,
            Membership membership,
            Optional<AccountId> home,
            Optional<String> username,
            boolean atHome,
            Instant since) {

        /// Returns the id that programs use for the person: the home account, or the identity of a person without one.
        public UUID key() {
            return home.map(AccountId::value).orElse(identity.value());
        }
    }

    /// An account that a person is a member of.
    record Joined(AccountId tenant, Membership membership, Instant since) {}

    public MembershipStore(Tx tx) {
        super(tx);
    }

    public Optional<Membership> find(AccountId tenant, IdentityId identity) {
        return sql.select(MEMBERSHIPS.ROLE, MEMBERSHIPS.SCOPE, MEMBERSHIPS.WORKSPACES_ENABLED, MEMBERSHIPS.IS_READ_ONLY)
                .from(MEMBERSHIPS)
                .where(MEMBERSHIPS.TENANT_ID.eq(tenant), MEMBERSHIPS.IDENTITY_ID.eq(identity))
                .fetchOptional(MembershipStore::membership);
    }

    private static Membership membership(Record row) {
        MemberRole role = Keyed.of(MemberRole.class, row.get(MEMBERSHIPS.ROLE));
        return new Membership(
                role,
                MemberScope.isEverything(row.get(MEMBERSHIPS.SCOPE)),
                role == MemberRole.OWNER || row.get(MEMBERSHIPS.WORKSPACES_ENABLED),
                row.get(MEMBERSHIPS.IS_READ_ONLY));
    }

    /// Returns the emails of all members.
    public List<String> emails(AccountId tenant) {
        return sql.select(IDENTITIES.EMAIL)
                .from(MEMBERSHIPS)
                .join(IDENTITIES)
                .on(IDENTITIES.ID.eq(MEMBERSHIPS.IDENTITY_ID))
                .where(MEMBERSHIPS.TENANT_ID.eq(tenant))
                .fetch(IDENTITIES.EMAIL);
    }

    /// @return false if the person is a member already
    public boolean insert(AccountId tenant, IdentityId identity, MemberRights rights, Instant now) {
        boolean isNew = Tx.changed(sql.insertInto(MEMBERSHIPS)
                .set(MEMBERSHIPS.TENANT_ID, tenant)
                .set(MEMBERSHIPS.IDENTITY_ID, identity)
                .set(columns(rights))
                .set(MEMBERSHIPS.CREATED_AT, now)
                .onConflictDoNothing());
        if (isNew) {
            list(tenant, identity, rights.scope());
        }
        return isNew;
    }

    /// Returns true if the workspaces right is stored. Owners have it without a stored mark.
    private static boolean isMarked(MemberRights rights) {
        return rights.workspaces() && rights.role() == MemberRole.MANAGER;
    }

    private static Columns columns(MemberRights rights) {
        return new Columns()
                .with(MEMBERSHIPS.ROLE, rights.role().key())
                .with(MEMBERSHIPS.SCOPE, rights.scope().key())
                .with(MEMBERSHIPS.WORKSPACES_ENABLED, isMarked(rights))
                .with(MEMBERSHIPS.IS_READ_ONLY, rights.readOnly());
    }

    private void list(AccountId tenant, IdentityId identity, MemberScope scope) {
        sql.batch(scope.accounts().stream()
                        .map(account -> sql.insertInto(MEMBERSHIP_ACCOUNTS)
                                .set(MEMBERSHIP_ACCOUNTS.TENANT_ID, tenant)
                                .set(MEMBERSHIP_ACCOUNTS.IDENTITY_ID, identity)
                                .set(MEMBERSHIP_ACCOUNTS.ACCOUNT_ID, account))
                        .toList())
                .execute();
    }

    /// @return false if the person is not a member
    public boolean change(AccountId tenant, IdentityId identity, MemberRights rights) {
        boolean belongs = Tx.changed(sql.update(MEMBERSHIPS)
                .set(columns(rights))
                .where(MEMBERSHIPS.TENANT_ID.eq(tenant), MEMBERSHIPS.IDENTITY_ID.eq(identity)));
        if (belongs) {
            sql.deleteFrom(MEMBERSHIP_ACCOUNTS)
                    .where(MEMBERSHIP_ACCOUNTS.TENANT_ID.eq(tenant), MEMBERSHIP_ACCOUNTS.IDENTITY_ID.eq(identity))
                    .execute();
            list(tenant, identity, rights.scope());
        }
        return belongs;
    }

    /// Lets a person see an account and change nothing. What they may already stays; a reader of other
    /// sub-accounts gets this one too.
    ///
    /// @param account the root account itself, or one of its sub-accounts
    public void letRead(AccountId tenant, IdentityId identity, AccountId account, Instant now) {
        boolean whole = tenant.equals(account);
        MemberScope scope = whole ? MemberScope.ALL : MemberScope.listed(Set.of(account));
        boolean isListedReader = !insert(tenant, identity, MemberRights.reader(scope), now)
                && find(tenant, identity)
                        .filter(had -> had.readOnly() && !had.everything())
                        .isPresent();
        if (isListedReader && !whole && !isListed(tenant, identity, account)) {
            list(tenant, identity, scope);
        }
    }

    /// Removes readers who are left without a sub-account to read.
    public void removeIdleReaders(AccountId tenant) {
        sql.deleteFrom(MEMBERSHIPS)
                .where(
                        MEMBERSHIPS.TENANT_ID.eq(tenant),
                        MEMBERSHIPS.IS_READ_ONLY.isTrue(),
                        MEMBERSHIPS.SCOPE.ne(MemberScope.ALL.key()))
                .andNotExists(DSL.selectOne()
                        .from(MEMBERSHIP_ACCOUNTS)
                        .where(
                                MEMBERSHIP_ACCOUNTS.TENANT_ID.eq(MEMBERSHIPS.TENANT_ID),
                                MEMBERSHIP_ACCOUNTS.IDENTITY_ID.eq(MEMBERSHIPS.IDENTITY_ID)))
                .execute();
    }

    public boolean delete(AccountId tenant, IdentityId identity) {
        return Tx.changed(sql.deleteFrom(MEMBERSHIPS)
                .where(MEMBERSHIPS.TENANT_ID.eq(tenant), MEMBERSHIPS.IDENTITY_ID.eq(identity)));
    }

    /// Locks the owners: none of them can leave or change role before this transaction ends.
    public List<IdentityId> lockOwners(AccountId tenant) {
        var owners = sql.select(MEMBERSHIPS.IDENTITY_ID)
                .from(MEMBERSHIPS)
                .where(MEMBERSHIPS.TENANT_ID.eq(tenant), MEMBERSHIPS.ROLE.eq(MemberRole.OWNER.key()))
                .orderBy(MEMBERSHIPS.IDENTITY_ID);
        return RowLock.on(owners, sql).fetch(MEMBERSHIPS.IDENTITY_ID);
    }

    public int countOwners(AccountId tenant) {
        return sql.fetchCount(
                MEMBERSHIPS, MEMBERSHIPS.TENANT_ID.eq(tenant).and(MEMBERSHIPS.ROLE.eq(MemberRole.OWNER.key())));
    }

    /// Returns the members, those longest on this server first.
    ///
    /// @param search a part of the e-mail, the username or the name; empty finds all members
    public List<Member> people(AccountId tenant, String search, Optional<IdentityId> after, int limit) {
        Condition found = search.isEmpty()
                ? DSL.noCondition()
                : IDENTITIES
                        .EMAIL
                        .contains(search)
                        .or(ACCOUNTS.USERNAME.contains(search))
                        .or(IDENTITIES.NAME.containsIgnoreCase(search));
        return members(tenant, found.and(after.map(MEMBERSHIPS.IDENTITY_ID::gt).orElse(DSL.noCondition())))
                .orderBy(MEMBERSHIPS.IDENTITY_ID)
                .limit(limit)
                .fetch(row -> member(tenant, row));
    }

    /// @param key see [Member#key]; the person's own id works as well
    public Optional<Member> person(AccountId tenant, UUID key) {
        return members(
                        tenant,
                        IDENTITIES
                                .ID
                                .eq(new IdentityId(key))
                                .or(IDENTITIES.HOME_ACCOUNT_ID.eq(new AccountId(key)))
                                .and(MEMBERSHIPS.IDENTITY_ID.eq(IDENTITIES.ID)))
                .orderBy(MEMBERSHIPS.CREATED_AT, MEMBERSHIPS.IDENTITY_ID)
                .limit(1)
                .fetchOptional(row -> member(tenant, row));
    }

    private SelectConditionStep<? extends Record> members(AccountId tenant, Condition condition) {
        return sql.select(
                        MEMBERSHIPS.IDENTITY_ID,
                        IDENTITIES.EMAIL,
                        IDENTITIES.NAME,
                        IDENTITIES.PICTURE,
                        MEMBERSHIPS.ROLE,
                        MEMBERSHIPS.SCOPE,
                        MEMBERSHIPS.WORKSPACES_ENABLED,
                        MEMBERSHIPS.IS_READ_ONLY,
                        IDENTITIES.HOME_ACCOUNT_ID,
                        ACCOUNTS.USERNAME,
                        MEMBERSHIPS.CREATED_AT)
                .from(MEMBERSHIPS)
                .join(IDENTITIES)
                .on(IDENTITIES.ID.eq(MEMBERSHIPS.IDENTITY_ID))
                .leftJoin(ACCOUNTS)
                .on(ACCOUNTS.ID.eq(IDENTITIES.HOME_ACCOUNT_ID))
                .where(MEMBERSHIPS.TENANT_ID.eq(tenant), condition);
    }

    private static Member member(AccountId tenant, Record row) {
        Optional<AccountId> home = Optional.ofNullable(row.get(IDENTITIES.HOME_ACCOUNT_ID));
        return new Member(
                row.get(MEMBERSHIPS.IDENTITY_ID),
                row.get(IDENTITIES.EMAIL),
                Optional.ofNullable(row.get(IDENTITIES.NAME)),
                Optional.ofNullable(row.get(IDENTITIES.PICTURE)).map(Paths::picture),
                membership(row),
                home,
                Optional.ofNullable(row.get(ACCOUNTS.USERNAME)),
                home.equals(Optional.of(tenant)),
                row.get(MEMBERSHIPS.CREATED_AT));
    }

    /// Returns the accounts of other owners that a person is a member of, oldest membership first.
    List<Joined> joined(IdentityId identity, Optional<AccountId> home, int limit) {
        return sql.select(
                        MEMBERSHIPS.TENANT_ID,
                        MEMBERSHIPS.ROLE,
                        MEMBERSHIPS.SCOPE,
                        MEMBERSHIPS.WORKSPACES_ENABLED,
                        MEMBERSHIPS.CREATED_AT,
                        MEMBERSHIPS.IS_READ_ONLY)
                .from(MEMBERSHIPS)
                .join(ACCOUNTS)
                .on(ACCOUNTS.ID.eq(MEMBERSHIPS.TENANT_ID))
                .where(
                        MEMBERSHIPS.IDENTITY_ID.eq(identity),
                        home.map(MEMBERSHIPS.TENANT_ID::ne).orElse(DSL.noCondition()),
                        ACCOUNTS.STATUS.eq(AccountStatus.ACTIVE.key()))
                .orderBy(MEMBERSHIPS.CREATED_AT, MEMBERSHIPS.TENANT_ID)
                .limit(limit)
                .fetch(row -> new Joined(row.value1(), membership(row), row.value5()));
    }

    /// Returns the sub-accounts that a person works for, if the person does not work for all of them.
    public List<AccountId> listed(AccountId tenant, IdentityId identity) {
        return sql.select(MEMBERSHIP_ACCOUNTS.ACCOUNT_ID)
                .from(MEMBERSHIP_ACCOUNTS)
                .where(MEMBERSHIP_ACCOUNTS.TENANT_ID.eq(tenant), MEMBERSHIP_ACCOUNTS.IDENTITY_ID.eq(identity))
                .orderBy(MEMBERSHIP_ACCOUNTS.ACCOUNT_ID)
                .fetch(MEMBERSHIP_ACCOUNTS.ACCOUNT_ID);
    }

    public MemberRights rights(AccountId tenant, Member member) {
        Membership membership = member.membership();
        return new MemberRights(
                membership.role(),
                membership.everything()
                        ? MemberScope.ALL
                        : MemberScope.listed(Set.copyOf(listed(tenant, member.identity()))),
                membership.workspaces(),
                membership.readOnly());
    }

    /// Returns the listed sub-accounts of a person in many accounts at once.
    List<AccountId> listed(IdentityId identity, Collection<AccountId> tenants) {
        return sql.select(MEMBERSHIP_ACCOUNTS.ACCOUNT_ID)
                .from(MEMBERSHIP_ACCOUNTS)
                .where(MEMBERSHIP_ACCOUNTS.IDENTITY_ID.eq(identity), MEMBERSHIP_ACCOUNTS.TENANT_ID.in(tenants))
                .orderBy(MEMBERSHIP_ACCOUNTS.TENANT_ID, MEMBERSHIP_ACCOUNTS.ACCOUNT_ID)
                .fetch(MEMBERSHIP_ACCOUNTS.ACCOUNT_ID);
    }

    public boolean isListed(AccountId tenant, IdentityId identity, AccountId account) {
        return sql.fetchExists(
                MEMBERSHIP_ACCOUNTS,
                MEMBERSHIP_ACCOUNTS
                        .TENANT_ID
                        .eq(tenant)
                        .and(MEMBERSHIP_ACCOUNTS.IDENTITY_ID.eq(identity))
                        .and(MEMBERSHIP_ACCOUNTS.ACCOUNT_ID.eq(account)));
    }

    /// Returns the usernames of the listed sub-accounts of the people who do not work for all of them.
    public Map<IdentityId, List<String>> listedNames(AccountId tenant, Set<IdentityId> people) {
        return sql.select(MEMBERSHIP_ACCOUNTS.IDENTITY_ID, ACCOUNTS.USERNAME)
                .from(MEMBERSHIP_ACCOUNTS)
                .join(ACCOUNTS)
                .on(ACCOUNTS.ID.eq(MEMBERSHIP_ACCOUNTS.ACCOUNT_ID))
                .where(
                        MEMBERSHIP_ACCOUNTS.TENANT_ID.eq(tenant),
                        MEMBERSHIP_ACCOUNTS.IDENTITY_ID.in(people),
                        ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()))
                .orderBy(ACCOUNTS.USERNAME)
                .fetchGroups(MEMBERSHIP_ACCOUNTS.IDENTITY_ID, ACCOUNTS.USERNAME);
    }
}
