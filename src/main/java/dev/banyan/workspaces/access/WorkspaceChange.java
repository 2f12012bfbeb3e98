package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.Text;
import dev.banyan.workspaces.Workspace;

/// Fields to change; empty ones stay as they are. An empty description removes it; an empty pathname is derived
/// from the name again.
///
/// @param isDefault true marks it as the project's default workspace
/// @param customDomain refused until this server verifies and serves domains
public record WorkspaceChange(
        Optional<String> name,
        Optional<String> description,
        Optional<String> pathname,
        Optional<Boolean> suspended,
        Optional<Boolean> registrationEnabled,
        Optional<Boolean> isDefault,
        Optional<String> customDomain) {

    /// What the forms change.
    public static WorkspaceChange details(String name, String description, Optional<String> pathname) {
        return new WorkspaceChange(
                Optional.of(name),
                Optional.of(description),
                pathname,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Opens or closes registration.
    public static WorkspaceChange registration(boolean open) {
        return switches(Optional.empty(), Optional.of(open), Optional.empty());
    }

    /// Suspends or reactivates the workspace.
    public static WorkspaceChange suspended(boolean suspended) {
        return switches(Optional.of(suspended), Optional.empty(), Optional.empty());
    }

    /// Marks it as the project's default workspace.
    public static WorkspaceChange makeDefault() {
        return switches(Optional.empty(), Optional.empty(), Optional.of(true));
    }

    private static WorkspaceChange switches(
            Optional<Boolean> suspended, Optional<Boolean> registrationEnabled, Optional<Boolean> isDefault) {
        return new WorkspaceChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                suspended,
                registrationEnabled,
                isDefault,
                Optional.empty());
    }

    /// Returns true if the workspace already is as it will be.
    boolean leaves(Workspace before) {
        return applyTo(before, before.updatedAt()).equals(before);
    }

    /// Returns the workspace as it will be.
    public Workspace applyTo(Workspace before, Instant now) {
        String newName = name.map(Text::clean).orElse(before.name());
        return new Workspace(
                before.id(),
                before.owner(),
                before.project(),
                newName,
                description.map(Text::clean).or(before::description).filter(text -> !text.isEmpty()),
                before.whatsappClient(),
                before.shortId(),
                pathname.map(typed -> typed.isEmpty() ? Pathnames.of(newName) : typed)
                        .orElse(before.pathname()),
                before.customDomain(),
                registrationEnabled.orElse(before.registrationEnabled()),
                suspended.orElse(before.suspended()),
                isDefault.orElse(before.isDefault()),
                before.users(),
                before.createdAt(),
                now,
                before.brand());
    }
}
