package dev.banyan.accounts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.accounts.SubAccountQuery.StatusFilter;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.SearchWords;
import dev.banyan.platform.search.WordIndex;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The sub-accounts of a tenant, with the details that their agency stores.
public final class SubAccountStore extends Store {

    static final String BY_AGENCY = "agency";
    static final String BY_PLAN = "plan";

    /// A sub-account as it is stored.
    public record Row(Account account, SubAccountDetails details) {}

    private static final Map<SubAccountField, Field<?>> FIELDS = Arrays.stream(SubAccountField.values())
            .collect(Collectors.toUnmodifiableMap(
                    field -> field, field -> Objects.requireNonNull(ACCOUNTS.field(field.column))));
    private static final List<SelectFieldOrAsterisk> COLUMNS = columns();

    private static final SqlCache MANAGER_SHOWN = new SqlCache();
    private static final dev.banyan.schema.tables.Accounts AGENCY = ACCOUNTS.as("agency");

    private final AccountWordStore words;

    public SubAccountStore(Tx tx) {
        super(tx);
        this.words = new AccountWordStore(tx);
    }

    private static List<SelectFieldOrAsterisk> columns() {
        var columns = new LinkedHashSet<>(AccountRowStore.COLUMNS);
        columns.addAll(FIELDS.values());
        columns.addAll(List.of(ACCOUNTS.SUSPENDED_AT, ACCOUNTS.SUSPENDED_BY, ACCOUNTS.DELETED_AT));
        return List.copyOf(columns);
    }

    /// Finds a sub-account, whatever its state.
    public Optional<Row> find(AccountId tenant, AccountId id) {
        return select(tenant, ACCOUNTS.ID.eq(id)).fetchOptional(SubAccountStore::row);
    }

    /// @param idOrName an id or a username, as people and programs send it
    public Optional<Row> findNamed(AccountId tenant, String idOrName) {
        return AccountId.parse(idOrName)
                .map(id -> find(tenant, id))
                .orElseGet(() -> findByUsername(tenant, Names.lower(idOrName)));
    }

    /// Finds the sub-account that has the name now or is led to by it, not a deleted one whose name another has taken.
    Optional<Row> findByUsername(AccountId tenant, String username) {
        var led = DSL.select(USERNAMES.ACCOUNT_ID).from(USERNAMES).where(USERNAMES.NAME.eq(username));
        return select(tenant, ACCOUNTS.USERNAME.eq(username).or(ACCOUNTS.ID.in(led)))
                .orderBy(
                        DSL.when(ACCOUNTS.STATUS.eq(AccountStatus.DELETED.key()), 1)
                                .otherwise(0),
                        ACCOUNTS.ID.desc())
                .limit(1)
                .fetchOptional(SubAccountStore::row);
    }

    /// Returns the active sub-accounts among `ids`, in no particular order.
    public List<Row> active(AccountId tenant, Collection<AccountId> ids) {
        return select(tenant, ACCOUNTS.ID.in(ids).and(ACCOUNTS.STATUS.eq(AccountStatus.ACTIVE.key())))
                .fetch(SubAccountStore::row);
    }

    /// Returns those that are not deleted, in no particular order.
    ///
    /// @param idsOrNames ids or usernames, as people and programs send them
    public List<Row> named(AccountId tenant, Collection<String> idsOrNames) {
        List<AccountId> ids = idsOrNames.stream()
                .flatMap(name -> AccountId.parse(name).stream())
                .toList();
        return select(
                        tenant,
                        ACCOUNTS.USERNAME
                                .in(idsOrNames)
                                .or(ACCOUNTS.ID.in(ids))
                                .and(ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key())))
                .fetch(SubAccountStore::row);
    }

    public List<Row> list(AccountId tenant, SubAccountQuery query) {
        return list(tenant, query, DSL.noCondition());
    }

    /// Does the same for the sub-accounts that a membership lists.
    public List<Row> listAmong(AccountId tenant, Collection<AccountId> listed, SubAccountQuery query) {
        return list(tenant, query, ACCOUNTS.ID.in(listed));
    }

    /// Returns what a search finds, the best first, without those that are deleted.
    ///
    /// @param among limits them to these, if present
    public List<Row> search(
            AccountId tenant, Optional<? extends Collection<AccountId>> among, String search, int limit) {
        WordIndex.Candidates<AccountId> found = words.candidates(tenant, among, search, limit);
        return found.best(
                select(tenant, ACCOUNTS.ID.in(found.ids()).and(ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key())))
                        .fetch(SubAccountStore::row),
                row -> row.account().id(),
                row -> SearchWords.of(
                        row.account().username(),
                        List.of(
                                row.account().displayName(),
                                row.details().fields().text(SubAccountField.INTERNAL_LABEL.key()))),
                limit);
    }

    /// Returns how many a query finds on all its pages.
    ///
    /// @param among limits them to these, if present
    public int count(AccountId tenant, Optional<? extends Collection<AccountId>> among, SubAccountQuery query) {
        return sql.fetchCount(
                ACCOUNTS,
                ACCOUNTS.PARENT_ID
                        .eq(tenant)
                        .and(among.map(ACCOUNTS.ID::in).orElse(DSL.noCondition()))
                        .and(matching(tenant, query)));
    }

    private Condition matching(AccountId tenant, SubAccountQuery query) {
        return shown(query.shown())
                .and(query.label().isEmpty() ? DSL.noCondition() : ACCOUNTS.INTERNAL_LABEL.eq(query.label()))
                .and(words.matching(tenant, query.search()));
    }

    private List<Row> list(AccountId tenant, SubAccountQuery query, Condition among) {
        return select(
                        tenant,
                        matching(tenant, query)
                                .and(among)
                                .and(query.after()
                                        .map(after -> beyond(tenant, after, query.order()))
                                        .orElse(DSL.noCondition())))
                .orderBy(order(query.order()))
                .limit(query.limit())
                .fetch(SubAccountStore::row);
    }

    /// Returns the labels in use, in order.
    public List<String> labels(AccountId tenant, int most) {
        return sql.selectDistinct(ACCOUNTS.INTERNAL_LABEL)
                .from(ACCOUNTS)
                .where(
                        ACCOUNTS.PARENT_ID.eq(tenant),
                        ACCOUNTS.INTERNAL_LABEL.isNotNull(),
                        ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key()))
                .orderBy(ACCOUNTS.INTERNAL_LABEL)
                .limit(most)
                .fetch(row -> row.value1());
    }

    private static Condition shown(StatusFilter shown) {
        return switch (shown) {
            case PRESENT -> ACCOUNTS.STATUS.ne(AccountStatus.DELETED.key());
            case ACTIVE -> ACCOUNTS.STATUS.eq(AccountStatus.ACTIVE.key());
            case SUSPENDED -> ACCOUNTS.STATUS.eq(AccountStatus.SUSPENDED.key());
            case DELETED -> ACCOUNTS.STATUS.eq(AccountStatus.DELETED.key());
            case ALL -> DSL.noCondition();
        };
    }

    /// Returns the sort fields. Ids grow with time. A name may occur twice, if a deleted sub-account had it before.
    private static List<SortField<?>> order(SubAccountQuery.Order order) {
        return switch (order) {
            case NEWEST -> List.of(ACCOUNTS.ID.desc());
            case OLDEST -> List.of(ACCOUNTS.ID.asc());
            case USERNAME -> List.of(ACCOUNTS.USERNAME.asc(), ACCOUNTS.ID.asc());
        };
    }

    private Condition beyond(AccountId tenant, AccountId after, SubAccountQuery.Order order) {
        return switch (order) {
            case NEWEST -> ACCOUNTS.ID.lt(after);
            case OLDEST -> ACCOUNTS.ID.gt(after);
            case USERNAME ->
                find(tenant, after).map(last -> isBeyond(last.account())).orElse(DSL.falseCondition());
        };
    }

    /// Returns the condition for rows after the last one. The first part follows from the second, and lets the index
    /// start there.
    private static Condition isBeyond(Account last) {
        return ACCOUNTS.USERNAME
                .ge(last.username())
                .and(ACCOUNTS.USERNAME.gt(last.username()).or(ACCOUNTS.ID.gt(last.id())));
    }

    /// Sub-accounts that are over the limit of their agency's plan.
    ///
    /// @param count up to the limit of the query
    /// @param first when the first of them is suspended; empty if there are none
    public record ReadOnly(int count, Optional<Instant> first) {}

    /// Counts sub-accounts that can't be changed at the moment, up to `most`.
    public ReadOnly readOnly(AccountId tenant, int most) {
        List<Instant> found = sql.select(ACCOUNTS.SUSPENDS_AT)
                .from(ACCOUNTS)
                .where(
                        ACCOUNTS.PARENT_ID.eq(tenant),
                        ACCOUNTS.SUSPENDS_AT.isNotNull(),
                        ACCOUNTS.STATUS.eq(AccountStatus.ACTIVE.key()))
                .orderBy(ACCOUNTS.SUSPENDS_AT)
                .limit(most)
                .fetch(row -> row.value1());
        return new ReadOnly(found.size(), found.stream().findFirst());
    }

    /// Counts suspended sub-accounts, up to `most`. The state is inlined to match the partial index.
    public int countSuspended(AccountId tenant, int most) {
        return sql.fetchCount(DSL.selectOne()
                .from(ACCOUNTS)
                .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.STATUS.eq(DSL.inline(AccountStatus.SUSPENDED.key())))
                .limit(most));
    }

    /// Returns the agency's username, if visitors of the sub-account may see it.
    Optional<String> managerShown(AccountId tenant, AccountId id) {
        return MANAGER_SHOWN
                .one(
                        sql,
                        () -> sql.select(AGENCY.USERNAME)
                                .from(ACCOUNTS)
                                .join(AGENCY)
                                .on(AGENCY.ID.eq(ACCOUNTS.PARENT_ID))
                                .where(
                                        ACCOUNTS.PARENT_ID.eq(tenant),
                                        ACCOUNTS.ID.eq(id),
                                        ACCOUNTS.IS_MANAGER_SHOWN.eq(true)),
                        tenant,
                        id,
                        true)
                .map(row -> row.get(AGENCY.USERNAME));
    }

    /// Returns the e-mail of the person who created it.
    public Optional<String> creator(AccountId tenant, AccountId id) {
        return sql.select(IDENTITIES.EMAIL)
                .from(ACCOUNTS)
                .join(IDENTITIES)
                .on(IDENTITIES.ID.eq(ACCOUNTS.CREATED_BY))
                .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.ID.eq(id))
                .fetchOptional(IDENTITIES.EMAIL);
    }

    /// @param changed values as they are stored
    public void update(AccountId tenant, AccountId id, SubAccountFields changed, Instant now) {
        var values = new HashMap<Field<?>, @Nullable Object>();
        changed.texts().forEach((field, text) -> values.put(column(field), value(column(field), text)));
        sql.update(ACCOUNTS)
                .set(values)
                .set(ACCOUNTS.UPDATED_AT, now)
                .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.ID.eq(id))
                .execute();
        words.refresh(new Owner(tenant, id));
    }

    private static @Nullable Object value(Field<?> column, String text) {
        if (column.getType() == Boolean.class) {
            return Boolean.valueOf(text);
        }
        return text.isEmpty() ? null : text;
    }

    private static Field<?> column(SubAccountField field) {
        return Objects.requireNonNull(FIELDS.get(field));
    }

    /// Suspends a sub-account for its agency; a suspension by the plan is not set here.
    public void suspend(AccountId tenant, AccountId id, Instant now) {
        change(
                tenant,
                id,
                now,
                new Columns()
                        .with(ACCOUNTS.STATUS, AccountStatus.SUSPENDED.key())
                        .with(ACCOUNTS.SUSPENDED_AT, now)
                        .with(ACCOUNTS.SUSPENDED_BY, BY_AGENCY));
    }

    public void reactivate(AccountId tenant, AccountId id, Instant now) {
        change(
                tenant,
                id,
                now,
                new Columns()
                        .with(ACCOUNTS.STATUS, AccountStatus.ACTIVE.key())
                        .with(ACCOUNTS.SUSPENDED_AT, Optional.empty())
                        .with(ACCOUNTS.SUSPENDED_BY, Optional.empty())
                        .with(ACCOUNTS.DELETED_AT, Optional.empty()));
    }

    /// Deletes a sub-account. Keeps whether the agency had suspended it, so that a restored one is in its former state.
    public void delete(AccountId tenant, AccountId id, Instant now) {
        change(
                tenant,
                id,
                now,
                new Columns()
                        .with(ACCOUNTS.STATUS, AccountStatus.DELETED.key())
                        .with(ACCOUNTS.DELETED_AT, now)
                        .with(ACCOUNTS.SUSPENDS_AT, Optional.empty()));
    }

    /// Restores a sub-account to the suspension that its agency had set.
    public void restoreSuspended(AccountId tenant, AccountId id, Instant now) {
        change(
                tenant,
                id,
                now,
                new Columns()
                        .with(ACCOUNTS.STATUS, AccountStatus.SUSPENDED.key())
                        .with(ACCOUNTS.DELETED_AT, Optional.empty()));
    }

    private SelectConditionStep<Record> select(AccountId tenant, Condition condition) {
        return sql.select(COLUMNS).from(ACCOUNTS).where(ACCOUNTS.PARENT_ID.eq(tenant), condition);
    }

    private static Row row(Record row) {
        SubAccountFields fields = SubAccountFields.NONE;
        for (SubAccountField field : SubAccountField.values()) {
            fields = fields.with(field, Objects.requireNonNullElse(row.get(column(field), String.class), ""));
        }
        return new Row(
                AccountRowStore.account(row),
                new SubAccountDetails(
                        fields,
                        Optional.ofNullable(row.get(ACCOUNTS.SUSPENDED_AT)),
                        BY_PLAN.equals(row.get(ACCOUNTS.SUSPENDED_BY)),
                        Optional.ofNullable(row.get(ACCOUNTS.DELETED_AT))));
    }

    private void change(AccountId tenant, AccountId id, Instant now, Columns changed) {
        sql.update(ACCOUNTS)
                .set(changed)
                .set(ACCOUNTS.UPDATED_AT, now)
                .where(ACCOUNTS.PARENT_ID.eq(tenant), ACCOUNTS.ID.eq(id))
                .execute();
    }
}
