package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.limits.RateLimits;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Counts the requests of keys: per minute and key in memory, per day and account in memory and, every few seconds, in
/// the database, so that a busy program costs no write per request and a restart loses next to nothing. Days are those
/// of the account’s time zone.
@Singleton
public final class KeyUse implements Expiring, Recurring {

    static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int DAYS_KEPT = 60;
    private static final Pattern LAST_OF_V4 = Pattern.compile("\\.\\d+$");

    private record DayOf(AccountId account, LocalDate day) {}

    private record KeyOf(AccountId account, String id) {}

    private record LastUse(Instant at, String ip) {}

    /// Requests of a day: those stored in the database, and those not yet stored.
    private record Count(long stored, long waiting) {
        long all() {
            return stored + waiting;
        }
    }

    private final Database database;
    private final RateLimits limits;
    private final AccountDays accountDays;
    private final Clock clock;
    private final Map<DayOf, Count> days = new ConcurrentHashMap<>();
    private final Map<KeyOf, LastUse> seen = new ConcurrentHashMap<>();

    KeyUse(Database database, RateLimits limits, AccountDays accountDays, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.accountDays = accountDays;
        this.clock = clock;
    }

    /// Counts a request of a key against its current minute.
    RateLimits.Counted countMinute(String key, long most) {
        return limits.count(key, most, MINUTE);
    }

    long usedInMinute(String key, long most) {
        return most <= 0 ? 0 : most - limits.remaining(key, most, MINUTE);
    }

    /// Counts a request against the day of its account.
    ///
    /// @return the day's total, including this request
    long countDay(AccountId account) {
        return days.compute(
                        new DayOf(account, today(account)),
                        (of, count) -> count == null
                                ? new Count(stored(of), 1)
                                : new Count(count.stored(), count.waiting() + 1))
                .all();
    }

    long usedToday(AccountId account) {
        var of = new DayOf(account, today(account));
        Count count = days.get(of);
        return count == null ? stored(of) : count.all();
    }

    /// Returns the time until the day of an account ends.
    Duration untilTomorrow(AccountId account) {
        Instant now = clock.instant();
        return Duration.between(
                now,
                today(account)
                        .plusDays(1)
                        .atStartOfDay(accountDays.zone(account))
                        .toInstant());
    }

    LocalDate today(AccountId account) {
        return LocalDate.ofInstant(clock.instant(), accountDays.zone(account));
    }

    /// Records when and from where a key was used, at most once a minute.
    void note(ApiKey key, String ip) {
        Instant now = clock.instant();
        if (key.lastUsedAt().filter(last -> last.isAfter(now.minus(MINUTE))).isEmpty()) {
            seen.putIfAbsent(new KeyOf(key.account(), key.id()), new LastUse(now, shortened(ip)));
        }
    }

    /// Returns the network of an address, such as 203.0.113.0 or 2001:db8:1::, so that it identifies no person.
    public static String shortened(String ip) {
        if (ip.indexOf(':') < 0) {
            return LAST_OF_V4.matcher(ip).replaceFirst(".0");
        }
        List<String> parts = List.of(ip.split(":"));
        int gap = parts.indexOf("");
        return String.join(":", parts.subList(0, Math.min(3, gap < 0 ? parts.size() : gap))) + "::";
    }

    /// Writes what was counted since the last write; one run at a time, as two would count the same.
    public synchronized void write() {
        days.forEach((of, count) -> {
            if (count.waiting() == 0) {
                days.remove(of, count); // idle: it is read again when it is needed
            } else {
                // An account that no longer exists is not counted.
                long all = database.write(
                        tx -> new AccountStore(tx).find(of.account()).isPresent()
                                ? new ApiKeyStore(tx).addRequests(of.account(), of.day(), count.waiting())
                                : 0L);
                days.computeIfPresent(of, (_, now) -> new Count(all, now.waiting() - count.waiting()));
            }
        });
        Map<KeyOf, LastUse> used = Map.copyOf(seen);
        if (!used.isEmpty()) {
            database.write(tx -> {
                var store = new ApiKeyStore(tx);
                used.forEach((key, use) -> store.noteUse(key.account(), key.id(), use.at(), use.ip()));
                return used;
            });
            used.forEach(seen::remove);
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "count-key-use", "Records how often API keys are used.", this::write)
                .onEachServer();
    }

    void atShutdown(@Observes ShutdownEvent event) {
        write();
    }

    /// Deletes the counts of days that no chart shows any more.
    @Override
    public int forgetExpired() {
        return database.write(tx -> new ApiKeyStore(tx)
                .deleteDaysBefore(
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS_KEPT)));
    }

    private long stored(DayOf of) {
        return database.read(tx -> new ApiKeyStore(tx).requests(of.account(), of.day()));
    }
}
