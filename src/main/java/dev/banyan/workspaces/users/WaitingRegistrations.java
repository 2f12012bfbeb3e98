package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.WorkspaceUserStore.EmailProof;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import dev.banyan.workspaces.users.WaitingRegistrationStore.Credentials;
import jakarta.inject.Singleton;

/// Registrations in projects that require a confirmed email address or an admin's approval. Until then they can't sign
/// in, aren't listed as users and have no role.
@Singleton
public record WaitingRegistrations(
        Database database,
        WorkspaceLookup lookup,
        WorkspaceUsers users,
        RegistrationMails mails,
        RateLimits limits,
        Audit audit,
        Uuids uuids,
        Clock clock)
        implements Expiring {

    static final Duration LINK_LIFE = Duration.ofDays(7);
    private static final Duration APPROVAL_LIFE = Duration.ofDays(90);
    private static final int MOST = 1_000;
    private static final Duration WHEN_FULL = Duration.ofHours(1);

    /// Result of storing a registration.
    public sealed interface RegistrationResult {

        record Done(WaitingRegistration registration) implements RegistrationResult {}

        record UsernameTaken() implements RegistrationResult {}

        record EmailTaken() implements RegistrationResult {}

        /// Too many registrations in this workspace, or too many mails to this address.
        record TooMany(Duration retryAfter) implements RegistrationResult {}
    }

    /// Result of opening the mailed link.
    public sealed interface Confirmed {

        record Done(WorkspaceUser user) implements Confirmed {}

        /// Used before, replaced, expired, or never issued.
        record NotFound() implements Confirmed {}

        /// Another user has taken the username or email meanwhile.
        record Taken() implements Confirmed {}
    }

    /// Result of an admin's decision.
    public sealed interface Decided {

        record Done(WaitingRegistration registration) implements Decided {}

        /// There is no registration with this id.
        record NotWaiting() implements Decided {}

        /// Another user has taken the username or email meanwhile.
        record Taken() implements Decided {}

        record Refused(Refusal refusal) implements Decided {}
    }

    /// Stores a registration with validated fields, in a transaction that holds the workspace. An unconfirmed address
    /// isn't owned by anyone yet: registering it again replaces the first registration.
    public RegistrationResult keep(
            Tx tx, Workspace workspace, WorkspaceUsers.NewUser wanted, String hash, RegistrationProof proof) {
        AccountId tenant = workspace.owner().tenant();
        String email = Names.lower(wanted.email());
        var known = new WorkspaceUserStore(tx);
        if (known.findByEmail(tenant, workspace.id(), email).isPresent()) {
            return new RegistrationResult.EmailTaken();
        }
        if (known.findByUsername(tenant, workspace.id(), wanted.username()).isPresent()) {
            return new RegistrationResult.UsernameTaken();
        }
        var store = new WaitingRegistrationStore(tx);
        Optional<WaitingRegistration> before =
                store.findByName(tenant, workspace.id(), email).map(Credentials::registration);
        if (before.filter(other -> other.waitsFor() == RegistrationProof.APPROVAL)
                .isPresent()) {
            return new RegistrationResult.EmailTaken();
        }
        if (before.isEmpty() && store.count(tenant, workspace.id()) >= MOST) {
            return new RegistrationResult.TooMany(WHEN_FULL);
        }
        boolean isMailed = proof == RegistrationProof.EMAIL;
        Optional<Duration> wait = isMailed ? mayMail(workspace, email) : Optional.empty();
        if (wait.isPresent()) {
            return new RegistrationResult.TooMany(wait.get());
        }
        before.ifPresent(other -> store.delete(tenant, workspace.id(), other.id()));
        Instant now = clock.instant();
        var registration = new WaitingRegistration(
                uuids.next(),
                workspace.id(),
                wanted.username(),
                email,
                proof,
                now,
                now.plus(isMailed ? LINK_LIFE : APPROVAL_LIFE));
        String token = Digests.newToken();
        if (!store.insert(
                tenant, registration, hash, isMailed ? Optional.of(Digests.sha256Hex(token)) : Optional.empty())) {
            return tx.undone(new RegistrationResult.UsernameTaken());
        }
        if (isMailed) {
            mails.confirmation(tx, workspace, registration, token);
        }
        return new RegistrationResult.Done(registration);
    }

    private Optional<Duration> mayMail(Workspace workspace, String email) {
        return limits.take(RateLimit.WORKSPACE_CONFIRMATIONS_BY_EMAIL, workspace.id() + " " + email);
    }

    /// Confirms the email by its link: the registration now counts.
    public Confirmed confirm(Actor actor, Workspace workspace, String token) {
        AccountId tenant = workspace.owner().tenant();
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(tenant, workspace.id());
            Optional<Workspace> open = new WorkspaceStore(tx)
                    .findById(workspace.id())
                    .filter(WorkspaceStore.Visited::isOpen)
                    .map(WorkspaceStore.Visited::workspace);
            Optional<Credentials> found = new WaitingRegistrationStore(tx)
                    .findByToken(tenant, workspace.id(), Digests.sha256Hex(token))
                    .filter(this::isFresh);
            if (open.isEmpty() || found.isEmpty()) {
                return new Confirmed.NotFound();
            }
            return welcome(tx, open.get(), found.get(), Optional.of(EmailProof.LINK))
                    .<Confirmed>map(user -> {
                        users.noteRegistration(tx, actor, workspace, user);
                        return new Confirmed.Done(user);
                    })
                    .orElseGet(Confirmed.Taken::new);
        });
    }

    private boolean isFresh(Credentials found) {
        return clock.instant().isBefore(found.registration().expiresAt());
    }

    /// Turns the registration into a user.
    ///
    /// @param proof of the email; an admin's approval is none: the admin knows a name, not who reads the mail
    /// @return empty if another user has taken the username or email
    private Optional<WorkspaceUser> welcome(
            Tx tx, Workspace workspace, Credentials waiting, Optional<EmailProof> proof) {
        WaitingRegistration registration = waiting.registration();
        new WaitingRegistrationStore(tx).delete(workspace.owner().tenant(), workspace.id(), registration.id());
        var wanted = new WorkspaceUsers.NewUser(registration.username(), registration.email(), "", WorkspaceRole.USER);
        return users.insert(tx, workspace, wanted, waiting.passwordHash(), proof)
                        instanceof WorkspaceUsers.Added.Done(WorkspaceUser user)
                ? Optional.of(user)
                : Optional.empty();
    }

    /// Returns the registration with this name and its password hash.
    public Optional<Credentials> find(Tx tx, Workspace workspace, String name) {
        return new WaitingRegistrationStore(tx)
                .findByName(workspace.owner().tenant(), workspace.id(), name)
                .filter(this::isFresh);
    }

    /// Requests the link again. Doesn't reveal whether there is a registration with this name: the answer is always the
    /// same and comes before the work is done.
    ///
    /// @return how long to wait if there were too many requests
    public Optional<Duration> again(Actor actor, String shortPath, String usernameOrEmail) {
        String name = Names.lower(usernameOrEmail);
        Optional<Duration> wait = limits.take(RateLimit.WORKSPACE_PASSWORD_LINKS_BY_IP, actor.ip());
        if (wait.isEmpty()) {
            Thread.ofVirtual().name("confirmation").start(() -> sendAgain(shortPath, name));
        }
        return wait;
    }

    boolean sendAgain(String shortPath, String name) {
        if (!(lookup.find(shortPath) instanceof LookedUp.Found found)
                || found.workspace().suspended()) {
            return false;
        }
        Workspace workspace = found.workspace();
        AccountId tenant = workspace.owner().tenant();
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(tenant, workspace.id());
            Optional<WaitingRegistration> waiting = find(tx, workspace, name)
                    .map(Credentials::registration)
                    .filter(registration -> registration.waitsFor() == RegistrationProof.EMAIL)
                    .filter(registration ->
                            mayMail(workspace, registration.email()).isEmpty());
            waiting.ifPresent(registration -> {
                String token = Digests.newToken();
                new WaitingRegistrationStore(tx)
                        .setToken(
                                tenant,
                                workspace.id(),
                                registration.id(),
                                Digests.sha256Hex(token),
                                clock.instant().plus(LINK_LIFE));
                mails.confirmation(tx, workspace, registration, token);
            });
            return waiting.isPresent();
        });
    }

    /// Lists registrations, newest first.
    public Outcome<Slice<WaitingRegistration, UUID>> list(
            WorkspaceActor actor, ProjectId project, WorkspaceId workspace, Optional<UUID> after, int limit) {
        return database.read(tx -> Access.to(tx, actor, Right.SEE_USERS, project, workspace)
                .fold(
                        found -> Outcome.done(Slice.of(
                                new WaitingRegistrationStore(tx)
                                        .list(found.owner().tenant(), workspace, after, limit + 1),
                                limit,
                                WaitingRegistration::id)),
                        Outcome::refused));
    }

    private interface Work {
        Decided on(Tx tx, Workspace workspace, Credentials waiting);
    }

    /// Approves a registration, whatever it still waits for, and notifies the person.
    public Decided approve(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, UUID id) {
        return decide(actor, project, workspace, id, (tx, found, waiting) -> {
            WaitingRegistration registration = waiting.registration();
            if (welcome(tx, found, waiting, Optional.empty()).isEmpty()) {
                return tx.undone(new Decided.Taken());
            }
            note(tx, actor, found, "WorkspaceRegistrationApproved", registration);
            mails.approved(tx, found, registration);
            return new Decided.Done(registration);
        });
    }

    /// Deletes a registration without notifying the person.
    public Decided reject(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, UUID id) {
        return decide(actor, project, workspace, id, (tx, found, waiting) -> {
            new WaitingRegistrationStore(tx).delete(found.owner().tenant(), workspace, id);
            note(tx, actor, found, "WorkspaceRegistrationRejected", waiting.registration());
            return new Decided.Done(waiting.registration());
        });
    }

    private Decided decide(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, UUID id, Work work) {
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_USERS, project, workspace)
                .fold(
                        found -> new WaitingRegistrationStore(tx)
                                .find(found.owner().tenant(), workspace, id)
                                .map(waiting -> work.on(tx, found, waiting))
                                .orElseGet(Decided.NotWaiting::new),
                        Decided.Refused::new));
    }

    private void note(
            Tx tx, WorkspaceActor actor, Workspace workspace, String action, WaitingRegistration registration) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("username", registration.username());
        details.put("email", registration.email());
        audit.note(tx, actor.actor(), workspace, action, details);
    }

    /// Deletes expired registrations.
    @Override
    public int forgetExpired() {
        return database.write(tx -> new WaitingRegistrationStore(tx).deleteExpired(clock.instant(), 1_000));
    }
}
