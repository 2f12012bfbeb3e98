package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.context.AccountRequests;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.plans.SubscriptionStatus;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.config.PlanSettings;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
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

/// What an account bought (LinkToMe contract 2.12). Refused in the context of a sub-account, which has no subscription.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Subscription", description = "Tier, agency permission and packs of an account.")
@APIResponse(responseCode = "403", description = "Acting for a sub-account")
class SubscriptionResource {

    static final String ONLY_OPERATORS = "Plans are changed by the people who run this server";
    private static final int MOST_ACCOUNTS = 50;

    @Schema(requiredProperties = "tier")
    record CheckoutBody(
            @Schema(description = "`pro`, `premium` or `enterprise`")
            Optional<String> tier,

            @Schema(description = "monthly (default) or annual")
            Optional<String> billingCycle,

            @Schema(description = "Total number of accounts, including your own: 1 (default) to 50")
            Optional<Integer> quantity) {}

    record UpgradeBody(
            @Schema(description = "`free`, `pro`, `premium` or `enterprise`; not lower than the current tier")
            Optional<String> tier,

            @Schema(description = "`monthly` or `annual`; leave out to keep the current one")
            Optional<String> billingCycle) {}

    record DowngradeBody(
            @Schema(description = "An account you own; empty for the active account")
            Optional<String> userId,

            @Schema(description = "`free`, `pro`, `premium` or `enterprise`; lower than the current tier")
            Optional<String> targetTier,

            Optional<DowngradeOptions> options,

            @Schema(description = "Must be true to change anything")
            Optional<Boolean> userConfirmed) {}

    /// Pages and links over a limit are kept and flagged in their own order, so a selection of them is ignored.
    record DowngradeOptions(Optional<DowngradeSelections> userSelections) {}

    record DowngradeSelections(
            @Schema(description = "Sub-accounts to keep; by default the ones chosen before, then the oldest")
            Optional<List<String>> subAccountIds) {}

    record CheckoutAnswer(String sessionId, String checkoutUrl) {}

    record PortalAnswer(String portalUrl) {}

    record UpgradeAnswer(
            String message,
            @Schema(implementation = Tier.class) String tier,

            @Schema(implementation = SubscriptionStatus.class)
            String status,

            @Schema(implementation = BillingCycle.class) String billingCycle) {}

    private final AccountRequests requests;
    private final Subscriptions subscriptions;
    private final PlanPreviews previews;
    private final Settings settings;

    SubscriptionResource(
            AccountRequests requests, Subscriptions subscriptions, PlanPreviews previews, Settings settings) {
        this.requests = requests;
        this.subscriptions = subscriptions;
        this.previews = previews;
        this.settings = settings;
    }

    @GET
    @Path("GetSubscription")
    @Operation(summary = "Get the account's plan and the limits in effect")
    @APIResponseSchema(value = SubscriptionView.class, responseDescription = "The subscription")
    public SubscriptionView show(@Context AccountRequest request) {
        request.refuseSubAccounts();
        return SubscriptionView.of(standing(request.context().root().id()), isOpen());
    }

    @POST
    @Path("createCheckoutSession")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Get the address of the subscription page with the choice filled in; changes nothing")
    @APIResponseSchema(value = CheckoutAnswer.class, responseDescription = "Address to open")
    @APIResponse(responseCode = "400", description = "Invalid tier, billing cycle or quantity")
    public Response checkout(@Context AccountRequest request, CheckoutBody body) {
        request.refuseSubAccounts();
        return request.once(body, () -> {
            Tier tier = body.tier()
                    .flatMap(Tier::of)
                    .filter(wanted -> wanted != Tier.FREE)
                    .orElseThrow(() -> invalid("tier", "Invalid tier. Must be one of: pro, premium, enterprise"));
            BillingCycle cycle =
                    BillingCycle.of(body.billingCycle().orElse("monthly")).orElseThrow(SubscriptionResource::noCycle);
            int quantity = body.quantity().orElse(1);
            if (quantity < 1 || quantity > MOST_ACCOUNTS) {
                throw invalid("quantity", "Invalid quantity. Must be between 1 and " + MOST_ACCOUNTS);
            }
            return new CheckoutAnswer(
                    "cs_" + Digests.newToken(), page(request.context()) + CheckoutChoice.query(tier, cycle, quantity));
        });
    }

    @POST
    @Path("createPortalSession")
    @Operation(summary = "Get the address of the subscription page")
    @APIResponseSchema(value = PortalAnswer.class, responseDescription = "Address to open")
    public PortalAnswer portal(@Context AccountRequest request) {
        request.refuseSubAccounts();
        return new PortalAnswer(page(request.context()));
    }

    @POST
    @Path("upgradeSubscription")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Upgrade the tier, if the server lets owners change plans")
    @APIResponseSchema(value = UpgradeAnswer.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "Invalid tier or billing cycle")
    @APIResponse(
            responseCode = "403",
            description = "Owners can't change plans on this server, or acting for a sub-account")
    public Response upgrade(@Context AccountRequest request, UpgradeBody body) {
        request.refuseSubAccounts();
        refuseUnlessOpen();
        return request.once(body, () -> upgrade(request.context(), body));
    }

    private void refuseUnlessOpen() {
        if (!isOpen()) {
            throw AccountRequest.refused(403, ONLY_OPERATORS);
        }
    }

    private UpgradeAnswer upgrade(AccountContext context, UpgradeBody body) {
        Subscription present = standing(context.root().id()).subscription();
        Tier tier = body.tier()
                .flatMap(Tier::of)
                .filter(wanted -> wanted.compareTo(present.plan().tier()) >= 0)
                .orElseThrow(() -> invalid(
                        "tier",
                        "Invalid tier. Must be one of: pro, premium, enterprise, and not below the present one"));
        BillingCycle cycle = body.billingCycle()
                .map(BillingCycle::of)
                .orElse(Optional.of(present.cycle()))
                .orElseThrow(SubscriptionResource::noCycle);
        var wanted = new PlanRequest(present.plan().with(tier), cycle, Optional.empty());
        if (preview(context, wanted).priceAfter().amount().isEmpty()) {
            throw invalid("tier", "This plan has no price here: ask the people who run this server");
        }
        change(context, wanted);
        Subscription now = standing(context.root().id()).subscription();
        return new UpgradeAnswer(
                "Subscription upgraded successfully",
                now.plan().tier().key(),
                now.status().key(),
                now.cycle().key());
    }

    @POST
    @Path("previewDowngrade")
    @Operation(summary = "Preview a downgrade; changes nothing")
    @APIResponseSchema(
            value = PreviewView.class,
            responseDescription = "Price, read-only sub-accounts, hidden pages and links, lost features")
    @APIResponse(responseCode = "400", description = "Invalid tier")
    @APIResponse(responseCode = "404", description = "Not your account")
    public PreviewView preview(@Context Call call, DowngradeBody body) {
        AccountContext context = named(call, body).context();
        return PreviewView.of(preview(context, asked(context, body)), Optional.empty());
    }

    @POST
    @Path("executeDowngrade")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Downgrade the tier, if the server lets owners change plans")
    @APIResponseSchema(value = PreviewView.class, responseDescription = "Changed, with the effects")
    @APIResponse(responseCode = "400", description = "Not confirmed, or invalid tier or choice")
    @APIResponse(
            responseCode = "403",
            description = "Owners can't change plans on this server, or acting for a sub-account")
    @APIResponse(responseCode = "404", description = "Not your account")
    public Response downgrade(@Context Call call, DowngradeBody body) {
        AccountRequest request = named(call, body);
        refuseUnlessOpen();
        return request.once(body, () -> downgrade(request.context(), body));
    }

    private PreviewView downgrade(AccountContext context, DowngradeBody body) {
        PlanRequest wanted = asked(context, body);
        if (!body.userConfirmed().orElse(false)) {
            throw invalid("userConfirmed", "userConfirmed must be true");
        }
        PlanPreview preview = preview(context, wanted);
        change(context, wanted);
        return PreviewView.of(preview, Optional.of("Subscription downgraded successfully"));
    }

    private PlanRequest asked(AccountContext context, DowngradeBody body) {
        Subscription present = standing(context.root().id()).subscription();
        Tier tier = body.targetTier()
                .flatMap(Tier::of)
                .filter(target -> target.compareTo(present.plan().tier()) < 0)
                .orElseThrow(() -> invalid(
                        "targetTier",
                        "targetTier must be a tier below "
                                + present.plan().tier().key()));
        Optional<List<String>> typed =
                body.options().flatMap(DowngradeOptions::userSelections).flatMap(DowngradeSelections::subAccountIds);
        Optional<List<AccountId>> keep = typed.map(ids ->
                ids.stream().map(AccountId::parse).flatMap(Optional::stream).toList());
        if (typed.isPresent() && typed.get().size() != keep.orElse(List.of()).size()) {
            throw invalid("subAccountIds", AccountGuard.NOT_MANAGED);
        }
        return new PlanRequest(present.plan().with(tier), present.cycle(), keep);
    }

    private PlanPreview preview(AccountContext context, PlanRequest wanted) {
        return previews.of(context.root().id(), wanted).orElseThrow();
    }

    /// Returns true if the owner of an account may change its plan; operators always may.
    private boolean isOpen() {
        return settings.plans().billing() == PlanSettings.Billing.OPEN;
    }

    private SubscriptionOverview standing(AccountId root) {
        return subscriptions.of(root).orElseThrow();
    }

    private AccountRequest named(Call call, DowngradeBody body) {
        AccountRequest request = requests.named(call, body.userId().filter(id -> !id.isBlank()));
        request.refuseSubAccounts();
        return request;
    }

    private void change(AccountContext context, PlanRequest wanted) {
        subscriptions
                .change(context.actor(), context.root().id(), wanted)
                .orElseThrow(refusal -> refusal instanceof Refusal.Rejected rejected
                        ? invalid(rejected.first().field(), rejected.first().apiMessage())
                        : AccountRequest.refused(404, AccountGuard.NOT_MANAGED));
    }

    private static EarlyAnswer noCycle() {
        return invalid("billingCycle", "Invalid billing cycle. Must be one of: monthly, annual");
    }

    private static EarlyAnswer invalid(String field, String error) {
        return new EarlyAnswer(Answers.failure(new Invalid(field, error)));
    }

    private String page(AccountContext context) {
        return settings.baseUrl() + "/admin/subscription?as=" + context.root().username();
    }
}
