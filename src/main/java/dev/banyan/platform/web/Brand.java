package dev.banyan.platform.web;

/** One sub-account in the switcher; a suspended one is shown and cannot be chosen. */
public record Brand(String displayName, String username, boolean active) {
    public Avatar avatar() {
        return Avatar.of(displayName, username);
    }
}
