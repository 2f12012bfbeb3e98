package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.sso.DirectorySignIn;
import dev.banyan.platform.sso.LdapDirectory;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.SignInFacts;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.sso.SsoSessions.Entered;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Signing in with the name and password of a directory, on the workspace’s own form.
@Singleton
public record LdapSignIn(
        DirectorySignIn directories,
        WorkspaceSsoSecrets secrets,
        SsoSessions sessions,
        RateLimits limits,
        SignInLog log) {

    /// What a directory says to a name and a password.
    public sealed interface Answer {

        record Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) implements Answer {}

        /// The workspace has no directory, or its directory doesn’t know the name or the password.
        record Unknown() implements Answer {}

        /// There were too many tries at this person’s password.
        record TooMany(Duration retryAfter) implements Answer {}

        /// The person is right, but may not be in.
        record Refused(FormProblem why) implements Answer {}

        /// The directory can’t be asked.
        record Unavailable(FormProblem why) implements Answer {}
    }

    private static final Logger LOG = Logger.getLogger(LdapSignIn.class);

    public Answer signIn(Actor actor, Workspace workspace, String name, String password) {
        Optional<StoredSso> stored = sessions.settings(workspace);
        if (stored.isEmpty() || !(stored.get().provider() instanceof SsoProvider.Ldap ldap)) {
            return new Answer.Unknown();
        }
        var tries = DirectorySignIn.Tries.counted(limits, entry -> guess(actor, workspace, entry));
        return switch (directories.prove(
                ldap, () -> secrets.open(StoredSso.owner(workspace), stored.get()), name, password, tries)) {
            case DirectorySignIn.Answer.Proved(SsoProof proof) -> entered(actor, workspace, stored.get(), proof);
            case DirectorySignIn.Answer.Wrong(Optional<SignInFacts> facts) -> {
                facts.ifPresent(found -> log.note(StoredSso.owner(workspace), found));
                yield new Answer.Unknown();
            }
            case DirectorySignIn.Answer.TooMany(Duration wait) -> new Answer.TooMany(wait);
            case DirectorySignIn.Answer.Failed(ProviderTrouble trouble) -> {
                LOG.infof("Single sign-on of %s: %s", workspace.id(), trouble.sentence());
                log.note(StoredSso.owner(workspace), SignInFacts.failed(trouble));
                yield new Answer.Unavailable(trouble.problem(SsoSignIn.ASK_AN_ADMIN));
            }
        };
    }

    /// Counts by the entry, since a directory takes many names and spellings for it.
    private RateLimits.Guess guess(Actor actor, Workspace workspace, LdapDirectory.Entry entry) {
        return new RateLimits.Guess(
                RateLimit.WORKSPACE_LOGIN_FAILURES_BY_NAME,
                RateLimit.WORKSPACE_LOGIN_GUESSES_BY_NAME,
                "entry " + workspace.id() + " " + entry.countedAs(),
                sessions.place(workspace, entry.person(), actor.ip()),
                true);
    }

    private Answer entered(Actor actor, Workspace workspace, StoredSso stored, SsoProof proof) {
        return switch (sessions.enter(actor, workspace, stored, proof)) {
            case Entered.Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) ->
                new Answer.Welcome(user, session);
            case Entered.Refused(SsoPeople.Admitted why) -> new Answer.Refused(why.problem());
            case Entered.Changed _ -> new Answer.Unknown();
        };
    }
}
