package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.operator.AgencyFigureStore.Agencies;
import dev.banyan.accounts.operator.AgencyFigureStore.Roots;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/// Counts how agencies use sub-accounts, over the whole server: at most once a minute, however often the figures are
/// read.
@Singleton
public final class AgencyFigures implements Recurring {

    private static final Duration FRESH = Duration.ofMinutes(1);

    /// @param with those that have sub-accounts
    public record Share(long with, long all) {

        /// Returns the share from 0 to 1; empty if there are none.
        public Optional<Double> part() {
            return all == 0 ? Optional.empty() : Optional.of((double) with / all);
        }
    }

    /// Accounts that have from `least` to `most` sub-accounts.
    public record Band(long least, long most, long accounts) {}

    /// @param premium Premium and Enterprise accounts
    /// @param permitted accounts with an agency permission
    /// @param subAccounts all that are not deleted
    /// @param average the average number of sub-accounts of those that have any; empty if none has
    /// @param premiumAverage the same for Premium accounts
    /// @param full those whose packs have no room left
    public record Counted(
            Instant at,
            Share premium,
            Share permitted,
            long agencies,
            long subAccounts,
            Optional<Double> average,
            Optional<Double> premiumAverage,
            List<Band> bands,
            Share full) {}

    private final Database database;
    private final Clock clock;
    private volatile Optional<Counted> last = Optional.empty();

    AgencyFigures(Database database, Clock clock, MeterRegistry registry) {
        this.database = database;
        this.clock = clock;
        gauge(
                registry,
                "banyan.sub_account_adoption.premium",
                "Share of Premium and Enterprise accounts that have sub-accounts",
                counted -> counted.premium().part().orElse(Double.NaN));
        gauge(
                registry,
                "banyan.sub_account_adoption.permitted",
                "Share of accounts with an agency permission that have sub-accounts",
                counted -> counted.permitted().part().orElse(Double.NaN));
        gauge(registry, "banyan.agencies", "Accounts that have sub-accounts", Counted::agencies);
        gauge(registry, "banyan.sub_accounts", "Sub-accounts that are not deleted", Counted::subAccounts);
        gauge(
                registry,
                "banyan.agencies.full",
                "Accounts whose packs have no room left",
                counted -> counted.full().with());
    }

    /// Registers a gauge. Reading the metrics uses memory only.
    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Counted> value) {
        Gauge.builder(
                        name,
                        this,
                        figures -> figures.last.map(value::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .register(registry);
    }

    /// Returns the last count, or a new one if that is older than a minute.
    public Counted counted() {
        Optional<Counted> known = last;
        return known.filter(counted -> counted.at().isAfter(clock.instant().minus(FRESH)))
                .orElseGet(this::count);
    }

    /// Counts again, for the metrics.
    public void renew() {
        count();
    }

    @Override
    public Job job() {
        return Job.scheduled("1m", "10s", "count-agencies", "Counts agencies for the metrics.", this::renew)
                .onEachServer();
    }

    private Counted count() {
        List<Roots> roots = database.read(tx -> new AgencyFigureStore(tx).roots());
        List<Agencies> agencies = database.read(tx -> new AgencyFigureStore(tx).agencies());
        Predicate<Tier> high = tier -> tier.compareTo(Tier.PREMIUM) >= 0;
        var counted = new Counted(
                clock.instant(),
                new Share(
                        accounts(agencies, of -> high.test(of.tier())),
                        roots.stream()
                                .filter(of -> high.test(of.tier()))
                                .mapToLong(Roots::number)
                                .sum()),
                new Share(
                        accounts(agencies, Agencies::permitted),
                        roots.stream()
                                .filter(Roots::permitted)
                                .mapToLong(Roots::number)
                                .sum()),
                accounts(agencies, _ -> true),
                subAccounts(agencies, _ -> true),
                average(agencies, _ -> true),
                average(agencies, of -> of.tier() == Tier.PREMIUM),
                List.of(
                        band(agencies, 1, 3),
                        band(agencies, 4, 10),
                        band(agencies, 11, 25),
                        band(agencies, 26, Long.MAX_VALUE)),
                new Share(
                        accounts(agencies, of -> !of.permitted() || of.max().isFull(of.subAccounts())),
                        accounts(agencies, _ -> true)));
        last = Optional.of(counted);
        return counted;
    }

    private static long accounts(List<Agencies> agencies, Predicate<Agencies> which) {
        return agencies.stream().filter(which).mapToLong(Agencies::number).sum();
    }

    private static long subAccounts(List<Agencies> agencies, Predicate<Agencies> which) {
        return agencies.stream()
                .filter(which)
                .mapToLong(of -> of.subAccounts() * of.number())
                .sum();
    }

    private static Optional<Double> average(List<Agencies> agencies, Predicate<Agencies> which) {
        long accounts = accounts(agencies, which);
        return accounts == 0 ? Optional.empty() : Optional.of((double) subAccounts(agencies, which) / accounts);
    }

    private static Band band(List<Agencies> agencies, long least, long most) {
        return new Band(least, most, accounts(agencies, of -> of.subAccounts() >= least && of.subAccounts() <= most));
    }
}
