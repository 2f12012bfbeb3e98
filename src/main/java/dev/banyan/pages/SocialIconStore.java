package dev.banyan.pages;

import static dev.banyan.schema.Tables.SOCIAL_ICONS;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;

public final class SocialIconStore extends Store {

    private static final SqlCache LIST = new SqlCache();

    public SocialIconStore(Tx tx) {
        super(tx);
    }

    /// Returns the icons in order.
    public List<SocialIcon> list(Owner owner) {
        return LIST.fetch(
                row -> new SocialIcon(
                        row.get(SOCIAL_ICONS.ID),
                        row.get(SOCIAL_ICONS.PLATFORM),
                        row.get(SOCIAL_ICONS.URL),
                        row.get(SOCIAL_ICONS.POSITION),
                        row.get(SOCIAL_ICONS.ACTIVE)),
                sql,
                () -> sql.selectFrom(SOCIAL_ICONS).where(of(owner)).orderBy(SOCIAL_ICONS.POSITION, SOCIAL_ICONS.ID),
                owner.tenant(),
                owner.account());
    }

    public void insert(Owner owner, SocialIcon icon, Instant now) {
        sql.insertInto(SOCIAL_ICONS)
                .set(SOCIAL_ICONS.ID, icon.id())
                .set(SOCIAL_ICONS.TENANT_ID, owner.tenant())
                .set(SOCIAL_ICONS.ACCOUNT_ID, owner.account())
                .set(columns(icon, now))
                .set(SOCIAL_ICONS.CREATED_AT, now)
                .execute();
    }

    public void update(Owner owner, SocialIcon icon, Instant now) {
        sql.update(SOCIAL_ICONS)
                .set(columns(icon, now))
                .where(of(owner), SOCIAL_ICONS.ID.eq(icon.id()))
                .execute();
    }

    private static Columns columns(SocialIcon icon, Instant now) {
        return new Columns()
                .with(SOCIAL_ICONS.PLATFORM, icon.platform())
                .with(SOCIAL_ICONS.URL, icon.url())
                .with(SOCIAL_ICONS.POSITION, icon.position())
                .with(SOCIAL_ICONS.ACTIVE, icon.active())
                .with(SOCIAL_ICONS.UPDATED_AT, now);
    }

    public void delete(Owner owner, String id) {
        sql.deleteFrom(SOCIAL_ICONS).where(of(owner), SOCIAL_ICONS.ID.eq(id)).execute();
    }

    private static Condition of(Owner owner) {
        return SOCIAL_ICONS.TENANT_ID.eq(owner.tenant()).and(SOCIAL_ICONS.ACCOUNT_ID.eq(owner.account()));
    }
}
