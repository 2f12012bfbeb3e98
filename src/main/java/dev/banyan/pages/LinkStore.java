package dev.banyan.pages;

import static dev.banyan.schema.Tables.LINKS;
import static dev.banyan.schema.Tables.PAGES;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

final class LinkStore {

    private static final List<SelectFieldOrAsterisk> COLUMNS = List.of(
            LINKS.ID,
            LINKS.TENANT_ID,
            LINKS.ACCOUNT_ID,
            LINKS.PAGE_ID,
            LINKS.TITLE,
            LINKS.URL,
            LINKS.POSITION,
            LINKS.ACTIVE,
            LINKS.CLICKS);

    /// A link as a visitor names it, by its id alone, with its owner.
    record Owned(Owner owner, Link link) {}

    private final DSLContext sql;

    LinkStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// The links of a page in their order.
    List<Link> list(Owner owner, PageId page) {
        return sql.select(COLUMNS)
                .from(LINKS)
                .where(onPage(owner, page))
                .orderBy(LINKS.POSITION, LINKS.ID)
                .fetch(LinkStore::link);
    }

    /// The links of an account that visitors are to see, in the order of its pages and of each page.
    List<LinkId> shownInOrder(Owner owner) {
        return sql.select(LINKS.ID)
                .from(LINKS)
                .join(PAGES)
                .on(
                        PAGES.TENANT_ID.eq(LINKS.TENANT_ID),
                        PAGES.ACCOUNT_ID.eq(LINKS.ACCOUNT_ID),
                        PAGES.ID.eq(LINKS.PAGE_ID))
                .where(LINKS.TENANT_ID.eq(owner.tenant()), LINKS.ACCOUNT_ID.eq(owner.account()), LINKS.ACTIVE.eq(true))
                .orderBy(PAGES.IS_DEFAULT.desc(), PAGES.CREATED_AT, PAGES.ID, LINKS.POSITION, LINKS.ID)
                .fetch(row -> LinkId.of(row.value1()));
    }

    void insert(Owner owner, Link link, Instant now) {
        sql.insertInto(LINKS)
                .set(LINKS.ID, link.id().toString())
                .set(LINKS.TENANT_ID, owner.tenant())
                .set(LINKS.ACCOUNT_ID, owner.account())
                .set(LINKS.PAGE_ID, link.page().toString())
                .set(LINKS.TITLE, link.title())
                .set(LINKS.URL, link.url())
                .set(LINKS.POSITION, link.position())
                .set(LINKS.ACTIVE, link.active())
                .set(LINKS.CLICKS, 0L)
                .set(LINKS.CREATED_AT, now)
                .set(LINKS.UPDATED_AT, now)
                .execute();
    }

    void update(Owner owner, Link link, Instant now) {
        sql.update(LINKS)
                .set(LINKS.TITLE, link.title())
                .set(LINKS.URL, link.url())
                .set(LINKS.POSITION, link.position())
                .set(LINKS.ACTIVE, link.active())
                .set(LINKS.UPDATED_AT, now)
                .where(onPage(owner, link.page()), LINKS.ID.eq(link.id().toString()))
                .execute();
    }

    /// The clicks on all links of an account.
    long clicks(Owner owner) {
        return sql.select(DSL.coalesce(DSL.sum(LINKS.CLICKS), BigDecimal.ZERO))
                .from(LINKS)
                .where(LINKS.TENANT_ID.eq(owner.tenant()), LINKS.ACCOUNT_ID.eq(owner.account()))
                .fetchSingle()
                .value1()
                .longValue();
    }

    /// Some of an account's links, on whatever page: for an account that is erased, whose counters go with it.
    ///
    /// @return how many went
    int deleteSome(Owner owner, int most) {
        Condition owned = LINKS.TENANT_ID.eq(owner.tenant()).and(LINKS.ACCOUNT_ID.eq(owner.account()));
        List<String> ids =
                sql.select(LINKS.ID).from(LINKS).where(owned).limit(most).fetch(LINKS.ID);
        return sql.deleteFrom(LINKS).where(owned, LINKS.ID.in(ids)).execute();
    }

    void delete(Owner owner, PageId page, LinkId link) {
        sql.deleteFrom(LINKS)
                .where(onPage(owner, page), LINKS.ID.eq(link.toString()))
                .execute();
    }

    /// For the redirect, which knows no account.
    Optional<Owned> findForVisitor(LinkId id) {
        return sql.select(COLUMNS)
                .from(LINKS)
                .where(LINKS.ID.eq(id.toString()))
                .fetchOptional(
                        row -> new Owned(new Owner(row.get(LINKS.TENANT_ID), row.get(LINKS.ACCOUNT_ID)), link(row)));
    }

    void addClick(Owner owner, LinkId id) {
        sql.update(LINKS)
                .set(LINKS.CLICKS, LINKS.CLICKS.plus(1))
                .where(
                        LINKS.TENANT_ID.eq(owner.tenant()),
                        LINKS.ACCOUNT_ID.eq(owner.account()),
                        LINKS.ID.eq(id.toString()))
                .execute();
    }

    private static Condition onPage(Owner owner, PageId page) {
        return LINKS.TENANT_ID
                .eq(owner.tenant())
                .and(LINKS.ACCOUNT_ID.eq(owner.account()))
                .and(LINKS.PAGE_ID.eq(page.toString()));
    }

    private static Link link(Record row) {
        return new Link(
                LinkId.of(row.get(LINKS.ID)),
                PageId.of(row.get(LINKS.PAGE_ID)),
                row.get(LINKS.TITLE),
                row.get(LINKS.URL),
                row.get(LINKS.POSITION),
                row.get(LINKS.ACTIVE),
                row.get(LINKS.CLICKS));
    }
}
