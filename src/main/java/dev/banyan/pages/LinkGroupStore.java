package dev.banyan.pages;

import static dev.banyan.schema.Tables.LINK_GROUPS;
import static dev.banyan.schema.Tables.PAGES;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;

public final class LinkGroupStore extends Store {

    private static final SqlCache LIST = new SqlCache();

    public LinkGroupStore(Tx tx) {
        super(tx);
    }

    /// Returns the groups of a page in order.
    public List<LinkGroup> list(Owner owner, PageId page) {
        return LIST.fetch(
                LinkGroupStore::group,
                sql,
                () -> sql.selectFrom(LINK_GROUPS)
                        .where(onPage(owner, page))
                        .orderBy(LINK_GROUPS.POSITION, LINK_GROUPS.ID),
                owner.tenant(),
                owner.account(),
                page);
    }

    /// Returns all groups of an account, in the order of its pages and of each page.
    List<String> inOrder(Owner owner) {
        return sql.select(LINK_GROUPS.ID)
                .from(LINK_GROUPS)
                .join(PAGES)
                .onKey()
                .where(LINK_GROUPS.TENANT_ID.eq(owner.tenant()), LINK_GROUPS.ACCOUNT_ID.eq(owner.account()))
                .orderBy(PAGES.IS_DEFAULT.desc(), PAGES.CREATED_AT, PAGES.ID, LINK_GROUPS.POSITION, LINK_GROUPS.ID)
                .fetch(LINK_GROUPS.ID);
    }

    public void insert(Owner owner, LinkGroup group, Instant now) {
        sql.insertInto(LINK_GROUPS)
                .set(LINK_GROUPS.ID, group.id())
                .set(LINK_GROUPS.TENANT_ID, owner.tenant())
                .set(LINK_GROUPS.ACCOUNT_ID, owner.account())
                .set(LINK_GROUPS.PAGE_ID, group.page())
                .set(LINK_GROUPS.CREATED_AT, now)
                .set(values(group, now))
                .execute();
    }

    void update(Owner owner, LinkGroup group, Instant now) {
        sql.update(LINK_GROUPS)
                .set(values(group, now))
                .where(onPage(owner, group.page()), LINK_GROUPS.ID.eq(group.id()))
                .execute();
    }

    void delete(Owner owner, LinkGroup group) {
        sql.deleteFrom(LINK_GROUPS)
                .where(onPage(owner, group.page()), LINK_GROUPS.ID.eq(group.id()))
                .execute();
    }

    private static Columns values(LinkGroup group, Instant now) {
        return new Columns()
                .with(LINK_GROUPS.TITLE, group.title())
                .with(LINK_GROUPS.POSITION, group.position())
                .with(LINK_GROUPS.ACTIVE, group.active())
                .with(LINK_GROUPS.LAYOUT, group.layout().key())
                .with(LINK_GROUPS.IS_COLLAPSED, group.collapsed())
                .with(LINK_GROUPS.UPDATED_AT, now);
    }

    private static Condition onPage(Owner owner, PageId page) {
        return LINK_GROUPS
                .TENANT_ID
                .eq(owner.tenant())
                .and(LINK_GROUPS.ACCOUNT_ID.eq(owner.account()))
                .and(LINK_GROUPS.PAGE_ID.eq(page));
    }

    private static LinkGroup group(Record row) {
        return new LinkGroup(
                row.get(LINK_GROUPS.ID),
                row.get(LINK_GROUPS.PAGE_ID),
                row.get(LINK_GROUPS.TITLE),
                row.get(LINK_GROUPS.POSITION),
                row.get(LINK_GROUPS.ACTIVE),
                GroupLayout.parse(row.get(LINK_GROUPS.LAYOUT)).orElse(GroupLayout.STACK),
                row.get(LINK_GROUPS.IS_COLLAPSED));
    }
}
