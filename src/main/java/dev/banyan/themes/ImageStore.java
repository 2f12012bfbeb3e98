package dev.banyan.themes;

import static dev.banyan.schema.Tables.IMAGES;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Rows of pictures and videos; their bytes are in files.
final class ImageStore extends Store {

    /// An image with its owner, found by its id alone.
    record Owned(Owner owner, Image image) {}

    /// The totals of an account.
    record StorageUsed(int images, long bytes) {}

    ImageStore(Tx tx) {
        super(tx);
    }

    void insert(Owner owner, Image image) {
        sql.insertInto(IMAGES)
                .set(IMAGES.ID, image.id())
                .set(IMAGES.TENANT_ID, owner.tenant())
                .set(IMAGES.ACCOUNT_ID, owner.account())
                .set(IMAGES.SOURCE, image.source())
                .set(IMAGES.TYPE, image.type())
                .set(IMAGES.SIZE, image.size())
                .set(IMAGES.WIDTH, image.width())
                .set(IMAGES.HEIGHT, image.height())
                .set(IMAGES.PATH, image.path())
                .set(IMAGES.CREATED_AT, image.createdAt())
                .execute();
    }

    StorageUsed kept(Owner owner) {
        return sql.select(DSL.count(), DSL.coalesce(DSL.sum(IMAGES.SIZE), BigDecimal.ZERO))
                .from(IMAGES)
                .where(of(owner))
                .fetchSingle(row -> new StorageUsed(row.value1(), row.value2().longValue()));
    }

    Optional<Image> find(Owner owner, String id) {
        return sql.selectFrom(IMAGES).where(of(owner), IMAGES.ID.eq(id)).fetchOptional(ImageStore::image);
    }

    List<Image> find(Owner owner, Collection<String> ids) {
        return sql.selectFrom(IMAGES)
                .where(of(owner), IMAGES.ID.in(ids))
                .orderBy(IMAGES.ID)
                .fetch(ImageStore::image);
    }

    /// Finds an image for a browser, by its address alone.
    @AllTenants("a browser's request names no account")
    Optional<Owned> findForVisitor(String id) {
        return sql.selectFrom(IMAGES).where(IMAGES.ID.eq(id)).fetchOptional(ImageStore::owned);
    }

    /// Returns images of all accounts, in the order of their ids: those after the given id and created before the given
    /// time.
    @AllTenants("a job deletes unused pictures of all tenants")
    List<Owned> after(String id, Instant before, int most) {
        return sql.selectFrom(IMAGES)
                .where(IMAGES.ID.gt(id), IMAGES.CREATED_AT.lt(before))
                .orderBy(IMAGES.ID)
                .limit(most)
                .fetch(ImageStore::owned);
    }

    List<Image> some(Owner owner, int most) {
        return sql.selectFrom(IMAGES)
                .where(of(owner))
                .orderBy(IMAGES.ID)
                .limit(most)
                .fetch(ImageStore::image);
    }

    int delete(Owner owner, Collection<String> ids) {
        return sql.deleteFrom(IMAGES).where(of(owner), IMAGES.ID.in(ids)).execute();
    }

    private static Condition of(Owner owner) {
        return IMAGES.TENANT_ID.eq(owner.tenant()).and(IMAGES.ACCOUNT_ID.eq(owner.account()));
    }

    private static Owned owned(Record row) {
        return new Owned(new Owner(row.get(IMAGES.TENANT_ID), row.get(IMAGES.ACCOUNT_ID)), image(row));
    }

    private static Image image(Record row) {
        return new Image(
                row.get(IMAGES.ID),
                row.get(IMAGES.SOURCE),
                row.get(IMAGES.TYPE),
                row.get(IMAGES.SIZE),
                row.get(IMAGES.WIDTH),
                row.get(IMAGES.HEIGHT),
                row.get(IMAGES.PATH),
                row.get(IMAGES.CREATED_AT));
    }
}
