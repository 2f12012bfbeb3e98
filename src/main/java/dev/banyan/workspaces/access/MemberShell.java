package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.workspaces.WorkspaceUser;
import org.jspecify.annotations.Nullable;

/// What surrounds every page of a signed-in user of a workspace: the workspace's header, the user, the menu, and the
/// result of the previous page. `visiting` says as what a person of the project's side is here without a user of their
/// own: `owner` or `manager`. Render it with `workspaces/memberBar`, or as a whole page with `workspaces/member`.
public record MemberShell(
        WorkspaceDoor door,
        WorkspaceUser person,
        List<WorkspaceMenu.Entry> menu,
        Optional<String> done,
        Optional<String> visiting) {

    public int user() {
        return person.id();
    }

    public String username() {
        return person.username();
    }

    public String email() {
        return person.email();
    }

    public Avatar avatar() {
        return Avatar.of(person.username(), person.email());
    }

    /// A single destination needs no menu.
    public boolean hasMenu() {
        return menu.size() > 1;
    }

    /// The address holds a key, not a sentence, so that a link can't make our page say something else.
    public static Optional<String> toast(String done) {
        return Optional.ofNullable(words(done));
    }

    private static @Nullable String words(String done) {
        return switch (done) {
            case "profile-saved" -> "Profile saved";
            case "password-saved" -> "Password changed. Sign in with your new password.";
            case "email-confirmed" -> "Email address confirmed. You can sign in now.";
            case "registration-approved" -> "Registration approved";
            case "registration-rejected" -> "Registration rejected";
            case "registration-gone" -> "This registration was already handled";
            case "registration-taken" -> "Another user has that username or email. Reject this registration.";
            case "signed-out" -> "Signed out on all devices";
            case "workspace-saved" -> "Workspace saved";
            case "sso-saved" -> "Single sign-on saved";
            case "sso-removed" -> "Single sign-on removed";
            case "mail-saved" -> "Mail server saved";
            case "mail-removed" -> "Mail server removed";
            case "look-saved" -> "Appearance saved";
            case "registration-open" -> "Registration opened";
            case "registration-closed" -> "Registration closed";
            case "api-key-deleted" -> "API key deleted";
            case "user-added" -> "User added";
            case "user-removed" -> "User removed";
            case "role-saved" -> "Role saved";
            case "invitation-sent" -> "Invitation sent";
            case "invitation-created" -> "Invitation created";
            case "link-created" -> "New link created";
            case "invitation-revoked" -> "Invitation revoked";
            case "password-link-sent" -> "Password link sent";
            case "too-many-mails" -> "Too many emails. Try again in an hour.";
            default -> null;
        };
    }
}
