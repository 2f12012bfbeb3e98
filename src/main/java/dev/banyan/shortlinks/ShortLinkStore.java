package dev.banyan.shortlinks;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.analytics.ClickCounters.Clicks;
import dev.banyan.analytics.EventNames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.SearchWords;
import dev.banyan.platform.search.WordIndex;
import dev.banyan.shortlinks.ShortLinkQuery.Cursor;
import dev.banyan.shortlinks.ShortLinkQuery.Order;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

final class ShortLinkStore extends Store {

    private static final int TAGS_OFFERED = 50;

    private final WordIndex<ShortLinkId> words;

    ShortLinkStore(Tx tx) {
        super(tx);
        this.words = new WordIndex<>(tx, SHORT_LINK_WORDS, SHORT_LINK_WORDS.WORD, SHORT_LINK_WORDS.SHORT_LINK_ID);
    }

    List<ShortLink> list(Owner owner, ShortLinkQuery query, Instant now) {
        Condition wanted = wanted(owner, query, now);
        if (query.after().isPresent()) {
            Cursor after = query.after().get();
            ShortLinkId id = after.id();
            wanted = wanted.and(
                    query.order() == Order.NEWEST
                            ? SHORT_LINKS.ID.lt(id)
                            : DSL.row(SHORT_LINKS.CLICKS, SHORT_LINKS.ID).lt(after.clicks(), id));
        }
        var select = sql.select(SHORT_LINKS.fields()).from(SHORT_LINKS).where(wanted);
        var ordered = query.order() == Order.NEWEST
                ? select.orderBy(SHORT_LINKS.ID.desc())
                : select.orderBy(SHORT_LINKS.CLICKS.desc(), SHORT_LINKS.ID.desc());
        return ordered.limit(query.limit()).fetch(ShortLinkStore::link);
    }

    /// Returns how many the filters find, on all pages.
    int count(Owner owner, ShortLinkQuery query, Instant now) {
        return sql.fetchCount(SHORT_LINKS, wanted(owner, query, now));
    }

    private Condition wanted(Owner owner, ShortLinkQuery query, Instant now) {
        Condition wanted = owned(owner).and(matching(owner, query.search()));
        if (!query.tag().isEmpty()) {
            wanted = wanted.and(SHORT_LINKS.ID.in(DSL.select(SHORT_LINK_TAGS.SHORT_LINK_ID)
                    .from(SHORT_LINK_TAGS)
                    .where(tagOf(owner), SHORT_LINK_TAGS.TAG.eq(query.tag()))));
        }
        return switch (query.state()) {
            case ANY -> wanted;
            case ON -> wanted.and(SHORT_LINKS.ACTIVE.eq(true));
            case OFF -> wanted.and(SHORT_LINKS.ACTIVE.eq(false));
            case ENDED -> wanted.and(SHORT_LINKS.ENDS_AT.le(now));
        };
    }

    /// Matches short links by the beginnings of their words.
    private Condition matching(Owner owner, String search) {
        return words.matching(wordOf(owner), SHORT_LINK_WORDS.SHORT_LINK_ID.eq(SHORT_LINKS.ID), SHORT_LINKS.ID, search);
    }

    private static Condition wordOf(Owner owner) {
        return SHORT_LINK_WORDS.TENANT_ID.eq(owner.tenant()).and(SHORT_LINK_WORDS.ACCOUNT_ID.eq(owner.account()));
    }

    private static Condition tagOf(Owner owner) {
        return SHORT_LINK_TAGS.TENANT_ID.eq(owner.tenant()).and(SHORT_LINK_TAGS.ACCOUNT_ID.eq(owner.account()));
    }

    /// Returns the first tags of an account, for a list of options.
    List<String> tags(Owner owner) {
        return sql.selectDistinct(SHORT_LINK_TAGS.TAG)
                .from(SHORT_LINK_TAGS)
                .where(tagOf(owner))
                .orderBy(SHORT_LINK_TAGS.TAG)
                .limit(TAGS_OFFERED)
                .fetch(SHORT_LINK_TAGS.TAG);
    }

    Optional<ShortLink> find(Owner owner, ShortLinkId id) {
        return sql.select(SHORT_LINKS.fields())
                .from(SHORT_LINKS)
                .where(owned(owner), SHORT_LINKS.ID.eq(id))
                .fetchOptional(ShortLinkStore::link);
    }

    /// Returns title, target and slug of some short links, by id.
    Map<String, EventNames.Name> names(Owner owner, Collection<String> ids) {
        return sql.select(SHORT_LINKS.ID, SHORT_LINKS.TITLE, SHORT_LINKS.TARGET, SHORT_LINKS.SLUG)
                .from(SHORT_LINKS)
                .where(owned(owner), SHORT_LINKS.ID.coerce(String.class).in(ids))
                .fetchMap(
                        row -> row.value1().toString(),
                        row -> new EventNames.Name(row.value1().toString(), row.value2(), row.value3(), row.value4()));
    }

    /// @param slug in any case; that of a short link made elsewhere has capitals, and an exact one goes first
    Optional<ShortLink> findBySlug(Owner owner, String slug) {
        return sql.select(SHORT_LINKS.fields())
                .from(SHORT_LINKS)
                .where(owned(owner), inAnyCase(slug))
                .orderBy(exactFirst(slug))
                .limit(1)
                .fetchOptional(ShortLinkStore::link);
    }

    private static Condition inAnyCase(String slug) {
        return DSL.lower(SHORT_LINKS.SLUG).eq(slug.toLowerCase(Locale.ROOT));
    }

    private static Field<Integer> exactFirst(String slug) {
        return DSL.when(SHORT_LINKS.SLUG.eq(slug), DSL.inline(0)).otherwise(DSL.inline(1));
    }

    /// Finds a short link and locks it until the end of the transaction.
    Optional<ShortLink> lockBySlug(Owner owner, String slug) {
        return findBySlug(owner, slug)
                .flatMap(found -> RowLock.on(
                                sql.select(SHORT_LINKS.fields())
                                        .from(SHORT_LINKS)
                                        .where(owned(owner), SHORT_LINKS.ID.eq(found.id())),
                                sql)
                        .fetchOptional(ShortLinkStore::link));
    }

    /// Finds a short link for the redirect, without a known account.
    @AllTenants("a visitor's request names no account")
    Optional<ShortLink> findForVisitor(String slug) {
        return sql.select(SHORT_LINKS.fields())
                .from(SHORT_LINKS)
                .where(inAnyCase(slug))
                .orderBy(exactFirst(slug))
                .limit(1)
                .fetchOptional(ShortLinkStore::link);
    }

    /// Returns those of the slugs that exist on this server, in any case: slugs are unique across all tenants.
    @AllTenants("slugs are unique on the whole server")
    Set<String> taken(Set<String> slugs) {
        Set<String> there = holders(slugs).stream()
                .map(holder -> holder.slug().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return slugs.stream()
                .filter(slug -> there.contains(slug.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }

    /// A short link that has a slug, in any case.
    record Holder(AccountId account, String slug, String target) {}

    @AllTenants("slugs are unique on the whole server")
    List<Holder> holders(Set<String> slugs) {
        Set<String> lower =
                slugs.stream().map(slug -> slug.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return sql.select(SHORT_LINKS.ACCOUNT_ID, SHORT_LINKS.SLUG, SHORT_LINKS.TARGET)
                .from(SHORT_LINKS)
                .where(DSL.lower(SHORT_LINKS.SLUG).in(lower))
                .fetch(row -> new Holder(row.value1(), row.value2(), row.value3()));
    }

    /// Returns the oldest short link beyond the first `room` ones.
    Optional<ShortLinkId> firstAfter(Owner owner, long room) {
        return sql.select(SHORT_LINKS.ID)
                .from(SHORT_LINKS)
                .where(owned(owner))
                .orderBy(SHORT_LINKS.ID)
                .limit(1)
                .offset(room)
                .fetchOptional(row -> row.value1());
    }

    /// @return false if the slug is taken
    boolean insert(Owner owner, ShortLink link, Instant now) {
        return insert(owner, link, Optional.empty(), now);
    }

    /// @param ofImport the import that made it
    /// @return false if the slug is taken
    boolean insert(Owner owner, ShortLink link, Optional<UUID> ofImport, Instant now) {
        int inserted = sql.insertInto(SHORT_LINKS)
                .set(SHORT_LINKS.ID, link.id())
                .set(SHORT_LINKS.TENANT_ID, owner.tenant())
                .set(SHORT_LINKS.ACCOUNT_ID, owner.account())
                .set(SHORT_LINKS.SLUG, link.slug())
                .set(SHORT_LINKS.CLICKS, link.clicks())
                .set(SHORT_LINKS.LAST_CLICKED_AT, link.lastClickedAt().orElse(null))
                .set(SHORT_LINKS.CREATED_AT, link.createdAt())
                .set(SHORT_LINKS.IMPORT_ID, ofImport.orElse(null))
                .set(values(link, now))
                .onConflict(SHORT_LINKS.SLUG)
                .doNothing()
                .execute();
        if (inserted == 1) {
            writeTags(owner, link);
            words.add(words(link), wordRow(owner, link.id()));
        }
        return inserted == 1;
    }

    void update(Owner owner, ShortLink before, ShortLink link, Instant now) {
        sql.update(SHORT_LINKS)
                .set(values(link, now))
                .where(owned(owner), SHORT_LINKS.ID.eq(link.id()))
                .execute();
        if (!before.tags().equals(link.tags())) {
            sql.deleteFrom(SHORT_LINK_TAGS)
                    .where(tagOf(owner), SHORT_LINK_TAGS.SHORT_LINK_ID.eq(link.id()))
                    .execute();
            writeTags(owner, link);
        }
        if (!words(before).equals(words(link))) {
            words.replace(
                    wordOf(owner).and(SHORT_LINK_WORDS.SHORT_LINK_ID.eq(link.id())),
                    words(link),
                    wordRow(owner, link.id()));
        }
    }

    private void writeTags(Owner owner, ShortLink link) {
        if (link.tags().isEmpty()) {
            return;
        }
        var insert = sql.insertInto(
                SHORT_LINK_TAGS,
                SHORT_LINK_TAGS.TENANT_ID,
                SHORT_LINK_TAGS.ACCOUNT_ID,
                SHORT_LINK_TAGS.TAG,
                SHORT_LINK_TAGS.SHORT_LINK_ID);
        for (String tag : link.tags()) {
            insert = insert.values(owner.tenant(), owner.account(), tag, link.id());
        }
        insert.execute();
    }

    private static Map<Field<?>, Object> wordRow(Owner owner, ShortLinkId id) {
        return Map.of(
                SHORT_LINK_WORDS.TENANT_ID, owner.tenant(),
                SHORT_LINK_WORDS.ACCOUNT_ID, owner.account(),
                SHORT_LINK_WORDS.SHORT_LINK_ID, id);
    }

    /// Adds the words with signs of some short links ([WordIndex#addSigned]).
    @AllTenants("a job indexes the texts of all tenants")
    Optional<String> addSignedWords(String after) {
        return words.addSigned(
                sql.selectFrom(SHORT_LINKS).where(DSL.noCondition()),
                SHORT_LINKS.ID,
                row -> words(
                        row.get(SHORT_LINKS.SLUG),
                        row.get(SHORT_LINKS.TITLE),
                        List.of(row.get(SHORT_LINKS.TAGS).split(" ")),
                        row.get(SHORT_LINKS.TARGET)),
                row -> wordRow(
                        new Owner(row.get(SHORT_LINKS.TENANT_ID), row.get(SHORT_LINKS.ACCOUNT_ID)),
                        row.get(SHORT_LINKS.ID)),
                after);
    }

    private static Set<String> words(ShortLink link) {
        return words(link.slug(), link.title(), link.tags(), link.target());
    }

    private static Set<String> words(String slug, String title, List<String> tags, String target) {
        List<String> others = new ArrayList<>();
        others.add(title);
        others.addAll(tags);
        others.add(WebAddresses.shownHost(target));
        return SearchWords.of(slug, others);
    }

    /// Returns the columns that its owner may change.
    private static Columns values(ShortLink link, Instant now) {
        return new Columns()
                .with(SHORT_LINKS.TARGET, link.target())
                .with(SHORT_LINKS.TITLE, link.title())
                .with(SHORT_LINKS.TAGS, String.join(" ", link.tags()))
                .with(SHORT_LINKS.ACTIVE, link.active())
                .with(SHORT_LINKS.STARTS_AT, link.startsAt())
                .with(SHORT_LINKS.ENDS_AT, link.endsAt())
                .with(SHORT_LINKS.FALLBACK, link.fallback())
                .with(SHORT_LINKS.PASSWORD_HASH, link.passwordHash())
                .with(SHORT_LINKS.CLICK_LIMIT, link.clickLimit())
                .with(SHORT_LINKS.ROUTING, link.routing().written())
                .with(SHORT_LINKS.UPDATED_AT, now);
    }

    /// A short link of any account of a tenant that a search found.
    record Found(AccountId account, ShortLinkId id, String slug, String title, List<String> tags, String target) {}

    /// Returns what a search in all accounts of a tenant finds, the best first.
    ///
    /// @param among limits it to these accounts, if present
    List<Found> search(AccountId tenant, Optional<? extends Collection<AccountId>> among, String search, int limit) {
        WordIndex.Candidates<ShortLinkId> found = words.candidates(
                SHORT_LINK_WORDS
                        .TENANT_ID
                        .eq(tenant)
                        .and(among.<Condition>map(SHORT_LINK_WORDS.ACCOUNT_ID::in)
                                .orElse(DSL.noCondition())),
                search,
                limit);
        return found.best(
                sql.select(
                                SHORT_LINKS.ACCOUNT_ID,
                                SHORT_LINKS.ID,
                                SHORT_LINKS.SLUG,
                                SHORT_LINKS.TITLE,
                                SHORT_LINKS.TAGS,
                                SHORT_LINKS.TARGET)
                        .from(SHORT_LINKS)
                        .where(SHORT_LINKS.TENANT_ID.eq(tenant), SHORT_LINKS.ID.in(found.ids()))
                        .fetch(row -> new Found(
                                row.value1(),
                                row.value2(),
                                row.value3(),
                                row.value4(),
                                List.of(row.value5().split(" ")),
                                row.value6())),
                Found::id,
                link -> words(link.slug(), link.title(), link.tags(), link.target()),
                limit);
    }

    /// Returns the slugs of some short links of an import.
    List<String> ofImport(Owner owner, UUID id, int most) {
        return sql.select(SHORT_LINKS.SLUG)
                .from(SHORT_LINKS)
                .where(owned(owner), SHORT_LINKS.IMPORT_ID.eq(id))
                .orderBy(SHORT_LINKS.ID)
                .limit(most)
                .fetch(SHORT_LINKS.SLUG);
    }

    record Imported(UUID id, long links) {}

    Optional<Imported> findImport(Owner owner, UUID id) {
        return Optional.of(sql.fetchCount(SHORT_LINKS, owned(owner), SHORT_LINKS.IMPORT_ID.eq(id)))
                .filter(count -> count > 0)
                .map(count -> new Imported(id, count));
    }

    /// Returns the imports whose short links are there, the newest first.
    List<Imported> imports(Owner owner, int most) {
        return sql.select(SHORT_LINKS.IMPORT_ID, DSL.count())
                .from(SHORT_LINKS)
                .where(owned(owner), SHORT_LINKS.IMPORT_ID.isNotNull())
                .groupBy(SHORT_LINKS.IMPORT_ID)
                .orderBy(SHORT_LINKS.IMPORT_ID.desc())
                .limit(most)
                .fetch(row -> new Imported(row.value1(), row.value2()));
    }

    void delete(Owner owner, ShortLinkId id) {
        sql.deleteFrom(SHORT_LINKS).where(owned(owner), SHORT_LINKS.ID.eq(id)).execute();
    }

    /// Deletes some short links of an erased account.
    int deleteSome(Owner owner, int most) {
        List<ShortLinkId> ids = sql.select(SHORT_LINKS.ID)
                .from(SHORT_LINKS)
                .where(owned(owner))
                .limit(most)
                .fetch(SHORT_LINKS.ID);
        return ids.isEmpty()
                ? 0
                : sql.deleteFrom(SHORT_LINKS)
                        .where(owned(owner), SHORT_LINKS.ID.in(ids))
                        .execute();
    }

    long clicks(Owner owner) {
        return sql.select(DSL.coalesce(DSL.sum(SHORT_LINKS.CLICKS), BigDecimal.ZERO))
                .from(SHORT_LINKS)
                .where(owned(owner))
                .fetchSingle()
                .value1()
                .longValue();
    }

    /// Counts one click if the limit allows it, in a single statement, so that the last click is never given to two
    /// visitors.
    boolean claimClick(Owner owner, ShortLinkId id, Instant now) {
        return Tx.changed(sql.update(SHORT_LINKS)
                .set(SHORT_LINKS.CLICKS, SHORT_LINKS.CLICKS.plus(1))
                .set(SHORT_LINKS.LAST_CLICKED_AT, now)
                .where(
                        owned(owner),
                        SHORT_LINKS.ID.eq(id),
                        SHORT_LINKS.CLICK_LIMIT.isNull().or(SHORT_LINKS.CLICKS.lt(SHORT_LINKS.CLICK_LIMIT))));
    }

    void addClicks(Owner owner, Map<String, Clicks> clicks) {
        BatchBindStep update = sql.batch(sql.update(SHORT_LINKS)
                .set(SHORT_LINKS.CLICKS, SHORT_LINKS.CLICKS.plus(later(SHORT_LINKS.CLICKS)))
                .set(SHORT_LINKS.LAST_CLICKED_AT, later(SHORT_LINKS.LAST_CLICKED_AT))
                .where(
                        SHORT_LINKS.TENANT_ID.eq(later(SHORT_LINKS.TENANT_ID)),
                        SHORT_LINKS.ACCOUNT_ID.eq(later(SHORT_LINKS.ACCOUNT_ID)),
                        // As text: one event with a malformed id must not cost the counts of all the others.
                        SHORT_LINKS.ID.coerce(String.class).eq(DSL.val((String) null, String.class))));
        // Always in the same order: on PostgreSQL two nodes would otherwise deadlock.
        for (var one : new TreeMap<>(clicks).entrySet()) {
            update = update.bind(
                    one.getValue().count(), one.getValue().last(), owner.tenant(), owner.account(), one.getKey());
        }
        update.execute();
    }

    private static Condition owned(Owner owner) {
        return SHORT_LINKS.TENANT_ID.eq(owner.tenant()).and(SHORT_LINKS.ACCOUNT_ID.eq(owner.account()));
    }

    private static ShortLink link(Record row) {
        return new ShortLink(
                row.get(SHORT_LINKS.ID),
                new Owner(row.get(SHORT_LINKS.TENANT_ID), row.get(SHORT_LINKS.ACCOUNT_ID)),
                row.get(SHORT_LINKS.SLUG),
                row.get(SHORT_LINKS.TARGET),
                row.get(SHORT_LINKS.TITLE),
                Stream.of(row.get(SHORT_LINKS.TAGS).split(" "))
                        .filter(tag -> !tag.isEmpty())
                        .toList(),
                row.get(SHORT_LINKS.ACTIVE),
                row.get(SHORT_LINKS.CLICKS),
                Optional.ofNullable(row.get(SHORT_LINKS.LAST_CLICKED_AT)),
                Optional.ofNullable(row.get(SHORT_LINKS.STARTS_AT)),
                Optional.ofNullable(row.get(SHORT_LINKS.ENDS_AT)),
                row.get(SHORT_LINKS.FALLBACK),
                row.get(SHORT_LINKS.PASSWORD_HASH),
                Optional.ofNullable(row.get(SHORT_LINKS.CLICK_LIMIT)),
                Routing.read(row.get(SHORT_LINKS.ROUTING)),
                row.get(SHORT_LINKS.CREATED_AT));
    }
}
