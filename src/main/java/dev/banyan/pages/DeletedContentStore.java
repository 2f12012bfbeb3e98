package dev.banyan.pages;

import static dev.banyan.schema.Tables.DELETED_CONTENTS;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import org.jooq.Condition;
import org.jooq.impl.DSL;

final class DeletedContentStore extends Store {

    DeletedContentStore(Tx tx) {
        super(tx);
    }

    void insert(Owner owner, String id, DeletedDocument document, String text, Instant now) {
        sql.insertInto(DELETED_CONTENTS)
                .set(DELETED_CONTENTS.ID, id)
                .set(DELETED_CONTENTS.TENANT_ID, owner.tenant())
                .set(DELETED_CONTENTS.ACCOUNT_ID, owner.account())
                .set(DELETED_CONTENTS.KIND, document.kind())
                .set(DELETED_CONTENTS.NAME, document.name())
                .set(DELETED_CONTENTS.CONTENT, text)
                .set(DELETED_CONTENTS.DELETED_AT, now)
                .execute();
    }

    Optional<DeletedDocument> find(Owner owner, String id) {
        return sql.select(DELETED_CONTENTS.CONTENT)
                .from(DELETED_CONTENTS)
                .where(owned(owner), DELETED_CONTENTS.ID.eq(id))
                .fetchOptional(row -> JsonDocument.read(row.value1(), DeletedDocument.class));
    }

    /// @return whether it was there: if two people restore it, only one succeeds
    boolean delete(Owner owner, String id) {
        return Tx.changed(sql.deleteFrom(DELETED_CONTENTS).where(owned(owner), DELETED_CONTENTS.ID.eq(id)));
    }

    /// Returns the latest deleted items, at most `mostOfAKind` of each kind, newest first; ids grow with time.
    List<DeletedContents.Entry> newest(Owner owner, Instant since, int mostOfAKind) {
        var place = DSL.rowNumber()
                .over()
                .partitionBy(DELETED_CONTENTS.KIND)
                .orderBy(DELETED_CONTENTS.ID.desc())
                .as("place");
        var placed = sql.select(
                        DELETED_CONTENTS.ID,
                        DELETED_CONTENTS.KIND,
                        DELETED_CONTENTS.NAME,
                        DELETED_CONTENTS.DELETED_AT,
                        place)
                .from(DELETED_CONTENTS)
                .where(owned(owner), DELETED_CONTENTS.DELETED_AT.ge(since))
                .asTable("placed");
        return sql.select(placed.fields())
                .from(placed)
                .where(DSL.field(DSL.name("place"), Integer.class).le(mostOfAKind))
                .orderBy(DSL.field(DELETED_CONTENTS.ID.getUnqualifiedName(), String.class)
                        .desc())
                .fetch(row -> new DeletedContents.Entry(
                        row.get(DELETED_CONTENTS.ID),
                        row.get(DELETED_CONTENTS.KIND),
                        row.get(DELETED_CONTENTS.NAME),
                        row.get(DELETED_CONTENTS.DELETED_AT)));
    }

    /// Deletes the items of a kind beyond the `kept` newest ones of an account. Limited per kind, so that single links
    /// don't displace pages.
    void trim(Owner owner, String kind, int kept) {
        List<String> beyond = sql.select(DELETED_CONTENTS.ID)
                .from(DELETED_CONTENTS)
                .where(owned(owner), DELETED_CONTENTS.KIND.eq(kind))
                .orderBy(DELETED_CONTENTS.ID.desc())
                .limit(kept, 100)
                .fetch(DELETED_CONTENTS.ID);
        if (!beyond.isEmpty()) {
            sql.deleteFrom(DELETED_CONTENTS)
                    .where(owned(owner), DELETED_CONTENTS.ID.in(beyond))
                    .execute();
        }
    }

    /// Deletes expired items of all tenants.
    @AllTenants("a job deletes expired rows of all tenants")
    int forget(Instant before, int most) {
        List<String> old = sql.select(DELETED_CONTENTS.ID)
                .from(DELETED_CONTENTS)
                .where(DELETED_CONTENTS.DELETED_AT.lt(before))
                .orderBy(DELETED_CONTENTS.DELETED_AT)
                .limit(most)
                .fetch(DELETED_CONTENTS.ID);
        return sql.deleteFrom(DELETED_CONTENTS)
                .where(DELETED_CONTENTS.ID.in(old))
                .execute();
    }

    private static Condition owned(Owner owner) {
        return DELETED_CONTENTS.TENANT_ID.eq(owner.tenant()).and(DELETED_CONTENTS.ACCOUNT_ID.eq(owner.account()));
    }
}
