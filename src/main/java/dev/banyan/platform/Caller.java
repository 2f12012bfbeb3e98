package dev.banyan.platform;

import module java.base;

/// Who sent a request, as ids only, and the time zone in which people read times. Resolved once per request; the
/// package that owns a resource decides whether the caller may act on it.
public sealed interface Caller {

    /// Returns the time zone that the person has; empty for programs, and for people who have none yet.
    default Optional<ZoneId> zone() {
        return Optional.empty();
    }

    /// A caller who has not signed in.
    record Anonymous() implements Caller {}

    /// A person with a session. `sessionHash` identifies the session but cannot open it.
    record SignedIn(IdentityId identity, String sessionHash, Optional<ZoneId> zone) implements Caller {

        public SignedIn(IdentityId identity, String sessionHash) {
            this(identity, sessionHash, Optional.empty());
        }
    }

    /// A person with a session who runs this server.
    record Operator(IdentityId identity, String sessionHash, Optional<ZoneId> zone) implements Caller {}

    /// A person who runs this server and acts for an account that is not theirs. In the meantime the session is no
    /// operator's: it reaches that account, and nothing else.
    record Support(IdentityId identity, String sessionHash, OnBehalf of, Optional<ZoneId> zone) implements Caller {}

    /// A user with a session in one workspace, who exists only there.
    ///
    /// @param workspace its id, `scl_…`
    /// @param user a number; user numbers and identity ids are never compared
    record WorkspaceMember(String workspace, int user, String sessionHash, Optional<ZoneId> zone) implements Caller {}

    /// A program with a key of a root account.
    ///
    /// @param key its id, which may be shown
    /// @param account the account that the key belongs to
    /// @param madeBy who made the key, and is responsible for what the program does
    /// @param scope the part of the account that it is for
    /// @param test whether its messages are tests
    record ApiKey(
            String key,
            AccountId account,
            IdentityId madeBy,
            Set<String> permissions,
            KeyLimits.Scope scope,
            boolean test)
            implements Caller {}

    /// A program with a key of one workspace. It has passed the rules for its route: the permission and the limit.
    ///
    /// @param key its id, which may be shown
    /// @param workspace its id, `scl_…`
    record WorkspaceKey(String key, String workspace) implements Caller {}
}
