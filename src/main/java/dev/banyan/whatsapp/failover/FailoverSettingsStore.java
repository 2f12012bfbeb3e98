package dev.banyan.whatsapp.failover;

import static dev.banyan.schema.Tables.FAILOVER_SETTINGS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
import org.jooq.Record;

public final class FailoverSettingsStore extends Store {

    private static final String MASTER = "master";

    private static final SqlCache FIND = new SqlCache();

    public FailoverSettingsStore(Tx tx) {
        super(tx);
    }

    /// Returns the settings, or the defaults for a pool that was never configured or doesn't exist.
    public FailoverSettings find(AccountId tenant, SenderId master) {
        return FIND.one(
                        sql,
                        () -> sql.selectFrom(FAILOVER_SETTINGS)
                                .where(FAILOVER_SETTINGS.TENANT_ID.eq(tenant), FAILOVER_SETTINGS.MASTER_ID.eq(master)),
                        tenant,
                        master)
                .map(FailoverSettingsStore::settings)
                .orElse(FailoverSettings.DEFAULT);
    }

    /// Returns the settings of all pools that were configured.
    public Map<SenderId, FailoverSettings> all(AccountId tenant) {
        return sql.selectFrom(FAILOVER_SETTINGS)
                .where(FAILOVER_SETTINGS.TENANT_ID.eq(tenant))
                .fetchMap(row -> row.get(FAILOVER_SETTINGS.MASTER_ID), FailoverSettingsStore::settings);
    }

    void save(AccountId tenant, SenderId master, FailoverSettings settings, Instant now) {
        var values = new Columns();
        values.with(FAILOVER_SETTINGS.POLICY, settings.policy().key());
        values.with(FAILOVER_SETTINGS.BACKUP_MASTER_ID, settings.backup());
        values.with(FAILOVER_SETTINGS.IS_FAILING_BACK, settings.failsBack());
        values.with(FAILOVER_SETTINGS.SPREAD_MINUTES, (int) settings.spread().toMinutes());
        values.with(FAILOVER_SETTINGS.CHECK_SECONDS, settings.detection().checkSeconds());
        values.with(FAILOVER_SETTINGS.FAILURES, settings.detection().failures());
        values.with(FAILOVER_SETTINGS.RECOVERY_SECONDS, settings.detection().recoverySeconds());
        values.with(FAILOVER_SETTINGS.TRIES, settings.detection().tries());
        values.with(FAILOVER_SETTINGS.UPDATED_AT, now);
        values.with(FAILOVER_SETTINGS.MASTER_ROLE, MASTER);
        put(
                FAILOVER_SETTINGS,
                new Columns().with(FAILOVER_SETTINGS.TENANT_ID, tenant).with(FAILOVER_SETTINGS.MASTER_ID, master),
                values);
    }

    private static FailoverSettings settings(Record row) {
        return new FailoverSettings(
                Keyed.of(FailoverPolicy.class, row.get(FAILOVER_SETTINGS.POLICY)),
                Optional.ofNullable(row.get(FAILOVER_SETTINGS.BACKUP_MASTER_ID)),
                row.get(FAILOVER_SETTINGS.IS_FAILING_BACK),
                Duration.ofMinutes(row.get(FAILOVER_SETTINGS.SPREAD_MINUTES)),
                new Detection(
                        row.get(FAILOVER_SETTINGS.CHECK_SECONDS),
                        row.get(FAILOVER_SETTINGS.FAILURES),
                        row.get(FAILOVER_SETTINGS.RECOVERY_SECONDS),
                        row.get(FAILOVER_SETTINGS.TRIES)));
    }
}
