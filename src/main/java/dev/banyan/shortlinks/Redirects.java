package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.domains.Loops;
import dev.banyan.analytics.Event;
import dev.banyan.analytics.Events;
import dev.banyan.analytics.UserAgents;
import dev.banyan.analytics.UtmFields;
import dev.banyan.analytics.Visit;
import dev.banyan.platform.Language;
import dev.banyan.platform.Owner;
import dev.banyan.platform.StickyVisitor;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.http.Countries;
import dev.banyan.shortlinks.RedirectCache.Kept;
import dev.banyan.shortlinks.ShortLinkPasswords.Unlocking;
import jakarta.inject.Singleton;

/// Redirects visitors. Doesn't know sessions; most redirects are served from memory.
@Singleton
record Redirects(
        Database database,
        KnownShortLinks known,
        ShortLinkPasswords passwords,
        Events events,
        UserAgents agents,
        Countries countries,
        ChatNumbers chats,
        Clock clock) {

    private static final int MOST_FOLLOWED = 20;

    /// Returns the target as a header may contain it, if it is known from memory, without waiting for anything.
    ///
    /// @param slug as in the address
    /// @param count whether the visitor really goes there
    /// @param query with which the visitor came; empty if there is none
    /// @param only the account whose short links are at the host that was asked; empty: all are
    Optional<String> atOnce(String slug, String query, Optional<Owner> only, Visit visit, boolean count) {
        Optional<Kept> kept = known.inMemory(slug)
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
                Decision decision = decide(full, visit, false, query);
                yield decision instanceof Decision.Go(String target, String variant) && !Loops.mayLeadOn(target)
                        ? Optional.of(go(full.link(), target, variant, visit, count))
                        : Optional.empty();
            }
        };
    }

    /// @param slug as in the address
    boolean isOf(String slug, Owner owner) {
        return known.find(slug)
                .filter(kept -> kept.account().owner().equals(owner))
                .isPresent();
    }

    /// Returns the language in which a visitor is told why a short link doesn't lead on: that of the account whose host
    /// was asked, or of the link's. English while the database is away, so that the page can be shown all the same.
    Language language(String slug, Optional<Owner> host) {
        try {
            return host.or(() -> known.find(slug).map(kept -> kept.account().owner()))
                    .map(owner -> database.read(tx -> Accounts.language(tx, owner)))
                    .orElse(Language.ENGLISH);
        } catch (DatabaseUnavailable _) {
            return Language.ENGLISH;
        }
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

    /// @param slug as in the address
    /// @param query with which the visitor came; empty if there is none
    /// @param proof of having entered the password
    /// @param visitor who a chat's number is chosen for
    Decision follow(
            String slug, String query, Visit visit, Optional<String> proof, StickyVisitor visitor, boolean count) {
        Optional<Kept> found = known.find(slug);
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
        boolean unlocked = proof.filter(text -> passwords.isProof(link, text)).isPresent();
        Decision decision = decide(full, visit, unlocked, query);
        return switch (decision) {
            case Decision.Go(String target, String _) when isLoop(slug, target, visit) -> new Decision.Loop();
            case Decision.Elsewhere(String target) when isLoop(slug, target, visit) -> new Decision.Loop();
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

    /// Returns whether a visitor who goes on would come by the same short link again, or by more than browsers follow.
    private boolean isLoop(String slug, String target, Visit visit) {
        var seen = new HashSet<>(Set.of(slug));
        Optional<String> next = known.opened(target);
        while (next.isPresent()) {
            if (!seen.add(next.get()) || seen.size() > MOST_FOLLOWED) {
                return true;
            }
            next = known.find(next.get())
                    .filter(Kept.Full.class::isInstance)
                    .map(kept -> decide((Kept.Full) kept, visit, true, ""))
                    .flatMap(decision -> switch (decision) {
                        case Decision.Go(String on, String _) -> known.opened(on);
                        case Decision.Elsewhere(String on) -> known.opened(on);
                        default -> Optional.empty();
                    });
        }
        return false;
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

    private Decision decide(Kept.Full full, Visit visit, boolean unlocked, String query) {
        ShortLink link = full.link();
        boolean asksCountry =
                link.routing().rules().stream().anyMatch(rule -> !rule.country().isEmpty());
        Decision decision = Decisions.decide(
                link,
                full.account().status(),
                full.account().isOverPlan(link.id()),
                Visitor.of(visit.userAgent(), visit.language(), asksCountry ? countries.of(visit.address()) : ""),
                unlocked,
                clock.instant(),
                bound -> ThreadLocalRandom.current().nextInt(bound));
        return link.routing().forwardsQuery() && !query.equals(UtmFields.QR)
                ? Decisions.forwarding(decision, query)
                : decision;
    }

    /// @param ip of the visitor, whose attempts are counted
    Unlocking unlock(String slug, String password, String ip) {
        Optional<Kept> found = known.find(slug);
        if (found.isEmpty()
                || !(found.get() instanceof Kept.Full full)
                || !full.link().hasPassword()) {
            return new Unlocking.NotLocked();
        }
        ShortLink link = full.link();
        if (!(decide(full, new Visit(ip, "", "", ""), false, "") instanceof Decision.NeedsPassword)) {
            return new Unlocking.NotLocked();
        }
        return passwords.unlock(link, password, ip);
    }
}
