package dev.banyan.accounts.support;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Support access as owners see it, for programs.
@Path("/api/admin/support")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Support access", description = "Operators of the server who act for an account, and who allows it.")
class SupportResource {

    /// @param allowedUntil absent without consent
    /// @param accesses newest first
    @JsonInclude(Include.NON_ABSENT)
    record SupportOverview(Optional<Instant> allowedUntil, List<SupportView> accesses) {}

    @NoOtherFields
    record ConsentBody(
            @Schema(description = "For how many hours from now, 1 to 168; required")
            Optional<Integer> hours) {}

    record ConsentGiven(String message, Instant allowedUntil) {}

    record SupportDone(String message) {}

    private final AccountGuard acting;
    private final Support support;
    private final Clock clock;

    SupportResource(AccountGuard acting, Support support, Clock clock) {
        this.acting = acting;
        this.support = support;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "List who acted for the account, and until when that is allowed")
    @APIResponseSchema(value = SupportOverview.class, responseDescription = "The latest 50")
    public Response show(@Context Call call) {
        return acting.jsonForRoot(call, context -> {
            Support.Overview overview = support.overview(context.root().id());
            Instant now = clock.instant();
            return Response.ok(new SupportOverview(
                            overview.allowedUntil(),
                            overview.history().stream()
                                    .map(access -> SupportView.of(access, now))
                                    .toList()))
                    .build();
        });
    }

    @PUT
    @Path("consent")
    @Operation(summary = "Let operators act for the account, for at most 60 minutes at a time")
    @APIResponseSchema(value = ConsentGiven.class, responseDescription = "Allowed")
    @APIResponse(responseCode = "403", description = "Not an owner, or no recent proof of identity")
    public Response allow(@Context Call call, ConsentBody body) {
        return acting.jsonForRoot(
                call,
                context -> support.allow(context, body.hours().orElse(0))
                        .fold(
                                until -> Response.ok(new ConsentGiven("Support access allowed", until))
                                        .build(),
                                SupportResource::refused));
    }

    @DELETE
    @Path("consent")
    @Operation(summary = "Withdraw the consent; what was begun with it ends")
    @APIResponseSchema(value = SupportDone.class, responseDescription = "Withdrawn")
    public Response withdraw(@Context Call call) {
        return acting.jsonForRoot(
                call,
                context -> support.withdraw(context)
                        .fold(_ -> Answers.done("Consent withdrawn"), SupportResource::refused));
    }

    @POST
    @Path("end")
    @Operation(summary = "End every support access to the account")
    @APIResponseSchema(value = SupportDone.class, responseDescription = "Ended")
    public Response end(@Context Call call) {
        return acting.jsonForRoot(
                call,
                context -> support.endAll(context)
                        .fold(_ -> Answers.done("Support access ended"), SupportResource::refused));
    }

    static Response refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound _ -> Answers.failure(404, "Account not found");
            case Refusal.Rejected rejected -> Answers.failure(rejected.first());
            case Refusal.TooMany tooMany -> Answers.tooManyFailure(tooMany.retryAfter());
            case Refusal.Forbidden _, Refusal.LimitReached _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                Answers.failure(403, AccountGuard.NOT_PERMITTED);
        };
    }
}
