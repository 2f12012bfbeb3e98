package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.WorkspaceUserStore.EmailProof;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.access.WorkspaceSessions;
import jakarta.inject.Singleton;

/// Uses a mailed link: creates a user or sets a new password, and signs them in. A link works once.
@Singleton
public record MailedLinks(
        Database database,
        Passwords passwords,
        WorkspaceSessions sessions,
        WorkspaceUsers users,
        PasswordSignIn passwordSignIn,
        RateLimits limits,
        Audit audit,
        Clock clock) {

    /// Result of using a link.
    public sealed interface Used {

        record Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) implements Used {}

        /// Used before, revoked, expired, or never issued.
        record NotFound() implements Used {}

        record UsernameTaken() implements Used {}

        /// Another person registered with the invited email meanwhile.
        record EmailTaken() implements Used {}

        record Rejected(List<Invalid> invalid) implements Used {}

        record TooMany(Duration retryAfter) implements Used {}
    }

    /// How long an invitation outlives that the sign-in provider of its sender refuses them.
    private static final Duration SENDER_MISSING = Duration.ofDays(1);

    /// Returns what a link is for, while it is valid.
    public Optional<Invitation> find(Workspace workspace, String token) {
        return database.read(tx -> find(tx, workspace, token));
    }

    private Optional<Invitation> find(Tx tx, Workspace workspace, String token) {
        AccountId tenant = workspace.owner().tenant();
        return new InvitationStore(tx)
                .find(tenant, workspace.id(), Digests.sha256Hex(token))
                .filter(found -> found.isOpenAt(clock.instant()))
                .filter(found -> found.user()
                        .map(user -> passwordSignIn.isOpen(tx, workspace, user))
                        .orElseGet(() -> passwordSignIn.isOpen(tx, workspace)))
                .filter(found -> found.sender()
                        .flatMap(sender -> passwordSignIn.refusedBy(tx, workspace, sender, SENDER_MISSING))
                        .isEmpty())
                // The mail went to the user's email at that time, which may belong to someone else by now.
                .filter(found -> found.isForNewUser()
                        || new WorkspaceUserStore(tx)
                                .find(tenant, workspace.id(), found.user().orElseThrow())
                                .filter(user -> user.email().equals(found.email()))
                                .isPresent());
    }

    /// @param username for a new user; empty uses the one in the invitation
    public Used use(Actor actor, Workspace workspace, String token, String username, String password) {
        Optional<Duration> wait = limits.take(RateLimit.WORKSPACE_REGISTER_BY_IP, actor.ip());
        if (wait.isPresent()) {
            return new Used.TooMany(wait.get());
        }
        Optional<Invitation> found = find(workspace, token);
        if (found.isEmpty()) {
            return new Used.NotFound();
        }
        String name = username.isBlank() ? found.get().username().orElse("") : username.strip();
        List<Invalid> invalid = new ArrayList<>();
        if (found.get().isForNewUser()) {
            WorkspaceUserRules.brokenUsername(name).ifPresent(invalid::add);
        }
        WorkspaceUserRules.brokenPassword("password", password).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new Used.Rejected(List.copyOf(invalid));
        }
        String hash = passwords.hash(password);
        return database.write(tx -> {
            AccountId tenant = workspace.owner().tenant();
            new WorkspaceStore(tx).lock(tenant, workspace.id());
            // While the password was hashed, the workspace may have been suspended and the link used.
            Optional<Workspace> open = new WorkspaceStore(tx)
                    .findById(workspace.id())
                    .filter(WorkspaceStore.Visited::isOpen)
                    .map(WorkspaceStore.Visited::workspace);
            Optional<Invitation> still = find(tx, workspace, token);
            if (open.isEmpty() || still.isEmpty()) {
                return new Used.NotFound();
            }
            Invitation invitation = still.get();
            return invitation.user().isPresent()
                    ? newPassword(tx, actor, open.get(), invitation, token, hash)
                    : newUser(tx, actor, open.get(), invitation, token, name, hash);
        });
    }

    private Used newUser(
            Tx tx, Actor actor, Workspace workspace, Invitation by, String token, String username, String hash) {
        var wanted = new WorkspaceUsers.NewUser(username, by.email(), "", by.role());
        Optional<EmailProof> proof = Optional.of(EmailProof.INVITATION).filter(_ -> !by.linkShown());
        return switch (users.insert(tx, workspace, wanted, hash, proof)) {
            case WorkspaceUsers.Added.Done(WorkspaceUser user) -> {
                new InvitationStore(tx).use(workspace.owner().tenant(), workspace.id(), Digests.sha256Hex(token));
                note(tx, actor, workspace, "WorkspaceInvitationAccepted", user);
                yield new Used.Welcome(user, sessions.open(tx, workspace, user.id()));
            }
            case WorkspaceUsers.Added.UsernameTaken _ -> new Used.UsernameTaken();
            case WorkspaceUsers.Added.EmailTaken _ -> new Used.EmailTaken();
        };
    }

    private Used newPassword(Tx tx, Actor actor, Workspace workspace, Invitation by, String token, String hash) {
        AccountId tenant = workspace.owner().tenant();
        var store = new WorkspaceUserStore(tx);
        WorkspaceUser user =
                store.find(tenant, workspace.id(), by.user().orElseThrow()).orElseThrow();
        new InvitationStore(tx).use(tenant, workspace.id(), Digests.sha256Hex(token));
        if (!by.linkShown()) {
            if (!store.isEmailProved(tenant, workspace.id(), user.id())) {
                // Whoever set up ways in before didn't have to read this mail.
                users.endWaysIn(tx, actor, Map.of(), workspace, user);
            }
            store.proveEmail(tenant, workspace.id(), user.id(), EmailProof.LINK, clock.instant());
        }
        store.setPasswordHash(tenant, workspace.id(), user.id(), hash, clock.instant());
        sessions.closeAll(tx, tenant, user);
        note(tx, actor, workspace, "WorkspaceUserPasswordChanged", user);
        return new Used.Welcome(user, sessions.open(tx, workspace, user.id()));
    }

    private void note(Tx tx, Actor actor, Workspace workspace, String action, WorkspaceUser user) {
        audit.note(tx, actor, workspace, action, Map.of("user", user.id(), "username", user.username()));
    }
}
