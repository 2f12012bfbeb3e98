package dev.banyan.accounts.brands;

import module java.base;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.SubAccountLife.Changed;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Suspends, reactivates, deletes and restores sub-accounts, for the context's root account.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-accounts", description = "The brands that an agency manages.")
class SubAccountLifeResource {

    record SubAccountStatusBody(
            Optional<String> subAccountId,

            @Schema(description = "active or suspended") Optional<String> status) {}

    @JsonInclude(Include.NON_ABSENT)
    record StatusView(AccountId id, String status, Optional<Instant> suspendedAt) {

        static StatusView of(SubAccount subAccount) {
            return new StatusView(
                    subAccount.account().id(),
                    subAccount.account().status().key(),
                    subAccount.details().suspendedAt());
        }
    }

    record SubAccountStatusChanged(String message, StatusView subAccount) {}

    record DeleteSubAccountBody(
            Optional<String> subAccountId,

            @Schema(description = "Sent by the LinkToMe client, which confirms by itself") @JsonAlias("UserId")
            Optional<String> userId,

            @Schema(description = "Must be true, unless userId is sent by POST")
            Optional<Boolean> confirmDelete) {

        Optional<String> target() {
            return subAccountId.or(() -> userId);
        }
    }

    record SubAccountDeleted(String message, AccountId userId) {}

    record RestoreSubAccountBody(
            @JsonAlias({"userId", "UserId"}) Optional<String> subAccountId) {}

    record SubAccountRestored(String message, SubAccountView subAccount) {}

    private final AccountGuard acting;
    private final SubAccountLife life;

    SubAccountLifeResource(AccountGuard acting, SubAccountLife life) {
        this.acting = acting;
        this.life = life;
    }

    @POST
    @Path("UpdateSubAccountStatus")
    @Operation(summary = "Suspend or reactivate a sub-account")
    @APIResponseSchema(value = SubAccountStatusChanged.class, responseDescription = "Status changed")
    @APIResponse(responseCode = "400", description = "Unknown status, or the plan has no room")
    @APIResponse(responseCode = "404", description = "Not managed by the caller")
    public Response status(@Context Call call, SubAccountStatusBody body) {
        return on(call, body.subAccountId(), (context, id) -> switch (body.status()
                .orElse("")) {
            case "active" -> answer(call, life.reactivate(context, id), SubAccountLifeResource::statusChanged);
            case "suspended" -> answer(call, life.suspend(context, id), SubAccountLifeResource::statusChanged);
            default -> Answers.failure(400, "status must be active or suspended");
        });
    }

    private static Object statusChanged(SubAccount subAccount) {
        return new SubAccountStatusChanged("Sub-account status updated", StatusView.of(subAccount));
    }

    @DELETE
    @Path("DeleteSubAccount")
    @Operation(summary = "Delete a sub-account; it can be restored for 30 days")
    @APIResponseSchema(value = SubAccountDeleted.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "400", description = "confirmDelete must be true")
    @APIResponse(responseCode = "404", description = "Not managed by the caller, or already deleted")
    public Response delete(@Context Call call, DeleteSubAccountBody body) {
        return delete(call, body, body.confirmDelete().orElse(false));
    }

    @POST
    @Path("DeleteSubAccount")
    @Operation(summary = "Same, as the LinkToMe client calls it")
    @APIResponseSchema(value = SubAccountDeleted.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "400", description = "confirmDelete must be true when subAccountId is sent")
    @APIResponse(responseCode = "404", description = "Not managed by the caller, or already deleted")
    public Response deleteByClient(@Context Call call, DeleteSubAccountBody body) {
        boolean asked = body.subAccountId().isEmpty() && body.userId().isPresent();
        return delete(call, body, asked || body.confirmDelete().orElse(false));
    }

    private Response delete(Call call, DeleteSubAccountBody body, boolean confirmed) {
        return on(
                call,
                body.target(),
                (context, id) -> confirmed
                        ? answer(
                                call,
                                life.delete(context, id),
                                deleted -> new SubAccountDeleted(
                                        "Sub-account deleted successfully",
                                        deleted.account().id()))
                        : Answers.failure(400, "confirmDelete must be true"));
    }

    @POST
    @Path("RestoreSubAccount")
    @Operation(summary = "Restore a sub-account deleted in the last 30 days")
    @APIResponseSchema(value = SubAccountRestored.class, responseDescription = "Restored")
    @APIResponse(responseCode = "400", description = "The plan has no room, or its username is now taken")
    @APIResponse(responseCode = "404", description = "Not managed by the caller, or erased")
    public Response restore(@Context Call call, RestoreSubAccountBody body) {
        return on(
                call,
                body.subAccountId(),
                (context, id) -> answer(
                        call,
                        life.restore(context, id),
                        restored -> new SubAccountRestored(
                                "Sub-account restored successfully", SubAccountView.of(restored))));
    }

    private Response on(Call call, Optional<String> id, BiFunction<AccountContext, String, Response> work) {
        return acting.jsonForRoot(
                call,
                context -> id.map(target -> work.apply(context, target))
                        .orElseGet(() -> Answers.failure(400, SubAccountsResource.ID_REQUIRED)));
    }

    private Response answer(Call call, Changed changed, Function<SubAccount, Object> done) {
        return switch (changed) {
            case Changed.Done(SubAccount subAccount) ->
                Response.ok(done.apply(subAccount)).build();
            case Changed.NameTaken _ -> Answers.failure(400, SubAccountsResource.NAME_TAKEN);
            case Changed.Refused(Refusal refusal) -> SubAccountsResource.refused(acting, call, refusal);
        };
    }
}
