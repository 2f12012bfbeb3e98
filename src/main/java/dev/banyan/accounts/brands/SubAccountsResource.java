package dev.banyan.accounts.brands;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.SubAccountQuery.Order;
import dev.banyan.accounts.SubAccountQuery.StatusFilter;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.BrandStarts.Started;
import dev.banyan.accounts.brands.SubAccountChanges.Updated;
import dev.banyan.accounts.brands.SubAccounts.NameCheck;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.accounts.context.RootRequest;
import dev.banyan.accounts.settings.Usernames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The seed's sub-account routes. They act for the context's root account; answers contain the seed's fields plus those
/// that the real LinkToMe client reads (contract 2.11).
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-accounts", description = "The brands that an agency manages.")
public class SubAccountsResource {

    static final String NO_PERMISSION = "No agency permission (purchase agency add-on required)";
    static final String NAME_TAKEN = Usernames.TAKEN;
    static final String LIMIT_REACHED = "Sub-account limit reached (upgrade pack or delete sub-accounts)";

    @Schema(requiredProperties = {"username", "displayName"})
    record NewSubAccountBody(
            @Schema(
                    description =
                            "3 to 30 letters, digits, - or _, starting with a letter or digit; stored in lower case")
            Optional<String> username,

            @Schema(description = "1 to 100 characters") Optional<String> displayName,

            @Schema(description = "Optional, display only; at most 254 characters")
            Optional<String> email,

            @Schema(description = "Optional; at most 500 characters")
            Optional<String> bio,

            @Schema(description = "client (default), brand or other")
            Optional<String> type,

            @Schema(description = "Optional, only the agency sees it; at most 100 characters")
            Optional<String> internalLabel,

            @Schema(description = "Optional, only the agency sees it; at most 500 characters")
            Optional<String> notes,

            @Schema(description = "Optional: the saved template that it begins with")
            Optional<String> templateId,

            @Schema(description = "Optional: the id or username of the sub-account that it begins as a copy of")
            Optional<String> copyFrom) {}

    @Schema(requiredProperties = "subAccountId")
    record SubAccountChangeBody(
            Optional<String> subAccountId,

            @Schema(description = "As for a new sub-account; another one changes its address")
            Optional<String> username,

            @Schema(description = "1 to 100 characters") Optional<String> displayName,

            @Schema(description = "At most 254 characters; empty clears it")
            Optional<String> email,

            @Schema(description = "At most 500 characters; empty clears it")
            Optional<String> bio,

            @Schema(description = "At most 100 characters; empty clears it")
            Optional<String> internalLabel,

            @Schema(description = "At most 500 characters; empty clears it")
            Optional<String> notes,

            @Schema(description = "`client`, `brand` or `other`")
            Optional<String> type,

            @Schema(description = "Who gets notices: parent, subaccount or both; empty for the server default")
            @JsonProperty("notify")
            Optional<String> notices,

            @Schema(description = "Shows who manages it on its public pages")
            Optional<Boolean> showManagedBy,

            @Schema(description = "The language of its public pages: ar, de, en, es, fr or pt; empty for its agency’s")
            Optional<String> language) {}

    record SubAccountUpdated(String message, SubAccountView subAccount) {}

    @JsonInclude(Include.NON_ABSENT)
    record NameAnswer(String username, boolean available, Optional<String> reason, List<String> suggestions) {}

    /// @param leftOut what doesn't fit the plan, of the content that it begins with
    @JsonInclude(Include.NON_ABSENT)
    record SubAccountCreated(
            String message,
            SubAccountView subAccount,
            AccountId userId,
            String username,
            String displayName,
            boolean isSubAccount,
            boolean authDisabled,
            @Schema(implementation = Tier.class) String tier,
            Instant createdAt,
            Optional<List<String>> leftOut) {

        static SubAccountCreated of(SubAccount subAccount, List<LeftOut> leftOut) {
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
                    view.createdAt(),
                    Optional.of(leftOut.stream().map(LeftOut::sentence).toList())
                            .filter(all -> !all.isEmpty()));
        }
    }

    record LimitsView(
            int maxSubAccounts,
            long usedSubAccounts,
            long remainingSubAccounts,
            Optional<String> agencyPermission,
            int subscriptionQuantity,
            boolean hasAccess) {

        /// Returns limits for managers, who create no sub-accounts and don't see the plan.
        static LimitsView ofManagers(long used) {
            return new LimitsView((int) used, used, 0, Optional.empty(), (int) used + 1, false);
        }
    }

    /// @param total number of sub-accounts that the filters find, on all pages
    @JsonInclude(Include.NON_ABSENT)
    record SubAccountList(
            List<SubAccountView> subAccounts, int total, LimitsView limits, Optional<AccountId> nextCursor) {}

    record LimitFailure(String error, long currentCount, int maxAllowed) {}

    private final SubAccounts subAccounts;
    private final SubAccountChanges changes;
    private final BrandStarts starts;

    SubAccountsResource(SubAccounts subAccounts, SubAccountChanges changes, BrandStarts starts) {
        this.subAccounts = subAccounts;
        this.changes = changes;
        this.starts = starts;
    }

    @POST
    @Path("CreateSubAccount")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Create a sub-account")
    @APIResponseSchema(value = SubAccountCreated.class, responseDescription = "Created")
    @APIResponse(
            responseCode = "400",
            description = "No agency permission, limit reached, username taken, or invalid field")
    @APIResponse(responseCode = "404", description = "The template or the sub-account to copy doesn't exist")
    public Response create(@Context RootRequest request, NewSubAccountBody body) {
        return request.once(body, () -> created(request, body));
    }

    private SubAccountCreated created(RootRequest request, NewSubAccountBody body) {
        var wanted = new SubAccounts.NewSubAccount(
                body.username().orElse(""),
                SubAccountFields.NONE
                        .with(SubAccountField.DISPLAY_NAME, body.displayName().orElse(""))
                        .with(SubAccountField.EMAIL, body.email())
                        .with(SubAccountField.BIO, body.bio())
                        .with(SubAccountField.TYPE, body.type().filter(type -> !type.isBlank()))
                        .with(SubAccountField.INTERNAL_LABEL, body.internalLabel())
                        .with(SubAccountField.NOTES, body.notes()));
        Optional<String> template = body.templateId().filter(id -> !id.isBlank());
        Optional<String> model = body.copyFrom().filter(name -> !name.isBlank());
        if (template.isPresent() && model.isPresent()) {
            throw RootRequest.refused(400, "Send templateId or copyFrom, not both");
        }
        BrandStarts.Source source = template.<BrandStarts.Source>map(BrandStarts.Source.OfTemplate::new)
                .or(() -> model.map(BrandStarts.Source.OfBrand::new))
                .orElseGet(BrandStarts.Source.Nothing::new);
        return switch (starts.create(request.context(), wanted, source, Optional.empty())) {
            case Started.Done(SubAccount subAccount, Optional<String> _, List<LeftOut> leftOut) ->
                SubAccountCreated.of(subAccount, leftOut);
            case Started.NameTaken _ -> throw RootRequest.refused(400, NAME_TAKEN);
            case Started.TemplateNotFound _ -> throw RootRequest.refused(404, BrandTemplatesResource.UNKNOWN);
            case Started.BrandNotFound _ -> throw request.notManaged();
            case Started.PictureRefused(String why) -> throw RootRequest.refused(400, why);
            case Started.Refused(Refusal refusal) -> throw refused(request, refusal);
        };
    }

    /// Returns what is thrown where an operation on sub-accounts is refused.
    public static EarlyAnswer refused(RootRequest request, Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound _ -> request.notManaged();
            case Refusal.Forbidden _ -> RootRequest.refused(400, NO_PERMISSION);
            case Refusal.Rejected rejected -> new EarlyAnswer(Answers.failure(rejected.first()));
            case Refusal.LimitReached reached ->
                RootRequest.refused(400, new LimitFailure(LIMIT_REACHED, reached.used(), (int) reached.max()));
            case Refusal.Conflict(String why) -> RootRequest.refused(409, why);
            case Refusal.ReadOnly(Instant until) -> request.refused(new Resolved.ReadOnly(until));
            case Refusal.TooMany tooMany -> new EarlyAnswer(Answers.tooManyFailure(tooMany.retryAfter()));
        };
    }

    /// Returns the sub-account that a body names.
    static String required(Optional<String> subAccountId) {
        return subAccountId.orElseThrow(() -> RootRequest.refused(400, "subAccountId is required"));
    }

    @PUT
    @Path("UpdateSubAccount")
    @Operation(
            summary = "Update a sub-account",
            description = "Another username changes its address; the former one leads to it for 90 days")
    @APIResponseSchema(value = SubAccountUpdated.class, responseDescription = "Updated")
    @APIResponse(responseCode = "400", description = "Invalid field, or a username that is taken")
    @APIResponse(responseCode = "403", description = "The sub-account is read-only")
    @APIResponse(responseCode = "404", description = "Not managed by the caller, or suspended")
    public SubAccountUpdated update(@Context RootRequest request, SubAccountChangeBody body) {
        String id = required(body.subAccountId());
        var change = SubAccountFields.NONE
                .with(SubAccountField.DISPLAY_NAME, body.displayName())
                .with(SubAccountField.EMAIL, body.email())
                .with(SubAccountField.BIO, body.bio())
                .with(SubAccountField.INTERNAL_LABEL, body.internalLabel())
                .with(SubAccountField.NOTES, body.notes())
                .with(SubAccountField.TYPE, body.type())
                .with(SubAccountField.NOTIFY, body.notices())
                .with(SubAccountField.SHOW_MANAGED_BY, body.showManagedBy().map(String::valueOf))
                .with(SubAccountField.LANGUAGE, body.language());
        if (change.isEmpty() && body.username().isEmpty()) {
            throw RootRequest.refused(400, "Send at least one field to change, such as displayName");
        }
        return switch (changes.update(request.context(), id, body.username(), change)) {
            case Updated.Done(SubAccount subAccount) ->
                new SubAccountUpdated("Sub-account updated successfully", SubAccountView.of(subAccount));
            case Updated.Suspended _ -> throw request.refused(new Resolved.Suspended());
            case Updated.Refused(Refusal refusal) -> throw refused(request, refusal);
        };
    }

    @GET
    @Path("CheckUsername")
    @Operation(summary = "Check whether a username is available")
    @APIResponseSchema(
            value = NameAnswer.class,
            responseDescription = "Available or not, with the reason and similar available names")
    public NameAnswer check(@Context RootRequest request, @QueryParam("username") Optional<String> username) {
        String asked = username.orElse("");
        return switch (subAccounts.check(request.context(), asked)) {
            case NameCheck.Free free -> new NameAnswer(free.username(), true, Optional.empty(), List.of());
            case NameCheck.Taken taken ->
                new NameAnswer(taken.username(), false, Optional.of(NAME_TAKEN), taken.free());
            case NameCheck.Broken broken ->
                new NameAnswer(asked, false, Optional.of(broken.invalid().apiMessage()), List.of());
        };
    }

    @GET
    @Path("GetSubAccounts")
    @Operation(
            summary = "List the sub-accounts",
            description = "Managers see the sub-accounts they manage, without the agency's label and notes")
    @APIResponseSchema(value = SubAccountList.class, responseDescription = "Empty without an agency permission")
    @APIResponse(responseCode = "400", description = "Invalid limit, after, status or sort")
    public SubAccountList list(
            @Context RootRequest request,
            @Parameter(description = "Words in the username, display name or internal label") @QueryParam("search")
                    Optional<String> search,
            @Parameter(description = "`active`, `suspended`, `deleted` or `all`; by default all that aren't deleted")
                    @QueryParam("status")
                    Optional<String> status,
            @Parameter(description = "newest (default), oldest or username") @QueryParam("sort") Optional<String> sort,
            @Parameter(description = "The internal label, as a whole") @QueryParam("label") Optional<String> label,
            @BeanParam PageQuery page) {
        PageQuery.Slice<AccountId> slice = page.slice(AccountId::parse);
        StatusFilter shown = filter(
                status, StatusFilter.PRESENT, StatusFilter::of, "status must be active, suspended, deleted or all");
        Order order = filter(
                sort, Order.NEWEST, key -> Keyed.parse(Order.class, key), "sort must be newest, oldest or username");
        var query = new SubAccountQuery(
                search.orElse(""), label.orElse("").strip(), shown, order, slice.after(), slice.limit());
        return list(request.context(), query);
    }

    private static <T> T filter(
            Optional<String> text, T otherwise, Function<String, Optional<T>> parse, String problem) {
        return text.isEmpty() ? otherwise : text.flatMap(parse).orElseThrow(() -> RootRequest.refused(400, problem));
    }
    /// Returns the list. As in the seed, it is empty without an agency permission. Our own page shows what exists.
    private SubAccountList list(AccountContext context, SubAccountQuery query) {
        var listed = subAccounts.list(context, query);
        boolean permitted = listed.limits().permission().isPresent();
        List<SubAccountView> views = permitted
                ? listed.subAccounts().stream()
                        .map(found ->
                                SubAccountView.of(found, context.membership().isOwner()))
                        .toList()
                : List.of();
        LimitsView limits = context.membership().isOwner()
                ? limits(listed.limits())
                : LimitsView.ofManagers(listed.limits().used());
        boolean isWhole = query.after().isEmpty() && listed.next().isEmpty();
        int total = isWhole || !permitted ? views.size() : subAccounts.count(context, query);
        return new SubAccountList(views, total, limits, permitted ? listed.next() : Optional.empty());
    }

    private static LimitsView limits(SubAccounts.Limits limits) {
        return new LimitsView(
                (int) limits.max().number(),
                limits.used(),
                limits.remaining().number(),
                limits.permission().map(AgencyPermission::key),
                (int) limits.max().plus(1).number(), // the contract counts the own account
                limits.permission().isPresent());
    }
}
