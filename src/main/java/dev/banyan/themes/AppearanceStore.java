package dev.banyan.themes;

import static dev.banyan.schema.Tables.APPEARANCES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Stores the appearance of pages, one document each. A page without one has [Appearance#DEFAULT].
public final class AppearanceStore {

    private static final SqlCache FIND = new SqlCache();

    private final DSLContext sql;

    public AppearanceStore(Tx tx) {
        this.sql = tx.sql();
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
                .where(of(owner, page))
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

    /// Returns the appearances of all pages of an account, to find the pictures in use.
    List<Appearance> ofAccount(Owner owner) {
        return sql.select(APPEARANCES.LOOK)
                .from(APPEARANCES)
                .where(APPEARANCES.TENANT_ID.eq(owner.tenant()), APPEARANCES.ACCOUNT_ID.eq(owner.account()))
                .fetch(row -> AppearanceDocument.read(row.value1()));
    }

    private static Condition of(Owner owner, UUID page) {
        return APPEARANCES
                .TENANT_ID
                .eq(owner.tenant())
                .and(APPEARANCES.ACCOUNT_ID.eq(owner.account()))
                .and(APPEARANCES.PAGE_ID.eq(page.toString()));
    }
}
