package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.exports.AccountPart;
import dev.banyan.accounts.exports.ExportFolder;
import dev.banyan.accounts.exports.ImportFolder;
import dev.banyan.accounts.exports.ImportedIds;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.UnusableArchive;
import dev.banyan.platform.web.page.Words;
import dev.banyan.shortlinks.ShortLinkQuery.Cursor;
import dev.banyan.shortlinks.ShortLinkQuery.Order;
import jakarta.inject.Singleton;

/// The short links of an account in an archive, `short-links.json`, the newest first. Slugs are unique on the whole
/// server: a short link whose slug is taken is left out.
@Singleton
record ShortLinkPart(Quotas quotas, RedirectCache cache, ChatNumbers numbers, Clock clock, Uuids uuids)
        implements AccountPart {

    static final String FILE = "short-links.json";
    private static final int AT_ONCE = 200;
    private static final int MOST = 100_000;
    private static final int NAMED = 20;

    /// A short link with its id in the archive.
    record Read(String id, ShortLink link) {}

    @Override
    public int order() {
        return 20;
    }

    @Override
    public void write(Tx tx, Owner owner, ExportFolder to) {
        var store = new ShortLinkStore(tx);
        to.array(FILE, links -> {
            Optional<Cursor> after = Optional.empty();
            List<ShortLink> some;
            do {
                some = store.list(owner, ShortLinkQuery.all(Order.NEWEST, after, AT_ONCE), clock.instant());
                some.forEach(link -> links.accept(ShortLinkDocuments.of(link)));
                to.count("shortLinks", some.size());
                after = some.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Cursor(
                                some.getLast().clicks(), some.getLast().id()));
            } while (some.size() == AT_ONCE);
        });
    }

    @Override
    public Prepared prepare(Owner to, ImportFolder from) throws UnusableArchive {
        var links = new ArrayList<Read>();
        var seen = new HashSet<String>();
        from.array(FILE, MOST, element -> {
            Read read = ShortLinkDocuments.read(element, to);
            if (!seen.add(read.id()) || !seen.add("slug " + read.link().slug())) {
                throw new UnusableArchive(
                        "It has the short link “" + read.link().slug() + "” twice");
            }
            links.add(read);
        });
        // A pool of another agency answers nobody: its place takes the one that works for the account.
        Set<String> pools = links.stream()
                .map(read -> read.link().routing().chat().pool())
                .filter(pool -> !pool.isEmpty())
                .collect(Collectors.toSet());
        Set<String> known =
                pools.stream().filter(pool -> numbers.isPool(to.tenant(), pool)).collect(Collectors.toSet());
        return new Ready(to, List.copyOf(links), known);
    }

    /// Short links have no files.
    private final class Ready implements Prepared {

        private final Owner to;
        private final List<Read> links;
        private final Set<String> pools;

        Ready(Owner to, List<Read> links, Set<String> pools) {
            this.to = to;
            this.links = links;
            this.pools = pools;
        }

        @Override
        public Taken take(Tx tx, Actor actor, Account account, ImportedIds ids) {
            var store = new ShortLinkStore(tx);
            var free = new ArrayList<Read>();
            var taken = new ArrayList<String>();
            for (int from = 0; from < links.size(); from += AT_ONCE) {
                List<Read> some = links.subList(from, Math.min(links.size(), from + AT_ONCE));
                Set<String> there = store.taken(
                        some.stream().map(read -> read.link().slug()).collect(Collectors.toSet()));
                for (Read read : some) {
                    if (there.contains(read.link().slug())) {
                        taken.add(read.link().slug());
                    } else {
                        free.add(read);
                    }
                }
            }
            int fit = (int) quotas.claimUpTo(tx, to, PlanQuota.SHORT_LINKS, free.size());
            // Ids tell their age: the oldest is written first, so that the order stays.
            List<Read> kept = free.subList(0, fit).reversed();
            Instant now = clock.instant();
            for (Read read : kept) {
                var id = new ShortLinkId(uuids.next());
                if (!store.insert(to, ShortLinkDocuments.moved(read.link(), id, to, pools), now)) {
                    throw new IllegalStateException("The slug " + read.link().slug() + " was taken at this moment");
                }
                ids.put("short link", read.id(), id.toString());
            }
            List<String> slugs = kept.stream().map(read -> read.link().slug()).toList();
            tx.afterCommit(() -> slugs.forEach(cache::drop)); // visitors may have found nothing there before
            return new Taken(
                    Map.of("shortLinks", (long) fit),
                    LeftOut.of(Map.of(LeftOut.Kind.SHORT_LINKS, (long) free.size() - fit)),
                    taken.isEmpty() ? List.of() : List.of(note(taken)));
        }
    }

    private static String note(List<String> taken) {
        return Words.count(
                        taken.size(),
                        "short link was left out, because its name is taken on this server: ",
                        "short links were left out, because their names are taken on this server: ")
                + String.join(", ", taken.subList(0, Math.min(NAMED, taken.size())))
                + (taken.size() > NAMED ? " …" : ".");
    }
}
