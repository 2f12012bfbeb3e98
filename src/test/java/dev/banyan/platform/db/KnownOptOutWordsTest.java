package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.optouts.OptOutSettings;
import dev.banyan.whatsapp.optouts.OptOutSettingsStore;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Settings that were saved when fewer words opted out.
class KnownOptOutWordsTest {

    private static final String SAVED = "INSERT INTO campaign_settings (tenant_id, out_words, in_words, out_answer,"
            + " in_answer, first_contacts, updated_at) VALUES ('%s', '%s', 'start', 'Bye', 'Hello', 7, 1)";

    /// What an account had stored that changed only its answer.
    private static final String FIRST_WORDS =
            "stop|unsubscribe|opt out|arrêt|arrêter|désabonner|stopp|abmelden|baja|parar|sair|إيقاف|توقف"
                    + "|إلغاء الاشتراك|стоп|退订";

    private static final AccountId KEPT = AccountId.of("00000000-0000-7000-8000-000000000001");
    private static final AccountId CHANGED = AccountId.of("00000000-0000-7000-8000-000000000002");

    @Test
    void thoseOfTheProgramCountWhereTheyWereNotChanged(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("banyan.db");
        var config = new SQLiteConfig();
        config.enforceForeignKeys(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Migrations.migrate(source, "sqlite", "A test", "176");
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(SAVED.formatted(KEPT, FIRST_WORDS.replace('|', '\n')));
            statement.execute(SAVED.formatted(CHANGED, "stop\nno thanks"));
        }

        try (Database database = SqliteDatabase.open(file)) {
            assertThat(words(database, KEPT)).isEqualTo(OptOutSettings.DEFAULT.outWords());
            assertThat(words(database, CHANGED)).containsExactly("stop", "no thanks");
        }
    }

    private static List<String> words(Database database, AccountId account) {
        return database.read(tx -> new OptOutSettingsStore(tx).find(account).outWords());
    }
}
