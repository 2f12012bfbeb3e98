package dev.banyan.accounts.support;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.RootRequest;
import dev.banyan.platform.outcome.Refusal;
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
    @Schema(requiredProperties = "hours")
    record ConsentBody(
            @Schema(description = "For how many hours from now, 1 to 168; required")
            Optional<Integer> hours) {}

    record ConsentGiven(String message, Instant allowedUntil) {}

    private final Support support;
    private final Clock clock;

    SupportResource(Support support, Clock clock) {
        this.support = support;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "List who acted for the account, and until when that is allowed")
    @APIResponseSchema(value = SupportOverview.class, responseDescription = "The latest 50")
    public SupportOverview show(@Context RootRequest request) {
        Support.Overview overview = support.overview(request.context().root().id());
        Instant now = clock.instant();
        return new SupportOverview(
                overview.allowedUntil(),
                overview.history().stream()
                        .map(access -> SupportView.of(access, now))
                        .toList());
    }

    @PUT
    @Path("consent")
    @Operation(summary = "Let operators act for the account, for at most 60 minutes at a time")
    @APIResponseSchema(value = ConsentGiven.class, responseDescription = "Allowed")
    @APIResponse(responseCode = "403", description = "Not an owner, or no recent proof of identity")
    public ConsentGiven allow(@Context RootRequest request, ConsentBody body) {
        return new ConsentGiven(
                "Support access allowed",
                support.allow(request.context(), body.hours().orElse(0)).orElseThrow(SupportResource::refused));
    }

    @DELETE
    @Path("consent")
    @Operation(summary = "Withdraw the consent; what was begun with it ends")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Withdrawn")
    public Response withdraw(@Context RootRequest request) {
        boolean wasThere = support.withdraw(request.context()).orElseThrow(SupportResource::refused);
        return Answers.done(wasThere ? "Consent withdrawn" : "There is no consent to withdraw");
    }

    @POST
    @Path("end")
    @Operation(summary = "End every support access to the account")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Ended")
    public Response end(@Context RootRequest request) {
        boolean wasThere = support.endAll(request.context()).orElseThrow(SupportResource::refused);
        return Answers.done(wasThere ? "Support access ended" : "There is no support access to end");
    }

    static EarlyAnswer refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound _ -> RootRequest.refused(404, "Account not found");
            case Refusal.Rejected rejected -> new EarlyAnswer(Answers.failure(rejected.first()));
            case Refusal.TooMany tooMany -> new EarlyAnswer(Answers.tooManyFailure(tooMany.retryAfter()));
            case Refusal.Forbidden _, Refusal.LimitReached _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                RootRequest.refused(403, AccountGuard.NOT_PERMITTED);
        };
    }
}
