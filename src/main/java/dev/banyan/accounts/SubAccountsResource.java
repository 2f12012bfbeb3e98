package dev.banyan.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.SubAccounts.Created;
import dev.banyan.accounts.SubAccounts.SubAccount;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.Answers;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.Idempotency;
import dev.banyan.platform.web.Paging;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The seed's sub-account routes. They act for the root account above the context; answers hold what the seed gives
/// and, beside it, what the real LinkToMe client reads (contract 2.11).
@Path("/api/admin")
@RunOnVirtualThread
@Tag(name = "Sub-accounts", description = "The brands that an agency manages.")
class SubAccountsResource {

    static final String NO_PERMISSION = "No agency permission (purchase agency add-on required)";
    static final String LIMIT_REACHED = "Sub-account limit reached (upgrade pack or delete sub-accounts)";

    record NewSubAccountBody(
            @Schema(
                    description =
                            "3 to 30 letters, digits, hyphens or underscores, beginning with a letter or digit; kept in lower case")
            Optional<String> username,

            @Schema(description = "1 to 100 characters") Optional<String> displayName,

            @Schema(description = "Optional, shown only; at most 254 characters")
            Optional<String> email,

            @Schema(description = "Optional; at most 500 characters")
            Optional<String> bio) {}

    @JsonInclude(Include.NON_ABSENT)
    record SubAccountView(
            AccountId id,
            AccountId userId,
            String username,
            Optional<String> email,
            String displayName,
            AccountId parentAccountId,
            boolean isSubAccount,
            boolean authDisabled,
            String tier,
            String status,
            boolean disabled,
            String type,
            Instant createdAt,
            long pageCount,
            long linkCount) {

        static SubAccountView of(SubAccount subAccount) {
            Account account = subAccount.account();
            return new SubAccountView(
                    account.id(),
                    account.id(),
                    account.username(),
                    account.email(),
                    account.displayName(),
                    account.owner().tenant(),
                    true,
                    true,
                    subAccount.tier().key(),
                    account.status().key(),
                    account.status() != AccountStatus.ACTIVE,
                    "client",
                    account.createdAt(),
                    subAccount.pages(),
                    subAccount.links());
        }
    }

    record SubAccountCreated(
            String message,
            SubAccountView subAccount,
            AccountId userId,
            String username,
            String displayName,
            boolean isSubAccount,
            boolean authDisabled,
            String tier,
            Instant createdAt) {

        static SubAccountCreated of(SubAccount subAccount) {
            var view = SubAccountView.of(subAccount);
            return new SubAccountCreated(
                    "Sub-account created successfully",
                    view,
                    view.id(),
                    view.username(),
                    view.displayName(),
                    true,
                    true,
                    view.tier(),
                    view.createdAt());
        }
    }

    record LimitsView(
            int maxSubAccounts,
            long usedSubAccounts,
            long remainingSubAccounts,
            Optional<String> agencyPermission,
            int subscriptionQuantity,
            boolean hasAccess) {}

    @JsonInclude(Include.NON_ABSENT)
    record SubAccountList(
            List<SubAccountView> subAccounts, int total, LimitsView limits, Optional<AccountId> nextCursor) {}

    record LimitFailure(String error, long currentCount, int maxAllowed) {}

    record FieldFailure(String error, String field, String rule) {}

    private final ActingAs acting;
    private final SubAccounts subAccounts;
    private final Idempotency idempotency;

    SubAccountsResource(ActingAs acting, SubAccounts subAccounts, Idempotency idempotency) {
        this.acting = acting;
        this.subAccounts = subAccounts;
        this.idempotency = idempotency;
    }

    @POST
    @Path("CreateSubAccount")
    @Parameter(
            name = Idempotency.HEADER,
            in = ParameterIn.HEADER,
            description = "Repeats are answered with the first answer for 24 hours",
            schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "Create a sub-account")
    @APIResponse(
            responseCode = "200",
            description = "Created",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = SubAccountCreated.class)))
    @APIResponse(
            responseCode = "400",
            description = "No agency permission, limit reached, username taken, or a field breaks its rule")
    @APIResponse(responseCode = "401", description = "Unauthorized")
    public Response create(@Context Call call, NewSubAccountBody body) {
        return acting.json(
                call,
                context -> idempotency.once(
                        call, context.root().id(), call.header(Idempotency.HEADER), body, () -> create(context, body)));
    }

    private Response create(AccountContext context, NewSubAccountBody body) {
        var wanted = new SubAccounts.NewSubAccount(
                body.username().orElse(""),
                body.displayName().orElse(""),
                body.email().filter(email -> !email.isBlank()),
                body.bio());
        return switch (subAccounts.create(context, wanted)) {
            case Created.Done done ->
                Response.ok(SubAccountCreated.of(done.subAccount())).build();
            case Created.NoAgencyPermission _ -> Answers.failure(400, NO_PERMISSION);
            case Created.LimitReached reached ->
                Response.status(400)
                        .entity(new LimitFailure(LIMIT_REACHED, reached.used(), reached.max()))
                        .build();
            case Created.NameTaken _ -> Answers.failure(400, "Username already taken");
            case Created.Rejected rejected -> invalid(rejected.invalid().getFirst());
        };
    }

    private static Response invalid(Invalid invalid) {
        return Response.status(400)
                .entity(new FieldFailure(invalid.error(), invalid.field(), invalid.rule()))
                .build();
    }

    @GET
    @Path("GetSubAccounts")
    @Operation(summary = "List the sub-accounts, newest first")
    @APIResponse(
            responseCode = "200",
            description = "Empty without an agency permission",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SubAccountList.class)))
    @APIResponse(responseCode = "400", description = "limit or after cannot be used")
    @APIResponse(responseCode = "401", description = "Unauthorized")
    public Response list(
            @Context Call call,
            @QueryParam("search") Optional<String> search,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return acting.json(call, context -> switch (Paging.of(limit, after, AccountId::parse)) {
            case Paging.Bad<AccountId> bad -> Answers.failure(400, bad.error());
            case Paging.Slice<AccountId> slice -> {
                var listed = subAccounts.list(context, search.orElse(""), slice.after(), slice.limit());
                var views =
                        listed.subAccounts().stream().map(SubAccountView::of).toList();
                yield Response.ok(new SubAccountList(views, views.size(), limits(listed.limits()), listed.next()))
                        .build();
            }
        });
    }

    private static LimitsView limits(SubAccounts.Limits limits) {
        return new LimitsView(
                limits.max(),
                limits.used(),
                limits.remaining(),
                limits.permission().map(AgencyPermission::key),
                limits.max(),
                limits.permission().isPresent());
    }
}
