package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Networks;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.WorkspaceSessions;
import jakarta.inject.Singleton;

/// Remembers the networks from which workspace users sign in, so that limits can tell them from unknown ones.
@Singleton
public record WorkspaceUserNetworks(Database database, WorkspaceSessions sessions, SealedSecrets secrets, Clock clock)
        implements Expiring {

    /// How long a network counts as known after a sign-in.
    private static final Duration LIFE = Duration.ofDays(90);
    /// An id that no user has: looked up for unknown names, so that it takes as long.
    public static final int NOBODY = 0;

    /// Returns the network class of a sign-in as this user.
    public RateLimits.Origin place(Tx tx, Workspace workspace, int user, String ip) {
        AccountId tenant = workspace.owner().tenant();
        String network = Networks.shortened(ip);
        return new WorkspaceUserNetworkStore(tx)
                        .knowsSince(
                                tenant,
                                workspace.id(),
                                user,
                                digest(workspace, user, network),
                                clock.instant().minus(LIFE))
                ? RateLimits.Origin.known(ip, network)
                : RateLimits.Origin.strange(ip);
    }

    /// Opens a session for the user, and remembers where from.
    public WorkspaceSessions.Opened signIn(Tx tx, Workspace workspace, int user, String ip) {
        remember(tx, workspace, user, ip);
        return sessions.open(tx, workspace, user);
    }

    private void remember(Tx tx, Workspace workspace, int user, String ip) {
        if (!ip.isEmpty()) {
            new WorkspaceUserNetworkStore(tx)
                    .remember(
                            workspace.owner().tenant(),
                            workspace.id(),
                            user,
                            digest(workspace, user, Networks.shortened(ip)),
                            clock.instant());
        }
    }

    private String digest(Workspace workspace, int user, String network) {
        return secrets.stamp(network, "network of " + workspace.id() + " " + user);
    }

    /// Deletes networks without recent sign-ins.
    @Override
    public int forgetExpired() {
        return database.write(tx -> new WorkspaceUserNetworkStore(tx)
                .deleteSeenBefore(clock.instant().minus(LIFE), 1_000));
    }
}
