package dev.banyan.workspaces.sso;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.banyan.workspaces.WorkspaceRole;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// How people of a workspace sign in at their provider, without the secret.
///
/// @param label what the sign-in button names; empty: the provider’s host
/// @param roles the role of each group
/// @param defaultRole of people without such a group; empty: they can’t sign in
/// @param createUsers whether users are created at their first sign-in
/// @param linkByEmail whether a user who exists already is recognized by an email that the provider has verified
record SsoSettings(
        SsoProvider provider,
        Optional<String> label,
        Map<String, WorkspaceRole> roles,
        Optional<WorkspaceRole> defaultRole,
        boolean createUsers,
        boolean linkByEmail) {

    /// The row of a workspace.
    ///
    /// @param sealedSecret of the client, or of the account that searches
    /// @param passwordSignIn whether people may also sign in with a password
    /// @param emergencyUser who may, if it is off
    record Stored(
            SsoSettings settings,
            Optional<String> sealedSecret,
            boolean passwordSignIn,
            Optional<Integer> emergencyUser,
            Instant createdAt,
            Instant updatedAt) {

        boolean isEmergency(int user) {
            return emergencyUser.filter(id -> id == user).isPresent();
        }

        /// Whether this user may sign in with a password.
        boolean allowsPassword(int user) {
            return passwordSignIn || isEmergency(user);
        }
    }

    @JsonIgnore
    String shownName() {
        return label.orElseGet(provider::shownHost);
    }

    /// Returns the highest role that these groups give; empty if they may not sign in.
    Optional<WorkspaceRole> roleOf(Collection<String> groups) {
        return groups.stream()
                .flatMap(group -> roles.entrySet().stream()
                        .filter(entry -> isSame(entry.getKey(), group))
                        .map(Map.Entry::getValue))
                .min(Comparator.comparingInt(Enum::ordinal)) // admins come first
                .or(() -> defaultRole);
    }

    /// Names in directories are the same in any letter case.
    private boolean isSame(String one, String other) {
        return provider instanceof SsoProvider.Ldap ? one.equalsIgnoreCase(other) : one.equals(other);
    }
}
