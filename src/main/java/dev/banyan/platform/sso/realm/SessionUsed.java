package dev.banyan.platform.sso.realm;

/// A session was used, by a request or by an open window. Fired for sessions of all kinds, perhaps very often.
///
/// @param tokenHash of its token
public record SessionUsed(String tokenHash) {}
