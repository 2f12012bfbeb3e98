package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.signin.PasswordLogins.Named;
import dev.banyan.workspaces.sso.LdapSignIn;
import jakarta.inject.Singleton;

/// Signs workspace users in and out: at the workspace’s directory, or with a password of ours.
@Singleton
public record WorkspaceLogins(
        WorkspaceLookup lookup,
        WorkspaceSessions sessions,
        PasswordLogins passwords,
        LdapSignIn directories,
        RateLimits limits) {

    /// @param usernameOrEmail an email if it contains `@`, else a username in any letter case
    public LoggedIn login(Actor actor, String shortPath, String usernameOrEmail, String password) {
        // Only failures count: the people of an office have one address.
        return limits.countingFailures(
                RateLimit.WORKSPACE_LOGIN_BY_IP,
                actor.ip(),
                () -> tried(actor, shortPath, usernameOrEmail, password),
                WorkspaceLogins::isWrong,
                LoggedIn.TooMany::new);
    }

    private static boolean isWrong(LoggedIn result) {
        return result instanceof LoggedIn.WrongCredentials || result instanceof LoggedIn.Unavailable;
    }

    private LoggedIn tried(Actor actor, String shortPath, String usernameOrEmail, String password) {
        String name = Names.lower(usernameOrEmail);
        return switch (lookup.find(shortPath)) {
            case LookedUp.NotEnabled _ -> new LoggedIn.NotEnabled();
            case LookedUp.NotFound _, LookedUp.Moved _ -> guess(actor, shortPath, Optional.empty(), name, password);
            case LookedUp.Found found when found.workspace().suspended() -> new LoggedIn.Suspended();
            case LookedUp.Found found -> guess(actor, shortPath, Optional.of(found.workspace()), name, password);
        };
    }

    /// Limits wrong passwords per user and network, like those of identities.
    private LoggedIn guess(Actor actor, String shortPath, Optional<Workspace> workspace, String name, String password) {
        Named named = workspace
                .map(found -> passwords.named(found, name, actor.ip()))
                .orElseGet(() -> Named.nobody(actor.ip()));
        return limits.guessing(
                guessAt(shortPath, named.email().orElse(name), named.place(), named.exists()),
                () -> login(actor, workspace, name, named, password),
                WorkspaceLogins::isWrong,
                LoggedIn.TooMany::new);
    }

    /// A password attempt for a workspace user.
    static RateLimits.Guess guessAt(String shortPath, String name, RateLimits.Origin place, boolean exists) {
        return new RateLimits.Guess(
                RateLimit.WORKSPACE_LOGIN_FAILURES_BY_NAME,
                RateLimit.WORKSPACE_LOGIN_GUESSES_BY_NAME,
                shortPath + " " + name,
                place,
                exists);
    }

    /// Asks the workspace’s directory first, if it has one.
    private LoggedIn login(Actor actor, Optional<Workspace> workspace, String name, Named named, String password) {
        LdapSignIn.Answer answer = workspace
                .map(found -> directories.signIn(actor, found, name, password))
                .orElseGet(LdapSignIn.Answer.Unknown::new);
        return switch (answer) {
            case LdapSignIn.Answer.Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) ->
                new LoggedIn.Welcome(user, session);
            case LdapSignIn.Answer.Refused(FormProblem why) -> new LoggedIn.NotAllowed(why);
            case LdapSignIn.Answer.Unknown _ -> passwords.login(actor, workspace, named, password);
            // Tries at a directory’s person don’t lock out a user with a password of ours, such as the emergency admin.
            case LdapSignIn.Answer.TooMany(Duration wait) ->
                named.passwordHash()
                                .filter(hash -> !hash.equals(Passwords.NO_PASSWORD))
                                .isPresent()
                        ? passwords.login(actor, workspace, named, password)
                        : new LoggedIn.TooMany(wait);
            case LdapSignIn.Answer.Unavailable(FormProblem why) -> {
                // Users with a password of ours, such as the emergency admin, come in without the directory.
                LoggedIn here = passwords.login(actor, workspace, named, password);
                yield here instanceof LoggedIn.WrongCredentials ? new LoggedIn.Unavailable(why) : here;
            }
        };
    }

    public void logout(WorkspaceActor.Member member) {
        sessions.close(member.sessionHash());
    }
}
