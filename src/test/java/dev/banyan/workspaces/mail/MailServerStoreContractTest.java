package dev.banyan.workspaces.mail;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.mail.MailSecurity;
import dev.banyan.platform.mail.StoredMailServer;
import dev.banyan.workspaces.Assistance;
import dev.banyan.workspaces.Workspace;
import org.junit.jupiter.api.Test;

/// Mail servers of workspaces in the database.
@OnEveryDatabase
class MailServerStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");

    private final Database database;
    private final Workspace room;
    private final Workspace other;

    MailServerStoreContractTest(Database database) {
        this.database = database;
        var people = new Assistance(database);
        this.room = people.workspace;
        this.other = people.newWorkspace(people.agency);
    }

    private static StoredMailServer server(Optional<String> sealed) {
        return new StoredMailServer(
                "smtp.example.com",
                587,
                MailSecurity.STARTTLS,
                "shop",
                sealed,
                "shop@example.com",
                "The shop",
                0,
                Optional.empty(),
                Optional.empty(),
                NOW);
    }

    private Optional<StoredMailServer> found(Workspace workspace) {
        return database.read(
                tx -> new MailServerStore(tx).find(workspace.owner().tenant(), workspace.id()));
    }

    @Test
    void aPasswordIsSealedAgainInItsWorkspaceAlone() {
        var tenant = room.owner().tenant();
        var theirs = other.owner().tenant();
        database.write(tx -> {
            var store = new MailServerStore(tx);
            store.put(tenant, room.id(), server(Optional.of("v1.before")));
            store.put(theirs, other.id(), server(Optional.of("v1.theirs")));
            store.reseal(tenant, room.id(), "v2.after");
            return tx;
        });
        assertThat(found(room)).contains(server(Optional.of("v2.after")));
        assertThat(found(other)).contains(server(Optional.of("v1.theirs")));
    }

    @Test
    void aServerIsReplacedAndCountsItsFailures() {
        var tenant = room.owner().tenant();
        database.write(tx -> {
            var store = new MailServerStore(tx);
            store.put(tenant, room.id(), server(Optional.of("sealed")));
            store.put(tenant, room.id(), server(Optional.empty()));
            store.put(tenant, room.id(), server(Optional.of("sealed again")));
            return tx;
        });
        assertThat(found(room)).contains(server(Optional.of("sealed again")));
        assertThat(found(other)).isEmpty();
        database.write(tx -> {
            var store = new MailServerStore(tx);
            store.failed(tenant, room.id(), "no", NOW);
            store.failed(tenant, room.id(), "still no", NOW);
            store.failed(other.owner().tenant(), other.id(), "not there", NOW);
            return tx;
        });
        assertThat(found(room)).hasValueSatisfying(failed -> {
            assertThat(failed.failures()).isEqualTo(2);
            assertThat(failed.lastError()).contains("still no");
            assertThat(failed.failedAt()).contains(NOW);
        });
        database.write(tx -> {
            new MailServerStore(tx).worked(tenant, room.id());
            return tx;
        });
        assertThat(found(room)).contains(server(Optional.of("sealed again")));
        assertThat(database.<Boolean>write(tx -> new MailServerStore(tx).delete(tenant, other.id())))
                .isFalse();
        assertThat(database.<Boolean>write(tx -> new MailServerStore(tx).delete(tenant, room.id())))
                .isTrue();
        assertThat(found(room)).isEmpty();
    }
}
