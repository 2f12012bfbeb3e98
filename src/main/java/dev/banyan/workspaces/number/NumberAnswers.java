package dev.banyan.workspaces.number;

import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.whatsapp.Sender;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceNumbers.ViewResult;
import dev.banyan.workspaces.access.MemberRequest;
import dev.banyan.workspaces.access.ProjectRequest;
import dev.banyan.workspaces.access.WorkspaceApiGuard;

/// What the API answers where there is no number.
final class NumberAnswers {

    private NumberAnswers() {}

    static EarlyAnswer refused(ProjectRequest request, PickedNumber why) {
        return switch (why) {
            case PickedNumber.UnknownWorkspace _ -> request.denied(404, WorkspaceApiGuard.UNKNOWN_WORKSPACE);
            case PickedNumber.UnknownSender _ -> request.denied(404, "Master account not found");
            case PickedNumber.NoNumber _ -> request.refused(409, "WhatsApp client not found");
            case PickedNumber.Suspended _ -> request.refused(409, "Sub-client is suspended");
            case PickedNumber.Done _ -> throw new IllegalStateException("A number that was found is no refusal");
        };
    }

    /// Returns the number that was found, or throws why not.
    static Sender found(MemberRequest request, ViewResult seen) {
        return switch (seen) {
            case ViewResult.Done(Workspace _, Sender number) -> number;
            case ViewResult.NoNumber _ -> throw request.refused(404, WhatsAppClientResource.UNKNOWN);
            case ViewResult.NotFound _ -> throw request.denied(404, WhatsAppClientResource.UNKNOWN);
            case ViewResult.Forbidden _ -> throw request.denied(403, WhatsAppClientResource.FORBIDDEN);
        };
    }
}
