package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import jakarta.inject.Singleton;

/// Password reset links that workspace users request on the sign-in page.
@Singleton
public record PasswordLinkRequests(
        Database database,
        WorkspaceLookup lookup,
        PasswordSignIn passwordSignIn,
        PasswordLinks links,
        RateLimits limits) {

    /// Requests a link. Doesn't reveal whether the workspace or the name exists: the answer is always the same and
    /// comes before the work is done.
    ///
    /// @param next the page of the workspace to which the link leads on
    /// @return how long to wait if there were too many requests
    public Optional<Duration> ask(Actor actor, String shortPath, String usernameOrEmail, Optional<String> next) {
        String name = Names.lower(usernameOrEmail);
        Optional<Duration> wait = limits.take(RateLimit.WORKSPACE_PASSWORD_LINKS_BY_IP, actor.ip())
                .or(() -> limits.take(RateLimit.WORKSPACE_PASSWORD_LINKS_BY_NAME, shortPath + " " + name));
        if (wait.isEmpty()) {
            Thread.ofVirtual().name("password-link").start(() -> sendTo(actor, shortPath, name, next));
        }
        return wait;
    }

    /// @return whether there was a user to send it to
    boolean sendTo(Actor actor, String shortPath, String name, Optional<String> next) {
        if (!(lookup.find(shortPath) instanceof LookedUp.Found found)
                || found.workspace().suspended()) {
            return false;
        }
        Workspace workspace = found.workspace();
        AccountId tenant = workspace.owner().tenant();
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(tenant, workspace.id());
            var users = new WorkspaceUserStore(tx);
            Optional<WorkspaceUser> user = (name.contains("@")
                            ? users.findByEmail(tenant, workspace.id(), name)
                            : users.findByUsername(tenant, workspace.id(), name))
                    .map(WorkspaceUserStore.Credentials::user)
                    .filter(known -> passwordSignIn.isOpen(tx, workspace, known.id()));
            user.ifPresent(known -> links.send(tx, actor, workspace, known, next));
            return user.isPresent();
        });
    }
}
