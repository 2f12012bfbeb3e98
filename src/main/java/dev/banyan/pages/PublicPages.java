package dev.banyan.pages;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.Avatar;
import dev.banyan.platform.web.ReadyBytes;
import dev.banyan.whatsapp.MessageUs;
import dev.banyan.whatsapp.Phone;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// What visitors see. Read only: knows no session, and shares no template with the signed-in pages.
@Singleton
final class PublicPages {

    private static final Logger LOG = Logger.getLogger(PublicPages.class);
    private static final String STYLE = load("public-page.css");
    private static final String POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Digests.sha256(STYLE.getBytes(StandardCharsets.UTF_8)))
            + "'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-cache", // may be kept, must be asked for: a change shows at once
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "strict-origin-when-cross-origin");

    /// Where a visitor's click leads.
    sealed interface Followed {

        record To(String url) implements Followed {}

        record Unknown() implements Followed {}

        record Unavailable() implements Followed {}

        /// The plan of its owner has no room for it.
        record NotInPlan() implements Followed {}
    }

    /// Where a press on "message us" leads.
    sealed interface Answering {

        /// @param address at WhatsApp, the first words included
        record At(String address) implements Answering {}

        record Unknown() implements Answering {}

        record Unavailable() implements Answering {}

        record NotInPlan() implements Answering {}

        /// No number of its pool can be reached right now.
        record Nobody() implements Answering {}
    }

    private record Shown(Page page, Optional<MessageButton> button, List<Link> links, Flagged flagged) {}

    private final Database database;
    private final Accounts accounts;
    private final PlanFlags flags;
    private final PublicPageCache cache;
    private final Settings settings;
    private final MessageUs messageUs;

    PublicPages(
            Database database,
            Accounts accounts,
            PlanFlags flags,
            PublicPageCache cache,
            Settings settings,
            MessageUs messageUs) {
        this.database = database;
        this.accounts = accounts;
        this.flags = flags;
        this.cache = cache;
        this.settings = settings;
        this.messageUs = messageUs;
    }

    /// @param path as the client sent it: the key under which the page is kept
    /// @param username in lower case
    /// @param slug empty for the default page
    ReadyBytes page(String path, String username, Optional<String> slug) {
        PublicPageCache.Ticket ticket = cache.ticket(username);
        Optional<Account> account = accounts.byUsername(username);
        if (account.isEmpty() || account.get().status() == AccountStatus.DELETED) {
            return unknown();
        }
        if (account.get().status() == AccountStatus.SUSPENDED) {
            return unavailable();
        }
        return database.read(tx -> {
                    var pages = new PageStore(tx);
                    var owner = account.get().owner();
                    Optional<Page> page =
                            slug.isPresent() ? pages.findBySlug(owner, slug.get()) : pages.findDefault(owner);
                    return page.filter(Page::published).map(found -> shown(tx, owner, found));
                })
                .map(shown -> {
                    if (shown.flagged().pages().contains(shown.page().id())) {
                        return notInPlan();
                    }
                    ReadyBytes bytes = draw(account.get(), shown);
                    if (shown.flagged().isNothing() || !flags.dependOnOthers()) {
                        cache.keep(path, username, ticket, bytes);
                    }
                    return bytes;
                })
                .orElseGet(this::unknown);
    }

    /// The page as visitors see it or would see it, published or not, for its owner; kept nowhere and not counted.
    ///
    /// @return empty where there is no such page
    Optional<ReadyBytes> preview(AccountContext context, PageId id) {
        return database.read(tx -> new PageStore(tx)
                        .find(context.owner(), id)
                        .map(found -> shown(tx, context.owner(), found)))
                .map(shown -> draw(context.acting(), shown));
    }

    private Shown shown(Tx tx, Owner owner, Page page) {
        return new Shown(
                page,
                new MessageButtonStore(tx).find(owner, page.id()),
                new LinkStore(tx).list(owner, page.id()),
                flags.of(tx, owner));
    }

    private ReadyBytes draw(Account account, Shown shown) {
        String home = settings.baseUrl() + "/" + account.username();
        var page = new PublicPage(
                account.displayName(),
                account.bio(),
                account.username(),
                Avatar.of(account.displayName(), account.username()),
                shown.button()
                        .map(button -> new PublicPage.MessageUs(button.page().toString(), button.label())),
                shown.links().stream()
                        .filter(link ->
                                link.active() && !shown.flagged().links().contains(link.id()))
                        .map(link -> new PublicPage.PublicLink(
                                link.id().toString(), link.title(), LinkUrls.shownHost(link.url())))
                        .toList(),
                shown.page().isDefault() ? home : home + "/" + shown.page().slug(),
                STYLE);
        return html(200, page.render());
    }

    ReadyBytes unknown() {
        return missing("There is no page here", "The address may be mistyped, or the page was taken down.");
    }

    ReadyBytes unavailable() {
        return missing("This page is temporarily unavailable", "Please come back later.");
    }

    /// Kept by nobody, so that it is gone with the upgrade.
    ReadyBytes notInPlan() {
        var page = new PublicMissingPage(
                "This page is not available on the current plan", "Please come back later.", STYLE);
        var headers = new HashMap<>(HEADERS);
        headers.put("Cache-Control", "no-store");
        return ReadyBytes.of(403, "text/html; charset=utf-8", page.render().getBytes(StandardCharsets.UTF_8), headers);
    }

    /// Kept by nobody: a number may be back any moment.
    ReadyBytes unreachable() {
        var page = new PublicMissingPage(
                "Not reachable just now", "Please try again in a few minutes. Nothing is wrong on your side.", STYLE);
        var headers = new HashMap<>(HEADERS);
        headers.put("Cache-Control", "no-store");
        headers.put("Retry-After", "120");
        return ReadyBytes.of(503, "text/html; charset=utf-8", page.render().getBytes(StandardCharsets.UTF_8), headers);
    }

    private static ReadyBytes missing(String title, String text) {
        return html(404, new PublicMissingPage(title, text, STYLE).render());
    }

    private static ReadyBytes html(int status, String html) {
        return ReadyBytes.of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), HEADERS);
    }

    /// Looks up where a link leads, and counts the click.
    Followed follow(LinkId id, boolean count) {
        record Found(LinkStore.Owned owned, Flagged flagged) {}
        Optional<Found> looked = database.read(tx ->
                new LinkStore(tx).findForVisitor(id).map(owned -> new Found(owned, flags.of(tx, owned.owner()))));
        Optional<LinkStore.Owned> found = looked.map(Found::owned);
        if (found.isEmpty() || !found.get().link().active()) {
            return new Followed.Unknown();
        }
        LinkStore.Owned owned = found.get();
        AccountStatus status = accounts.status(owned.owner().account()).orElse(AccountStatus.DELETED);
        if (status != AccountStatus.ACTIVE) {
            return status == AccountStatus.SUSPENDED ? new Followed.Unavailable() : new Followed.Unknown();
        }
        Flagged flagged = looked.get().flagged();
        if (flagged.links().contains(id)
                || flagged.pages().contains(owned.link().page())) {
            return new Followed.NotInPlan();
        }
        if (count) {
            count(
                    tx -> new LinkStore(tx).addClick(owned.owner(), owned.link().id()),
                    owned.link().id().toString());
        }
        return new Followed.To(owned.link().url());
    }

    /// Chooses a number for a visitor, and counts the press.
    ///
    /// @param visitor tells this visitor from others
    Answering answering(PageId id, String visitor, boolean count) {
        record Found(MessageButton button, Flagged flagged) {}
        Optional<Found> looked = database.read(tx -> new MessageButtonStore(tx)
                .findForVisitor(id)
                .map(button -> new Found(button, flags.of(tx, button.owner()))));
        if (looked.isEmpty()) {
            return new Answering.Unknown();
        }
        MessageButton button = looked.get().button();
        AccountStatus status = accounts.status(button.owner().account()).orElse(AccountStatus.DELETED);
        if (status != AccountStatus.ACTIVE) {
            return status == AccountStatus.SUSPENDED ? new Answering.Unavailable() : new Answering.Unknown();
        }
        if (looked.get().flagged().pages().contains(id)) {
            return new Answering.NotInPlan();
        }
        Optional<Phone> number = messageUs.number(button.owner().tenant(), button.pool(), visitor);
        if (number.isEmpty()) {
            return new Answering.Nobody();
        }
        if (count) {
            count(tx -> new MessageButtonStore(tx).addClick(button.owner(), id), id.toString());
        }
        String text = button.greeting().isEmpty()
                ? ""
                : "?text="
                        + URLEncoder.encode(button.greeting(), StandardCharsets.UTF_8)
                                .replace("+", "%20");
        return new Answering.At("https://wa.me/" + number.get().digits() + text);
    }

    /// A visitor gets where they want to go even when the click cannot be counted.
    private void count(Consumer<Tx> counting, String what) {
        try {
            database.write(tx -> {
                counting.accept(tx);
                return what;
            });
        } catch (RuntimeException failure) {
            LOG.warnf("A click on %s was not counted: %s", what, failure.getMessage());
        }
    }

    private static String load(String name) {
        try (var bytes = PublicPages.class.getResourceAsStream(name)) {
            if (bytes == null) {
                throw new IllegalStateException("The build lacks " + name);
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
