package dev.banyan.platform;

import java.util.Set;

/// Who sent a request: ids only. It is resolved once per request; whether a caller may act on something is decided by
/// the package that owns the thing.
public sealed interface Caller {

    /// Nobody has signed in.
    record Anonymous() implements Caller {}

    /// A person with a session. `sessionHash` names the session without being able to open it.
    record SignedIn(IdentityId identity, String sessionHash) implements Caller {}

    /// A person with a session who runs this server.
    record Operator(IdentityId identity, String sessionHash) implements Caller {}

    /// Somebody with a session in one workspace, who exists there and nowhere else.
    ///
    /// @param workspace its id, `scl_…`
    /// @param user a number; numbers of users and ids of identities are never compared
    record WorkspaceMember(String workspace, int user, String sessionHash) implements Caller {}

    /// A program with a key of a root account.
    ///
    /// @param key its id, which may be shown
    /// @param account whose key it is
    /// @param madeBy who made the key, and answers for what the program does
    record ApiKey(String key, AccountId account, IdentityId madeBy, Set<String> permissions) implements Caller {}
}
