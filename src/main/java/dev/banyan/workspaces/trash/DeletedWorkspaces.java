package dev.banyan.workspaces.trash;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumberChanged;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.LookupCache;
import dev.banyan.workspaces.access.WorkspaceLimitStore;
import dev.banyan.workspaces.trash.DeletedWorkspaceStore.FormerNumber;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The deleted workspaces of a project: a list, and the way back.
@Singleton
public record DeletedWorkspaces(
        Database database,
        Settings settings,
        Audit audit,
        LookupCache lookups,
        Event<WorkspaceNumberChanged> changed,
        Clock clock) {

    /// How long a deleted workspace can be restored (design 6).
    public static final Duration KEPT = Duration.ofDays(30);

    /// A workspace that was deleted.
    public record Deleted(Workspace workspace, Instant deletedAt) {

        /// From then on it is gone.
        public Instant erasedAt() {
            return deletedAt.plus(KEPT);
        }
    }

    /// Result of restoring a workspace.
    public sealed interface Restored {

        /// Still suspended, as it was when it was deleted.
        ///
        /// @param missing the number that it had and couldn't get back, as people know it
        record Done(Workspace workspace, Optional<String> missing) implements Restored {}

        /// The project doesn't exist, or has no such deleted workspace.
        record NotFound() implements Restored {}

        /// Workspaces are switched off for the project.
        record NotEnabled() implements Restored {}

        /// The account has as many workspaces as it may have.
        record LimitReached(long used, long max) implements Restored {}
    }

    /// Lists deleted workspaces, the newest workspace first; empty if the project doesn't exist.
    public Optional<Slice<Deleted, WorkspaceId>> list(
            AccountContext context, ProjectId project, Optional<WorkspaceId> after, int limit) {
        Owner owner = context.owner();
        return database.read(tx -> new ProjectStore(tx).find(owner, project).map(_ -> {
            List<Workspace> found = WorkspaceStore.ofDeleted(tx)
                    .list(
                            owner,
                            project,
                            WorkspaceQuery.newest("", after, limit).andOneMore());
            Map<WorkspaceId, Instant> times = new DeletedWorkspaceStore(tx)
                    .deletedAt(owner.tenant(), found.stream().map(Workspace::id).toList());
            return Slice.of(
                    found.stream()
                            .map(workspace ->
                                    new Deleted(workspace, times.getOrDefault(workspace.id(), workspace.updatedAt())))
                            .toList(),
                    limit,
                    deleted -> deleted.workspace().id());
        }));
    }

    /// Brings a workspace back with its users and conversations, at its old address.
    public Restored restore(AccountContext context, ProjectId project, WorkspaceId id) {
        return database.write(tx -> restore(tx, context, project, id));
    }

    private Restored restore(Tx tx, AccountContext context, ProjectId project, WorkspaceId id) {
        Owner owner = context.owner();
        Optional<Project> found = new ProjectStore(tx).lock(owner, project);
        new WorkspaceStore(tx).lock(owner.tenant(), id);
        Instant now = clock.instant();
        Optional<Workspace> deleted = found.flatMap(
                        _ -> WorkspaceStore.ofDeleted(tx).find(owner, project, id))
                .filter(_ -> new DeletedWorkspaceStore(tx)
                        .deletedAt(owner.tenant(), id)
                        .filter(at -> at.plus(KEPT).isAfter(now)) // the rest may be half erased
                        .isPresent());
        if (deleted.isEmpty()) {
            return new Restored.NotFound();
        }
        if (!found.get().enabled()) {
            return new Restored.NotEnabled();
        }
        var limits = new WorkspaceLimitStore(tx);
        Limit max = limits.max(owner.tenant(), settings.maxSubClients());
        if (!limits.take(owner.tenant(), max)) {
            return new Restored.LimitReached(limits.used(owner.tenant()), max.number());
        }
        Workspace workspace = deleted.get();
        Optional<FormerNumber> former = new DeletedWorkspaceStore(tx).takeNumber(owner.tenant(), id);
        new WorkspaceStore(tx).restore(owner, workspace, now);
        new ProjectStore(tx).addWorkspaces(owner, project, 1);
        audit.note(
                tx,
                context.actor(),
                workspace,
                "WorkspaceRestored",
                Map.of("name", workspace.name(), "pathname", workspace.pathname()));
        tx.afterCommit(() -> lookups.drop(workspace.shortId()));
        Optional<String> missing = former.filter(number -> !takeBack(tx, context, id, number))
                .map(number -> number.phone().orElse(number.client()));
        return new Restored.Done(new WorkspaceStore(tx).find(owner, project, id).orElseThrow(), missing);
    }

    /// Gives the workspace the number that it had, if the account has one like it that no other workspace uses.
    private boolean takeBack(Tx tx, AccountContext context, WorkspaceId id, FormerNumber former) {
        AccountId tenant = context.owner().tenant();
        Accounts.hold(tx, tenant); // two workspaces may ask for the same number at once
        var senders = new SenderStore(tx);
        var workspaces = new WorkspaceStore(tx);
        Optional<String> free = SenderId.parse(former.client())
                .flatMap(client -> senders.find(tenant, client))
                .or(() -> former.phone().flatMap(Phone::parse).flatMap(phone -> senders.findByPhone(tenant, phone)))
                .filter(Sender::isMaster)
                .map(sender -> sender.id().value())
                .filter(client ->
                        workspaces.findByWhatsappClient(tenant, client).isEmpty());
        free.ifPresent(client -> {
            workspaces.setWhatsappClient(tenant, id, Optional.of(client), clock.instant());
            audit.note(
                    tx,
                    context.actor(),
                    context.owner(),
                    "WorkspacePoolAttached",
                    id.value(),
                    Map.of("client", client));
            tx.afterCommit(() -> changed.fire(new WorkspaceNumberChanged(id)));
        });
        return free.isPresent();
    }
}
