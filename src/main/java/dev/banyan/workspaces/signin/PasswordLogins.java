package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.users.WaitingRegistrationStore;
import dev.banyan.workspaces.users.WaitingRegistrations;
import dev.banyan.workspaces.users.WorkspaceUserNetworks;
import jakarta.inject.Singleton;

/// Signs workspace users in with a password of ours.
@Singleton
record PasswordLogins(
        Database database,
        Passwords passwords,
        PasswordSignIn passwordSignIn,
        WorkspaceUserNetworks networks,
        WaitingRegistrations waiting,
        Audit audit,
        Clock clock) {

    /// The match for a name: a user, or a person whose registration doesn't count yet.
    record Named(
            Optional<WorkspaceUserStore.Credentials> known,
            Optional<WaitingRegistrationStore.Credentials> waits,
            RateLimits.Origin place) {

        static Named nobody(String ip) {
            return new Named(Optional.empty(), Optional.empty(), RateLimits.Origin.strange(ip));
        }

        boolean exists() {
            return known.isPresent() || waits.isPresent();
        }

        /// Returns the email, so that email and username share one limit.
        Optional<String> email() {
            return known.map(found -> found.user().email())
                    .or(() -> waits.map(found -> found.registration().email()));
        }

        Optional<String> passwordHash() {
            return known.map(WorkspaceUserStore.Credentials::passwordHash)
                    .or(() -> waits.map(WaitingRegistrationStore.Credentials::passwordHash));
        }
    }

    /// Finds whom a name belongs to.
    Named named(Workspace workspace, String name, String ip) {
        return database.read(tx -> named(tx, workspace, name, ip));
    }

    private Named named(Tx tx, Workspace workspace, String name, String ip) {
        Optional<WorkspaceUserStore.Credentials> known = find(tx, workspace, name);
        int user = known.map(found -> found.user().id()).orElse(WorkspaceUserNetworks.NOBODY);
        Optional<WaitingRegistrationStore.Credentials> waits = waiting.find(tx, workspace, name);
        return new Named(known, known.isPresent() ? Optional.empty() : waits, networks.place(tx, workspace, user, ip));
    }

    LoggedIn login(Actor actor, Optional<Workspace> workspace, Named named, String password) {
        return switch (passwords.verify(named.passwordHash(), password)) {
            case Passwords.Verdict.Right _
            when named.waits().isPresent() ->
                new LoggedIn.Waits(named.waits().get().registration().waitsFor());
            case Passwords.Verdict.Right right ->
                welcome(actor, workspace.orElseThrow(), named.known().orElseThrow(), right.outdated(), password);
            case Passwords.Verdict.Wrong _ -> {
                audit.denied(actor, "login to a workspace");
                workspace.ifPresent(found -> audit.failed(
                        actor,
                        found.owner(),
                        "WorkspaceSignInFailed",
                        found.id().value()));
                yield new LoggedIn.WrongCredentials();
            }
        };
    }

    private static Optional<WorkspaceUserStore.Credentials> find(Tx tx, Workspace workspace, String name) {
        var store = new WorkspaceUserStore(tx);
        AccountId tenant = workspace.owner().tenant();
        return name.contains("@")
                ? store.findByEmail(tenant, workspace.id(), name)
                : store.findByUsername(tenant, workspace.id(), name);
    }

    /// Returns why people can't sign in to a workspace, whatever the password.
    private static Optional<LoggedIn> closed(WorkspaceStore.Visited found) {
        if (!found.enabled()) {
            return Optional.of(new LoggedIn.NotEnabled());
        }
        return found.workspace().suspended() ? Optional.of(new LoggedIn.Suspended()) : Optional.empty();
    }

    private LoggedIn welcome(
            Actor actor, Workspace workspace, WorkspaceUserStore.Credentials known, boolean outdated, String password) {
        Optional<String> newHash = outdated ? Optional.of(passwords.hash(password)) : Optional.empty();
        AccountId tenant = workspace.owner().tenant();
        WorkspaceUser user = known.user();
        return database.write(tx -> {
            var store = new WorkspaceUserStore(tx);
            new WorkspaceStore(tx).lock(tenant, workspace.id());
            // While the password was verified, the workspace may have been closed and the user removed or changed.
            Optional<String> hash = store.findCredentials(tenant, workspace.id(), user.id())
                    .map(WorkspaceUserStore.Credentials::passwordHash);
            if (!hash.equals(Optional.of(known.passwordHash()))) {
                return new LoggedIn.WrongCredentials();
            }
            Optional<LoggedIn> closed =
                    new WorkspaceStore(tx).findById(workspace.id()).flatMap(PasswordLogins::closed);
            if (closed.isPresent()) {
                return closed.get();
            }
            if (!passwordSignIn.isOpen(tx, workspace, user.id())) {
                return new LoggedIn.PasswordsOff();
            }
            newHash.ifPresent(made -> store.setPasswordHash(tenant, workspace.id(), user.id(), made, clock.instant()));
            audit.note(
                    tx,
                    actor,
                    workspace,
                    "WorkspaceUserSignedIn",
                    Map.of("workspaceUser", user.id(), "username", user.username()));
            return new LoggedIn.Welcome(user, networks.signIn(tx, workspace, user.id(), actor.ip()));
        });
    }
}
