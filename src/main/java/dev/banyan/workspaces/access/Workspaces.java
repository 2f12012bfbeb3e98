package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.UniqueTimestamps;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.OldPathnameStore;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceBrand;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceSessionStore;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.WorkspaceWordStore;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The workspaces of a project. Lock order in a transaction: project, workspace, users.
@Singleton
public final class Workspaces {

    static final Text NAME = Text.line("name", "Workspace name", 100);
    public static final Text DESCRIPTION = Text.optional("description", "Description", 500, true);
    /// No limit.

    private static final Invalid NO_DOMAINS = new Invalid(
            "custom_domain",
            "custom_domain cannot be set: add the domain with POST /api/admin/domains, and it is set once it is proved.",
            "Add the domain under Domains. It is set here once it is proved.");
    private static final int INSERTS = 5;

    /// Result of creating a workspace.
    public sealed interface Created {

        record Done(Workspace workspace) implements Created {}

        /// Workspaces are switched off for the project.
        record NotEnabled() implements Created {}

        /// The project doesn't exist or belongs to another account, its agency has all the workspaces that it may have
        /// in all its projects, or a field breaks its rule.
        record Refused(Refusal refusal) implements Created {}
    }

    /// Result of changing a workspace.
    public sealed interface Updated {

        record Done(Workspace workspace) implements Updated {}

        /// An admin of the workspace, who may not suspend it, change its pathname or make it the default.
        record ForProjectSideOnly() implements Updated {}

        record Refused(Refusal refusal) implements Updated {}
    }

    /// Result of deleting a workspace.
    public sealed interface Deleted {

        record Done(Workspace workspace) implements Deleted {}

        /// It must be suspended first.
        record StillActive() implements Deleted {}

        /// Other numbers belong to its number and would be left without a master.
        record NumberHasServants(long servants) implements Deleted {}

        record Refused(Refusal refusal) implements Deleted {}
    }

    /// A workspace as the caller may see it.
    ///
    /// @param users empty if the caller may not see them
    public record WithUsers(Workspace workspace, Optional<List<WorkspaceUser>> users) {}

    private final Database database;
    private final Settings settings;
    private final Audit audit;
    private final LookupCache lookups;
    private final Event<WorkspaceSessionsEnded> sessionsEnded;
    private final Clock clock;
    private final UniqueTimestamps timestamps;
    private final ShortIds shortIds = new ShortIds();

    public Workspaces(
            Database database,
            Settings settings,
            Audit audit,
            LookupCache lookups,
            Event<WorkspaceSessionsEnded> sessionsEnded,
            Clock clock,
            UniqueTimestamps timestamps) {
        this.database = database;
        this.settings = settings;
        this.audit = audit;
        this.lookups = lookups;
        this.sessionsEnded = sessionsEnded;
        this.clock = clock;
        this.timestamps = timestamps;
    }

    /// Creates a workspace without users; registration follows its project's switch.
    public Created create(AccountContext context, ProjectId project, String name, Optional<String> description) {
        return create(context, project, name, description, Optional.empty());
    }

    /// @param customDomain refused, as in [WorkspaceChange]
    public Created create(
            AccountContext context,
            ProjectId project,
            String name,
            Optional<String> description,
            Optional<String> customDomain) {
        return database.write(tx -> {
            Created created = create(tx, context, project, name, description);
            return created instanceof Created.Done && customDomain.isPresent()
                    ? tx.undone(new Created.Refused(new Refusal.Rejected(List.of(NO_DOMAINS))))
                    : created;
        });
    }

    /// The same within a larger transaction. A refusal has written nothing that matters.
    public Created create(Tx tx, AccountContext context, ProjectId project, String name, Optional<String> description) {
        List<Invalid> invalid = invalid(Optional.of(name), description);
        Owner owner = context.owner();
        Optional<Project> found = new ProjectStore(tx).lock(owner, project);
        if (found.isEmpty()) {
            return new Created.Refused(new Refusal.NotFound());
        }
        if (!found.get().enabled()) {
            return new Created.NotEnabled();
        }
        if (!invalid.isEmpty()) {
            return new Created.Refused(new Refusal.Rejected(invalid));
        }
        var limits = new WorkspaceLimitStore(tx);
        Limit max = limits.max(owner.tenant(), settings.maxSubClients());
        if (!limits.take(owner.tenant(), max)) {
            return new Created.Refused(new Refusal.LimitReached(limits.used(owner.tenant()), max.number()));
        }
        Workspace workspace = insert(tx, found.get(), Text.clean(name), description);
        new ProjectStore(tx).addWorkspaces(owner, project, 1);
        note(tx, new WorkspaceActor.ProjectSide(context), "WorkspaceCreated", workspace);
        log(tx, "created", workspace);
        return new Created.Done(workspace);
    }

    private Workspace insert(Tx tx, Project project, String name, Optional<String> description) {
        var store = new WorkspaceStore(tx);
        Instant now = timestamps.next();
        for (int attempt = 0; attempt < INSERTS; attempt++) {
            var workspace = new Workspace(
                    WorkspaceId.next(now),
                    project.owner(),
                    project.id(),
                    name,
                    description.map(Text::clean).filter(text -> !text.isEmpty()),
                    Optional.empty(),
                    shortIds.next(store::takenShortIds),
                    Pathnames.of(name),
                    Optional.empty(),
                    project.registrationEnabled(),
                    false,
                    false,
                    0,
                    now,
                    now,
                    WorkspaceBrand.NONE);
            if (store.insert(project.owner(), workspace)) {
                new WorkspaceWordStore(tx).refresh(project.owner().tenant(), workspace);
                return workspace;
            }
        }
        throw new IllegalStateException("Every short id that was free was taken a moment later");
    }

    /// Returns one workspace without its users, for the project's side.
    public Optional<Workspace> find(AccountContext context, ProjectId project, WorkspaceId id) {
        return database.read(context.owner().tenant(), tx -> new WorkspaceStore(tx).find(context.owner(), project, id));
    }

    public Outcome<WithUsers> find(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.read(tx -> Access.to(tx, actor, Right.SEE_WORKSPACE, project, id)
                .map(workspace -> new WithUsers(
                        workspace,
                        Access.to(tx, actor, Right.SEE_USERS, project, id) instanceof Outcome.Done
                                ? Optional.of(new WorkspaceUserStore(tx)
                                        .list(
                                                workspace.owner().tenant(),
                                                id,
                                                Optional.empty(),
                                                WorkspaceUser.SHOWN_WITH_WORKSPACE))
                                : Optional.empty())));
    }

    public Updated update(WorkspaceActor actor, ProjectId project, WorkspaceId id, WorkspaceChange change) {
        return database.write(tx -> locked(tx, actor, Right.CHANGE_DETAILS, project, id)
                .<Updated>fold(workspace -> update(tx, actor, workspace, change), Updated.Refused::new));
    }

    private static Outcome<Workspace> locked(
            Tx tx, WorkspaceActor actor, Right right, ProjectId project, WorkspaceId id) {
        if (actor instanceof WorkspaceActor.ProjectSide(AccountContext context)) {
            new ProjectStore(tx).lock(context.owner(), project);
        }
        return Access.locked(tx, actor, right, project, id);
    }

    private Updated update(Tx tx, WorkspaceActor actor, Workspace before, WorkspaceChange change) {
        Workspace after = change.applyTo(before, clock.instant());
        boolean governs = change.customDomain().isPresent()
                || after.suspended() != before.suspended()
                || !after.pathname().equals(before.pathname())
                || after.isDefault() != before.isDefault();
        if (governs
                && actor instanceof WorkspaceActor.Member member
                && !Right.GOVERN_WORKSPACE.isOf(member.user().role())) {
            return new Updated.ForProjectSideOnly();
        }
        List<Invalid> invalid = new ArrayList<>(invalid(change.name(), change.description()));
        change.pathname()
                .filter(pathname -> !pathname.isEmpty())
                .flatMap(Pathnames::broken)
                .ifPresent(invalid::add);
        change.customDomain().map(_ -> NO_DOMAINS).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new Updated.Refused(new Refusal.Rejected(List.copyOf(invalid)));
        }
        if (change.leaves(before)) {
            return new Updated.Done(before); // no row, no audit, no news: clients rely on updated_at
        }
        var store = new WorkspaceStore(tx);
        if (after.isDefault() && !before.isDefault()) {
            store.clearDefault(before.owner(), before.project());
        }
        store.update(before.owner(), after);
        if (!after.pathname().equals(before.pathname())) {
            new OldPathnameStore(tx).renamed(before.owner().tenant(), before.id(), before.pathname(), after.pathname());
        }
        if (!after.name().equals(before.name())
                || !after.description().equals(before.description())
                || !after.pathname().equals(before.pathname())) {
            new WorkspaceWordStore(tx).refresh(before.owner().tenant(), after);
        }
        boolean ends = after.suspended() && !before.suspended();
        if (ends) {
            new WorkspaceSessionStore(tx).deleteAll(before.owner().tenant(), before.id(), Optional.empty());
        }
        note(tx, actor, "WorkspaceUpdated", after);
        log(tx, ends ? "suspended" : before.suspended() && !after.suspended() ? "reactivated" : "updated", after);
        forget(tx, after, ends);
        return new Updated.Done(after);
    }

    /// Checks whether a workspace could be deleted now: returns `Done` with it if so.
    public Deleted deletable(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.read(tx -> Access.to(tx, actor, Right.DELETE_WORKSPACE, project, id)
                .<Deleted>fold(
                        workspace -> workspace.suspended() ? new Deleted.Done(workspace) : new Deleted.StillActive(),
                        Deleted.Refused::new));
    }

    /// Deletes a workspace, which can be restored until it is erased; [WorkspaceDeletions] removes its number.
    public Deleted delete(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.write(tx -> locked(tx, actor, Right.DELETE_WORKSPACE, project, id)
                .<Deleted>fold(workspace -> delete(tx, actor, workspace), Deleted.Refused::new));
    }

    private Deleted delete(Tx tx, WorkspaceActor actor, Workspace workspace) {
        if (!workspace.suspended()) {
            return new Deleted.StillActive();
        }
        Owner owner = workspace.owner();
        new WorkspaceSessionStore(tx).deleteAll(owner.tenant(), workspace.id(), Optional.empty());
        new WorkspaceStore(tx).markDeleted(owner, workspace.id(), clock.instant());
        new ProjectStore(tx).addWorkspaces(owner, workspace.project(), -1);
        new WorkspaceLimitStore(tx).giveBack(owner.tenant());
        note(tx, actor, "WorkspaceDeleted", workspace);
        log(tx, "deleted", workspace);
        forget(tx, workspace, true);
        return new Deleted.Done(workspace);
    }

    private void forget(Tx tx, Workspace workspace, boolean sessionsEnd) {
        tx.afterCommit(() -> {
            lookups.drop(workspace.shortId());
            if (sessionsEnd) {
                sessionsEnded.fire(new WorkspaceSessionsEnded.OfWorkspace(workspace.id()));
            }
        });
    }

    /// Returns what is wrong with a name and a description.
    public static List<Invalid> invalid(Optional<String> name, Optional<String> description) {
        List<Invalid> invalid = new ArrayList<>();
        name.flatMap(NAME::broken).ifPresent(invalid::add);
        description.flatMap(DESCRIPTION::broken).ifPresent(invalid::add);
        return List.copyOf(invalid);
    }

    /// Writes a line for people who follow the log with the seed's `grep -i sub-client`. Ids only: names are the
    /// tenant's, and the audit log has them.
    private static void log(Tx tx, String what, Workspace workspace) {
        tx.afterCommit(() -> Log.infof("Sub-client %s %s, project %s", workspace.id(), what, workspace.project()));
    }

    private void note(Tx tx, WorkspaceActor actor, String action, Workspace workspace) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("name", workspace.name());
        details.put("pathname", workspace.pathname());
        details.put("suspended", workspace.suspended());
        details.put("registrationEnabled", workspace.registrationEnabled());
        audit.note(tx, actor.actor(), workspace, action, details);
    }
}
