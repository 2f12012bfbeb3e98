package dev.banyan.accounts.context;

/// Whether users of a workspace have proved a short while ago who they are. Implemented by the sessions of workspaces.
public interface MemberProofs {

    /// The route that takes a user's password.
    String API = "/api/sub-client/proof";

    /// The page that does, below the address of the workspace.
    String PAGE = "/profile/proof";

    /// @param sessionHash of a session in a workspace
    boolean isRecent(String sessionHash);
}
