package dev.banyan.accounts.brands;

import module java.base;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.brands.SubAccountLife.Changed;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.accounts.context.RootRequest;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
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

    @Schema(requiredProperties = {"subAccountId", "status"})
    record SubAccountStatusBody(
            Optional<String> subAccountId,

            @Schema(description = "`active` or `suspended`") Optional<String> status) {}

    @JsonInclude(Include.NON_ABSENT)
    record StatusView(
            AccountId id,
            @Schema(implementation = AccountStatus.class) String status,
            Optional<Instant> suspendedAt) {

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

    @Schema(requiredProperties = "subAccountId")
    record RestoreSubAccountBody(
            @Schema(description = "`userId` means the same") @JsonAlias({"userId", "UserId"})
            Optional<String> subAccountId) {}

    record SubAccountRestored(String message, SubAccountView subAccount) {}

    private final SubAccountLife life;

    SubAccountLifeResource(SubAccountLife life) {
        this.life = life;
    }

    @POST
    @Path("UpdateSubAccountStatus")
    @Operation(summary = "Suspend or reactivate a sub-account")
    @APIResponseSchema(value = SubAccountStatusChanged.class, responseDescription = "Status changed")
    @APIResponse(responseCode = "400", description = "Unknown status, or the plan has no room")
    @APIResponse(responseCode = "404", description = "Not managed by the caller")
    public SubAccountStatusChanged status(@Context RootRequest request, SubAccountStatusBody body) {
        String id = SubAccountsResource.required(body.subAccountId());
        Changed changed = switch (body.status().orElse("")) {
            case "active" -> life.reactivate(request.context(), id);
            case "suspended" -> life.suspend(request.context(), id);
            default -> throw RootRequest.refused(400, "status must be active or suspended");
        };
        return new SubAccountStatusChanged("Sub-account status updated", StatusView.of(done(request, changed)));
    }

    @DELETE
    @Path("DeleteSubAccount")
    @Operation(summary = "Delete a sub-account; it can be restored for 30 days")
    @APIResponseSchema(value = SubAccountDeleted.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "400", description = "confirmDelete must be true")
    @APIResponse(responseCode = "404", description = "Not managed by the caller, or already deleted")
    public SubAccountDeleted delete(@Context RootRequest request, DeleteSubAccountBody body) {
        return delete(request, body, body.confirmDelete().orElse(false));
    }

    @POST
    @Path("DeleteSubAccount")
    @Operation(summary = "Same, as the LinkToMe client calls it")
    @APIResponseSchema(value = SubAccountDeleted.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "400", description = "confirmDelete must be true when subAccountId is sent")
    @APIResponse(responseCode = "404", description = "Not managed by the caller, or already deleted")
    public SubAccountDeleted deleteByClient(@Context RootRequest request, DeleteSubAccountBody body) {
        boolean asked = body.subAccountId().isEmpty() && body.userId().isPresent();
        return delete(request, body, asked || body.confirmDelete().orElse(false));
    }

    private SubAccountDeleted delete(RootRequest request, DeleteSubAccountBody body, boolean confirmed) {
        String id = SubAccountsResource.required(body.target());
        if (!confirmed) {
            throw RootRequest.refused(400, "confirmDelete must be true");
        }
        SubAccount deleted = done(request, life.delete(request.context(), id));
        return new SubAccountDeleted(
                "Sub-account deleted successfully", deleted.account().id());
    }

    @POST
    @Path("RestoreSubAccount")
    @Operation(summary = "Restore a sub-account deleted in the last 30 days")
    @APIResponseSchema(value = SubAccountRestored.class, responseDescription = "Restored")
    @APIResponse(responseCode = "400", description = "The plan has no room, or its username is now taken")
    @APIResponse(responseCode = "404", description = "Not managed by the caller, or erased")
    @APIResponse(responseCode = "409", description = "It isn’t deleted")
    public SubAccountRestored restore(@Context RootRequest request, RestoreSubAccountBody body) {
        String id = SubAccountsResource.required(body.subAccountId());
        SubAccount restored = done(request, life.restore(request.context(), id));
        return new SubAccountRestored("Sub-account restored successfully", SubAccountView.of(restored));
    }

    private static SubAccount done(RootRequest request, Changed changed) {
        return switch (changed) {
            case Changed.Done(SubAccount subAccount) -> subAccount;
            case Changed.NameTaken _ -> throw RootRequest.refused(400, SubAccountsResource.NAME_TAKEN);
            case Changed.Refused(Refusal refusal) -> throw SubAccountsResource.refused(request, refusal);
        };
    }
}
