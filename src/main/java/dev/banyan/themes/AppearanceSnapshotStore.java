package dev.banyan.themes;

import static dev.banyan.schema.Tables.APPEARANCES;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

final class AppearanceSnapshotStore extends Store {

    AppearanceSnapshotStore(Tx tx) {
        super(tx);
    }

    Optional<String> find(Owner owner, String page) {
        return sql.select(APPEARANCES.LOOK)
                .from(APPEARANCES)
                .where(
                        APPEARANCES.TENANT_ID.eq(owner.tenant()),
                        APPEARANCES.ACCOUNT_ID.eq(owner.account()),
                        APPEARANCES.PAGE_ID.eq(page))
                .fetchOptional(APPEARANCES.LOOK);
    }

    void insert(Owner owner, String page, String look, Instant now) {
        sql.insertInto(APPEARANCES)
                .set(APPEARANCES.PAGE_ID, page)
                .set(APPEARANCES.TENANT_ID, owner.tenant())
                .set(APPEARANCES.ACCOUNT_ID, owner.account())
                .set(APPEARANCES.LOOK, look)
                .set(APPEARANCES.UPDATED_AT, now)
                .execute();
    }
}
