package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.brands.BrandContent;
import dev.banyan.accounts.brands.BrandNames;
import dev.banyan.accounts.brands.BrandPart;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.brands.LeftOut.Kind;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.shortlinks.Routing.Utm;
import jakarta.inject.Singleton;

/// The short links that a new brand begins with: the newest of its model, with their tags, schedules, limits and rules.
/// A slug that contains the model's username contains the new one instead; another one gets it at its end, because
/// slugs are unique on the whole server.
@Singleton
record ShortLinkCopies(Quotas quotas, RedirectCache cache, Audit audit, Clock clock, Uuids uuids)
        implements BrandContent {

    private static final int MOST = 100;
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_UTM = 100;
    private static final int TRIES = 10;

    /// The stored form. Fields may be added; older documents lack them.
    ///
    /// @param startsAt in milliseconds
    /// @param routing in its stored form
    record OfShortLink(
            String slug,
            String target,
            String title,
            List<String> tags,
            boolean active,
            Optional<Long> startsAt,
            Optional<Long> endsAt,
            String fallback,
            String passwordHash,
            Optional<Long> clickLimit,
            String routing) {}

    /// @param links the oldest first
    record Snapshot(List<OfShortLink> links) {}

    @Override
    public String key() {
        return "short-links";
    }

    @Override
    public String snapshot(Tx tx, Owner owner, Set<BrandPart> parts) {
        if (!parts.contains(BrandPart.SHORT_LINKS)) {
            return blank();
        }
        String username = new AccountStore(tx)
                .find(owner.account())
                .map(Account::username)
                .orElse("");
        var query = ShortLinkQuery.all(ShortLinkQuery.Order.NEWEST, Optional.empty(), MOST);
        List<OfShortLink> links = new ShortLinkStore(tx)
                .list(owner, query, clock.instant()).reversed().stream()
                        .map(link -> kept(link, username))
                        .toList();
        return links.isEmpty() ? blank() : JsonDocument.write(new Snapshot(links));
    }

    private static OfShortLink kept(ShortLink link, String username) {
        String named = username.replace('_', '-');
        return new OfShortLink(
                named.isEmpty() || !link.slug().contains(named)
                        ? link.slug() + "-" + BrandNames.USERNAME
                        : link.slug().replace(named, BrandNames.USERNAME),
                link.target(),
                link.title(),
                link.tags(),
                link.active(),
                link.startsAt().map(Instant::toEpochMilli),
                link.endsAt().map(Instant::toEpochMilli),
                link.fallback(),
                link.passwordHash(),
                link.clickLimit(),
                link.routing().written());
    }

    @Override
    public String blank() {
        return "";
    }

    @Override
    public Preparation prepare(Owner from, Owner to, String snapshot, Optional<byte[]> picture) {
        return new Preparation.Ready(new Ready(to, snapshot));
    }

    /// Short links have no files.
    private final class Ready implements Prepared {

        private final Owner to;
        private final String snapshot;

        Ready(Owner to, String snapshot) {
            this.to = to;
            this.snapshot = snapshot;
        }

        @Override
        public Given give(Tx tx, Actor actor, BrandNames names) {
            List<OfShortLink> wanted = snapshot.isEmpty()
                    ? List.of()
                    : JsonDocument.read(snapshot, Snapshot.class).links();
            int fit = (int) quotas.claimUpTo(tx, to, PlanQuota.SHORT_LINKS, wanted.size());
            Instant now = clock.instant();
            var store = new ShortLinkStore(tx);
            var slugs = new ArrayList<String>();
            for (OfShortLink kept : wanted.subList(wanted.size() - fit, wanted.size())) {
                String slug = free(store, slug(kept.slug(), names));
                if (!store.insert(to, link(to, kept, slug, names, now), now)) {
                    throw new IllegalStateException("The slug " + slug + " was taken at this moment");
                }
                slugs.add(slug);
            }
            if (!slugs.isEmpty()) {
                audit.note(
                        tx,
                        actor,
                        to,
                        "ShortLinksUpdated",
                        to.account().toString(),
                        Map.of("added", slugs.size(), "updated", 0, "removed", 0));
                tx.afterCommit(() -> slugs.forEach(cache::drop)); // visitors may have found nothing there before
            }
            return new Given(Optional.empty(), LeftOut.of(Map.of(Kind.SHORT_LINKS, (long) wanted.size() - fit)));
        }

        @Override
        public Kept keep(Tx tx) {
            return new Kept(snapshot, List.of());
        }
    }

    private static String slug(String kept, BrandNames names) {
        return kept.replace(BrandNames.USERNAME, names.username().replaceAll("[^a-z0-9]+", "-"))
                .replaceAll("-{2,}", "-")
                .replaceAll("^-|-$", "");
    }

    private static String free(ShortLinkStore store, String slug) {
        if (ShortSlugs.broken(slug).isEmpty() && store.taken(Set.of(slug)).isEmpty()) {
            return slug;
        }
        for (int i = 0; i < TRIES; i++) {
            String drawn = ShortSlugs.generate();
            if (store.taken(Set.of(drawn)).isEmpty()) {
                return drawn;
            }
        }
        throw new IllegalStateException("No slug of six letters was free in " + TRIES + " tries");
    }

    private ShortLink link(Owner to, OfShortLink kept, String slug, BrandNames names, Instant now) {
        return new ShortLink(
                new ShortLinkId(uuids.next()),
                to,
                slug,
                names.address(kept.target()),
                names.text(kept.title(), LONGEST_TITLE),
                kept.tags(),
                kept.active(),
                0,
                Optional.empty(),
                kept.startsAt().map(Instant::ofEpochMilli),
                kept.endsAt().map(Instant::ofEpochMilli),
                names.address(kept.fallback()),
                kept.passwordHash(),
                kept.clickLimit(),
                filled(Routing.read(kept.routing()), names),
                now);
    }

    private static Routing filled(Routing routing, BrandNames names) {
        Utm utm = routing.utm();
        return new Routing(
                new Utm(
                        names.text(utm.source(), LONGEST_UTM),
                        names.text(utm.medium(), LONGEST_UTM),
                        names.text(utm.campaign(), LONGEST_UTM),
                        names.text(utm.term(), LONGEST_UTM),
                        names.text(utm.content(), LONGEST_UTM)),
                routing.rules().stream()
                        .map(rule -> new Routing.Rule(
                                rule.device(),
                                rule.language(),
                                rule.country(),
                                rule.from(),
                                rule.until(),
                                names.address(rule.target())))
                        .toList(),
                routing.weight(),
                routing.variants().stream()
                        .map(variant -> new Routing.Variant(names.address(variant.target()), variant.weight()))
                        .toList(),
                routing.zone(),
                routing.chat().on()
                        ? new Routing.Chat(
                                true,
                                routing.chat().pool(),
                                names.text(routing.chat().text(), ShortLinkChats.LONGEST))
                        : Routing.Chat.NONE,
                routing.forwardsQuery());
    }
}
