package dev.banyan.workspaces.trash;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.StoredParticipants;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceWordStore;
import dev.banyan.workspaces.trash.DeletedWorkspaceStore.Due;
import org.junit.jupiter.api.Test;

/// Deleted workspaces in the database.
@OnEveryDatabase
class DeletedWorkspaceStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");

    private final Database database;
    private final Participant amira;
    private final Owner owner;
    private final Owner stranger;
    private final Workspace room;

    DeletedWorkspaceStoreContractTest(Database database) {
        this.database = database;
        this.amira = StoredParticipants.somebody(database);
        Participant other = StoredParticipants.somebody(database);
        this.stranger = workspace(other).owner();
        this.room = workspace(amira);
        this.owner = room.owner();
    }

    private Workspace workspace(Participant of) {
        return database.read(tx ->
                new WorkspaceStore(tx).findById(of.workspace()).orElseThrow().workspace());
    }

    private record Got<T>(T value) {}

    private <T> Got<T> rooms(Function<WorkspaceStore, T> work) {
        return new Got<>(database.write(tx -> work.apply(new WorkspaceStore(tx))));
    }

    private <T> Got<T> deleted(Function<DeletedWorkspaceStore, T> work) {
        return new Got<>(database.write(tx -> work.apply(new DeletedWorkspaceStore(tx))));
    }

    private void markDeleted(Owner by) {
        rooms(store -> {
            store.markDeleted(by, room.id(), NOW);
            return "done";
        });
    }

    private boolean isShown() {
        return rooms(store -> store.find(owner, room.project(), room.id()))
                .value()
                .isPresent();
    }

    private List<Workspace> hidden(Owner of) {
        return database.read(tx ->
                WorkspaceStore.ofDeleted(tx).list(of, room.project(), WorkspaceQuery.newest("", Optional.empty(), 9)));
    }

    @Test
    void aDeletedOneIsFoundAmongTheDeletedAlone() {
        database.write(tx -> {
            new WorkspaceWordStore(tx).refresh(owner.tenant(), room);
            return "done";
        });
        assertThat(rooms(store -> store.search(owner.tenant(), Optional.empty(), room.name(), 9))
                        .value())
                .hasSize(1);
        assertThat(isShown()).isTrue();
        assertThat(hidden(owner)).isEmpty();
        markDeleted(owner);
        assertThat(isShown()).isFalse();
        assertThat(rooms(store -> store.findById(room.id())).value()).isEmpty();
        assertThat(rooms(store -> store.findByShortId(room.shortId())).value()).isEmpty();
        assertThat(rooms(store -> store.search(owner.tenant(), Optional.empty(), room.name(), 9))
                        .value())
                .isEmpty();
        assertThat(rooms(store -> store.takenShortIds(Set.of(room.shortId()))).value())
                .as("its address stays its own")
                .containsExactly(room.shortId());
        assertThat(hidden(owner)).extracting(Workspace::id).containsExactly(room.id());
        assertThat(hidden(stranger)).isEmpty();
        Map<WorkspaceId, Instant> times = deleted(store -> store.deletedAt(owner.tenant(), List.of(room.id())))
                .value();
        assertThat(times).containsExactly(Map.entry(room.id(), NOW));
        assertThat(deleted(store -> store.deletedAt(stranger.tenant(), List.of(room.id())))
                        .value())
                .isEmpty();
        assertThat(deleted(store -> store.deletedAt(owner.tenant(), room.id())).value())
                .contains(NOW);
        assertThat(deleted(store -> store.deletedAt(stranger.tenant(), room.id()))
                        .value())
                .isEmpty();
    }

    @Test
    void itComesBackForItsOwner() {
        rooms(store -> {
            store.markDeleted(stranger, room.id(), NOW);
            return "done";
        });
        assertThat(isShown()).as("a stranger deletes nothing").isTrue();
        markDeleted(owner);
        Workspace gone = hidden(owner).getFirst();
        rooms(store -> {
            store.restore(owner, gone, NOW.plusSeconds(5));
            return "done";
        });
        assertThat(isShown()).isTrue();
        assertThat(hidden(owner)).isEmpty();
        assertThat(rooms(store -> store.search(owner.tenant(), Optional.empty(), room.name(), 9))
                        .value())
                .extracting(Workspace::id)
                .containsExactly(room.id());
        assertThat(rooms(store -> store.find(owner, room.project(), room.id()))
                        .value()
                        .orElseThrow()
                        .updatedAt())
                .isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void itsNumberIsRememberedAndTakenOnce() {
        deleted(store -> {
            store.rememberNumber(owner.tenant(), room.id(), "wa_1", Optional.of("+971500000001"));
            return "done";
        });
        markDeleted(owner);
        assertThat(deleted(store -> store.takeNumber(owner.tenant(), room.id())).value())
                .as("it wasn't deleted yet")
                .isEmpty();
        deleted(store -> {
            store.rememberNumber(owner.tenant(), room.id(), "wa_1", Optional.of("+971500000001"));
            store.rememberNumber(stranger.tenant(), room.id(), "wa_2", Optional.empty());
            return "done";
        });
        assertThat(deleted(store -> store.takeNumber(stranger.tenant(), room.id()))
                        .value())
                .isEmpty();
        assertThat(deleted(store -> store.takeNumber(owner.tenant(), room.id())).value())
                .contains(new DeletedWorkspaceStore.FormerNumber("wa_1", Optional.of("+971500000001")));
        assertThat(deleted(store -> store.takeNumber(owner.tenant(), room.id())).value())
                .isEmpty();
    }

    @Test
    void itIsDueFromThenOn() {
        markDeleted(owner);
        assertThat(due(NOW.minusMillis(1))).doesNotContain(room.id());
        assertThat(due(NOW)).contains(room.id());
        Due found = deleted(store -> store.due(NOW, 10_000)).value().stream()
                .filter(one -> one.id().equals(room.id()))
                .findFirst()
                .orElseThrow();
        ProjectId project = room.project();
        assertThat(found).isEqualTo(new Due(owner, project, room.id(), room.shortId()));
    }

    @Test
    void onlyItsOwnerRemovesItForGood() {
        markDeleted(owner);
        remove(stranger);
        assertThat(hidden(owner)).hasSize(1);
        remove(owner);
        assertThat(hidden(owner)).isEmpty();
    }

    private void remove(Owner by) {
        rooms(store -> {
            store.delete(by, room.id());
            return "done";
        });
    }

    private List<WorkspaceId> due(Instant until) {
        return deleted(store -> store.due(until, 10_000)).value().stream()
                .map(Due::id)
                .toList();
    }
}
