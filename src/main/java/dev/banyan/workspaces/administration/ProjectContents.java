package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.AccountContents;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.LookupCache;
import dev.banyan.workspaces.access.WorkspaceLimitStore;
import dev.banyan.workspaces.trash.WorkspaceErasureStore;
import dev.banyan.workspaces.trash.WorkspaceErasureStore.Erased;
import jakarta.inject.Singleton;

/// The projects of an erased account, with their workspaces, people and conversations. Numbers belong to the agency and
/// stay there.
@Singleton
record ProjectContents(LookupCache lookups, Clock clock) implements AccountContents {

    @Override
    public long clicks(Tx tx, Owner owner) {
        return 0;
    }

    @Override
    public int eraseSome(Tx tx, Owner owner, int most) {
        var store = new WorkspaceErasureStore(tx);
        int gone = 0;
        Optional<Erased> next = store.next(owner);
        while (next.isPresent() && gone < most) {
            Erased workspace = next.get();
            new AttachmentStore(tx).releaseWorkspace(owner.tenant(), workspace.id(), clock.instant());
            gone += store.eraseContents(owner.tenant(), workspace.id(), most - gone);
            if (gone < most) {
                new WorkspaceStore(tx).delete(owner, workspace.id());
                if (!workspace.deleted()) {
                    new WorkspaceLimitStore(tx).giveBack(owner.tenant());
                }
                tx.afterCommit(() -> lookups.drop(workspace.shortId()));
                gone++;
                next = store.next(owner);
            }
        }
        return gone > 0 ? gone : store.eraseProjects(owner, most);
    }
}
