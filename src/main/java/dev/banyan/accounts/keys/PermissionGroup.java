package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.context.KeyRights;

/// Permissions that a form offers under one heading.
///
/// @param number tells the headings of a page apart
record PermissionGroup(int number, String name, List<Permission> permissions) {

    record Permission(String key, String label, boolean picked) {}

    /// @param picked by their names of today or older ones
    static List<PermissionGroup> of(List<KeyRights.Permission> offered, List<String> picked) {
        Set<String> held = KeyRights.held(picked);
        var groups = new LinkedHashMap<String, List<Permission>>();
        for (KeyRights.Permission each : offered) {
            groups.computeIfAbsent(each.group(), _ -> new ArrayList<>())
                    .add(new Permission(each.name(), each.label(), held.contains(each.name())));
        }
        var numbered = new ArrayList<PermissionGroup>();
        groups.forEach((name, permissions) ->
                numbered.add(new PermissionGroup(numbered.size() + 1, name, List.copyOf(permissions))));
        return List.copyOf(numbered);
    }
}
