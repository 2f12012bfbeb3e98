package dev.banyan.accounts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Language;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Zones;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoProvider;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/// Accounts, their names and their plans.
public final class AccountStore extends Store {

    private static final SqlCache FIND = new SqlCache();
    private static final SqlCache FIND_SUB_ACCOUNT = new SqlCache();
    private static final SqlCache FIND_BY_USERNAME = new SqlCache();
    private static final SqlCache LANGUAGES = new SqlCache();
    private static final SqlCache PACKS_OF_ONE = new SqlCache();

    private final AccountWordStore words;

    public AccountStore(Tx tx) {
        super(tx);
        this.words = new AccountWordStore(tx);
    }

    /// Claims the name and inserts the account.
    ///
    /// @return false, with nothing stored, if the name is taken
    @AllTenants("the account carries its owner")
    public boolean insert(Account account, Instant now) {
        AccountId tenant = account.owner().tenant();
        if (account.isSubAccount() ? isTakenFor(tenant, account.username()) : isTaken(account.username())) {
            return false;
        }
        sql.insertInto(ACCOUNTS)
                .set(ACCOUNTS.ID, account.id())
                .set(ACCOUNTS.TENANT_ID, tenant)
                .set(ACCOUNTS.KIND, account.isSubAccount() ? "sub" : "root")
                .set(ACCOUNTS.PARENT_ID, account.parent().orElse(null))
                .set(ACCOUNTS.PARENT_KIND, account.isSubAccount() ? "root" : null)
                .set(ACCOUNTS.USERNAME, account.username())
                .set(ACCOUNTS.DISPLAY_NAME, account.displayName())
                .set(ACCOUNTS.EMAIL, account.email().orElse(null))
                .set(ACCOUNTS.BIO, account.bio().orElse(null))
                .set(ACCOUNTS.STATUS, account.status().key())
                .set(ACCOUNTS.TIER, account.ownTier().key())
                .set(ACCOUNTS.CREATED_BY, account.createdBy().orElse(null))
                .set(ACCOUNTS.CREATED_AT, account.createdAt())
                .set(ACCOUNTS.UPDATED_AT, now)
                .execute();
        boolean claimed = claim(account, account.username());
        if (!claimed) { // another request took the name after the check
            sql.deleteFrom(ACCOUNTS).where(ACCOUNTS.ID.eq(account.id())).execute();
        } else {
            words.refresh(account.owner());
        }
        return claimed;
    }

    /// Writes the words again by which an account is found, after it got another tenant.
    public void findable(Owner owner) {
        words.refresh(owner);
    }

    /// Gives an account its name, unless the name is taken by anything but a sub-account of the same tenant that was
    /// deleted, or that has another name by now.
    @AllTenants("the account carries its owner")
    public boolean claim(Account account, String username) {
        AccountId tenant = account.owner().tenant();
        return Tx.changed(sql.insertInto(USERNAMES)
                        .set(USERNAMES.NAME, username)
                        .set(USERNAMES.TENANT_ID, tenant)
                        .set(USERNAMES.ACCOUNT_ID, account.id())
                        .onConflictDoNothing())
                || Tx.changed(sql.update(USERNAMES)
                        .set(USERNAMES.ACCOUNT_ID, account.id())
                        .setNull(USERNAMES.RELEASED_AT)
                        .where(
                                USERNAMES.NAME.eq(username),
                                USERNAMES.TENANT_ID.eq(tenant),
                                USERNAMES
                                        .ACCOUNT_ID
                                        .eq(account.id())
                                        .or(DSL.exists(DSL.selectOne()
                                                .from(ACCOUNTS)
                                                .where(
                                                        ACCOUNTS.ID.eq(USERNAMES.ACCOUNT_ID),
                                                        ACCOUNTS.PARENT_ID.eq(tenant),
                                                        ACCOUNTS.STATUS
                                                                .eq(AccountStatus.DELETED.key())
                                                                .or(USERNAMES.RELEASED_AT.isNotNull()))))));
    }

    /// Gives an account another name. The former one leads on to it until `until`.
    ///
    /// @return false, with nothing stored, if the name is taken
    @AllTenants("the account carries its owner")
    public boolean rename(Account account, String username, Instant until, Instant now) {
        if (!claim(account, username)) {
            return false;
        }
        Owner owner = account.owner();
        sql.update(USERNAMES)
                .set(USERNAMES.RELEASED_AT, until)
                .where(
                        USERNAMES.TENANT_ID.eq(owner.tenant()),
                        USERNAMES.ACCOUNT_ID.eq(owner.account()),
                        USERNAMES.NAME.ne(username),
                        USERNAMES.RELEASED_AT.isNull())
                .execute();
        change(owner, now, new Columns().with(ACCOUNTS.USERNAME, username));
        words.refresh(owner);
        return true;
    }

    /// Returns the former names that lead on to an account.
    public Set<String> formerNames(Owner owner) {
        return sql.select(USERNAMES.NAME)
                .from(USERNAMES)
                .where(
                        USERNAMES.TENANT_ID.eq(owner.tenant()),
                        USERNAMES.ACCOUNT_ID.eq(owner.account()),
                        USERNAMES.RELEASED_AT.isNotNull())
                .fetchSet(USERNAMES.NAME);
    }

    /// Frees former names that have led on for long enough, and that no provider knows as a part of the address at
    /// which members sign in: people whom a provider sends there must not arrive at another's.
    ///
    /// @return the names, with the accounts that had them
    @AllTenants("a job over the former names of all tenants")
    public Map<String, AccountId> release(Instant now) {
        var told = DSL.selectOne()
                .from(ACCOUNT_SSO)
                .where(
                        ACCOUNT_SSO.TENANT_ID.eq(USERNAMES.ACCOUNT_ID),
                        ACCOUNT_SSO.TOLD_USERNAME.eq(USERNAMES.NAME),
                        ACCOUNT_SSO.KIND.ne(SsoProvider.LDAP));
        Map<String, AccountId> over = sql.select(USERNAMES.NAME, USERNAMES.ACCOUNT_ID)
                .from(USERNAMES)
                .where(USERNAMES.RELEASED_AT.le(now), DSL.notExists(told))
                .limit(1_000)
                .fetchMap(USERNAMES.NAME, USERNAMES.ACCOUNT_ID);
        sql.deleteFrom(USERNAMES)
                .where(USERNAMES.NAME.in(over.keySet()), USERNAMES.RELEASED_AT.le(now))
                .execute();
        return over;
    }

    @AllTenants("usernames are unique on the whole server")
    public boolean isTaken(String username) {
        return sql.fetchExists(USERNAMES, USERNAMES.NAME.eq(username));
    }

    /// Returns true if the name is taken. The name of a deleted sub-account is free for its own agency only.
    public boolean isTakenFor(AccountId tenant, String username) {
        return sql.fetchExists(sql.selectOne()
                .from(USERNAMES)
                .join(ACCOUNTS)
                .on(ACCOUNTS.ID.eq(USERNAMES.ACCOUNT_ID))
                .where(
                        USERNAMES.NAME.eq(username),
                        ACCOUNTS.PARENT_ID
                                .isNull()
                                .or(ACCOUNTS.PARENT_ID.ne(tenant))
                                .or(ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()))));
    }

    public Optional<Account> find(AccountId id) {
        return FIND.one(sql, () -> selectAccounts(ACCOUNTS.ID.eq(id)), id).map(AccountRowStore::account);
    }

    /// Finds a sub-account of this tenant, whatever its status.
    public Optional<Account> findSubAccount(AccountId tenant, AccountId id) {
        return FIND_SUB_ACCOUNT
                .one(sql, () -> selectAccounts(ACCOUNTS.PARENT_ID.eq(tenant).and(ACCOUNTS.ID.eq(id))), tenant, id)
                .map(AccountRowStore::account);
    }

    /// Finds an account by its name or one that leads on to it.
    @AllTenants("usernames are unique on the whole server")
    public Optional<Account> findByUsername(String username) {
        return FIND_BY_USERNAME
                .one(
                        sql,
                        () -> sql.select(AccountRowStore.COLUMNS)
                                .from(USERNAMES)
                                .join(ACCOUNTS)
                                .on(ACCOUNTS.ID.eq(USERNAMES.ACCOUNT_ID))
                                .where(USERNAMES.NAME.eq(username)),
                        username)
                .map(AccountRowStore::account);
    }

    /// Returns the accounts among `ids`, whatever their status.
    @AllTenants("the ids come from moves that one side takes part in")
    public Map<AccountId, Account> findAll(Collection<AccountId> ids) {
        return selectAccounts(ACCOUNTS.ID.in(ids)).fetchMap(ACCOUNTS.ID, AccountRowStore::account);
    }

    /// Returns the accounts among `ids` that are in use, in no particular order.
    @AllTenants("the ids come from one person's memberships and invitations")
    public List<Account> active(Collection<AccountId> ids) {
        return selectAccounts(ACCOUNTS.ID.in(ids).and(ACCOUNTS.STATUS.eq(AccountStatus.ACTIVE.key())))
                .fetch(AccountRowStore::account);
    }

    /// Returns, by name, the active sub-accounts of those accounts of other owners that the person works for as a
    /// whole.
    public List<Account> subAccountsOfWorker(IdentityId person, int limit) {
        var whole = DSL.select(MEMBERSHIPS.TENANT_ID)
                .from(MEMBERSHIPS)
                .join(IDENTITIES)
                .on(IDENTITIES.ID.eq(MEMBERSHIPS.IDENTITY_ID))
                .where(
                        MEMBERSHIPS.IDENTITY_ID.eq(person),
                        MEMBERSHIPS.SCOPE.eq(MemberScope.ALL.key()),
                        IDENTITIES.HOME_ACCOUNT_ID.isNull().or(IDENTITIES.HOME_ACCOUNT_ID.ne(MEMBERSHIPS.TENANT_ID)));
        return selectAccounts(ACCOUNTS.PARENT_ID.in(whole).and(ACCOUNTS.STATUS.eq(AccountStatus.ACTIVE.key())))
                .orderBy(ACCOUNTS.USERNAME)
                .limit(limit)
                .fetch(AccountRowStore::account);
    }

    /// Returns the usernames of the active accounts among `ids`.
    @AllTenants("names that visitors may see; the ids come from the list of pages")
    Map<AccountId, String> activeUsernames(Collection<AccountId> ids) {
        return sql.select(ACCOUNTS.ID, ACCOUNTS.USERNAME)
                .from(ACCOUNTS)
                .where(ACCOUNTS.ID.in(ids), ACCOUNTS.STATUS.eq(AccountStatus.ACTIVE.key()))
                .fetchMap(ACCOUNTS.ID, ACCOUNTS.USERNAME);
    }

    /// Locks the row until the end of the transaction, so that nothing that depends on its plan can change meanwhile.
    public Optional<Account> lock(AccountId id) {
        return RowLock.on(selectAccounts(ACCOUNTS.ID.eq(id)), sql).fetchOptional(AccountRowStore::account);
    }

    /// Returns a tenant's sub-accounts that are not deleted, newest first.
    ///
    /// @param search beginnings of words in their names; empty for all
    public List<Account> subAccounts(AccountId tenant, String search, Optional<AccountId> after, int limit) {
        return selectAccounts(ACCOUNTS.PARENT_ID
                        .eq(tenant)
                        .and(ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()))
                        .and(words.matching(tenant, search))
                        .and(after.map(ACCOUNTS.ID::lt).orElse(DSL.noCondition())))
                .orderBy(ACCOUNTS.ID.desc())
                .limit(limit)
                .fetch(AccountRowStore::account);
    }

    /// Returns all root accounts, newest first, for the operator. An id also finds the root account that it belongs to.
    @AllTenants("the operator's list of all tenants")
    List<Account> roots(RootQuery query, int limit) {
        String search = query.search();
        Condition found = AccountId.parse(search.strip())
                .map(id -> {
                    var any = ACCOUNTS.as("any_account");
                    return ACCOUNTS.ID.in(DSL.select(any.TENANT_ID).from(any).where(any.ID.eq(id)));
                })
                .orElseGet(() -> search.contains("@")
                        ? ACCOUNTS.ID.in(DSL.select(IDENTITIES.HOME_ACCOUNT_ID)
                                .from(IDENTITIES)
                                .where(IDENTITIES.EMAIL.startsWith(Names.lower(search))))
                        : words.matching(AccountId.SERVER, search));
        return selectAccounts(ACCOUNTS.KIND
                        .eq("root")
                        .and(found)
                        .and(query.tier()
                                .map(tier -> ACCOUNTS.TIER.eq(tier.key()))
                                .orElse(DSL.noCondition()))
                        .and(query.status()
                                .map(status -> ACCOUNTS.STATUS.eq(status.key()))
                                .orElse(DSL.noCondition()))
                        .and(query.after().map(ACCOUNTS.ID::lt).orElse(DSL.noCondition())))
                .orderBy(ACCOUNTS.ID.desc())
                .limit(limit)
                .fetch(AccountRowStore::account);
    }

    @AllTenants("a root account is its own owner")
    public Plan plan(Account root) {
        return plan(root, packs(PACKS_OF_ONE.fetch(sql, () -> selectPacks(PACKS.TENANT_ID.eq(root.id())), root.id())));
    }

    /// Returns the plans of many root accounts in one query.
    @AllTenants("root accounts are their own owners")
    public Map<AccountId, Plan> plans(List<Account> roots) {
        Map<AccountId, Map<Pack, Integer>> packs = packs(
                selectPacks(PACKS.TENANT_ID.in(roots.stream().map(Account::id).toList()))
                        .fetch());
        return roots.stream().collect(Collectors.toMap(Account::id, root -> plan(root, packs)));
    }

    private Select<? extends Record> selectPacks(Condition condition) {
        return sql.select(PACKS.TENANT_ID, PACKS.SIZE, PACKS.QUANTITY)
                .from(PACKS)
                .where(condition);
    }

    private static Map<AccountId, Map<Pack, Integer>> packs(List<? extends Record> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.get(PACKS.TENANT_ID),
                        Collectors.toMap(
                                row -> packOf(row.get(PACKS.SIZE)),
                                row -> row.get(PACKS.QUANTITY),
                                Integer::sum,
                                () -> new EnumMap<>(Pack.class))));
    }

    private static Plan plan(Account root, Map<AccountId, Map<Pack, Integer>> packs) {
        return new Plan(
                root.ownTier(), root.agencyPermission(), packs.getOrDefault(root.id(), Map.of()), root.unlimited());
    }

    /// Returns the time zone of a root account, whose days its analytics and those of its brands have; UTC until it has
    /// one.
    public ZoneId zone(AccountId tenant) {
        return sql.fetchOptionalValue(
                        ACCOUNTS.TIME_ZONE, ACCOUNTS.TENANT_ID.eq(tenant).and(ACCOUNTS.ID.eq(tenant)))
                .flatMap(Zones::of)
                .orElse(ZoneOffset.UTC);
    }

    public void setZone(AccountId tenant, ZoneId zone, Instant now) {
        change(new Owner(tenant, tenant), now, new Columns().with(ACCOUNTS.TIME_ZONE, zone.getId()));
    }

    /// Returns the languages that an account and its agency have chosen for public pages.
    public Map<AccountId, Language> languages(Owner owner) {
        return LANGUAGES
                .fetch(
                        sql,
                        () -> sql.select(ACCOUNTS.ID, ACCOUNTS.LANGUAGE)
                                .from(ACCOUNTS)
                                .where(
                                        ACCOUNTS.TENANT_ID.eq(owner.tenant()),
                                        ACCOUNTS.ID.in(owner.account(), owner.tenant()),
                                        ACCOUNTS.LANGUAGE.isNotNull()),
                        owner.tenant(),
                        owner.account(),
                        owner.tenant())
                .stream()
                .collect(Collectors.toMap(
                        row -> row.get(ACCOUNTS.ID), row -> Keyed.of(Language.class, row.get(ACCOUNTS.LANGUAGE))));
    }

    /// Sets the language of the account's public pages; empty for its agency's, or English.
    public void setLanguage(Owner owner, Optional<Language> language, Instant now) {
        change(owner, now, new Columns().with(ACCOUNTS.LANGUAGE, language.map(spoken -> spoken.code)));
    }

    /// Sets the account's public profile and its own e-mail.
    public void setProfile(Owner owner, String displayName, Optional<String> bio, Optional<String> email, Instant now) {
        change(
                owner,
                now,
                new Columns()
                        .with(ACCOUNTS.DISPLAY_NAME, displayName)
                        .with(ACCOUNTS.BIO, bio)
                        .with(ACCOUNTS.EMAIL, email));
        words.refresh(owner);
    }

    private void change(Owner owner, Instant now, Columns changed) {
        sql.update(ACCOUNTS)
                .set(changed)
                .set(ACCOUNTS.UPDATED_AT, now)
                .where(ACCOUNTS.TENANT_ID.eq(owner.tenant()), ACCOUNTS.ID.eq(owner.account()))
                .execute();
    }

    /// Updates the root account's e-mail if it was the same as the owner's old one.
    public void replaceEmail(AccountId root, String old, String email, Instant now) {
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.EMAIL, email)
                .set(ACCOUNTS.UPDATED_AT, now)
                .where(ACCOUNTS.ID.eq(root), ACCOUNTS.EMAIL.eq(old))
                .execute();
        words.refresh(new Owner(root, root));
    }

    /// Shows or hides the checklist of first steps on a root account's dashboard.
    public void setChecklistHidden(AccountId root, boolean hidden) {
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.IS_CHECKLIST_HIDDEN, hidden)
                .where(ACCOUNTS.ID.eq(root))
                .execute();
    }

    public void setPlan(AccountId root, Plan plan, Instant now) {
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.TIER, plan.tier().key())
                .set(
                        ACCOUNTS.AGENCY_PERMISSION,
                        plan.agencyPermission().map(AgencyPermission::key).orElse(null))
                .set(ACCOUNTS.IS_UNLIMITED, plan.unlimited())
                .set(ACCOUNTS.UPDATED_AT, now)
                .where(ACCOUNTS.ID.eq(root))
                .execute();
        sql.deleteFrom(PACKS).where(PACKS.TENANT_ID.eq(root)).execute();
        plan.packs()
                .forEach((pack, quantity) -> sql.insertInto(PACKS)
                        .set(PACKS.TENANT_ID, root)
                        .set(PACKS.SIZE, pack.size)
                        .set(PACKS.QUANTITY, quantity)
                        .execute());
    }

    private SelectConditionStep<Record> selectAccounts(Condition condition) {
        return sql.select(AccountRowStore.COLUMNS).from(ACCOUNTS).where(condition);
    }

    private static Pack packOf(int size) {
        return Stream.of(Pack.values())
                .filter(pack -> pack.size == size)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The table packs holds an unknown size: " + size));
    }
}
