package dev.banyan.themes;

import static dev.banyan.schema.Tables.APPEARANCES;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Stores the appearance of pages, one document each. A page without one has [Appearance#DEFAULT].
public final class AppearanceStore extends Store {

    private static final SqlCache FIND = new SqlCache();
    /// Where a former look has the push before its own, as long as that can be undone as well.
    private static final String EARLIER = "earlier";
    /// Characters of a former look with those before it, as the column allows, without what is around them.
    private static final int MOST_KEPT = 29_900;

    public AppearanceStore(Tx tx) {
        super(tx);
    }

    public Optional<Appearance> find(Owner owner, UUID page) {
        return FIND.one(
                        sql,
                        () -> sql.select(APPEARANCES.LOOK).from(APPEARANCES).where(of(owner, page)),
                        owner.tenant(),
                        owner.account(),
                        page.toString())
                .map(row -> AppearanceDocument.read(row.get(APPEARANCES.LOOK)));
    }

    public void save(Owner owner, UUID page, Appearance look, Instant now) {
        String document = AppearanceDocument.write(look);
        sql.insertInto(APPEARANCES)
                .set(APPEARANCES.PAGE_ID, page.toString())
                .set(APPEARANCES.TENANT_ID, owner.tenant())
                .set(APPEARANCES.ACCOUNT_ID, owner.account())
                .set(APPEARANCES.LOOK, document)
                .set(APPEARANCES.UPDATED_AT, now)
                .onConflict(APPEARANCES.PAGE_ID)
                .doUpdate()
                .set(APPEARANCES.LOOK, document)
                .set(APPEARANCES.UPDATED_AT, now)
                .setNull(APPEARANCES.FORMER_LOOK)
                .setNull(APPEARANCES.PUSH_ID)
                .setNull(APPEARANCES.PUSHED_AT)
                .where(of(owner, page))
                .execute();
    }

    /// Saves a look that is one of many, and keeps the one before it until the next change by hand.
    public void push(Owner owner, UUID page, Appearance look, UUID push, Instant now) {
        JsonNode former = AppearanceDocument.parse(
                AppearanceDocument.write(find(owner, page).orElse(Appearance.DEFAULT)));
        sql.select(APPEARANCES.PUSH_ID, APPEARANCES.PUSHED_AT, APPEARANCES.FORMER_LOOK)
                .from(APPEARANCES)
                .where(of(owner, page), APPEARANCES.PUSH_ID.isNotNull())
                .fetchOptional()
                .filter(row -> former.toString().length() + row.value3().length() <= MOST_KEPT)
                .ifPresent(row -> former.withObject("/" + EARLIER)
                        .put("push", row.value1())
                        .put("at", row.value2().toEpochMilli())
                        .set("look", AppearanceDocument.parse(row.value3())));
        save(owner, page, look, now);
        keepFormer(owner, page, former, push.toString(), now);
    }

    private void keepFormer(Owner owner, UUID page, JsonNode former, String push, Instant at) {
        sql.update(APPEARANCES)
                .set(APPEARANCES.FORMER_LOOK, former.toString())
                .set(APPEARANCES.PUSH_ID, push)
                .set(APPEARANCES.PUSHED_AT, at)
                .where(of(owner, page))
                .execute();
    }

    /// Gives the look back that a page had before a push, which may have come with another one.
    ///
    /// @return that look; empty if the page's look was changed since
    public Optional<Appearance> undo(Owner owner, UUID page, UUID push, Instant now) {
        Optional<String> former = sql.fetchOptionalValue(
                APPEARANCES.FORMER_LOOK, of(owner, page).and(APPEARANCES.PUSH_ID.eq(push.toString())));
        Optional<Appearance> look = former.map(AppearanceDocument::read);
        look.ifPresent(given -> save(owner, page, given, now));
        former.map(text -> AppearanceDocument.parse(text).path(EARLIER))
                .filter(JsonNode::isObject)
                .ifPresent(earlier -> keepFormer(
                        owner,
                        page,
                        earlier.path("look"),
                        earlier.path("push").asText(),
                        Instant.ofEpochMilli(earlier.path("at").asLong())));
        return look;
    }

    /// Looks that came at once and still are as they came.
    ///
    /// @param brands how many
    public record Push(UUID id, Instant at, int brands) {}

    public Optional<Push> lastPush(AccountId tenant) {
        Field<Instant> at = DSL.max(APPEARANCES.PUSHED_AT);
        return sql.select(APPEARANCES.PUSH_ID, at, DSL.count())
                .from(APPEARANCES)
                .where(APPEARANCES.TENANT_ID.eq(tenant), APPEARANCES.PUSH_ID.isNotNull())
                .groupBy(APPEARANCES.PUSH_ID)
                .orderBy(at.desc(), APPEARANCES.PUSH_ID.desc())
                .limit(1)
                .fetchOptional(row -> new Push(UUID.fromString(row.value1()), row.value2(), row.value3()));
    }

    /// Returns the pages whose looks came with a push and weren't changed since, by their accounts.
    public Map<AccountId, UUID> pushed(AccountId tenant, UUID push) {
        return sql.select(APPEARANCES.ACCOUNT_ID, APPEARANCES.PAGE_ID)
                .from(APPEARANCES)
                .where(APPEARANCES.TENANT_ID.eq(tenant), APPEARANCES.PUSH_ID.eq(push.toString()))
                .orderBy(APPEARANCES.ACCOUNT_ID)
                .fetchMap(row -> row.value1(), row -> UUID.fromString(row.value2()));
    }

    @AllTenants("a job forgets former looks of all tenants")
    public int forgetFormer(Instant before) {
        return sql.update(APPEARANCES)
                .setNull(APPEARANCES.FORMER_LOOK)
                .setNull(APPEARANCES.PUSH_ID)
                .setNull(APPEARANCES.PUSHED_AT)
                .where(APPEARANCES.PUSHED_AT.lt(before))
                .execute();
    }

    /// Returns the appearances of some pages of a tenant's accounts, by page; those without one are left out.
    public Map<UUID, Appearance> ofPages(AccountId tenant, Collection<UUID> pages) {
        return sql.select(APPEARANCES.PAGE_ID, APPEARANCES.LOOK)
                .from(APPEARANCES)
                .where(
                        APPEARANCES.TENANT_ID.eq(tenant),
                        APPEARANCES.PAGE_ID.in(
                                pages.stream().map(UUID::toString).toList()))
                .fetchMap(row -> UUID.fromString(row.value1()), row -> AppearanceDocument.read(row.value2()));
    }

    /// Returns the appearances of all pages of an account, former ones too, to find the pictures in use.
    List<Appearance> ofAccount(Owner owner) {
        return sql
                .select(APPEARANCES.LOOK, APPEARANCES.FORMER_LOOK)
                .from(APPEARANCES)
                .where(APPEARANCES.TENANT_ID.eq(owner.tenant()), APPEARANCES.ACCOUNT_ID.eq(owner.account()))
                .stream()
                .flatMap(row -> Stream.of(row.value1(), row.value2()).filter(Objects::nonNull))
                .flatMap(AppearanceStore::withEarlier)
                .toList();
    }

    private static Stream<Appearance> withEarlier(String look) {
        return Stream.<JsonNode>iterate(
                        AppearanceDocument.parse(look),
                        JsonNode::isObject,
                        node -> node.path(EARLIER).path("look"))
                .map(node -> AppearanceDocument.read(node.toString()));
    }

    private static Condition of(Owner owner, UUID page) {
        return APPEARANCES
                .TENANT_ID
                .eq(owner.tenant())
                .and(APPEARANCES.ACCOUNT_ID.eq(owner.account()))
                .and(APPEARANCES.PAGE_ID.eq(page.toString()));
    }
}
