package dev.banyan.whatsapp.optouts;

import static dev.banyan.schema.Tables.CAMPAIGN_SETTINGS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

public final class OptOutSettingsStore extends Store {

    public OptOutSettingsStore(Tx tx) {
        super(tx);
    }

    /// Returns the settings, or the defaults for an account that has set none.
    public OptOutSettings find(AccountId tenant) {
        return sql.selectFrom(CAMPAIGN_SETTINGS)
                .where(CAMPAIGN_SETTINGS.TENANT_ID.eq(tenant))
                .fetchOptional(row -> new OptOutSettings(
                        outWords(row.get(CAMPAIGN_SETTINGS.OUT_WORDS)),
                        words(row.get(CAMPAIGN_SETTINGS.IN_WORDS)),
                        row.get(CAMPAIGN_SETTINGS.OUT_ANSWER),
                        row.get(CAMPAIGN_SETTINGS.IN_ANSWER),
                        row.get(CAMPAIGN_SETTINGS.FIRST_CONTACTS)))
                .orElse(OptOutSettings.DEFAULT);
    }

    private static List<String> outWords(String column) {
        boolean isAdded = column.isEmpty() || column.startsWith("\n");
        return Stream.concat(isAdded ? OptOutWords.DEFAULT.stream() : Stream.of(), words(column).stream())
                .distinct()
                .toList();
    }

    private static List<String> words(String column) {
        return column.lines().filter(word -> !word.isBlank()).toList();
    }

    /// An account that keeps the defaults, or adds words to them, knows those of later versions, too: what it added is
    /// stored below an empty line. One that took any away has a list of its own.
    public void save(AccountId tenant, OptOutSettings settings, Instant now) {
        var values = new Columns();
        values.with(
                CAMPAIGN_SETTINGS.OUT_WORDS,
                settings.outWords().containsAll(OptOutWords.DEFAULT)
                        ? settings.outWords().stream()
                                .filter(word -> !OptOutWords.DEFAULT.contains(word))
                                .map(word -> "\n" + word)
                                .collect(Collectors.joining())
                        : String.join("\n", settings.outWords()));
        values.with(CAMPAIGN_SETTINGS.IN_WORDS, String.join("\n", settings.inWords()));
        values.with(CAMPAIGN_SETTINGS.OUT_ANSWER, settings.outAnswer());
        values.with(CAMPAIGN_SETTINGS.IN_ANSWER, settings.inAnswer());
        values.with(CAMPAIGN_SETTINGS.FIRST_CONTACTS, settings.firstContactsPerDay());
        values.with(CAMPAIGN_SETTINGS.UPDATED_AT, now);
        put(CAMPAIGN_SETTINGS, new Columns().with(CAMPAIGN_SETTINGS.TENANT_ID, tenant), values);
    }
}
