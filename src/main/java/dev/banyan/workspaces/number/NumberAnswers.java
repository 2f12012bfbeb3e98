package dev.banyan.workspaces.number;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// The responses to API clients that name a number they can't use.
@Singleton
final class NumberAnswers {

    private final WorkspaceApiGuard gate;

    NumberAnswers(WorkspaceApiGuard gate) {
        this.gate = gate;
    }

    Response refused(Call call, PickedNumber why) {
        return switch (why) {
            case PickedNumber.UnknownWorkspace _ -> gate.denied(call, 404, WorkspaceApiGuard.UNKNOWN_WORKSPACE);
            case PickedNumber.UnknownSender _ -> gate.denied(call, 404, "Master account not found");
            case PickedNumber.NoNumber _ -> Answers.refused(409, "WhatsApp client not found");
            case PickedNumber.Suspended _ -> Answers.refused(409, "Sub-client is suspended");
            case PickedNumber.Done _ -> throw new IllegalStateException("A number that was found is no refusal");
        };
    }
}
