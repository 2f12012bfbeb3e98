package dev.banyan.workspaces.access;

import dev.banyan.platform.web.page.Avatar;
import dev.banyan.workspaces.WorkspaceUser;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page of somebody who has signed in to a workspace: the door's facts, who they are, where they
 * can go, and what the page before this one did. Draw it with {@code workspaces/memberBar}, or as a whole page with
 * {@code workspaces/member}.
 */
public record MemberShell(
        WorkspaceDoor door, WorkspaceUser person, List<WorkspaceMenu.Entry> menu, Optional<String> done) {

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

    /** One place to go needs no menu. */
    public boolean hasMenu() {
        return menu.size() > 1;
    }

    /** A word in the address, not a sentence: nobody can send a link that makes our page say something else. */
    public static Optional<String> toast(String done) {
        return Optional.ofNullable(words(done));
    }

    private static @Nullable String words(String done) {
        return switch (done) {
            case "profile-saved" -> "Profile saved";
            case "password-saved" -> "Password changed. Sign in with the new one.";
            case "email-confirmed" -> "Email address confirmed. You can sign in now.";
            case "registration-approved" -> "Registration approved";
            case "registration-rejected" -> "Registration rejected";
            case "registration-gone" -> "This registration isn’t waiting any more";
            case "registration-taken" -> "That username or email is a user’s by now. Reject this registration.";
            case "signed-out" -> "Signed out everywhere";
            case "workspace-saved" -> "Workspace saved";
            case "look-saved" -> "Look saved";
            case "registration-open" -> "Registration opened";
            case "registration-closed" -> "Registration closed";
            case "user-added" -> "User added";
            case "user-removed" -> "User removed";
            case "role-saved" -> "Role saved";
            case "invitation-sent" -> "Invitation sent";
            case "invitation-revoked" -> "Invitation taken back";
            case "password-link-sent" -> "A link to a new password is on its way";
            case "too-many-mails" -> "Too many mails were sent. Wait an hour.";
            default -> null;
        };
    }
}
