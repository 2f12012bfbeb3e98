package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.context.RequiredSecondFactor;
import dev.banyan.accounts.context.RequiredSecondFactor.Changed;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Owners require two-step verification of an account's members.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "User managers", description = "Members of an account.")
class RequiredSecondFactorResource {

    @Schema(requiredProperties = "required")
    record RequireBody(
            @Schema(description = "Whether members must have two-step verification or a passkey")
            Optional<Boolean> required) {}

    record RequiredAnswer(boolean required) {}

    private final RequiredSecondFactor secondFactor;

    RequiredSecondFactorResource(RequiredSecondFactor secondFactor) {
        this.secondFactor = secondFactor;
    }

    @PUT
    @Path("RequireSecondFactor")
    @Operation(summary = "Require two-step verification for all members")
    @APIResponseSchema(value = RequiredAnswer.class, responseDescription = "Applies from the members' next request")
    @APIResponse(responseCode = "400", description = "`required` is missing, or the owner has no second factor yet")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or as a manager")
    @APIResponse(responseCode = "404", description = "The account isn't available")
    public RequiredAnswer require(@Context AccountRequest request, RequireBody body) {
        request.refuseSubAccounts();
        boolean required =
                body.required().orElseThrow(() -> AccountRequest.refused(400, "required must be true or false"));
        return switch (secondFactor.require(request.context(), required)) {
            case Changed.Done _ -> new RequiredAnswer(required);
            case Changed.NotOwner _ -> throw AccountRequest.refused(403, AccountGuard.NOT_PERMITTED);
            case Changed.OwnIsMissing _ ->
                throw AccountRequest.refused(400, "Set up two-step verification or a passkey for yourself first");
        };
    }
}
