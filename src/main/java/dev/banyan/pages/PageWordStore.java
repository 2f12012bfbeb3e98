package dev.banyan.pages;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.SearchWords;
import dev.banyan.platform.search.WordIndex;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// The words by which the pages and links of a tenant are found, whichever account they are in.
public final class PageWordStore extends Store {

    /// A page that was found.
    public record FoundPage(AccountId account, PageId id, String name, String slug) {}

    /// A link that was found.
    public record FoundLink(AccountId account, PageId page, LinkId id, String title, String url) {}

    private final WordIndex<PageId> pages;
    private final WordIndex<LinkId> links;

    public PageWordStore(Tx tx) {
        super(tx);
        this.pages = new WordIndex<>(tx, PAGE_WORDS, PAGE_WORDS.WORD, PAGE_WORDS.PAGE_ID);
        this.links = new WordIndex<>(tx, LINK_WORDS, LINK_WORDS.WORD, LINK_WORDS.LINK_ID);
    }

    void addPage(Owner owner, PageId id, String name, String slug) {
        pages.add(ofPage(name, slug), pageRow(owner, id));
    }

    void refreshPage(Owner owner, PageId id, String name, String slug) {
        pages.replace(
                PAGE_WORDS
                        .TENANT_ID
                        .eq(owner.tenant())
                        .and(PAGE_WORDS.ACCOUNT_ID.eq(owner.account()))
                        .and(PAGE_WORDS.PAGE_ID.eq(id)),
                ofPage(name, slug),
                pageRow(owner, id));
    }

    private static Map<Field<?>, Object> pageRow(Owner owner, PageId id) {
        return Map.of(
                PAGE_WORDS.TENANT_ID, owner.tenant(),
                PAGE_WORDS.ACCOUNT_ID, owner.account(),
                PAGE_WORDS.PAGE_ID, id);
    }

    /// Adds the words with signs of some pages ([WordIndex#addSigned]).
    @AllTenants("a job indexes the texts of all tenants")
    public Optional<String> addSignedOfPages(String after) {
        return pages.addSigned(
                sql.selectFrom(PAGES).where(DSL.noCondition()),
                PAGES.ID,
                row -> ofPage(row.get(PAGES.NAME), row.get(PAGES.SLUG)),
                row -> pageRow(new Owner(row.get(PAGES.TENANT_ID), row.get(PAGES.ACCOUNT_ID)), row.get(PAGES.ID)),
                after);
    }

    /// Adds the words with signs of some links ([WordIndex#addSigned]).
    @AllTenants("a job indexes the texts of all tenants")
    public Optional<String> addSignedOfLinks(String after) {
        return links.addSigned(
                sql.selectFrom(LINKS).where(DSL.noCondition()),
                LINKS.ID,
                row -> ofLink(row.get(LINKS.TITLE), row.get(LINKS.URL)),
                row -> linkRow(new Owner(row.get(LINKS.TENANT_ID), row.get(LINKS.ACCOUNT_ID)), row.get(LINKS.ID)),
                after);
    }

    void addLink(Owner owner, Link link) {
        links.add(ofLink(link.title(), link.url()), linkRow(owner, link.id()));
    }

    void refreshLink(Owner owner, Link link) {
        links.replace(
                LINK_WORDS
                        .TENANT_ID
                        .eq(owner.tenant())
                        .and(LINK_WORDS.ACCOUNT_ID.eq(owner.account()))
                        .and(LINK_WORDS.LINK_ID.eq(link.id())),
                ofLink(link.title(), link.url()),
                linkRow(owner, link.id()));
    }

    private static Map<Field<?>, Object> linkRow(Owner owner, LinkId id) {
        return Map.of(
                LINK_WORDS.TENANT_ID, owner.tenant(),
                LINK_WORDS.ACCOUNT_ID, owner.account(),
                LINK_WORDS.LINK_ID, id);
    }

    /// Returns the pages that a search finds, the best first.
    ///
    /// @param among limits them to these accounts, if present
    public List<FoundPage> pages(
            AccountId tenant, Optional<? extends Collection<AccountId>> among, String search, int limit) {
        WordIndex.Candidates<PageId> found = pages.candidates(
                PAGE_WORDS.TENANT_ID.eq(tenant).and(among(PAGE_WORDS.ACCOUNT_ID, among)), search, limit);
        return found.best(
                sql.select(PAGES.ACCOUNT_ID, PAGES.ID, PAGES.NAME, PAGES.SLUG)
                        .from(PAGES)
                        .where(PAGES.TENANT_ID.eq(tenant), PAGES.ID.in(found.ids()))
                        .fetch(row -> new FoundPage(row.value1(), row.value2(), row.value3(), row.value4())),
                FoundPage::id,
                page -> ofPage(page.name(), page.slug()),
                limit);
    }

    /// Returns the links that a search finds, the best first.
    ///
    /// @param among limits them to these accounts, if present
    public List<FoundLink> links(
            AccountId tenant, Optional<? extends Collection<AccountId>> among, String search, int limit) {
        WordIndex.Candidates<LinkId> found = links.candidates(
                LINK_WORDS.TENANT_ID.eq(tenant).and(among(LINK_WORDS.ACCOUNT_ID, among)), search, limit);
        return found.best(
                sql.select(LINKS.ACCOUNT_ID, LINKS.PAGE_ID, LINKS.ID, LINKS.TITLE, LINKS.URL)
                        .from(LINKS)
                        .where(LINKS.TENANT_ID.eq(tenant), LINKS.ID.in(found.ids()))
                        .fetch(row ->
                                new FoundLink(row.value1(), row.value2(), row.value3(), row.value4(), row.value5())),
                FoundLink::id,
                link -> ofLink(link.title(), link.url()),
                limit);
    }

    private static Set<String> ofPage(String name, String slug) {
        return SearchWords.of(name, List.of(slug));
    }

    private static Set<String> ofLink(String title, String url) {
        return SearchWords.of(title, List.of(WebAddresses.shownHost(url)));
    }

    private static Condition among(Field<AccountId> account, Optional<? extends Collection<AccountId>> among) {
        return among.<Condition>map(account::in).orElse(DSL.noCondition());
    }
}
