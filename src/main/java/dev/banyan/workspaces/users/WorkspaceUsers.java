package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.InboxAccessEnded;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.WorkspaceUserStore.EmailProof;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.access.WorkspaceSessions;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The users of a workspace, as managed by the project's side and the workspace's admins.
@Singleton
public final class WorkspaceUsers {

    /// A user to create. They sign in with this password until they change it.
    public record NewUser(String username, String email, String password, WorkspaceRole role) {}

    /// Result of adding a user.
    public sealed interface Added {

        /// Result of inserting validated names.
        sealed interface Inserted extends Added {}

        record Done(WorkspaceUser user) implements Inserted {}

        record UsernameTaken() implements Inserted {}

        record EmailTaken() implements Inserted {}

        record Refused(Refusal refusal) implements Added {}
    }

    /// Result of removing a user or changing their role.
    public sealed interface Changed {

        record Done(WorkspaceUser user) implements Changed {}

        record UserNotFound() implements Changed {}

        /// A workspace that has an admin must keep one.
        ///
        /// @param oneself whether the admin acts on themselves
        record LastAdmin(boolean oneself) implements Changed {}

        /// A workspace must keep an admin who can sign in without the sign-in provider: the emergency admin.
        record EmergencyAdmin() implements Changed {}

        /// Users can't remove themselves.
        record Oneself() implements Changed {}

        record Refused(Refusal refusal) implements Changed {}
    }

    /// Users found by the beginning of their names.
    ///
    /// @param admins the number of admins in the workspace, counted up to two
    public record Found(Slice<WorkspaceUser, Integer> users, int admins) {}

    private static final int ENOUGH_ADMINS = 2;

    private final Database database;
    private final Passwords passwords;
    private final WorkspaceSessions sessions;
    private final Event<InboxAccessEnded> inboxEnded;
    private final KeptAdmins kept;
    private final UserWaysIn waysIn;
    private final LeavingAdmins leaving;
    private final Audit audit;
    private final Clock clock;

    public WorkspaceUsers(
            Database database,
            Passwords passwords,
            WorkspaceSessions sessions,
            Event<InboxAccessEnded> inboxEnded,
            PasswordSignIn passwordSignIn,
            LeavingAdmins leaving,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.sessions = sessions;
        this.inboxEnded = inboxEnded;
        this.kept = new KeptAdmins(passwordSignIn);
        this.waysIn = new UserWaysIn(sessions, audit, clock);
        this.leaving = leaving;
        this.audit = audit;
        this.clock = clock;
    }

    public Outcome<Slice<WorkspaceUser, Integer>> list(
            WorkspaceActor actor, ProjectId project, WorkspaceId workspace, Optional<Integer> after, int limit) {
        return database.read(tx -> Access.to(tx, actor, Right.SEE_USERS, project, workspace)
                .fold(
                        found -> Outcome.done(Slice.of(
                                new WorkspaceUserStore(tx).list(found.owner().tenant(), workspace, after, limit + 1),
                                limit,
                                WorkspaceUser::id)),
                        Outcome::refused));
    }

    /// @param beginning of a username or an email; empty for all
    public Outcome<Found> search(
            WorkspaceActor actor,
            ProjectId project,
            WorkspaceId workspace,
            String beginning,
            Optional<Integer> after,
            int limit) {
        return database.read(tx -> Access.to(tx, actor, Right.SEE_USERS, project, workspace)
                .fold(
                        granted -> {
                            var store = new WorkspaceUserStore(tx);
                            AccountId tenant = granted.owner().tenant();
                            List<WorkspaceUser> found = beginning.isBlank()
                                    ? store.list(tenant, workspace, after, limit + 1)
                                    : store.search(tenant, workspace, beginning, after, limit + 1);
                            return Outcome.done(new Found(
                                    Slice.of(found, limit, WorkspaceUser::id),
                                    store.countAdmins(tenant, workspace, ENOUGH_ADMINS)));
                        },
                        Outcome::refused));
    }

    public Optional<WorkspaceUser> find(WorkspaceActor actor, Workspace workspace, int userId) {
        return database.read(tx -> Access.to(tx, actor, Right.SEE_USERS, workspace.project(), workspace.id())
                .fold(
                        found -> new WorkspaceUserStore(tx).find(found.owner().tenant(), found.id(), userId),
                        _ -> Optional.empty()));
    }

    public Added add(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, NewUser wanted) {
        // Checked before the rules, so that outsiders learn nothing from them, and again in the transaction.
        Optional<Refusal> refusal = mayChange(actor, project, workspace);
        if (refusal.isPresent()) {
            return new Added.Refused(refusal.get());
        }
        if (!actor.mayGive(wanted.role())) {
            return new Added.Refused(new Refusal.Forbidden());
        }
        List<Invalid> invalid = invalid(wanted);
        if (!invalid.isEmpty()) {
            return new Added.Refused(new Refusal.Rejected(invalid));
        }
        String hash = hash(wanted.password());
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_USERS, project, workspace)
                .fold(
                        found -> {
                            Added added = insert(tx, found, wanted, hash, proofBy(actor));
                            if (added instanceof Added.Done(WorkspaceUser user)) {
                                note(tx, actor, found, "WorkspaceUserAdded", user);
                            }
                            return added;
                        },
                        Added.Refused::new));
    }

    /// Returns what is wrong with a new user.
    public static List<Invalid> invalid(NewUser wanted) {
        List<Invalid> invalid = new ArrayList<>();
        WorkspaceUserRules.brokenEmail(wanted.email()).ifPresent(invalid::add);
        WorkspaceUserRules.brokenUsername(wanted.username()).ifPresent(invalid::add);
        WorkspaceUserRules.brokenPassword("password", wanted.password()).ifPresent(invalid::add);
        return List.copyOf(invalid);
    }

    /// Hashes a valid password. Slow, so it is done outside of transactions.
    public String hash(String password) {
        return passwords.hash(password);
    }

    /// Adds the first user of a workspace that is created in the same transaction.
    ///
    /// @param wanted valid
    public void addFirst(Tx tx, WorkspaceActor actor, Workspace workspace, NewUser wanted, String hash) {
        if (!(insert(tx, workspace, wanted, hash, proofBy(actor)) instanceof Added.Done(WorkspaceUser user))) {
            throw new IllegalStateException("A new workspace has no users: " + workspace.id());
        }
        note(tx, actor, workspace, "WorkspaceUserAdded", user);
    }

    /// Returns why the actor may not change users here; empty if they may.
    public Optional<Refusal> mayChange(WorkspaceActor actor, ProjectId project, WorkspaceId workspace) {
        return database.read(tx -> Access.to(tx, actor, Right.CHANGE_USERS, project, workspace))
                .fold(_ -> Optional.empty(), Optional::of);
    }

    /// People who may make admins vouch for the address; a program that may not can't.
    private static Optional<EmailProof> proofBy(WorkspaceActor actor) {
        return actor.mayGive(WorkspaceRole.ADMIN) ? Optional.of(EmailProof.ADMIN) : Optional.empty();
    }

    /// Inserts a user with validated names; the workspace is locked.
    ///
    /// @param proof of the email; empty if it's only what somebody typed
    public Added.Inserted insert(Tx tx, Workspace workspace, NewUser wanted, String hash, Optional<EmailProof> proof) {
        var users = new WorkspaceUserStore(tx);
        AccountId tenant = workspace.owner().tenant();
        String email = Names.lower(wanted.email());
        Instant now = clock.instant();
        Optional<Integer> id =
                users.insert(tenant, workspace.id(), wanted.username(), email, hash, wanted.role(), proof, now);
        if (id.isEmpty()) {
            return users.findByEmail(tenant, workspace.id(), email).isPresent()
                    ? new Added.EmailTaken()
                    : new Added.UsernameTaken();
        }
        new WorkspaceStore(tx).addUsers(tenant, workspace.id(), 1);
        return new Added.Done(new WorkspaceUser(
                id.get(), workspace.id(), wanted.username(), email, wanted.role(), now, now, Optional.empty()));
    }

    /// Ends everything by which a user could come in until now, besides sign-in providers: somebody else may have
    /// set it up, before the user's email was proved. The workspace is locked.
    ///
    /// Records that someone has registered and is a user now.
    public void noteRegistration(Tx tx, Actor actor, Workspace workspace, WorkspaceUser user) {
        audit.note(
                tx,
                actor,
                workspace,
                "WorkspaceUserRegistered",
                Map.of("user", user.id(), "username", user.username()));
    }

    /// @param details for the audit log
    public void endWaysIn(Tx tx, Actor actor, Map<String, Object> details, Workspace workspace, WorkspaceUser user) {
        waysIn.end(tx, actor, details, workspace, user);
    }

    public Changed remove(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, int userId) {
        return change(actor, project, workspace, userId, (tx, granted, user) -> {
            if (isOneself(actor, user)) {
                return new Changed.Oneself();
            }
            if (!actor.mayTake(user.role())) {
                return new Changed.Refused(new Refusal.Forbidden());
            }
            Optional<Changed> needed = needed(tx, actor, granted, user);
            if (needed.isPresent()) {
                return needed.get();
            }
            AccountId tenant = granted.owner().tenant();
            sessions.closeAll(tx, tenant, user);
            new ThreadStore(tx).unassign(tenant, workspace, userId);
            new AttachmentStore(tx).releaseUser(tenant, workspace, userId, clock.instant());
            waysIn.endInvitations(tx, actor.actor(), actor.auditDetails(), granted, user);
            new WorkspaceUserStore(tx).delete(tenant, workspace, userId);
            new WorkspaceStore(tx).addUsers(tenant, workspace, -1);
            note(tx, actor, granted, "WorkspaceUserRemoved", user);
            if (user.isAdmin()) {
                leaving.tell(tx, granted, user);
            }
            return new Changed.Done(user);
        });
    }

    public Changed setRole(
            WorkspaceActor actor, ProjectId project, WorkspaceId workspace, int userId, WorkspaceRole role) {
        return change(actor, project, workspace, userId, (tx, granted, user) -> {
            if (!actor.mayTake(user.role()) || !actor.mayGive(role)) {
                return new Changed.Refused(new Refusal.Forbidden());
            }
            Optional<Changed> needed = needed(tx, actor, granted, user);
            if (role != WorkspaceRole.ADMIN && needed.isPresent()) {
                return needed.get();
            }
            return new Changed.Done(setRole(tx, actor.actor(), actor.auditDetails(), granted, user, role));
        });
    }

    /// Gives a user the role that a provider names. An admin who is needed stays one until there is another: a
    /// workspace never ends without someone who can come in and manage it. The workspace is locked.
    public WorkspaceUser setProvidedRole(
            Tx tx,
            Actor actor,
            Map<String, Object> details,
            Workspace workspace,
            WorkspaceUser user,
            WorkspaceRole role) {
        return role == WorkspaceRole.ADMIN || kept.of(tx, workspace, user) == KeptAdmins.Need.NONE
                ? setRole(tx, actor, details, workspace, user, role)
                : user;
    }

    private WorkspaceUser setRole(
            Tx tx,
            Actor actor,
            Map<String, Object> details,
            Workspace workspace,
            WorkspaceUser user,
            WorkspaceRole role) {
        if (role == user.role()) {
            return user;
        }
        var users = new WorkspaceUserStore(tx);
        AccountId tenant = workspace.owner().tenant();
        users.setRole(tenant, workspace.id(), user.id(), role, clock.instant());
        if (role != WorkspaceRole.ADMIN) {
            waysIn.endInvitations(tx, actor, details, workspace, user);
        }
        if (user.role().usesInbox() && !role.usesInbox()) {
            new ThreadStore(tx).unassign(tenant, workspace.id(), user.id());
            tx.afterCommit(
                    () -> inboxEnded.fire(new InboxAccessEnded(new Participant(tenant, workspace.id(), user.id()))));
        }
        WorkspaceUser changed = users.find(tenant, workspace.id(), user.id()).orElseThrow();
        note(tx, actor, details, workspace, "WorkspaceUserRoleChanged", changed);
        if (user.isAdmin()) {
            leaving.tell(tx, workspace, user);
        }
        return changed;
    }

    private interface Work {
        Changed on(Tx tx, Workspace workspace, WorkspaceUser user);
    }

    private Changed change(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, int userId, Work work) {
        // The workspace is locked, so two admins can't remove each other at the same time.
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_USERS, project, workspace)
                .fold(
                        found -> new WorkspaceUserStore(tx)
                                .find(found.owner().tenant(), workspace, userId)
                                .map(user -> work.on(tx, found, user))
                                .orElseGet(Changed.UserNotFound::new),
                        Changed.Refused::new));
    }

    private static boolean isOneself(WorkspaceActor actor, WorkspaceUser user) {
        return actor instanceof WorkspaceActor.Member member && member.user().id() == user.id();
    }

    /// Returns why a user can't go or lose their role; empty if they can.
    private Optional<Changed> needed(Tx tx, WorkspaceActor actor, Workspace workspace, WorkspaceUser user) {
        return switch (kept.of(tx, workspace, user)) {
            case NONE -> Optional.empty();
            case LAST -> Optional.of(new Changed.LastAdmin(isOneself(actor, user)));
            case EMERGENCY -> Optional.of(new Changed.EmergencyAdmin());
        };
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, String action, WorkspaceUser user) {
        note(tx, actor.actor(), actor.auditDetails(), workspace, action, user);
    }

    private void note(
            Tx tx, Actor actor, Map<String, Object> more, Workspace workspace, String action, WorkspaceUser user) {
        Map<String, Object> details = new HashMap<>(more);
        details.put("user", user.id());
        details.put("username", user.username());
        details.put("role", user.role().key());
        audit.note(tx, actor, workspace, action, details);
    }
}
