package dev.banyan.workspaces.administration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.Assistance;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import org.junit.jupiter.api.Test;

/// Templates among workspaces in the database.
@OnEveryDatabase
class WorkspaceTemplateStoreContractTest {

    private final Database database;
    private final Workspace room;

    WorkspaceTemplateStoreContractTest(Database database) {
        this.database = database;
        this.room = new Assistance(database).workspace;
    }

    private boolean isTemplate() {
        return database.read(
                tx -> new WorkspaceTemplateStore(tx).isTemplate(room.owner().tenant(), room.id()));
    }

    private List<WorkspaceId> listed() {
        return database.read(
                tx -> new WorkspaceTemplateStore(tx).list(room.owner().tenant(), room.project(), 9));
    }

    private void set(AccountId tenant, boolean template) {
        database.write(tx -> {
            new WorkspaceTemplateStore(tx).set(tenant, room.id(), template);
            return tx;
        });
    }

    @Test
    void oneIsMarkedAndFoundUntilItIsNoMore() {
        assertThat(isTemplate()).isFalse();
        assertThat(listed()).isEmpty();
        set(room.owner().tenant(), true);
        assertThat(isTemplate()).isTrue();
        assertThat(listed()).containsExactly(room.id());
        set(room.owner().tenant(), false);
        assertThat(isTemplate()).isFalse();
    }
}
