package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.accounts.domains.Site;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkGroupStore;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkStore;
import dev.banyan.pages.MessageButtonStore;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PageStore;
import dev.banyan.pages.PlanFlags;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.pages.SocialIcon;
import dev.banyan.pages.SocialIconStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Language;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceStore;
import dev.banyan.themes.AppearanceTiers;
import jakarta.inject.Singleton;

/// Reads what visitors are shown, from one snapshot and with few queries: features that most pages don't use are
/// queried only if needed.
@Singleton
record PublicContents(Database database, Quotas quotas, PlanFlags flags, Settings settings, Clock clock) {

    /// The result for an address.
    sealed interface Found {

        /// @param lasting whether it depends on changes of this account only
        record Shown(PublicContent content, boolean lasting) implements Found {}

        record UnknownAccount() implements Found {}

        /// The account is at another username now.
        record Moved(String username) implements Found {}

        record PageNotFound(Language language) implements Found {}

        record Suspended(Language language) implements Found {}

        /// The page is beyond its owner's plan.
        record NotInPlan(Language language) implements Found {}
    }

    /// @param username in lower case
    /// @param slug empty for the default page
    Found find(String username, Optional<String> slug) {
        return database.read(tx -> Accounts.named(tx, username)
                .map(account -> account.username().equals(username) || account.status() == AccountStatus.DELETED
                        ? find(tx, account, slug)
                        : new Found.Moved(account.username()))
                .orElseGet(Found.UnknownAccount::new));
    }

    private Found find(Tx tx, Account account, Optional<String> slug) {
        return switch (account.status()) {
            case DELETED -> new Found.UnknownAccount();
            case SUSPENDED -> new Found.Suspended(Accounts.language(tx, account.owner()));
            case ACTIVE -> {
                var pages = new PageStore(tx);
                Optional<Page> page = slug.isPresent()
                        ? pages.findBySlug(account.owner(), slug.get())
                        : pages.findDefault(account.owner());
                yield page.map(found -> find(tx, account, found))
                        .orElseGet(() -> new Found.PageNotFound(Accounts.language(tx, account.owner())));
            }
        };
    }

    private Found find(Tx tx, Account account, Page page) {
        if (!page.published()) {
            return new Found.PageNotFound(Accounts.language(tx, account.owner()));
        }
        Flagged flagged = flags.of(tx, account.owner());
        return flagged.pages().contains(page.id())
                ? new Found.NotInPlan(language(tx, account.owner(), page.id()))
                : new Found.Shown(content(tx, account, page, flagged), flagged.isNothing() || !flags.dependOnOthers());
    }

    /// Returns a page for its owner, published or not.
    ///
    /// @param tried an unsaved appearance to show instead of its own
    Optional<PublicContent> preview(AccountId id, PageId pageId, Optional<Appearance> tried) {
        return database.read(tx -> Accounts.find(tx, id)
                .filter(account -> account.status() == AccountStatus.ACTIVE)
                .flatMap(account -> new PageStore(tx)
                        .find(account.owner(), pageId)
                        .map(page -> content(tx, account, page, flags.of(tx, account.owner()), tried))));
    }

    /// Returns the page of a link that visitors may see.
    Optional<PublicContent> around(Link link) {
        return database.read(tx -> new LinkStore(tx)
                .findForVisitor(link.id())
                .map(LinkStore.Owned::owner)
                .flatMap(owner -> Accounts.find(tx, owner.account())
                        .flatMap(account -> new PageStore(tx)
                                .find(owner, link.page())
                                .map(page -> content(tx, account, page, flags.of(tx, owner))))));
    }

    /// Returns a page by its id alone, for its assets.
    Optional<PublicContent> forVisitor(PageId page) {
        return database.read(tx -> new PublicContentStore(tx)
                .findForVisitor(page)
                .flatMap(owner -> Accounts.find(tx, owner.account()))
                .filter(account -> account.status() == AccountStatus.ACTIVE)
                .flatMap(account -> new PageStore(tx)
                        .find(account.owner(), page)
                        .flatMap(found -> find(tx, account, found) instanceof Found.Shown shown
                                ? Optional.of(shown.content())
                                : Optional.empty())));
    }

    /// Returns the page at the start of an account's host.
    Optional<PublicContent> home(Site.Pages site) {
        Optional<String> slug = Optional.of(
                        site.home().substring(site.username().length() + 1))
                .filter(rest -> !rest.isEmpty())
                .map(rest -> rest.substring(1));
        return find(site.username(), slug) instanceof Found.Shown shown
                ? Optional.of(shown.content())
                : Optional.empty();
    }

    /// Returns the language of a link's page, to say why the link doesn't lead on.
    Language languageOf(LinkId link) {
        return database.read(tx -> new LinkStore(tx)
                .findForVisitor(link)
                .map(found -> language(tx, found.owner(), found.link().page()))
                .orElse(Language.ENGLISH));
    }

    Language languageOf(PageId page) {
        return database.read(tx -> new PublicContentStore(tx)
                .findForVisitor(page)
                .map(owner -> language(tx, owner, page))
                .orElse(Language.ENGLISH));
    }

    private static Language language(Tx tx, Owner owner, PageId page) {
        return new AppearanceStore(tx)
                .find(owner, page.value())
                .flatMap(Appearance::language)
                .orElseGet(() -> Accounts.language(tx, owner));
    }

    private PublicContent content(Tx tx, Account account, Page page, Flagged flagged) {
        return content(tx, account, page, flagged, Optional.empty());
    }

    private PublicContent content(Tx tx, Account account, Page page, Flagged flagged, Optional<Appearance> tried) {
        List<Link> links = new LinkStore(tx).list(account.owner(), page.id());
        Appearance look = tried.or(() ->
                        new AppearanceStore(tx).find(account.owner(), page.id().value()))
                .orElse(Appearance.DEFAULT);
        // Most public pages use only features of every tier, so the plan is not queried for them.
        boolean dependsOnTier = links.stream().anyMatch(VisibleLinks::dependsOnTier)
                || !AppearanceTiers.shown(look, Tier.FREE).equals(look);
        Tier tier = dependsOnTier ? quotas.effectiveTier(tx, account.owner()) : Tier.FREE;
        boolean grouped = links.stream().anyMatch(link -> link.group().isPresent());
        return PublicContent.of(
                account,
                page,
                look,
                tier,
                new MessageButtonStore(tx).find(account.owner(), page.id()),
                VisibleLinks.at(
                        clock.instant(),
                        links,
                        grouped ? new LinkGroupStore(tx).list(account.owner(), page.id()) : List.of(),
                        flagged,
                        tier),
                new SocialIconStore(tx)
                        .list(account.owner()).stream()
                                .filter(SocialIcon::active)
                                .toList(),
                Domains.addressOf(tx, settings, account.owner(), page.id().toString(), page.slug(), page.isDefault()),
                Accounts.managerShown(tx, account),
                look.language().orElseGet(() -> Accounts.language(tx, account.owner())));
    }
}
