package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.sso.SsoAddresses;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.SsoReach;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.platform.sso.StoredProvider;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;

/// The row of a workspace.
///
/// @param sealedSecret of the client, or of the account that searches
/// @param passwordSignIn whether people may also sign in with a password
/// @param linkedPasswords whether people who come from the provider may, too
/// @param emergencyUser who may, if it is off
/// @param told the address that the provider knows; empty if nothing of this workspace is there any more
record StoredSso(
        SsoSettings settings,
        Optional<String> sealedSecret,
        boolean passwordSignIn,
        boolean linkedPasswords,
        Optional<Integer> emergencyUser,
        Optional<Told> told,
        Instant createdAt,
        Instant updatedAt)
        implements StoredProvider {

    /// An address of the workspace. It stays when the workspace is renamed or gets a domain.
    ///
    /// @param host empty: that of the server
    record Told(Optional<String> host, String shortPath) {

        static Told now(Workspace workspace) {
            return new Told(workspace.customDomain(), workspace.shortPath());
        }

        String origin(Settings settings) {
            return host.map(settings::at).orElse(settings.baseUrl());
        }

        /// Returns what the provider must know.
        SsoAddresses addresses(Settings settings) {
            String home = origin(settings) + "/s/" + shortPath;
            return new SsoAddresses(home + "/sso", Optional.of(home + "/login"));
        }
    }

    /// The roles of a workspace, the highest first.
    static final List<String> ROLES =
            Stream.of(WorkspaceRole.values()).map(WorkspaceRole::key).toList();

    static SsoOwner owner(Workspace workspace) {
        return SsoOwner.of(workspace.owner().tenant(), workspace.id().value());
    }

    /// Says who could come in.
    static String reach(SsoSettings settings) {
        return SsoReach.of(settings, settings.allowedDomains(), "users");
    }

    StoredSso with(SsoSettings changed, Instant now) {
        return new StoredSso(
                changed, sealedSecret, passwordSignIn, linkedPasswords, emergencyUser, told, createdAt, now);
    }

    boolean isEmergency(int user) {
        return emergencyUser.filter(id -> id == user).isPresent();
    }

    /// Returns the highest role that a person’s groups give; empty if they may not sign in.
    Optional<WorkspaceRole> roleOf(SsoPerson person) {
        return settings.admits(person)
                ? settings.roleOf(person.groups(), ROLES).flatMap(WorkspaceRole::of)
                : Optional.empty();
    }
}
