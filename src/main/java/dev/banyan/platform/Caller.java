package dev.banyan.platform;

/// Who sent a request: ids only. It is resolved once per request; whether a caller may act on something is decided by
/// the package that owns the thing. API keys and workspace members join with the issues that bring them.
public sealed interface Caller {

    /// Nobody has signed in.
    record Anonymous() implements Caller {}

    /// A person with a session. `sessionHash` names the session without being able to open it.
    record SignedIn(IdentityId identity, String sessionHash) implements Caller {}

    /// A person with a session who runs this server.
    record Operator(IdentityId identity, String sessionHash) implements Caller {}
}
