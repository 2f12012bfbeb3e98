package dev.banyan.workspaces.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.StoredParticipants;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Key;
import dev.banyan.workspaces.assistant.AssistantSettings.Kind;
import dev.banyan.workspaces.assistant.AssistantSettings.Model;
import org.junit.jupiter.api.Test;

/// Keys of assistants in the database.
@OnEveryDatabase
class AssistantStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final URI ENDPOINT = URI.create("https://models.example.com/v1");

    private final Database database;
    private final AccountId tenant;
    private final WorkspaceId room;
    private final Participant stranger;

    AssistantStoreContractTest(Database database) {
        this.database = database;
        var somebody = StoredParticipants.somebody(database);
        this.tenant = somebody.tenant();
        this.room = somebody.workspace();
        this.stranger = StoredParticipants.somebody(database);
    }

    @Test
    void aKeyIsSealedAgainInItsWorkspaceIfItIsStillTheSame() {
        database.write(tx -> {
            new AssistantStore(tx).save(tenant, room, settings(new Key("v1.before", "1234")), NOW);
            return true;
        });
        reseal(tenant, stranger.workspace(), "v1.before");
        reseal(stranger.tenant(), room, "v1.before");
        reseal(tenant, room, "v1.another");
        assertThat(key()).contains(new Key("v1.before", "1234"));
        reseal(tenant, room, "v1.before");
        assertThat(key()).contains(new Key("v2.after", "1234"));
    }

    private static AssistantSettings settings(Key key) {
        return new AssistantSettings(
                Kind.OPENAI,
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                new HandOver("", Optional.empty()),
                OfficeHours.always(ZoneOffset.UTC),
                Optional.empty(),
                new Model(Optional.of(ENDPOINT), Optional.of("small"), Optional.empty(), 70, 800, Optional.of(key)));
    }

    private void reseal(AccountId of, WorkspaceId in, String before) {
        database.write(tx -> {
            new AssistantStore(tx).reseal(of, new AssistantStore.SealedKey(of, in, ENDPOINT, before), "v2.after");
            return true;
        });
    }

    private Optional<Key> key() {
        return database.read(tx -> new AssistantStore(tx)
                .find(tenant, room)
                .flatMap(found -> found.model().key()));
    }
}
