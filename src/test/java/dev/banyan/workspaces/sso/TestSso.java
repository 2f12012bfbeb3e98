package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.mail.TestMails;
import dev.banyan.platform.secrets.TestSecrets;
import dev.banyan.platform.sso.DirectorySignIn;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.users.WorkspaceUserNetworks;
import dev.banyan.workspaces.users.WorkspaceUsers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/// Single sign-on for tests of objects.
public final class TestSso {

    private TestSso() {}

    public static PasswordSignIn passwordsAreOn() {
        return refusing(Set.of());
    }

    /// @param users whom their provider refuses
    public static PasswordSignIn refusing(Set<Integer> users) {
        return new PasswordSignIn() {
            @Override
            public boolean isOpen(Tx tx, Workspace workspace) {
                return true;
            }

            @Override
            public boolean isOpen(Tx tx, Workspace workspace, int user) {
                return true;
            }

            @Override
            public Optional<String> refusedBy(Tx tx, Workspace workspace, int user, Duration since) {
                return Optional.of("Office").filter(_ -> users.contains(user));
            }

            @Override
            public Set<Integer> refused(Tx tx, Workspace workspace, Duration since) {
                return users;
            }
        };
    }

    public static LdapSignIn directories(
            Database database,
            WorkspaceUsers users,
            WorkspaceUserNetworks networks,
            Audit audit,
            RateLimits limits,
            Clock clock) {
        var secrets = new WorkspaceSsoSecrets(TestSecrets.sent(Settings.forTests(Path.of("target"))));
        var log = new SignInLog(database, new Uuids(clock), clock);
        var people = new SsoPeople(
                users,
                new SsoNotices(
                        database,
                        TestMails.waitingIn(database, TestLimits.settings(), clock),
                        TestLimits.settings(),
                        audit,
                        new SimpleMeterRegistry(),
                        clock),
                audit,
                clock);
        return new LdapSignIn(
                new DirectorySignIn(LocalHttp.client()),
                secrets,
                new SsoSessions(database, people, secrets, networks, log, clock),
                limits,
                log);
    }
}
