package dev.banyan.workspaces.users;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the pending invitations of a workspace for the pages of both sides.
@Singleton
final class InvitationLists {

    private static final int ROWS = 50;

    /// Which page of the list, and the form's input.
    ///
    /// @param after the email of the last entry before it; empty for the first page
    record ListRequest(
            String base,
            Optional<String> as,
            String users,
            String after,
            String email,
            String role,
            Optional<String> refusal) {}

    private final Invitations invitations;
    private final Clock clock;

    InvitationLists(Invitations invitations, Clock clock) {
        this.invitations = invitations;
        this.clock = clock;
    }

    /// @return empty if the actor may not see it
    Optional<InvitationList> read(WorkspaceActor actor, Workspace workspace, ListRequest wanted) {
        Optional<String> cursor = Optional.of(wanted.after()).filter(text -> !text.isEmpty());
        return switch (invitations.list(actor, workspace.project(), workspace.id(), cursor, ROWS)) {
            case Invitations.ViewResult.Done(Slice<Invitation, String> listed) ->
                Optional.of(list(workspace, wanted, listed, cursor.isEmpty()));
            // Deleted a moment ago, together with its invitations.
            case Invitations.ViewResult.NotFound _ ->
                Optional.of(list(workspace, wanted, new Slice<>(List.of(), Optional.empty()), true));
            case Invitations.ViewResult.Forbidden _ -> Optional.empty();
        };
    }

    private InvitationList list(
            Workspace workspace, ListRequest wanted, Slice<Invitation, String> listed, boolean firstPage) {
        return new InvitationList(
                wanted.base(),
                wanted.as(),
                wanted.users(),
                workspace.name(),
                listed.items().stream().map(this::row).toList(),
                firstPage,
                listed.next(),
                wanted.email(),
                wanted.role(),
                wanted.refusal()
                        .map(why -> new FieldErrors(Map.of("email", why)))
                        .orElse(FieldErrors.NONE));
    }

    private InvitationList.Row row(Invitation invitation) {
        return new InvitationList.Row(
                invitation.email(),
                invitation.username().orElse(""),
                invitation.role().key(),
                !invitation.isOpenAt(clock.instant()),
                Words.day(invitation.expiresAt()));
    }

    /// Returns why an invitation was refused, for the form; empty if it was sent, or if there is nothing to say.
    static Optional<String> refusal(Invitations.Invited invited) {
        return switch (invited) {
            case Invitations.Invited.AlreadyUser _ -> Optional.of("Somebody in this workspace has this e-mail.");
            case Invitations.Invited.Rejected rejected ->
                Optional.of(rejected.invalid().userMessage());
            case Invitations.Invited.Unconfirmed _ ->
                Optional.of("Confirm your own e-mail first: open the link in the mail that we sent you.");
            case Invitations.Invited.TooMany _ -> Optional.of("Many invitations were sent. Wait an hour.");
            case Invitations.Invited.Done _, Invitations.Invited.NotFound _, Invitations.Invited.Forbidden _ ->
                Optional.empty();
        };
    }
}
