package dev.banyan.platform;

/// Who sent a request: ids only. It is resolved once per request; whether a caller may act on something is decided by
/// the package that owns the thing. API keys join with the issue that brings them.
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
}
