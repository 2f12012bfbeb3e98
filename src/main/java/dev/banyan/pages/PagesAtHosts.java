package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.domains.Domain;
import dev.banyan.accounts.domains.Domains.Choice;
import dev.banyan.accounts.domains.HostedKind;
import dev.banyan.accounts.domains.ServedHosts;
import dev.banyan.accounts.domains.Site;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/// Pages at hosts of their account.
@Singleton
final class PagesAtHosts implements HostedKind {

    private final Event<PageChanged> changed;
    private final Instance<ServedHosts> hosts; // which ask this class
    private final Settings settings;

    PagesAtHosts(Event<PageChanged> changed, Instance<ServedHosts> hosts, Settings settings) {
        this.changed = changed;
        this.hosts = hosts;
        this.settings = settings;
    }

    @Override
    public boolean isOf(Domain domain) {
        return domain.workspace().isEmpty();
    }

    @Override
    public Optional<String> name(Tx tx, AccountContext context, Domain domain) {
        return page(tx, domain).map(Page::name);
    }

    private static Optional<Page> page(Tx tx, Domain domain) {
        var store = new PageStore(tx);
        return domain.page().isEmpty()
                ? store.findDefault(domain.owner())
                : domain.page().flatMap(PageId::parse).flatMap(id -> store.find(domain.owner(), id));
    }

    @Override
    public List<Choice> choices(Tx tx, AccountContext context) {
        return new PageStore(tx)
                .list(context.owner()).stream()
                        .filter(page -> !page.isDefault())
                        .map(page -> new Choice(page.id().toString(), page.name()))
                        .toList();
    }

    /// As the route says, which is for those who may change pages.
    @Override
    public boolean mayTake(AccountContext context) {
        return true;
    }

    @Override
    public Optional<Site> site(Tx tx, Domain domain) {
        return Accounts.find(tx, domain.owner().account())
                .filter(account -> account.status() == AccountStatus.ACTIVE)
                .map(account -> site(
                        account,
                        Accounts.formerNames(tx, account.owner()),
                        page(tx, domain),
                        settings.at(domain.host().value())));
    }

    /// A page that was deleted leaves its host to the default page.
    private static Site site(Account account, Set<String> former, Optional<Page> page, String origin) {
        String own = "/" + account.username();
        return new Site.Pages(
                account.owner(),
                account.username(),
                former,
                page.filter(found -> !found.isDefault())
                        .map(found -> own + "/" + found.slug())
                        .orElse(own),
                origin);
    }

    /// The addresses in cached pages have changed.
    @Override
    public void served(Tx tx, Domain domain) {
        Accounts.find(tx, domain.owner().account())
                .ifPresent(account -> tx.afterCommit(() -> changed.fire(new PageChanged(account.username()))));
    }

    void pageChanged(@Observes PageChanged page) {
        hosts.get().changed(page.username());
    }
}
