package dev.banyan.whatsapp.optouts;

import static dev.banyan.schema.Tables.CAMPAIGN_SETTINGS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Field;

public final class OptOutSettingsStore extends Store {

    public OptOutSettingsStore(Tx tx) {
        super(tx);
    }

    /// Returns the settings, or the defaults for an account that has set none.
    public OptOutSettings find(AccountId tenant) {
        return sql.selectFrom(CAMPAIGN_SETTINGS)
                .where(CAMPAIGN_SETTINGS.TENANT_ID.eq(tenant))
                .fetchOptional(row -> new OptOutSettings(
                        Optional.of(words(row.get(CAMPAIGN_SETTINGS.OUT_WORDS)))
                                .filter(words -> !words.isEmpty())
                                .orElse(OptOutWords.DEFAULT),
                        words(row.get(CAMPAIGN_SETTINGS.IN_WORDS)),
                        row.get(CAMPAIGN_SETTINGS.OUT_ANSWER),
                        row.get(CAMPAIGN_SETTINGS.IN_ANSWER),
                        row.get(CAMPAIGN_SETTINGS.FIRST_CONTACTS)))
                .orElse(OptOutSettings.DEFAULT);
    }

    private static List<String> words(String column) {
        return column.lines().filter(word -> !word.isBlank()).toList();
    }

    /// Words that are the defaults are stored as none: so the account knows those of later versions, too.
    public void save(AccountId tenant, OptOutSettings settings, Instant now) {
        Map<Field<?>, Object> values = new LinkedHashMap<>();
        values.put(
                CAMPAIGN_SETTINGS.OUT_WORDS,
                settings.outWords().equals(OptOutWords.DEFAULT) ? "" : String.join("\n", settings.outWords()));
        values.put(CAMPAIGN_SETTINGS.IN_WORDS, String.join("\n", settings.inWords()));
        values.put(CAMPAIGN_SETTINGS.OUT_ANSWER, settings.outAnswer());
        values.put(CAMPAIGN_SETTINGS.IN_ANSWER, settings.inAnswer());
        values.put(CAMPAIGN_SETTINGS.FIRST_CONTACTS, settings.firstContactsPerDay());
        values.put(CAMPAIGN_SETTINGS.UPDATED_AT, now);
        sql.insertInto(CAMPAIGN_SETTINGS)
                .set(CAMPAIGN_SETTINGS.TENANT_ID, tenant)
                .set(values)
                .onConflict(CAMPAIGN_SETTINGS.TENANT_ID)
                .doUpdate()
                .set(values)
                .execute();
    }
}
