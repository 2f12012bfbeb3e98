package dev.banyan.platform.web.page;

import module java.base;

/// One sub-account in the switcher; a suspended one is shown and cannot be chosen. `readOnlyUntil` is the displayed
/// day, while the plan of its agency has no room for it; `picture` is a path.
public record Brand(
        String displayName, String username, boolean active, Optional<String> readOnlyUntil, Optional<String> picture) {

    public Avatar avatar() {
        return Avatar.of(displayName, username);
    }
}
