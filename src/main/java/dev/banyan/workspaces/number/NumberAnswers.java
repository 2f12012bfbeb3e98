package dev.banyan.workspaces.number;

import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.whatsapp.Sender;
import dev.banyan.workspaces.WorkspaceNumbers.WithNumber;
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
    static Sender found(MemberRequest request, Outcome<WithNumber> seen) {
        return request.done(seen, WhatsAppClientResource.UNKNOWN, WhatsAppClientResource.FORBIDDEN)
                .number()
                .orElseThrow(() -> request.refused(404, WhatsAppClientResource.UNKNOWN));
    }
}
