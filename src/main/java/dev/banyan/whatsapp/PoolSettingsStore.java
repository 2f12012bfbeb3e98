package dev.banyan.whatsapp;

import static dev.banyan.schema.Tables.POOL_SETTINGS;

import module java.base;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.PoolSettings.PoolClass;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class PoolSettingsStore extends Store {

    private static final String MASTER = "master";

    private static final SqlCache FIND = new SqlCache();

    private final Tx tx;

    public PoolSettingsStore(Tx tx) {
        super(tx);
        this.tx = tx;
    }

    /// Returns the settings, or the account's for a pool that was never configured or doesn't exist.
    public PoolSettings find(AccountId tenant, SenderId master) {
        return FIND.one(
                        sql,
                        () -> sql.selectFrom(POOL_SETTINGS)
                                .where(POOL_SETTINGS.TENANT_ID.eq(tenant), POOL_SETTINGS.MASTER_ID.eq(master)),
                        tenant,
                        master)
                .map(PoolSettingsStore::settings)
                .orElseGet(() -> ofAccount(tenant));
    }

    /// Returns what pools have that were never configured: the defaults, in the time zone that the account has now.
    public PoolSettings ofAccount(AccountId tenant) {
        ZoneId zone = AccountDays.zone(tx, tenant);
        return zone.normalized().equals(PoolSettings.DEFAULT.zone())
                ? PoolSettings.DEFAULT
                : PoolSettings.DEFAULT.withZone(zone);
    }

    /// Returns the settings of the pools that were configured.
    public Map<SenderId, PoolSettings> all(AccountId tenant) {
        return sql.selectFrom(POOL_SETTINGS)
                .where(POOL_SETTINGS.TENANT_ID.eq(tenant))
                .fetchMap(row -> row.get(POOL_SETTINGS.MASTER_ID), PoolSettingsStore::settings);
    }

    /// A pool of codes.
    ///
    /// @param within see [PoolSettings#receiptWithin]
    public record OfCodes(SenderKey pool, Duration within) {}

    @AllTenants("looks after all pools of codes")
    public List<OfCodes> ofCodes() {
        return sql.select(POOL_SETTINGS.TENANT_ID, POOL_SETTINGS.MASTER_ID, POOL_SETTINGS.RECEIPT_SECONDS)
                .from(POOL_SETTINGS)
                .where(POOL_SETTINGS.POOL_CLASS.eq(DSL.inline(PoolClass.CODES.key()))) // to match the partial index
                .fetch(row -> new OfCodes(new SenderKey(row.value1(), row.value2()), Duration.ofSeconds(row.value3())));
    }

    public void save(AccountId tenant, SenderId master, PoolSettings settings, Instant now) {
        put(
                POOL_SETTINGS,
                new Columns().with(POOL_SETTINGS.TENANT_ID, tenant).with(POOL_SETTINGS.MASTER_ID, master),
                values(settings, now).with(POOL_SETTINGS.MASTER_ROLE, MASTER));
    }

    private static Columns values(PoolSettings settings, Instant now) {
        return new Columns()
                .with(POOL_SETTINGS.STRATEGY, settings.strategy().key())
                .with(POOL_SETTINGS.UNCERTAIN_POLICY, settings.uncertain().key())
                .with(POOL_SETTINGS.PER_MINUTE, settings.pace().perMinute())
                .with(POOL_SETTINGS.PER_DAY, settings.pace().perDay())
                .with(POOL_SETTINGS.IS_WARMING, settings.pace().warmsUp().orElse(false))
                .with(POOL_SETTINGS.PAIR_SECONDS, settings.pair().map(pair ->
                        (int) pair.every().toSeconds()))
                .with(
                        POOL_SETTINGS.PAIR_BURST,
                        settings.pair().map(PairLimit::burst).orElse(1))
                .with(
                        POOL_SETTINGS.QUIET_FROM,
                        settings.quiet().map(QuietHours::from).map(PoolSettingsStore::minutes))
                .with(
                        POOL_SETTINGS.QUIET_UNTIL,
                        settings.quiet().map(QuietHours::until).map(PoolSettingsStore::minutes))
                .with(POOL_SETTINGS.QUIET_ANSWER_MINUTES, (int) settings.quiet()
                        .map(QuietHours::answersWithin)
                        .orElse(QuietHours.ANSWERS_WITHIN)
                        .toMinutes())
                .with(POOL_SETTINGS.ZONE, settings.zone().getId())
                .with(POOL_SETTINGS.MOST_WAITING, settings.mostWaiting())
                .with(POOL_SETTINGS.IS_FOR_GROUPS, settings.groups())
                .with(POOL_SETTINGS.POOL_CLASS, settings.poolClass().key())
                .with(POOL_SETTINGS.RECEIPT_SECONDS, (int)
                        settings.receiptWithin().toSeconds())
                .with(POOL_SETTINGS.UPDATED_AT, now);
    }

    private static int minutes(LocalTime time) {
        return time.toSecondOfDay() / 60;
    }

    private static LocalTime time(int minutes) {
        return LocalTime.ofSecondOfDay(minutes * 60L);
    }

    private static PoolSettings settings(Record row) {
        return new PoolSettings(
                Keyed.of(Strategy.class, row.get(POOL_SETTINGS.STRATEGY)),
                Keyed.of(UncertainPolicy.class, row.get(POOL_SETTINGS.UNCERTAIN_POLICY)),
                new Pace(
                        Optional.ofNullable(row.get(POOL_SETTINGS.PER_MINUTE)),
                        Optional.ofNullable(row.get(POOL_SETTINGS.PER_DAY)),
                        Optional.of(row.get(POOL_SETTINGS.IS_WARMING))),
                Optional.ofNullable(row.get(POOL_SETTINGS.PAIR_SECONDS))
                        .map(seconds -> new PairLimit(Duration.ofSeconds(seconds), row.get(POOL_SETTINGS.PAIR_BURST))),
                Optional.ofNullable(row.get(POOL_SETTINGS.QUIET_FROM))
                        .map(from -> new QuietHours(
                                time(from),
                                time(row.get(POOL_SETTINGS.QUIET_UNTIL)),
                                Duration.ofMinutes(row.get(POOL_SETTINGS.QUIET_ANSWER_MINUTES)))),
                ZoneId.of(row.get(POOL_SETTINGS.ZONE)),
                row.get(POOL_SETTINGS.MOST_WAITING),
                row.get(POOL_SETTINGS.IS_FOR_GROUPS),
                Keyed.of(PoolClass.class, row.get(POOL_SETTINGS.POOL_CLASS)),
                Duration.ofSeconds(row.get(POOL_SETTINGS.RECEIPT_SECONDS)));
    }
}
