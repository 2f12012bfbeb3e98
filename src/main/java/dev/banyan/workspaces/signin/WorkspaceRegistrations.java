package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.users.WaitingRegistration;
import dev.banyan.workspaces.users.WaitingRegistrations;
import dev.banyan.workspaces.users.WorkspaceUserNetworks;
import dev.banyan.workspaces.users.WorkspaceUserRules;
import dev.banyan.workspaces.users.WorkspaceUsers;
import jakarta.inject.Singleton;

/// Registers people in workspaces that are open to everyone, and signs them in, unless the project asks for proof.
@Singleton
public record WorkspaceRegistrations(
        Database database,
        WorkspaceLookup lookup,
        Passwords passwords,
        PasswordSignIn passwordSignIn,
        WorkspaceUsers users,
        WorkspaceUserNetworks networks,
        WaitingRegistrations waiting,
        RateLimits limits) {

    /// Result of a registration.
    public sealed interface Registered {

        record Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) implements Registered {}

        /// Stored until it is proved; the person isn't signed in.
        record Waits(WaitingRegistration registration) implements Registered {}

        record UnknownWorkspace() implements Registered {}

        record Suspended() implements Registered {}

        /// Workspaces are switched off for the project.
        record NotEnabled() implements Registered {}

        /// The project's switch or the workspace's own is off.
        record Closed() implements Registered {}

        record UsernameTaken() implements Registered {}

        record EmailTaken() implements Registered {}

        /// In the order of the contract: email, username, password.
        record Rejected(List<Invalid> invalid) implements Registered {}

        record TooMany(Duration retryAfter) implements Registered {}
    }

    public Registered register(Actor actor, String shortPath, String email, String username, String password) {
        Optional<Duration> wait = limits.take(RateLimit.WORKSPACE_REGISTER_BY_IP, actor.ip());
        if (wait.isPresent()) {
            return new Registered.TooMany(wait.get());
        }
        return switch (lookup.find(shortPath)) {
            case LookedUp.NotFound _, LookedUp.Moved _ -> new Registered.UnknownWorkspace();
            case LookedUp.NotEnabled _ -> new Registered.NotEnabled();
            case LookedUp.Found found when found.workspace().suspended() -> new Registered.Suspended();
            case LookedUp.Found found when !found.registrationOpen() -> new Registered.Closed();
            case LookedUp.Found found ->
                register(
                        actor,
                        found.workspace(),
                        new WorkspaceUsers.NewUser(username, email, password, WorkspaceRole.USER));
        };
    }

    private Registered register(Actor actor, Workspace workspace, WorkspaceUsers.NewUser wanted) {
        List<Invalid> invalid = new ArrayList<>();
        WorkspaceUserRules.brokenEmail(wanted.email()).ifPresent(invalid::add);
        WorkspaceUserRules.brokenUsername(wanted.username()).ifPresent(invalid::add);
        WorkspaceUserRules.brokenPassword("password", wanted.password()).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new Registered.Rejected(List.copyOf(invalid));
        }
        String hash = passwords.hash(wanted.password());
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(workspace.owner().tenant(), workspace.id());
            Optional<WorkspaceStore.Visited> now = new WorkspaceStore(tx).findById(workspace.id());
            if (now.isEmpty()) {
                return new Registered.UnknownWorkspace();
            }
            Workspace locked = now.get().workspace();
            if (locked.suspended()) {
                return new Registered.Suspended();
            }
            if (!now.get().registrationOpen() || !passwordSignIn.isOpen(tx, locked)) {
                return new Registered.Closed();
            }
            RegistrationProof proof = now.get().proof();
            if (proof != RegistrationProof.NONE) {
                return switch (waiting.keep(tx, locked, wanted, hash, proof)) {
                    case WaitingRegistrations.RegistrationResult.Done done -> new Registered.Waits(done.registration());
                    case WaitingRegistrations.RegistrationResult.EmailTaken _ -> new Registered.EmailTaken();
                    case WaitingRegistrations.RegistrationResult.UsernameTaken _ -> new Registered.UsernameTaken();
                    case WaitingRegistrations.RegistrationResult.TooMany tooMany ->
                        new Registered.TooMany(tooMany.retryAfter());
                };
            }
            return switch (users.insert(tx, locked, wanted, hash, Optional.empty())) {
                case WorkspaceUsers.Added.Done done -> {
                    WorkspaceUser user = done.user();
                    users.noteRegistration(tx, actor, locked, user);
                    yield new Registered.Welcome(user, networks.signIn(tx, locked, user.id(), actor.ip()));
                }
                case WorkspaceUsers.Added.EmailTaken _ -> new Registered.EmailTaken();
                case WorkspaceUsers.Added.UsernameTaken _ -> new Registered.UsernameTaken();
            };
        });
    }
}
