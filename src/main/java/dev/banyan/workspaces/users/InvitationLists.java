package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.mail.WorkspaceMails;
import jakarta.inject.Singleton;

/// Reads the pending invitations of a workspace for the pages of both sides.
@Singleton
record InvitationLists(Invitations invitations, WorkspaceMails mails, Clock clock) {

    private static final int ROWS = 50;

    /// @param after the email of the last entry before it; empty for the first page
    /// @param email the form's input, as well as `role`
    /// @param problem why the form was refused
    /// @param fresh the link that was just made
    Outcome<InvitationList> read(
            AdminRequest request,
            String after,
            String email,
            String role,
            Optional<String> problem,
            Optional<OneTimeLink> fresh) {
        Workspace workspace = request.workspace();
        Optional<String> cursor = Optional.of(after).filter(text -> !text.isEmpty());
        return invitations
                .list(request.actor(), workspace.project(), workspace.id(), cursor, ROWS)
                .map(listed -> new InvitationList(
                        request.base() + "/invitations",
                        request.as(),
                        request.base() + "/users",
                        workspace.name(),
                        listed.items().stream().map(this::row).toList(),
                        cursor.isEmpty(),
                        listed.next(),
                        email,
                        role,
                        problem.map(why -> new FieldErrors(Map.of("email", why)))
                                .orElse(FieldErrors.NONE),
                        mails.isMailing(workspace),
                        fresh));
    }

    private InvitationList.Row row(Invitation invitation) {
        return new InvitationList.Row(
                invitation.email(),
                invitation.username().orElse(""),
                invitation.role().key(),
                !invitation.isOpenAt(clock.instant()),
                Words.dayTime(invitation.expiresAt()));
    }
}
