package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.OwnWork;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceNumberChanged;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Clears a workspace's number when it is removed by code that knows nothing about workspaces, such as the pool pages
/// or the console. The workspace's row must say so, because the seed's own queries take an id there for a linked
/// number. An id left behind by a server that died in between also counts as no number ([WorkspaceNumbers]).
@Singleton
record RemovedNumberListener(
        Database database,
        WorkspaceNumbers numbers,
        Pools pools,
        Audit audit,
        Event<WorkspaceNumberChanged> numberChanged,
        Clock clock,
        @OwnWork ExecutorService threads) {

    void senderChanged(@Observes SenderChanged changed) {
        threads.execute(() -> {
            if (!numbers.isRemoving(new SenderKey(changed.tenant(), changed.sender()))
                    && pools.sender(changed.tenant(), changed.sender()).isEmpty()) {
                database.write(tx -> forget(tx, changed));
            }
        });
    }

    /// @return whether a workspace used it
    private boolean forget(Tx tx, SenderChanged removed) {
        var store = new WorkspaceStore(tx);
        SenderId number = removed.sender();
        Optional<Workspace> held = store.findByWhatsappClient(removed.tenant(), number.value());
        held.ifPresent(workspace -> store.lock(removed.tenant(), workspace.id()));
        // Checked again: the number may have been recreated under the same id, or removed in the workspace itself.
        Optional<Workspace> still = held.filter(workspace ->
                store.findByWhatsappClient(removed.tenant(), number.value()).isPresent()
                        && pools.sender(tx, removed.tenant(), number).isEmpty());
        still.ifPresent(workspace -> {
            store.setWhatsappClient(removed.tenant(), workspace.id(), Optional.empty(), clock.instant());
            audit.note(tx, Actor.SERVER, workspace, "WorkspaceNumberRemoved", Map.of("client", number.value()));
            tx.afterCommit(() -> numberChanged.fire(new WorkspaceNumberChanged(workspace.id())));
        });
        return still.isPresent();
    }
}
