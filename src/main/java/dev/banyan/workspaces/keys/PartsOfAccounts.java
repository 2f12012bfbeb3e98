package dev.banyan.workspaces.keys;

import module java.base;
import dev.banyan.accounts.keys.KeyParts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.KeyLimits.Scope.Part;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;

/// The projects, workspaces and pools that the keys of an account can be for.
@Singleton
final class PartsOfAccounts implements KeyParts {

    @Override
    public Optional<String> find(Tx tx, AccountId tenant, Part part, String id) {
        return switch (part) {
            case PROJECT ->
                ProjectId.parse(id)
                        .filter(project -> new ProjectStore(tx).isOf(tenant, project))
                        .map(ProjectId::toString);
            case WORKSPACE ->
                WorkspaceId.parse(id)
                        .filter(workspace -> new WorkspaceStore(tx).isOf(tenant, workspace))
                        .map(WorkspaceId::value);
            case POOL ->
                SenderId.parse(id)
                        .flatMap(master -> new SenderStore(tx).find(tenant, master))
                        .filter(Sender::isMaster)
                        .map(master -> master.id().value());
            case ACCOUNT, BRANDS -> Optional.empty();
        };
    }

    @Override
    public List<Named> list(Tx tx, AccountId tenant, int most) {
        return Stream.of(
                        new ProjectStore(tx)
                                .search(tenant, Optional.empty(), "", most).stream()
                                        .map(project -> new Named(
                                                Part.PROJECT, project.id().toString(), project.name())),
                        new WorkspaceStore(tx)
                                .newest(tenant, most).stream()
                                        .map(workspace -> new Named(
                                                Part.WORKSPACE, workspace.id().value(), workspace.name())),
                        new SenderStore(tx)
                                .masters(tenant).stream()
                                        .limit(most)
                                        .map(master ->
                                                new Named(Part.POOL, master.id().value(), master.displayName())))
                .flatMap(Function.identity())
                .toList();
    }
}
