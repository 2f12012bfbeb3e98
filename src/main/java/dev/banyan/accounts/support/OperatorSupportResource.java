package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.context.OperatorGuard;
import dev.banyan.accounts.context.OperatorRequest;
import dev.banyan.platform.Caller;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Support access as operators begin and end it, for programs. In the meantime the session's requests act for the
/// account.
@Path("/api/siteadmin/support")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Site administration", description = "For server operators.")
class OperatorSupportResource {

    @NoOtherFields
    record SupportBody(
            @Schema(description = "Id or username of a root account; required")
            Optional<String> account,

            @Schema(description = "What its owners read, 5 to 500 characters; required")
            Optional<String> reason) {}

    private final Support support;
    private final OperatorGuard operators;
    private final Clock clock;

    OperatorSupportResource(Support support, OperatorGuard operators, Clock clock) {
        this.support = support;
        this.operators = operators;
        this.clock = clock;
    }

    @POST
    @Operation(summary = "Act for an account, or ask its owners for consent")
    @APIResponseSchema(value = SupportView.class, responseCode = "201", responseDescription = "Begun")
    @APIResponse(
            responseCode = "202",
            description = "The owners were asked; send it again when they allow it",
            content = @Content(schema = @Schema(implementation = SupportView.class)))
    @APIResponse(responseCode = "404", description = "Account not found")
    public Response begin(@Context OperatorRequest request, SupportBody body) {
        Account account = support.root(body.account().orElse(""))
                .orElseThrow(() -> AccountRequest.refused(404, "Account not found"));
        SupportAccess access = support.begin(
                        request.operator(),
                        request.call().actor(),
                        account.id(),
                        body.reason().orElse(""))
                .orElseThrow(SupportResource::refused);
        return Response.status(access.begunAt().isPresent() ? 201 : 202)
                .entity(SupportView.of(access, clock.instant()))
                .build();
    }

    @GET
    @Operation(summary = "Say for whom the session acts")
    @APIResponseSchema(value = SupportView.class, responseDescription = "The access")
    @APIResponse(responseCode = "404", description = "It acts for no account of others")
    public Response show(@Context Call call) {
        SupportAccess access = support.of(acting(call)).orElseThrow(OperatorSupportResource::none);
        return Response.ok(SupportView.of(access, clock.instant())).build();
    }

    /// Returns the account that the session acts for; to operators who act for none, says so. Others are refused.
    private Caller.Support acting(Call call) {
        if (call.caller() instanceof Caller.Support acting) {
            return acting;
        }
        operators.admitProgram(call);
        throw none();
    }

    private static EarlyAnswer none() {
        return AccountRequest.refused(404, "No support access");
    }

    @POST
    @Path("end")
    @Operation(summary = "Stop acting for an account")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "The session is its person's again")
    @APIResponse(responseCode = "404", description = "It acts for no account of others")
    public Response end(@Context Call call) {
        support.leave(acting(call), call.actor());
        return Answers.done("Support access ended");
    }
}
