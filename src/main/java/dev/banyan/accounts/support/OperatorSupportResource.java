package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.context.RequiredSecondFactor;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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

    record Left(String message) {}

    private final Support support;
    private final RequiredSecondFactor secondFactor;
    private final Audit audit;
    private final Clock clock;

    OperatorSupportResource(Support support, RequiredSecondFactor secondFactor, Audit audit, Clock clock) {
        this.support = support;
        this.secondFactor = secondFactor;
        this.audit = audit;
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
    public Response begin(@Context Call call, SupportBody body) {
        return forOperators(
                call,
                operator -> support.root(body.account().orElse(""))
                        .map(account -> support.begin(
                                        operator,
                                        call.actor(),
                                        account.id(),
                                        body.reason().orElse(""))
                                .orElseThrow(SupportResource::refused))
                        .map(access -> Response.status(access.begunAt().isPresent() ? 201 : 202)
                                .entity(SupportView.of(access, clock.instant()))
                                .build())
                        .orElseGet(() -> Answers.failure(404, "Account not found")));
    }

    @GET
    @Operation(summary = "Say for whom the session acts")
    @APIResponseSchema(value = SupportView.class, responseDescription = "The access")
    @APIResponse(responseCode = "404", description = "It acts for no account of others")
    public Response show(@Context Call call) {
        return call.caller() instanceof Caller.Support acting
                ? support.of(acting)
                        .map(access -> Response.ok(SupportView.of(access, clock.instant()))
                                .build())
                        .orElseGet(OperatorSupportResource::none)
                : forOperators(call, _ -> none());
    }

    private static Response none() {
        return Answers.failure(404, "No support access");
    }

    @POST
    @Path("end")
    @Operation(summary = "Stop acting for an account")
    @APIResponseSchema(value = Left.class, responseDescription = "The session is its person's again")
    @APIResponse(responseCode = "404", description = "It acts for no account of others")
    public Response end(@Context Call call) {
        if (!(call.caller() instanceof Caller.Support acting)) {
            return forOperators(call, _ -> none());
        }
        support.leave(acting, call.actor());
        return Answers.done("Support access ended");
    }

    private Response forOperators(Call call, Function<Caller.Operator, Response> work) {
        if (call.caller() instanceof Caller.Operator operator) {
            return secondFactor.isMissing(operator.identity())
                    ? Answers.failure(403, RequiredSecondFactor.MISSING)
                    : work.apply(operator);
        }
        audit.denied(call.actor(), call.route());
        return call.caller() instanceof Caller.Anonymous
                ? Answers.failure(401, "Unauthorized")
                : Answers.failure(403, "Insufficient permissions");
    }
}
