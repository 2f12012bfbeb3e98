package dev.banyan.accounts.context;

import module java.base;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The seed's context switching.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Context", description = "The account that a session works in.")
class ContextResource {

    @Schema(requiredProperties = "subAccountId")
    record SwitchTarget(
            @Schema(description = "`userId` means the same") @JsonAlias({"userId", "UserId"})
            Optional<String> subAccountId) {}

    @JsonInclude(Include.NON_ABSENT)
    record ActiveContext(
            AccountId userId, String username, Optional<AccountId> parentUserId, boolean isSubAccountContext) {

        static ActiveContext of(AccountContext context) {
            return new ActiveContext(
                    context.acting().id(),
                    context.acting().username(),
                    context.parent().map(Account::id),
                    context.isSubAccount());
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    record ContextAnswer(Optional<String> message, ActiveContext activeContext) {}

    private final AccountGuard acting;
    private final Contexts contexts;

    ContextResource(AccountGuard acting, Contexts contexts) {
        this.acting = acting;
        this.contexts = contexts;
    }

    @POST
    @Path("SwitchToSubAccount")
    @Operation(summary = "Switch to a sub-account")
    @APIResponseSchema(value = ContextAnswer.class, responseDescription = "Switched")
    @APIResponse(responseCode = "400", description = "subAccountId is required")
    @APIResponse(responseCode = "404", description = "The sub-account isn't yours or is suspended")
    public Response switchTo(@Context Call call, SwitchTarget target) {
        if (call.identity().isPresent() && target.subAccountId().isEmpty()) {
            return Answers.failure(400, "subAccountId is required");
        }
        return answer(
                call,
                contexts.switchTo(
                        call.caller(), call.actor(), target.subAccountId().orElse("")),
                Optional.of("Switched to sub-account context"));
    }

    @POST
    @Path("SwitchToParentAccount")
    @Operation(summary = "Switch back to your own account")
    @APIResponseSchema(value = ContextAnswer.class, responseDescription = "Switched back")
    public Response switchBack(@Context Call call) {
        return answer(
                call,
                contexts.switchBack(call.caller(), call.actor()),
                Optional.of("Switched back to parent account context"));
    }

    @GET
    @Path("GetActiveContext")
    @Operation(summary = "Get the current account")
    @APIResponseSchema(value = ContextAnswer.class, responseDescription = "The current account")
    @APIResponse(
            responseCode = "404",
            description = "The current account is no longer available. Switch to another one")
    public Response active(@Context Call call) {
        return answer(call, contexts.resolve(call.caller(), call.actor(), call.namedAccount()), Optional.empty());
    }

    private Response answer(Call call, Resolved resolved, Optional<String> message) {
        return switch (resolved) {
            case Resolved.Found(AccountContext context) ->
                Response.ok(new ContextAnswer(message, ActiveContext.of(context)))
                        .build();
            case Resolved.Refused refusal -> acting.jsonRefusal(call, refusal);
        };
    }
}
