package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The projects of an account.
@Singleton
public record Projects(
        Database database,
        Audit audit,
        LookupCache lookups,
        Event<WorkspaceSessionsEnded> sessionsEnded,
        Clock clock,
        Uuids uuids) {

    static final Text NAME = Text.line("name", "Project name", 100);
    private static final int AT_ONCE = 500;
    static final Text DESCRIPTION = Text.optional("description", "Description", 500, true);

    /// Fields to change; empty ones stay as they are. An empty description removes it.
    public record Change(
            Optional<String> name,
            Optional<String> description,
            Optional<Boolean> enabled,
            Optional<Boolean> registrationEnabled,
            Optional<RegistrationProof> registrationProof) {

        public Change(
                Optional<String> name,
                Optional<String> description,
                Optional<Boolean> enabled,
                Optional<Boolean> registrationEnabled) {
            this(name, description, enabled, registrationEnabled, Optional.empty());
        }

        /// @param proof empty leaves it unchanged
        public static Change proof(Optional<RegistrationProof> proof) {
            return new Change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), proof);
        }

        /// Returns the project as it will be.
        private Project applyTo(Project before, Instant now) {
            return new Project(
                    before.id(),
                    before.owner(),
                    name.map(Text::clean).orElse(before.name()),
                    description.map(Text::clean).or(before::description).filter(text -> !text.isEmpty()),
                    enabled.orElse(before.enabled()),
                    registrationEnabled.orElse(before.registrationEnabled()),
                    registrationProof.orElse(before.registrationProof()),
                    before.workspaces(),
                    before.createdAt(),
                    now);
        }
    }

    /// Creates a project of the acting account.
    ///
    /// @param wanted absent flags mean: workspaces off, registration in them open (the seed's defaults)
    public Outcome<Project> create(AccountContext context, Change wanted) {
        List<Invalid> invalid = invalid(Optional.of(wanted.name().orElse("")), wanted.description());
        if (!invalid.isEmpty()) {
            return Outcome.rejected(invalid);
        }
        Instant now = clock.instant();
        var project = new Project(
                new ProjectId(uuids.next()),
                context.owner(),
                Text.clean(wanted.name().orElse("")),
                wanted.description().map(Text::clean).filter(text -> !text.isEmpty()),
                wanted.enabled().orElse(false),
                wanted.registrationEnabled().orElse(true),
                wanted.registrationProof().orElse(RegistrationProof.NONE),
                0,
                now,
                now);
        return database.write(tx -> {
            AccountId account = context.owner().account();
            // It may have been suspended since this person's access was checked.
            boolean suspended = !Accounts.hold(tx, account).equals(Optional.of(AccountStatus.ACTIVE));
            new ProjectStore(tx).insert(context.owner(), project, suspended);
            note(tx, context, "ProjectCreated", project);
            return Outcome.done(project);
        });
    }

    public Slice<Project, ProjectId> list(AccountContext context, Optional<ProjectId> after, int limit) {
        return database.read(
                tx -> Slice.of(new ProjectStore(tx).list(context.owner(), after, limit + 1), limit, Project::id));
    }

    public Optional<Project> find(AccountContext context, ProjectId id) {
        return database.read(context.owner().tenant(), tx -> new ProjectStore(tx).find(context.owner(), id));
    }

    public Outcome<Project> update(AccountContext context, ProjectId id, Change change) {
        List<Invalid> invalid = invalid(change.name(), change.description());
        return database.write(tx -> {
            var store = new ProjectStore(tx);
            Owner owner = context.owner();
            Optional<Project> found = store.lock(owner, id);
            if (found.isEmpty()) {
                return Outcome.notFound();
            }
            if (!invalid.isEmpty()) {
                return Outcome.rejected(invalid);
            }
            Project before = found.get();
            if (change.applyTo(before, before.updatedAt()).equals(before)) {
                return Outcome.done(before); // no row, no audit, no news: clients rely on updated_at
            }
            Project after = change.applyTo(before, clock.instant());
            store.update(owner, after);
            note(tx, context, "ProjectUpdated", after);
            tx.afterCommit(() -> {
                lookups.drop(id);
                if (before.enabled() && !after.enabled()) {
                    sessionsEnded.fire(new WorkspaceSessionsEnded.OfProject(id));
                }
            });
            return Outcome.done(after);
        });
    }

    /// Deletes a project only if it has no workspaces: people delete those one by one, each suspended first.
    public Outcome<Project> delete(AccountContext context, ProjectId id) {
        return database.write(tx -> {
            var store = new ProjectStore(tx);
            Optional<Project> found = store.lock(context.owner(), id);
            if (found.isEmpty()) {
                return Outcome.notFound();
            }
            Project project = found.get();
            if (project.workspaces() > 0) {
                return Outcome.refused(new Refusal.Conflict(
                        "The project still has sub-clients (" + project.workspaces() + "). Delete them first."));
            }
            releaseDeleted(tx, context.owner(), id);
            store.delete(context.owner(), id);
            note(tx, context, "ProjectDeleted", project);
            return Outcome.done(project);
        });
    }

    /// Deleted workspaces go with their project, and their files with them.
    private void releaseDeleted(Tx tx, Owner owner, ProjectId id) {
        var files = new AttachmentStore(tx);
        Optional<WorkspaceId> after = Optional.empty();
        do {
            List<WorkspaceId> deleted =
                    WorkspaceStore.ofDeleted(tx).list(owner, id, WorkspaceQuery.newest("", after, AT_ONCE)).stream()
                            .map(Workspace::id)
                            .toList();
            deleted.forEach(workspace -> files.releaseWorkspace(owner.tenant(), workspace, clock.instant()));
            after = deleted.size() < AT_ONCE ? Optional.empty() : Optional.of(deleted.getLast());
        } while (after.isPresent());
    }

    private static List<Invalid> invalid(Optional<String> name, Optional<String> description) {
        List<Invalid> invalid = new ArrayList<>();
        name.flatMap(NAME::broken).ifPresent(invalid::add);
        description.flatMap(DESCRIPTION::broken).ifPresent(invalid::add);
        return List.copyOf(invalid);
    }

    private void note(Tx tx, AccountContext context, String action, Project project) {
        audit.note(
                tx,
                context.actor(),
                context.owner(),
                action,
                project.id().toString(),
                Map.of(
                        "name",
                        project.name(),
                        "enabled",
                        project.enabled(),
                        "registrationEnabled",
                        project.registrationEnabled(),
                        "registrationProof",
                        project.registrationProof().key()));
    }
}
