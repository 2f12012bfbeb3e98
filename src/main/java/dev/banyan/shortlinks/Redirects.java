package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.analytics.Event;
import dev.banyan.analytics.Events;
import dev.banyan.analytics.UserAgents;
import dev.banyan.analytics.Visit;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Owner;
import dev.banyan.platform.StickyVisitor;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.cache.Tickets.Ticket;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.http.Countries;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.shortlinks.RedirectCache.AccountState;
import dev.banyan.shortlinks.RedirectCache.Kept;
import jakarta.inject.Singleton;

/// Redirects visitors. Doesn't know sessions; most redirects are served from memory.
@Singleton
final class Redirects {

    /// How long a visitor need not enter the password again.
    static final Duration UNLOCKED = Duration.ofHours(12);

    /// The result of entering a password.
    sealed interface Unlocking {

        /// @param proof for the visitor's cookie
        record Done(String proof) implements Unlocking {}

        record Wrong() implements Unlocking {}

        record TooMany(Duration pause) implements Unlocking {}

        /// There is nothing to unlock: following the link gives the reason.
        record NotLocked() implements Unlocking {}
    }

    private final Database database;
    private final RedirectCache cache;
    private final Quotas quotas;
    private final Accounts accounts;
    private final Events events;
    private final UserAgents agents;
    private final Countries countries;
    private final Passwords passwords;
    private final SealedSecrets secrets;
    private final RateLimits limits;
    private final ChatNumbers chats;
    private final Clock clock;

    Redirects(
            Database database,
            RedirectCache cache,
            Quotas quotas,
            Accounts accounts,
            Events events,
            UserAgents agents,
            Countries countries,
            Passwords passwords,
            SealedSecrets secrets,
            RateLimits limits,
            ChatNumbers chats,
            Clock clock) {
        this.database = database;
        this.cache = cache;
        this.quotas = quotas;
        this.accounts = accounts;
        this.events = events;
        this.agents = agents;
        this.countries = countries;
        this.passwords = passwords;
        this.secrets = secrets;
        this.limits = limits;
        this.chats = chats;
        this.clock = clock;
    }

    /// Returns the target as a header may contain it, if it is known from memory, without waiting for anything.
    ///
    /// @param slug as in the address
    /// @param count whether the visitor really goes there
    /// @param only the account whose short links are at the host that was asked; empty: all are
    Optional<String> atOnce(String slug, Optional<Owner> only, Visit visit, boolean count) {
        Optional<Kept> kept = cache.find(slug)
                .filter(found -> only.map(found.account().owner()::equals).orElse(true));
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        return switch (kept.get()) {
            case Kept.Plain plain -> {
                if (count) {
                    happened(plain.account().owner(), new ShortLinkId(plain.id()), "", visit);
                }
                yield Optional.of(plain.location());
            }
            case Kept.Full full -> {
                Decision decision = decide(full, visit, false);
                yield decision instanceof Decision.Go(String target, String variant)
                        ? Optional.of(go(full.link(), target, variant, visit, count))
                        : Optional.empty();
            }
        };
    }

    /// @param slug in lower case
    boolean isOf(String slug, Owner owner) {
        return load(slug).filter(kept -> kept.account().owner().equals(owner)).isPresent();
    }

    private String go(ShortLink link, String target, String variant, Visit visit, boolean count) {
        if (count) {
            happened(link.owner(), link.id(), variant, visit);
        }
        return WebAddresses.forHeader(target);
    }

    private void happened(Owner owner, ShortLinkId id, String variant, Visit visit) {
        events.happened(new Event.Redirect(owner, id.toString(), variant, false), visit);
    }

    /// @param slug in lower case
    /// @param proof of having entered the password
    /// @param visitor who a chat's number is chosen for
    Decision follow(String slug, Visit visit, Optional<String> proof, StickyVisitor visitor, boolean count) {
        Optional<Kept> found = load(slug);
        if (found.isEmpty()) {
            return new Decision.NotFound();
        }
        if (found.get() instanceof Kept.Plain plain) {
            if (count) {
                happened(plain.account().owner(), new ShortLinkId(plain.id()), "", visit);
            }
            return new Decision.Go(plain.location(), "");
        }
        Kept.Full full = (Kept.Full) found.get();
        ShortLink link = full.link();
        Decision decision =
                decide(full, visit, proof.filter(text -> isProof(link, text)).isPresent());
        return switch (decision) {
            case Decision.Go go -> counted(link, go, go.variant(), visit, count);
            case Decision.Chat _ -> {
                Routing.Chat chat = link.routing().chat();
                yield chats.open(link.owner(), chat.pool(), chat.text(), visitor)
                        .map(opened ->
                                counted(link, new Decision.Opens(opened.address(), opened.visitor()), "", visit, count))
                        .orElseGet(Decision.NoNumber::new);
            }
            case Decision other -> other;
        };
    }

    private Decision counted(ShortLink link, Decision leading, String variant, Visit visit, boolean count) {
        if (link.clickLimit().isPresent()) {
            return claimed(link, leading, variant, visit, count);
        }
        if (count) {
            happened(link.owner(), link.id(), variant, visit);
        }
        return leading;
    }

    /// Claims a click of a limited link. Limits count people. Bots, such as the preview of a chat, and requests that
    /// only ask don't use up a click, but don't learn the target either, so that they can't get around the limit.
    private Decision claimed(ShortLink link, Decision leading, String variant, Visit visit, boolean count) {
        if (!count) {
            return new Decision.ForPeople();
        }
        boolean isBot = agents.of(visit.userAgent()).isBot();
        Instant now = clock.instant();
        if (!isBot
                && !database.write(
                        link.owner().tenant(), tx -> new ShortLinkStore(tx).claimClick(link.owner(), link.id(), now))) {
            return Decisions.over(link, new Decision.Spent());
        }
        events.happened(new Event.Redirect(link.owner(), link.id().toString(), variant, true), visit);
        return isBot ? new Decision.ForPeople() : leading;
    }

    private Decision decide(Kept.Full full, Visit visit, boolean unlocked) {
        ShortLink link = full.link();
        boolean asksCountry =
                link.routing().rules().stream().anyMatch(rule -> !rule.country().isEmpty());
        return Decisions.decide(
                link,
                full.account().status(),
                full.account().isOverPlan(link.id()),
                Visitor.of(visit.userAgent(), visit.language(), asksCountry ? countries.of(visit.address()) : ""),
                unlocked,
                clock.instant(),
                bound -> ThreadLocalRandom.current().nextInt(bound));
    }

    private Optional<Kept> load(String slug) {
        Optional<Kept> known = cache.find(slug);
        if (known.isPresent() || !ShortSlugs.isFit(slug) || cache.isUnknown(slug)) {
            return known;
        }
        try {
            return read(slug);
        } catch (DatabaseUnavailable away) {
            // From now on the cache returns old entries, too.
            return Optional.of(cache.find(slug).orElseThrow(() -> away));
        }
    }

    private Optional<Kept> read(String slug) {
        long number = cache.number();
        Optional<ShortLink> found = database.read(tx -> new ShortLinkStore(tx).findForVisitor(slug));
        if (found.isEmpty()) {
            cache.keepUnknown(number, slug);
            return Optional.empty();
        }
        ShortLink link = found.get();
        AccountState state = cache.account(link.owner().account()).orElseGet(() -> state(number, link.owner()));
        Kept kept = link.isPlain() && state.status() == AccountStatus.ACTIVE && !state.isOverPlan(link.id())
                ? new Kept.Plain(
                        state,
                        link.id().value(),
                        WebAddresses.forHeader(
                                Decisions.withUtm(link.target(), link.routing().utm())))
                : new Kept.Full(state, link, cache.now());
        if (mayBeKept(state) && link.clickLimit().isEmpty()) { // only the database knows how many clicks are left
            cache.keep(number, slug, kept);
        }
        return Optional.of(kept);
    }

    /// Returns whether the state may be cached. With a shared limit it also depends on other accounts.
    private boolean mayBeKept(AccountState state) {
        return state.isWhole() || !quotas.areShared();
    }

    private AccountState state(long number, Owner owner) {
        Ticket ticket = cache.ticket(owner.account());
        AccountStatus status = accounts.status(owner.account()).orElse(AccountStatus.DELETED);
        Optional<ShortLinkId> over = database.read(tx -> ShortLinks.firstOverPlan(tx, quotas, owner));
        var state = new AccountState(owner, status, over, ticket, cache.now());
        if (mayBeKept(state)) {
            cache.keep(number, state);
        }
        return state;
    }

    /// @param ip of the visitor, whose attempts are counted
    Unlocking unlock(String slug, String password, String ip) {
        Optional<Kept> found = load(slug);
        if (found.isEmpty()
                || !(found.get() instanceof Kept.Full full)
                || !full.link().hasPassword()) {
            return new Unlocking.NotLocked();
        }
        ShortLink link = full.link();
        if (!(decide(full, new Visit(ip, "", "", ""), false) instanceof Decision.NeedsPassword)) {
            return new Unlocking.NotLocked();
        }
        return countingFailures(
                RateLimit.SHORT_LINK_PASSWORDS_BY_IP,
                link.id() + " " + ip,
                () -> countingFailures(
                        RateLimit.SHORT_LINK_PASSWORDS, link.id().toString(), () -> unlock(link, password)));
    }

    private Unlocking countingFailures(RateLimit limit, String key, Supplier<Unlocking> attempt) {
        return limits.countingFailures(limit, key, attempt, Unlocking.Wrong.class::isInstance, Unlocking.TooMany::new);
    }

    private Unlocking unlock(ShortLink link, String password) {
        if (password.length() <= 2 * Passwords.LONGEST
                && passwords.verify(Optional.of(link.passwordHash()), password) instanceof Passwords.Verdict.Right) {
            Instant until = clock.instant().plus(UNLOCKED);
            return new Unlocking.Done(secrets.seal(until.toString(), purpose(link)));
        }
        return new Unlocking.Wrong();
    }

    private boolean isProof(ShortLink link, String proof) {
        try {
            return link.hasPassword()
                    && secrets.open(proof, purpose(link)) instanceof SealedSecrets.Opened.Done(String until)
                    && clock.instant().isBefore(Instant.parse(until));
        } catch (DateTimeException _) {
            return false;
        }
    }

    /// Includes the password, so that a new one invalidates old proofs.
    private static String purpose(ShortLink link) {
        return "short-link " + link.id() + " " + Digests.sha256Hex(link.passwordHash());
    }
}
