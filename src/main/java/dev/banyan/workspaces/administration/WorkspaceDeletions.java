package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.access.Workspaces.Deleted;
import dev.banyan.workspaces.trash.DeletedWorkspaceStore;
import jakarta.inject.Singleton;

/// Deletes workspaces with everything that belongs to them, including their numbers. If the server dies in between, it
/// leaves a workspace without a number, never a number without a workspace; deleting again continues.
@Singleton
public record WorkspaceDeletions(Database database, Workspaces workspaces, WorkspaceNumbers numbers) {

    /// Counting stops here; pages say "more than 1,000".
    static final int MOST_COUNTED = 1_000;

    /// What is deleted with a workspace.
    ///
    /// @param conversations at most [#MOST_COUNTED], which means that many or more
    /// @param number its number, which is removed as well
    public record Contents(long users, int conversations, long files, Optional<Sender> number) {

        /// Other numbers belong to its number and would be left without a master.
        public boolean isHeld() {
            return number.filter(sender -> sender.servants() > 0).isPresent();
        }
    }

    /// Counts what would be deleted with these workspaces of one tenant, which the caller has already found.
    public Map<WorkspaceId, Contents> contents(AccountId tenant, List<Workspace> found) {
        List<WorkspaceId> ids = found.stream().map(Workspace::id).toList();
        Map<SenderId, Sender> senders = numbers.ofAll(tenant, found);
        return database.read(tx -> {
            var store = new WorkspaceContentStore(tx);
            Map<WorkspaceId, Integer> conversations = store.conversations(tenant, ids, MOST_COUNTED);
            Map<WorkspaceId, Long> files = store.files(tenant, ids);
            return found.stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Workspace::id,
                            workspace -> new Contents(
                                    workspace.users(),
                                    conversations.getOrDefault(workspace.id(), 0),
                                    files.getOrDefault(workspace.id(), 0L),
                                    workspace
                                            .whatsappClient()
                                            .flatMap(SenderId::parse)
                                            .flatMap(id -> Optional.ofNullable(senders.get(id))))));
        });
    }

    public Deleted delete(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        // Checked first, so that a refused deletion doesn't cost the workspace its number, and again when it is done.
        return switch (workspaces.deletable(actor, project, id)) {
            case Deleted.Done(Workspace workspace) -> {
                Optional<Sender> number = numbers.of(workspace);
                Deleted done = workspace
                        .whatsappClient()
                        .flatMap(client -> withoutNumber(actor, client))
                        .orElseGet(() -> workspaces.delete(actor, project, id));
                if (done instanceof Deleted.Done) {
                    number.ifPresent(sender -> remember(workspace, sender));
                }
                yield done;
            }
            case Deleted refusal -> refusal;
        };
    }

    private void remember(Workspace workspace, Sender number) {
        AccountId tenant = WorkspaceNumbers.tenant(workspace);
        database.write(tenant, tx -> {
            new DeletedWorkspaceStore(tx)
                    .rememberNumber(
                            tenant,
                            workspace.id(),
                            number.id().value(),
                            number.phone().map(Phone::e164));
            return number;
        });
    }

    /// @return why the number stays, if it does
    private Optional<Deleted> withoutNumber(WorkspaceActor actor, String client) {
        return switch (numbers.delete(actor, client)) {
            case WorkspaceNumbers.Deleted.HasServants has -> Optional.of(new Deleted.NumberHasServants(has.servants()));
            case WorkspaceNumbers.Deleted.Refused(Refusal.Forbidden refusal) ->
                Optional.of(new Deleted.Refused(refusal));
            case WorkspaceNumbers.Deleted.Done _, WorkspaceNumbers.Deleted.Refused _ -> Optional.empty();
        };
    }
}
