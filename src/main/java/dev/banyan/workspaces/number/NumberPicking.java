package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;

/// Finds the number that an API client of the project's side names, if the caller may use it.
@Singleton
record NumberPicking(Pools pools) {

    PickedNumber pick(Tx tx, AccountContext context, PickedNumber.NumberSelector which) {
        if (which.workspace().isEmpty()) {
            return ofPools(tx, context, which.sender())
                    .<PickedNumber>map(PickedNumber.Done::new)
                    .orElseGet(PickedNumber.UnknownSender::new);
        }
        Optional<Workspace> found = which.workspace()
                .flatMap(WorkspaceId::parse)
                .flatMap(id -> new WorkspaceStore(tx).find(context.owner(), id));
        if (found.isEmpty()) {
            return new PickedNumber.UnknownWorkspace();
        }
        Workspace workspace = found.get();
        if (workspace.suspended()) {
            return new PickedNumber.Suspended();
        }
        return workspace
                .whatsappClient()
                .flatMap(SenderId::parse)
                .flatMap(id -> pools.sender(tx, WorkspaceNumbers.tenant(workspace), id))
                .<PickedNumber>map(PickedNumber.Done::new)
                .orElseGet(PickedNumber.NoNumber::new);
    }

    private Optional<Sender> ofPools(Tx tx, AccountContext context, Optional<String> sender) {
        return context.isSubAccount()
                ? Optional.empty()
                : sender.flatMap(SenderId::parse)
                        .flatMap(id -> pools.sender(tx, context.root().id(), id));
    }
}
