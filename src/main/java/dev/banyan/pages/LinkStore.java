package dev.banyan.pages;

import static dev.banyan.schema.Tables.LINKS;
import static dev.banyan.schema.Tables.PAGES;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class LinkStore extends Store {

    /// A link with its owner, found by its id alone in a visitor's request.
    public record Owned(Owner owner, Link link) {}

    private static final SqlCache LIST = new SqlCache();

    private final PageWordStore words;

    public LinkStore(Tx tx) {
        super(tx);
        this.words = new PageWordStore(tx);
    }

    /// Returns the links of a page in order.
    public List<Link> list(Owner owner, PageId page) {
        return LIST.fetch(
                LinkStore::link,
                sql,
                () -> sql.select(LINKS.fields())
                        .from(LINKS)
                        .where(onPage(owner, page))
                        .orderBy(LINKS.POSITION, LINKS.ID),
                owner.tenant(),
                owner.account(),
                page);
    }

    /// Returns the active links of an account, in the order of its pages and of each page.
    List<LinkId> shownInOrder(Owner owner) {
        return sql.select(LINKS.ID)
                .from(LINKS)
                .join(PAGES)
                .onKey()
                .where(LINKS.TENANT_ID.eq(owner.tenant()), LINKS.ACCOUNT_ID.eq(owner.account()), LINKS.ACTIVE.eq(true))
                .orderBy(PAGES.IS_DEFAULT.desc(), PAGES.CREATED_AT, PAGES.ID, LINKS.POSITION, LINKS.ID)
                .fetch(row -> row.value1());
    }

    public void insert(Owner owner, Link link, Instant now) {
        sql.insertInto(LINKS)
                .set(LINKS.ID, link.id())
                .set(LINKS.TENANT_ID, owner.tenant())
                .set(LINKS.ACCOUNT_ID, owner.account())
                .set(LINKS.PAGE_ID, link.page())
                .set(LINKS.CLICKS, link.clicks())
                .set(LINKS.CREATED_AT, now)
                .set(values(link, now))
                .execute();
        words.addLink(owner, link);
    }

    void update(Owner owner, Link link, Instant now) {
        int updated = sql.update(LINKS)
                .set(values(link, now))
                .where(onPage(owner, link.page()), LINKS.ID.eq(link.id()))
                .execute();
        if (updated == 1) {
            words.refreshLink(owner, link);
        }
    }

    /// Returns the columns that its owner may change.
    private static Columns values(Link link, Instant now) {
        LinkStyle decoration = link.decoration();
        Optional<LinkSchedule> schedule = link.schedule();
        Optional<LinkLock> lock = link.lock();
        return new Columns()
                .with(LINKS.TITLE, link.title())
                .with(LINKS.URL, link.url())
                .with(LINKS.KIND, link.kind().key())
                .with(LINKS.BODY, link.text())
                .with(LINKS.POSITION, link.position())
                .with(LINKS.ACTIVE, link.active())
                .with(LINKS.UPDATED_AT, now)
                .with(LINKS.GROUP_ID, link.group())
                .with(LINKS.ICON, decoration.icon())
                .with(LINKS.THUMBNAIL, decoration.thumbnail())
                .with(
                        LINKS.THUMBNAIL_TYPE,
                        decoration
                                .thumbnailType()
                                .map(LinkStyle.ThumbnailType::key)
                                .orElse(""))
                .with(LINKS.THUMBNAIL_IMAGE, decoration.thumbnailImage())
                .with(LINKS.LAYOUT, decoration.layout().key())
                .with(LINKS.ANIMATION, decoration.animation().key())
                .with(LINKS.IS_SCHEDULED, schedule.isPresent())
                .with(LINKS.START_TEXT, schedule.map(LinkSchedule::start).orElse(""))
                .with(LINKS.END_TEXT, schedule.map(LinkSchedule::end).orElse(""))
                .with(LINKS.ZONE, schedule.map(LinkSchedule::zone).orElse(""))
                .with(LINKS.STARTS_AT, schedule.flatMap(LinkSchedule::startsAt))
                .with(LINKS.ENDS_AT, schedule.flatMap(LinkSchedule::endsAt))
                .with(LINKS.LOCK_TYPE, lock.map(one -> one.type().key()).orElse(""))
                .with(LINKS.LOCK_CODE, lock.map(LinkLock::code).orElse(""))
                .with(LINKS.LOCK_MESSAGE, lock.map(LinkLock::message).orElse(""));
    }

    /// Returns the clicks on all links of an account.
    long clicks(Owner owner) {
        return sql.select(DSL.coalesce(DSL.sum(LINKS.CLICKS), BigDecimal.ZERO))
                .from(LINKS)
                .where(LINKS.TENANT_ID.eq(owner.tenant()), LINKS.ACCOUNT_ID.eq(owner.account()))
                .fetchSingle()
                .value1()
                .longValue();
    }

    /// Deletes some links of an erased account, on any page, with their counters.
    int deleteSome(Owner owner, int most) {
        Condition owned = LINKS.TENANT_ID.eq(owner.tenant()).and(LINKS.ACCOUNT_ID.eq(owner.account()));
        List<LinkId> ids =
                sql.select(LINKS.ID).from(LINKS).where(owned).limit(most).fetch(LINKS.ID);
        return sql.deleteFrom(LINKS).where(owned, LINKS.ID.in(ids)).execute();
    }

    void delete(Owner owner, PageId page, LinkId link) {
        sql.deleteFrom(LINKS).where(onPage(owner, page), LINKS.ID.eq(link)).execute();
    }

    /// Finds a link for the redirect, without a known account. Only links of published pages are found.
    @AllTenants("a visitor's request names no account")
    public Optional<Owned> findForVisitor(LinkId id) {
        return sql.select(LINKS.fields())
                .from(LINKS)
                .join(PAGES)
                .onKey()
                .where(LINKS.ID.eq(id), PAGES.IS_PUBLISHED.eq(true))
                .fetchOptional(
                        row -> new Owned(new Owner(row.get(LINKS.TENANT_ID), row.get(LINKS.ACCOUNT_ID)), link(row)));
    }

    /// Adds many clicks at once, by link.
    void addClicks(Owner owner, Map<String, Long> clicks) {
        BatchBindStep all = sql.batch(sql.update(LINKS)
                .set(LINKS.CLICKS, LINKS.CLICKS.plus(later(LINKS.CLICKS)))
                .where(
                        LINKS.TENANT_ID.eq(later(LINKS.TENANT_ID)),
                        LINKS.ACCOUNT_ID.eq(later(LINKS.ACCOUNT_ID)),
                        // As text: one event with a malformed id must not cost the counts of all the others.
                        LINKS.ID.coerce(String.class).eq(DSL.val((String) null, String.class))));
        for (var one : new TreeMap<>(clicks).entrySet()) {
            all = all.bind(one.getValue(), owner.tenant(), owner.account(), one.getKey());
        }
        all.execute();
    }

    /// Returns the existing links among these.
    List<Link> find(Owner owner, Collection<String> ids) {
        return sql.select(LINKS.fields())
                .from(LINKS)
                .where(LINKS.TENANT_ID.eq(owner.tenant()), LINKS.ACCOUNT_ID.eq(owner.account()), LINKS.ID.in(ids))
                .fetch(LinkStore::link);
    }

    private static Condition onPage(Owner owner, PageId page) {
        return LINKS.TENANT_ID
                .eq(owner.tenant())
                .and(LINKS.ACCOUNT_ID.eq(owner.account()))
                .and(LINKS.PAGE_ID.eq(page));
    }

    private static Link link(Record row) {
        return new Link(
                row.get(LINKS.ID),
                row.get(LINKS.PAGE_ID),
                row.get(LINKS.TITLE),
                row.get(LINKS.URL),
                row.get(LINKS.POSITION),
                row.get(LINKS.ACTIVE),
                row.get(LINKS.CLICKS),
                Optional.ofNullable(row.get(LINKS.GROUP_ID)),
                new LinkStyle(
                        row.get(LINKS.ICON),
                        row.get(LINKS.THUMBNAIL),
                        LinkStyle.ThumbnailType.parse(row.get(LINKS.THUMBNAIL_TYPE)),
                        Optional.ofNullable(row.get(LINKS.THUMBNAIL_IMAGE)),
                        LinkStyle.Layout.parse(row.get(LINKS.LAYOUT)).orElse(LinkStyle.Layout.CLASSIC),
                        LinkStyle.Animation.parse(row.get(LINKS.ANIMATION)).orElse(LinkStyle.Animation.NONE)),
                row.get(LINKS.IS_SCHEDULED)
                        ? Optional.of(new LinkSchedule(
                                row.get(LINKS.START_TEXT),
                                row.get(LINKS.END_TEXT),
                                row.get(LINKS.ZONE),
                                Optional.ofNullable(row.get(LINKS.STARTS_AT)),
                                Optional.ofNullable(row.get(LINKS.ENDS_AT))))
                        : Optional.empty(),
                LinkLock.Type.parse(row.get(LINKS.LOCK_TYPE))
                        .map(type -> new LinkLock(type, row.get(LINKS.LOCK_CODE), row.get(LINKS.LOCK_MESSAGE))),
                LinkKind.parse(row.get(LINKS.KIND)).orElse(LinkKind.LINK),
                row.get(LINKS.BODY));
    }
}
