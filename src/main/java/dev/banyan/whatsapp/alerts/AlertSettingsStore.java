package dev.banyan.whatsapp.alerts;

import static dev.banyan.schema.Tables.ALERT_SETTINGS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

final class AlertSettingsStore extends Store {

    AlertSettingsStore(Tx tx) {
        super(tx);
    }

    /// Returns the settings, or the defaults for an account that has set none.
    AlertSettings find(AccountId tenant) {
        return sql.selectFrom(ALERT_SETTINGS)
                .where(ALERT_SETTINGS.TENANT_ID.eq(tenant))
                .fetchOptional(row -> new AlertSettings(
                        row.get(ALERT_SETTINGS.QUEUE_LENGTH),
                        row.get(ALERT_SETTINGS.QUEUE_MINUTES),
                        row.get(ALERT_SETTINGS.QUALITY)))
                .orElse(AlertSettings.DEFAULT);
    }

    void save(AccountId tenant, AlertSettings settings, Instant now) {
        var values = new Columns();
        values.with(ALERT_SETTINGS.QUEUE_LENGTH, settings.queueLength());
        values.with(ALERT_SETTINGS.QUEUE_MINUTES, settings.queueMinutes());
        values.with(ALERT_SETTINGS.QUALITY, settings.quality());
        values.with(ALERT_SETTINGS.UPDATED_AT, now);
        put(ALERT_SETTINGS, new Columns().with(ALERT_SETTINGS.TENANT_ID, tenant), values);
    }
}
