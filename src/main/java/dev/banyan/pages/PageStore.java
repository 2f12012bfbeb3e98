package dev.banyan.pages;

import static dev.banyan.schema.Tables.LINKS;
import static dev.banyan.schema.Tables.PAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Zones;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

public final class PageStore extends Store {

    private static final SqlCache FIND = new SqlCache();
    private static final SqlCache FIND_DEFAULT = new SqlCache();
    private static final SqlCache FIND_BY_SLUG = new SqlCache();

    private final PageWordStore words;

    public PageStore(Tx tx) {
        super(tx);
        this.words = new PageWordStore(tx);
    }

    /// @return false if the account has a page with this slug. A second default page throws instead, so that the
    ///     transaction is retried after a concurrent change of the default
    public boolean insert(Owner owner, Page page) {
        boolean isNew = Tx.changed(sql.insertInto(PAGES)
                .set(PAGES.ID, page.id())
                .set(PAGES.TENANT_ID, owner.tenant())
                .set(PAGES.ACCOUNT_ID, owner.account())
                .set(PAGES.SLUG, page.slug())
                .set(PAGES.NAME, page.name())
                .set(PAGES.IS_DEFAULT, page.isDefault())
                .set(PAGES.IS_PUBLISHED, page.published())
                .set(PAGES.POSITION, page.position())
                .set(PAGES.LINK_COUNT, page.links())
                .set(PAGES.CREATED_AT, page.createdAt())
                .set(PAGES.UPDATED_AT, page.updatedAt())
                .set(PAGES.TIME_ZONE, page.zone().map(ZoneId::getId).orElse(null))
                .onConflict(PAGES.ACCOUNT_ID, PAGES.SLUG)
                .doNothing());
        if (isNew) {
            words.addPage(owner, page.id(), page.name(), page.slug());
        }
        return isNew;
    }

    /// Deletes some pages of an erased account, with their counters.
    int deleteSome(Owner owner, int most) {
        Condition owned = PAGES.TENANT_ID.eq(owner.tenant()).and(PAGES.ACCOUNT_ID.eq(owner.account()));
        List<PageId> ids =
                sql.select(PAGES.ID).from(PAGES).where(owned).limit(most).fetch(PAGES.ID);
        return sql.deleteFrom(PAGES).where(owned, PAGES.ID.in(ids)).execute();
    }

    /// Returns all pages of an account: the default one first, then by position, then the oldest.
    public List<Page> list(Owner owner) {
        return select(owner, DSL.noCondition())
                .orderBy(PAGES.IS_DEFAULT.desc(), PAGES.POSITION, PAGES.CREATED_AT, PAGES.ID)
                .fetch(PageStore::page);
    }

    public Optional<Page> find(Owner owner, PageId id) {
        return FIND.one(sql, () -> select(owner, PAGES.ID.eq(id)), owner.tenant(), owner.account(), id)
                .map(PageStore::page);
    }

    /// Locks the row until the end of the transaction, so that changes of one page's links are serialized.
    public Optional<Page> lock(Owner owner, PageId id) {
        return RowLock.on(select(owner, PAGES.ID.eq(id)), sql).fetchOptional(PageStore::page);
    }

    /// Locks all pages of an account, always in the same order.
    List<Page> lockAll(Owner owner) {
        return RowLock.on(select(owner, DSL.noCondition()).orderBy(PAGES.ID), sql)
                .fetch(PageStore::page);
    }

    public Optional<Page> findDefault(Owner owner) {
        return FIND_DEFAULT
                .one(sql, () -> select(owner, PAGES.IS_DEFAULT.eq(true)), owner.tenant(), owner.account(), true)
                .map(PageStore::page);
    }

    /// Returns the default pages of some accounts of a tenant, by account.
    public Map<AccountId, Page> defaults(AccountId tenant, Collection<AccountId> accounts) {
        return sql
                .selectFrom(PAGES)
                .where(PAGES.TENANT_ID.eq(tenant), PAGES.ACCOUNT_ID.in(accounts), PAGES.IS_DEFAULT.eq(true))
                .fetch(PageStore::page)
                .stream()
                .collect(Collectors.toMap(page -> page.owner().account(), page -> page));
    }

    public Optional<Page> findBySlug(Owner owner, String slug) {
        return FIND_BY_SLUG
                .one(sql, () -> select(owner, PAGES.SLUG.eq(slug)), owner.tenant(), owner.account(), slug)
                .map(PageStore::page);
    }

    public boolean hasSlug(Owner owner, String slug, Optional<PageId> except) {
        return sql.fetchExists(select(
                owner, PAGES.SLUG.eq(slug).and(except.map(id -> PAGES.ID.ne(id)).orElse(DSL.noCondition()))));
    }

    void clearDefault(Owner owner, Instant now) {
        sql.update(PAGES)
                .set(PAGES.IS_DEFAULT, false)
                .set(PAGES.UPDATED_AT, now)
                .where(owned(owner), PAGES.IS_DEFAULT.eq(true))
                .execute();
    }

    void update(Owner owner, PageId id, String slug, String name, boolean isDefault, Instant now) {
        int updated = sql.update(PAGES)
                .set(PAGES.SLUG, slug)
                .set(PAGES.NAME, name)
                .set(PAGES.IS_DEFAULT, isDefault)
                .set(PAGES.UPDATED_AT, now)
                .where(owned(owner), PAGES.ID.eq(id))
                .execute();
        if (updated == 1) {
            words.refreshPage(owner, id, name, slug);
        }
    }

    void publish(Owner owner, PageId id, boolean published, Instant now) {
        sql.update(PAGES)
                .set(PAGES.IS_PUBLISHED, published)
                .set(PAGES.UPDATED_AT, now)
                .where(owned(owner), PAGES.ID.eq(id))
                .execute();
    }

    /// @param zone empty for the account's
    void setZone(Owner owner, PageId id, Optional<ZoneId> zone, Instant now) {
        sql.update(PAGES)
                .set(PAGES.TIME_ZONE, zone.map(ZoneId::getId).orElse(null))
                .set(PAGES.UPDATED_AT, now)
                .where(owned(owner), PAGES.ID.eq(id))
                .execute();
    }

    /// Returns the time zones of a tenant's pages that have one of their own, by the ids of the pages.
    Map<String, ZoneId> zones(AccountId tenant) {
        var zones = new HashMap<String, ZoneId>();
        sql.select(PAGES.ID, PAGES.TIME_ZONE)
                .from(PAGES)
                .where(PAGES.TENANT_ID.eq(tenant), PAGES.TIME_ZONE.isNotNull())
                .forEach(row -> Zones.of(row.value2())
                        .ifPresent(zone -> zones.put(row.value1().toString(), zone)));
        return zones;
    }

    void place(Owner owner, PageId id, int position) {
        sql.update(PAGES)
                .set(PAGES.POSITION, position)
                .where(owned(owner), PAGES.ID.eq(id))
                .execute();
    }

    void addLinks(Owner owner, PageId id, long added, Instant now) {
        sql.update(PAGES)
                .set(PAGES.LINK_COUNT, PAGES.LINK_COUNT.plus(added))
                .set(PAGES.UPDATED_AT, now)
                .where(owned(owner), PAGES.ID.eq(id))
                .execute();
    }

    /// Deletes a page with its links.
    void delete(Owner owner, PageId id) {
        sql.deleteFrom(PAGES).where(owned(owner), PAGES.ID.eq(id)).execute();
    }

    /// Returns the clicks of each page of an account, from the counters of its links.
    Map<PageId, Long> clicks(Owner owner) {
        var sum = DSL.sum(LINKS.CLICKS);
        return sql.select(LINKS.PAGE_ID, sum)
                .from(LINKS)
                .where(LINKS.TENANT_ID.eq(owner.tenant()), LINKS.ACCOUNT_ID.eq(owner.account()))
                .groupBy(LINKS.PAGE_ID)
                .fetchMap(row -> row.value1(), row -> row.value2().longValue());
    }

    private SelectConditionStep<Record> select(Owner owner, Condition condition) {
        return sql.select(PAGES.fields()).from(PAGES).where(owned(owner), condition);
    }

    private static Condition owned(Owner owner) {
        return PAGES.TENANT_ID.eq(owner.tenant()).and(PAGES.ACCOUNT_ID.eq(owner.account()));
    }

    private static Page page(Record row) {
        AccountId tenant = row.get(PAGES.TENANT_ID);
        return new Page(
                row.get(PAGES.ID),
                new Owner(tenant, row.get(PAGES.ACCOUNT_ID)),
                row.get(PAGES.SLUG),
                row.get(PAGES.NAME),
                row.get(PAGES.IS_DEFAULT),
                row.get(PAGES.IS_PUBLISHED),
                row.get(PAGES.POSITION),
                row.get(PAGES.LINK_COUNT),
                row.get(PAGES.CREATED_AT),
                row.get(PAGES.UPDATED_AT),
                Optional.ofNullable(row.get(PAGES.TIME_ZONE)).flatMap(Zones::of));
    }
}
