package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.MessagePage;
import dev.banyan.whatsapp.failover.ApprovalLinks.Opened;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Approves or refuses a failover with the link from a mail. Opening the link changes nothing: mail scanners
/// do that, too.
@Path(ApprovalLinks.PATH)
@RunOnVirtualThread
class FailoverApprovalPageResource {

    private static final String APPROVE = "approve";
    private static final String REFUSE = "refuse";

    private final ApprovalLinks links;
    private final Assets assets;

    FailoverApprovalPageResource(ApprovalLinks links, Assets assets) {
        this.links = links;
        this.assets = assets;
    }

    @GET
    public Response open(@Context Call call, @QueryParam("token") @DefaultValue("") String token) {
        return page(call, token, Optional.empty());
    }

    @POST
    public Response decide(
            @Context Call call,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("act") @DefaultValue("") String act) {
        if (!act.equals(APPROVE) && !act.equals(REFUSE)) {
            return page(
                    call, token, Optional.of(new FormProblem("Nothing was decided.", "Choose one of the buttons.")));
        }
        return switch (links.decide(call.actor().ip(), token, act.equals(APPROVE))) {
            case Outcome.Done(FailoverDecision decision) -> Html.ok(decided(call, decision));
            case Outcome.Refused(Refusal.Conflict(String why)) ->
                page(call, token, Optional.of(new FormProblem("Nothing was moved.", why)));
            case Outcome.Refused _ -> over(call);
        };
    }

    private Response page(Call call, String token, Optional<FormProblem> problem) {
        return switch (links.open(token)) {
            case Opened.Waiting waiting -> {
                var page = new FailoverApprovalPage(
                        assets.door("Approve failover", call),
                        token,
                        waiting.account().displayName(),
                        waiting.pool(),
                        waiting.standIn(),
                        waiting.decision().trigger(),
                        waiting.decision().moved().text(),
                        waiting.decision().seen(),
                        problem);
                yield problem.isPresent() ? Html.invalid(page) : Html.ok(page);
            }
            case Opened.Decided(FailoverDecision decision, String _) ->
                problem.isPresent() ? Html.answer(409, decided(call, decision)) : Html.ok(decided(call, decision));
            case Opened.NotFound _ -> over(call);
        };
    }

    private MessagePage decided(Call call, FailoverDecision decision) {
        boolean approved = decision.verdict() == Verdict.APPROVED;
        String title = switch (decision.verdict()) {
            case APPROVED, DONE -> "Failover approved";
            case REFUSED -> "Failover refused";
            case WITHDRAWN, IMPOSSIBLE, PROPOSED -> "No answer needed";
        };
        return new MessagePage(
                assets.door(title, call),
                title,
                approved
                        ? "Moved: " + decision.moved().text() + "."
                        : decision.verdict() == Verdict.REFUSED
                                ? "Nothing was moved. The messages wait until the pool works again."
                                : "The pool works again, or another decision was made.",
                "/admin/pools/" + decision.pool() + "/failover",
                "Open failover");
    }

    private Response over(Call call) {
        return MessagePage.linkOver(
                assets,
                call,
                "Links for approvals expire after three days. Sign in to decide on the pool’s page.",
                "/admin/pools",
                "Open numbers");
    }
}
