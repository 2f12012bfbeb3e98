package dev.banyan.whatsapp.history;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.OutboxStore.Pair;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.PortfolioStore.Portfolio;

/// How many more people the business portfolios of some numbers may write to first in 24 hours. Meta counts everybody
/// who gets a template and hasn't written to the number in the last 24 hours, once for all numbers of the portfolio. It
/// has no error for it: what goes beyond is lost, one message after the other. So we count ourselves, and let it wait.
public final class PortfolioPlaces {

    public static final Duration DAY = Duration.ofHours(24);

    /// For numbers without a limit.
    public static final PortfolioPlaces ANY = new PortfolioPlaces(Map.of(), Set.of());

    /// What is left for some numbers together.
    ///
    /// @param people how many more they may write to now
    /// @param most how many in 24 hours
    /// @param opens when the next place gets free
    public record Left(long people, long most, Instant opens) {

        /// Returns how many were written to in the last 24 hours.
        public long reached() {
            return Math.max(0, most - people);
        }
    }

    private static final class Use {
        private final Portfolio portfolio;
        private final Set<ContactAddress> known;
        private final Instant opens;
        private final Set<ContactAddress> taken = new HashSet<>();
        private final long reached;

        private Use(Portfolio portfolio, SortedMap<Instant, Integer> counts, Set<ContactAddress> known, Instant now) {
            this.portfolio = portfolio;
            this.known = known;
            this.reached =
                    counts.values().stream().mapToLong(Integer::longValue).sum();
            this.opens = counts.isEmpty()
                    ? now.plus(DAY)
                    : counts.firstKey().plus(PortfolioStore.STEP).plus(DAY);
        }

        private long left() {
            return Math.max(0, portfolio.most() - reached - taken.size());
        }
    }

    private final Map<SenderId, Use> uses;
    private final Set<Pair> windows;

    private PortfolioPlaces(Map<SenderId, Use> uses, Set<Pair> windows) {
        this.uses = uses;
        this.windows = windows;
    }

    /// Reads what is left for these numbers.
    public static PortfolioPlaces of(Tx tx, AccountId tenant, Collection<SenderId> numbers, Instant now) {
        return read(tx, tenant, new PortfolioStore(tx).of(tenant, numbers), Set.of(), now);
    }

    /// Reads what is left for messages to these contacts, and keeps others from taking it until the end of the
    /// transaction.
    public static PortfolioPlaces locked(
            Tx tx, AccountId tenant, Collection<SenderId> numbers, Collection<ContactAddress> contacts, Instant now) {
        var store = new PortfolioStore(tx);
        Map<SenderId, Portfolio> portfolios = store.of(tenant, numbers);
        if (portfolios.isEmpty()) {
            return ANY;
        }
        store.lock(
                tenant,
                portfolios.values().stream().map(Portfolio::id).distinct().toList());
        return read(tx, tenant, portfolios, contacts, now);
    }

    private static PortfolioPlaces read(
            Tx tx,
            AccountId tenant,
            Map<SenderId, Portfolio> portfolios,
            Collection<ContactAddress> contacts,
            Instant now) {
        var store = new PortfolioStore(tx);
        Instant since = now.minus(DAY);
        var byId = new HashMap<String, Use>();
        var uses = new HashMap<SenderId, Use>();
        portfolios.forEach((number, portfolio) -> uses.put(
                number,
                byId.computeIfAbsent(
                        portfolio.id(),
                        id -> new Use(
                                portfolio,
                                store.counts(tenant, id, since),
                                contacts.isEmpty() ? Set.of() : store.reached(tenant, id, contacts, since),
                                now))));
        return new PortfolioPlaces(
                uses,
                uses.isEmpty() || contacts.isEmpty()
                        ? Set.of()
                        : new IncomingStore(tx).writtenSince(tenant, uses.keySet(), contacts, since));
    }

    /// Returns what is left for those of the numbers that have a limit that we know; empty if none has.
    public Optional<Left> left() {
        return left(uses.keySet());
    }

    /// Returns what is left for these numbers together; empty if one of them has no limit that we know.
    public Optional<Left> left(Collection<SenderId> numbers) {
        if (numbers.isEmpty() || !uses.keySet().containsAll(numbers)) {
            return Optional.empty();
        }
        Set<Use> all = numbers.stream()
                .flatMap(number -> Optional.ofNullable(uses.get(number)).stream())
                .collect(Collectors.toSet());
        return Optional.of(new Left(
                all.stream().mapToLong(Use::left).sum(),
                all.stream().mapToLong(use -> use.portfolio.most()).sum(),
                all.stream().map(use -> use.opens).min(Instant::compareTo).orElseThrow()));
    }

    /// Returns when a number may write to a contact first; empty: now.
    public Optional<Instant> fullUntil(SenderId number, ContactAddress contact) {
        return needed(number, contact).filter(use -> use.left() == 0).map(use -> use.opens);
    }

    /// Takes a place, if the contact needs one.
    public void take(SenderId number, ContactAddress contact) {
        needed(number, contact).ifPresent(use -> use.taken.add(contact));
    }

    private Optional<Use> needed(SenderId number, ContactAddress contact) {
        return Optional.ofNullable(uses.get(number))
                .filter(use -> !use.known.contains(contact)
                        && !use.taken.contains(contact)
                        && !windows.contains(new Pair(number, contact)));
    }

    /// Counts those whose places were taken.
    public void save(Tx tx, AccountId tenant, Instant now) {
        Set.copyOf(uses.values()).stream()
                .filter(use -> !use.taken.isEmpty())
                .forEach(use -> new PortfolioStore(tx).add(tenant, use.portfolio.id(), use.taken, now));
    }
}
