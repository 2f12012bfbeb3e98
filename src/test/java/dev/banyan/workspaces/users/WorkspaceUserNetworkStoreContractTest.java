package dev.banyan.workspaces.users;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.StoredParticipants;
import org.junit.jupiter.api.Test;

/// Networks of users, with those of a colleague and of a stranger.
@OnEveryDatabase
class WorkspaceUserNetworkStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");

    private final Database database;
    private final Participant amira;
    private final List<Participant> others;

    WorkspaceUserNetworkStoreContractTest(Database database) {
        this.database = database;
        this.amira = StoredParticipants.somebody(database);
        this.others = List.of(StoredParticipants.colleague(database, amira), StoredParticipants.somebody(database));
    }

    @Test
    void theNetworksOfOneUserAreForgotten() {
        remember(amira, "home");
        remember(amira, "office");
        others.forEach(other -> remember(other, "home"));
        database.write(tx -> {
            new WorkspaceUserNetworkStore(tx).forget(amira.tenant(), amira.workspace(), amira.user());
            return true;
        });
        assertThat(knows(amira, "home")).isFalse();
        assertThat(knows(amira, "office")).isFalse();
        assertThat(others).allMatch(other -> knows(other, "home"));
    }

    private void remember(Participant whose, String network) {
        database.write(tx -> {
            new WorkspaceUserNetworkStore(tx).remember(whose.tenant(), whose.workspace(), whose.user(), network, NOW);
            return true;
        });
    }

    private boolean knows(Participant whose, String network) {
        return database.read(tx -> new WorkspaceUserNetworkStore(tx)
                .knowsSince(whose.tenant(), whose.workspace(), whose.user(), network, NOW));
    }
}
