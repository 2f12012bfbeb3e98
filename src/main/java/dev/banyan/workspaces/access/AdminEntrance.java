package dev.banyan.workspaces.access;

/// The two ways into a workspace's administration: from its project, or from the workspace itself as one of its
/// admins. A screen is one abstract class with all routes and texts, which is [InMenu] and whose methods take an
/// [AdminRequest], and two nested classes that say the address.
public final class AdminEntrance {

    /// The address of the screens on the project's side.
    public static final String OF_PROJECT = "/projects/{projectId}/sub-clients/{subClientId}";

    /// The address of the screens for the workspace's admins.
    public static final String OF_ADMINS = "/s/{shortPath}";

    private AdminEntrance() {}
}
