package dev.banyan.whatsapp.configfile;

import static dev.banyan.schema.Tables.SENDERS;
import static dev.banyan.schema.Tables.SENDER_CONFIG_FILES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import org.jooq.impl.DSL;

/// What `bots-config.json` says of the senders of a tenant, and what they have no columns for.
public final class ConfigFileStore extends Store {

    /// Stored data of a tenant's `bots-config.json`.
    ///
    /// @param extra JSON of [UnknownFields]
    public record ConfigFile(String extra, Instant updatedAt) {}

    public ConfigFileStore(Tx tx) {
        super(tx);
    }

    public Optional<ConfigFile> configFile(AccountId tenant) {
        return sql.select(SENDER_CONFIG_FILES.EXTRA, SENDER_CONFIG_FILES.UPDATED_AT)
                .from(SENDER_CONFIG_FILES)
                .where(SENDER_CONFIG_FILES.TENANT_ID.eq(tenant))
                .fetchOptional(row -> new ConfigFile(row.value1(), row.value2()));
    }

    /// Stores the file data. The caller must have called [dev.banyan.whatsapp.SenderStore#hold] for the tenant.
    public void saveConfigFile(AccountId tenant, String extra, Instant now) {
        sql.update(SENDER_CONFIG_FILES)
                .set(SENDER_CONFIG_FILES.EXTRA, extra)
                .set(SENDER_CONFIG_FILES.UPDATED_AT, now)
                .where(SENDER_CONFIG_FILES.TENANT_ID.eq(tenant))
                .execute();
    }

    public Map<SenderId, UnknownFields> extras(AccountId tenant) {
        return sql.select(SENDERS.ID, SENDERS.EXTRA)
                .from(SENDERS)
                .where(SENDERS.TENANT_ID.eq(tenant), SENDERS.EXTRA.isNotNull())
                .fetchMap(row -> row.value1(), row -> UnknownFields.of(row.value2()));
    }

    public void saveExtras(AccountId tenant, SenderId id, UnknownFields extras) {
        sql.update(SENDERS)
                .set(SENDERS.EXTRA, extras.isEmpty() ? null : extras.text())
                .where(SENDERS.TENANT_ID.eq(tenant), SENDERS.ID.eq(id))
                .execute();
    }

    @AllTenants("runs at startup for all tenants")
    public List<AccountId> tenantsWithFiles() {
        return sql.select(SENDER_CONFIG_FILES.TENANT_ID)
                .from(SENDER_CONFIG_FILES)
                .orderBy(SENDER_CONFIG_FILES.TENANT_ID)
                .fetch(SENDER_CONFIG_FILES.TENANT_ID);
    }

    /// Updates a sender to match a file; its connection and its servants stay.
    public void bring(AccountId tenant, Sender sender, Instant now) {
        sql.update(SENDERS)
                .set(SENDERS.DISPLAY_NAME, sender.displayName())
                .set(SENDERS.MASTER_ID, sender.masterId().orElse(null))
                .set(
                        SENDERS.MASTER_TYPE,
                        sender.masterType().map(MasterType::key).orElse(null))
                .set(
                        SENDERS.PHONE,
                        DSL.coalesce(SENDERS.PHONE, DSL.val(sender.phone().orElse(null))))
                .set(SENDERS.PURPOSE, sender.purpose().orElse(null))
                .set(SENDERS.IS_ENABLED, sender.enabled())
                .set(SENDERS.UPDATED_AT, now)
                .where(SENDERS.TENANT_ID.eq(tenant), SENDERS.ID.eq(sender.id()))
                .execute();
    }
}
