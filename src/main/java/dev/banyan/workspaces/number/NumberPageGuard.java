package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Sender;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceNumbers.ViewResult;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Guards what is done with the number of a workspace.
@Singleton
final class NumberPageGuard {

    /// The page of the number.
    static final String PAGE = "/whatsapp";

    private final WorkspaceNumbers numbers;

    NumberPageGuard(WorkspaceNumbers numbers) {
        this.numbers = numbers;
    }

    /// Checked again in a transaction, because the role may have been revoked a moment ago. Without a number, redirects
    /// to its page.
    ///
    /// @param as the account that the form was rendered for
    Response onNumber(AdminEntrance entrance, Call call, String as, BiFunction<AdminRequest, Sender, Response> work) {
        return entrance.form(call, as, request -> switch (numbers.find(
                request.actor(), request.workspace().id())) {
            case ViewResult.Done(Workspace _, Sender number) -> work.apply(request, number);
            case ViewResult.NoNumber _ -> Html.seeOther(request.path(PAGE));
            case ViewResult.NotFound _ -> request.refused(new Refusal.NotFound());
            case ViewResult.Forbidden _ -> request.refused(new Refusal.Forbidden());
        });
    }
}
