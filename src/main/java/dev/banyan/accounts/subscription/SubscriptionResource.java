package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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

    record CheckoutBody(
            @Schema(description = "pro, premium or enterprise")
            Optional<String> tier,

            @Schema(description = "monthly (default) or annual")
            Optional<String> billingCycle,

            @Schema(description = "Total number of accounts, including your own: 1 (default) to 50")
            Optional<Integer> quantity) {}

    record UpgradeBody(
            @Schema(description = "free, pro, premium or enterprise; not lower than the current tier")
            Optional<String> tier,

            @Schema(description = "monthly or annual; leave out to keep the current one")
            Optional<String> billingCycle) {}

    record DowngradeBody(
            @Schema(description = "An account you own; empty for the active account")
            Optional<String> userId,

            @Schema(description = "free, pro, premium or enterprise; lower than the current tier")
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

    record UpgradeAnswer(String message, String tier, String status, String billingCycle) {}

    private final AccountGuard acting;
    private final Subscriptions subscriptions;
    private final PlanPreviews previews;
    private final Idempotency idempotency;
    private final Settings settings;

    SubscriptionResource(
            AccountGuard acting,
            Subscriptions subscriptions,
            PlanPreviews previews,
            Idempotency idempotency,
            Settings settings) {
        this.acting = acting;
        this.subscriptions = subscriptions;
        this.previews = previews;
        this.idempotency = idempotency;
        this.settings = settings;
    }

    @GET
    @Path("GetSubscription")
    @Operation(summary = "Get the account's plan and the limits in effect")
    @APIResponseSchema(value = SubscriptionView.class, responseDescription = "The subscription")
    public Response show(@Context Call call) {
        return ofOwn(
                call,
                Optional.empty(),
                context -> Response.ok(
                                SubscriptionView.of(standing(context.root().id()), subscriptions.isOpen()))
                        .build());
    }

    @POST
    @Path("createCheckoutSession")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Get the address of the subscription page with the choice filled in; changes nothing")
    @APIResponseSchema(value = CheckoutAnswer.class, responseDescription = "Address to open")
    @APIResponse(responseCode = "400", description = "Invalid tier, billing cycle or quantity")
    public Response checkout(@Context Call call, CheckoutBody body) {
        return ofOwn(
                call,
                Optional.empty(),
                context -> once(call, context, body, () -> {
                    Optional<Tier> tier = body.tier().flatMap(Tier::of).filter(wanted -> wanted != Tier.FREE);
                    Optional<BillingCycle> cycle =
                            BillingCycle.of(body.billingCycle().orElse("monthly"));
                    int quantity = body.quantity().orElse(1);
                    if (tier.isEmpty()) {
                        return invalid("tier", "Invalid tier. Must be one of: pro, premium, enterprise");
                    }
                    if (cycle.isEmpty()) {
                        return invalid("billingCycle", "Invalid billing cycle. Must be one of: monthly, annual");
                    }
                    if (quantity < 1 || quantity > MOST_ACCOUNTS) {
                        return invalid("quantity", "Invalid quantity. Must be between 1 and " + MOST_ACCOUNTS);
                    }
                    return Response.ok(new CheckoutAnswer(
                                    "cs_" + Digests.newToken(),
                                    page(context) + CheckoutChoice.query(tier.get(), cycle.get(), quantity)))
                            .build();
                }));
    }

    @POST
    @Path("createPortalSession")
    @Operation(summary = "Get the address of the subscription page")
    @APIResponseSchema(value = PortalAnswer.class, responseDescription = "Address to open")
    public Response portal(@Context Call call) {
        return ofOwn(
                call,
                Optional.empty(),
                context -> Response.ok(new PortalAnswer(page(context))).build());
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
    public Response upgrade(@Context Call call, UpgradeBody body) {
        return ofOwn(
                call,
                Optional.empty(),
                context -> subscriptions.isOpen()
                        ? once(call, context, body, () -> upgrade(context, body))
                        : Answers.failure(403, ONLY_OPERATORS));
    }

    private Response upgrade(AccountContext context, UpgradeBody body) {
        Subscription present = standing(context.root().id()).subscription();
        Optional<Tier> tier = body.tier()
                .flatMap(Tier::of)
                .filter(wanted -> wanted.compareTo(present.plan().tier()) >= 0);
        Optional<BillingCycle> cycle = body.billingCycle().map(BillingCycle::of).orElse(Optional.of(present.cycle()));
        if (tier.isEmpty()) {
            return invalid(
                    "tier", "Invalid tier. Must be one of: pro, premium, enterprise, and not below the present one");
        }
        if (cycle.isEmpty()) {
            return invalid("billingCycle", "Invalid billing cycle. Must be one of: monthly, annual");
        }
        var wanted = new PlanRequest(present.plan().with(tier.get()), cycle.get(), Optional.empty());
        if (preview(context, wanted).priceAfter().amount().isEmpty()) {
            return invalid("tier", "This plan has no price here: ask the people who run this server");
        }
        return answer(subscriptions.change(context.actor(), context.root().id(), wanted), () -> {
            Subscription now = standing(context.root().id()).subscription();
            return Response.ok(new UpgradeAnswer(
                            "Subscription upgraded successfully",
                            now.plan().tier().key(),
                            now.status().key(),
                            now.cycle().key()))
                    .build();
        });
    }

    @POST
    @Path("previewDowngrade")
    @Operation(summary = "Preview a downgrade; changes nothing")
    @APIResponseSchema(
            value = PreviewView.class,
            responseDescription = "Price, read-only sub-accounts, hidden pages and links, lost features")
    @APIResponse(responseCode = "400", description = "Invalid tier")
    @APIResponse(responseCode = "404", description = "Not your account")
    public Response preview(@Context Call call, DowngradeBody body) {
        return ofOwn(call, named(body), context -> switch (asked(context, body)) {
            case Asked.Wrong wrong -> wrong.answer();
            case Asked.For wanted ->
                Response.ok(PreviewView.of(preview(context, wanted.plan()), Optional.empty()))
                        .build();
        });
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
        return ofOwn(
                call,
                named(body),
                context -> subscriptions.isOpen()
                        ? once(call, context, body, () -> downgrade(context, body))
                        : Answers.failure(403, ONLY_OPERATORS));
    }

    private Response downgrade(AccountContext context, DowngradeBody body) {
        return switch (asked(context, body)) {
            case Asked.Wrong wrong -> wrong.answer();
            case Asked.For wanted -> {
                if (!body.userConfirmed().orElse(false)) {
                    yield invalid("userConfirmed", "userConfirmed must be true");
                }
                PlanPreview preview = preview(context, wanted.plan());
                yield answer(
                        subscriptions.change(context.actor(), context.root().id(), wanted.plan()),
                        () -> Response.ok(PreviewView.of(preview, Optional.of("Subscription downgraded successfully")))
                                .build());
            }
        };
    }

    private sealed interface Asked {

        record For(PlanRequest plan) implements Asked {}

        record Wrong(Response answer) implements Asked {}
    }

    private Asked asked(AccountContext context, DowngradeBody body) {
        Subscription present = standing(context.root().id()).subscription();
        Optional<Tier> tier = body.targetTier().flatMap(Tier::of);
        if (tier.filter(target -> target.compareTo(present.plan().tier()) < 0).isEmpty()) {
            return new Asked.Wrong(invalid(
                    "targetTier",
                    "targetTier must be a tier below " + present.plan().tier().key()));
        }
        Optional<List<String>> typed =
                body.options().flatMap(DowngradeOptions::userSelections).flatMap(DowngradeSelections::subAccountIds);
        Optional<List<AccountId>> keep = typed.map(ids ->
                ids.stream().map(AccountId::parse).flatMap(Optional::stream).toList());
        if (typed.isPresent() && typed.get().size() != keep.orElse(List.of()).size()) {
            return new Asked.Wrong(invalid("subAccountIds", AccountGuard.NOT_MANAGED));
        }
        return new Asked.For(new PlanRequest(present.plan().with(tier.orElseThrow()), present.cycle(), keep));
    }

    private PlanPreview preview(AccountContext context, PlanRequest wanted) {
        return previews.of(context.root().id(), wanted).orElseThrow();
    }

    private SubscriptionOverview standing(AccountId root) {
        return subscriptions.of(root).orElseThrow();
    }

    private static Optional<String> named(DowngradeBody body) {
        return body.userId().filter(id -> !id.isBlank());
    }

    private Response ofOwn(Call call, Optional<String> inBody, Function<AccountContext, Response> work) {
        return acting.json(
                call, inBody, context -> acting.managedRefusal(call, context).orElseGet(() -> work.apply(context)));
    }

    private Response once(Call call, AccountContext context, Object body, Supplier<Response> work) {
        return idempotency.once(call, context.root().id(), call.header(Idempotency.HEADER), body, work);
    }

    private static Response answer(Outcome<Nothing> changed, Supplier<Response> done) {
        return changed.fold(
                _ -> done.get(),
                refusal -> refusal instanceof Refusal.Rejected rejected
                        ? invalid(rejected.first().field(), rejected.first().apiMessage())
                        : Answers.failure(404, AccountGuard.NOT_MANAGED));
    }

    private static Response invalid(String field, String error) {
        return Answers.failure(new Invalid(field, error));
    }

    private String page(AccountContext context) {
        return settings.baseUrl() + "/admin/subscription?as=" + context.root().username();
    }
}
