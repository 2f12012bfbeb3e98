package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.context.KeyRights;

/// The permissions of API keys in plain English, for our own pages. The API names them by their keys. Those of today
/// are in [KeyRights], older ones here.
final class PermissionWords {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("read:dashboard", "View dashboard"),
            Map.entry("read:profile", "View profile"),
            Map.entry("write:profile", "Edit profile"),
            Map.entry("read:links", "View links"),
            Map.entry("write:links", "Edit links"),
            Map.entry("read:pages", "View pages"),
            Map.entry("write:pages", "Edit pages"),
            Map.entry("read:appearance", "View appearance"),
            Map.entry("write:appearance", "Edit appearance"),
            Map.entry("read:analytics", "View analytics"),
            Map.entry("read:shortlinks", "View short links"),
            Map.entry("write:shortlinks", "Edit short links"),
            Map.entry("write:2fauth", "Change two-step verification"),
            Map.entry("write:password", "Change password"),
            Map.entry("write:email", "Change email"),
            Map.entry("write:phone", "Change phone number"),
            Map.entry("read:usersettings", "View settings"),
            Map.entry("read:users", "View users"),
            Map.entry("manage:users", "Manage users"),
            Map.entry("invite:user_manager", "Invite members"),
            Map.entry("list:user_manager", "View members"),
            Map.entry("remove:user_manager", "Remove members"),
            Map.entry("respond:user_manager", "Answer invitations"),
            Map.entry("read:apiauth", "View API keys"),
            Map.entry("create:apiauth", "Create API keys"),
            Map.entry("update:apiauth", "Edit API keys"),
            Map.entry("delete:apiauth", "Delete API keys"),
            Map.entry("read:subscription", "View subscription"),
            Map.entry("write:subscription", "Change subscription"),
            Map.entry("manage:subaccounts", "Manage brands"),
            Map.entry("manage:workspaces", "Manage projects and workspaces"));

    private PermissionWords() {}

    /// Returns the words for a permission, such as "View members"; the key itself if it has none.
    static String of(String permission) {
        return Optional.ofNullable(WORDS.get(permission))
                .or(() -> KeyRights.all().stream()
                        .filter(known -> known.name().equals(permission))
                        .map(KeyRights.Permission::label)
                        .findFirst())
                .orElse(permission);
    }

    static String list(List<String> permissions) {
        return permissions.stream().map(PermissionWords::of).collect(Collectors.joining(", "));
    }
}
