package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.Accounts.Described;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.RootQuery;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.OperatorGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.operator.OperatorPlanForm.Read;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.settings.SecondFactors;
import dev.banyan.accounts.signin.EmailConfirmations;
import dev.banyan.accounts.signin.PasswordResets;
import dev.banyan.accounts.signin.PasswordResets.OperatorLink;
import dev.banyan.accounts.subscription.PlanForm;
import dev.banyan.accounts.subscription.Subscriptions;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FreshLink;
import dev.banyan.platform.web.page.FreshLinks;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The pages on which operators give root accounts their plans.
@Path("/operator/accounts")
@RunOnVirtualThread
class OperatorAccountsPageResource {

    private static final int ROWS = 50;

    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final OperatorAccountPages pages;
    private final SecondFactors factors;
    private final PasswordResets passwordResets;
    private final EmailConfirmations confirmations;
    private final FreshLinks links;
    private final PageFrames shells;
    private final OperatorGuard asOperator;

    OperatorAccountsPageResource(
            Accounts accounts,
            Subscriptions subscriptions,
            OperatorAccountPages pages,
            SecondFactors factors,
            PasswordResets passwordResets,
            EmailConfirmations confirmations,
            FreshLinks links,
            PageFrames shells,
            OperatorGuard asOperator) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.pages = pages;
        this.factors = factors;
        this.passwordResets = passwordResets;
        this.confirmations = confirmations;
        this.links = links;
        this.shells = shells;
        this.asOperator = asOperator;
    }

    @GET
    public Response list(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("tier") @DefaultValue("") String tier,
            @QueryParam("status") @DefaultValue("") String status,
            @QueryParam("after") @DefaultValue("") String after) {
        return asOperator.page(call, () -> {
            Optional<AccountId> cursor = AccountId.parse(after);
            Optional<Tier> ofTier = Tier.of(tier);
            Optional<AccountStatus> inStatus = Keyed.parse(AccountStatus.class, status);
            var listed = accounts.roots(new RootQuery(search, ofTier, inStatus, cursor), ROWS);
            return Html.ok(new OperatorAccountsPage(
                    shells.ofOperator(call, NavItem.OPERATOR_ACCOUNTS, "Accounts"),
                    search,
                    ofTier.map(Tier::key).orElse(""),
                    inStatus.map(AccountStatus::key).orElse(""),
                    OperatorAccountPages.tiers(),
                    listed.accounts().stream()
                            .map(OperatorAccountsPageResource::row)
                            .toList(),
                    !search.isBlank() || ofTier.isPresent() || inStatus.isPresent(),
                    cursor.isEmpty(),
                    listed.next().map(AccountId::toString)));
        });
    }

    private static OperatorAccountsPage.Row row(Described described) {
        Account account = described.account();
        return new OperatorAccountsPage.Row(
                account.id().toString(),
                account.username(),
                account.displayName(),
                account.email().orElse(""),
                described.plan().unlimited()
                        ? "Unlimited"
                        : described.plan().tier().label(),
                described.plan().agencyPermission().map(AgencyPermission::label),
                described.plan().packLabel(),
                (int) described.used(PlanQuota.SUB_ACCOUNTS),
                account.status() != AccountStatus.ACTIVE,
                Words.day(account.createdAt()));
    }

    @GET
    @Path("{accountId}")
    public Response show(
            @Context Call call,
            @PathParam("accountId") String accountId,
            @QueryParam("tier") @DefaultValue(PlanForm.AS_IS) String tier,
            @QueryParam("agencyPermission") @DefaultValue(PlanForm.AS_IS) String permission,
            @QueryParam("packs3") @DefaultValue(PlanForm.AS_IS) String packs3,
            @QueryParam("packs10") @DefaultValue(PlanForm.AS_IS) String packs10,
            @QueryParam("packs25") @DefaultValue(PlanForm.AS_IS) String packs25,
            @QueryParam("billingCycle") @DefaultValue(PlanForm.AS_IS) String cycle,
            @QueryParam("limits") @DefaultValue(PlanForm.AS_IS) String limits,
            @QueryParam("status") @DefaultValue(PlanForm.AS_IS) String status,
            @QueryParam("nextBilling") @DefaultValue(PlanForm.AS_IS) String nextBilling) {
        var typed = new OperatorPlanForm(
                new PlanForm(tier, permission, packs3, packs10, packs25, cycle), limits, status, nextBilling);
        return forAccount(call, accountId, account -> {
            OperatorPlanForm form = typed.over(OperatorPlanForm.of(account.subscription()));
            return switch (form.read(account.subscription())) {
                case Read.Wrong wrong ->
                    Html.invalid(pages.broken(shell(call, account), account, form, wrong.errors()));
                case Read.Right right -> {
                    Optional<FreshLink> fresh = links.of(
                            call, "/operator/accounts/" + account.root().id());
                    yield links.shown(fresh, Html.ok(pages.page(shell(call, account), account, form, right, fresh)));
                }
            };
        });
    }

    /// Sets the plan. A change that takes something away asks for confirmation first, unless `confirmed`.
    @POST
    @Path("{accountId}")
    public Response setPlan(
            @Context Call call,
            @PathParam("accountId") String accountId,
            @FormParam("tier") @DefaultValue("") String tier,
            @FormParam("agencyPermission") @DefaultValue("") String permission,
            @FormParam("packs3") @DefaultValue("0") String packs3,
            @FormParam("packs10") @DefaultValue("0") String packs10,
            @FormParam("packs25") @DefaultValue("0") String packs25,
            @FormParam("billingCycle") @DefaultValue(PlanForm.AS_IS) String cycle,
            @FormParam("limits") @DefaultValue(PlanForm.AS_IS) String limits,
            @FormParam("status") @DefaultValue(PlanForm.AS_IS) String status,
            @FormParam("nextBilling") @DefaultValue(PlanForm.AS_IS) String nextBilling,
            @FormParam("confirmed") @DefaultValue("") String confirmed) {
        var typed = new OperatorPlanForm(
                new PlanForm(tier, permission, packs3, packs10, packs25, cycle), limits, status, nextBilling);
        return forAccount(call, accountId, account -> {
            OperatorPlanForm form = typed.over(OperatorPlanForm.of(account.subscription()));
            return switch (form.read(account.subscription())) {
                case Read.Wrong wrong ->
                    Html.invalid(pages.broken(shell(call, account), account, form, wrong.errors()));
                case Read.Right right
                when !confirmed.equals("yes") && pages.takesAway(account, right) ->
                    Html.ok(pages.confirmation(shell(call, account), account, form, right));
                case Read.Right right -> save(call, account, form, right);
            };
        });
    }

    /// Resets the second factor of a person who lost their phone and their backup codes.
    @POST
    @Path("{accountId}/second-factor/reset")
    public Response resetSecondFactor(
            @Context Call call,
            @PathParam("accountId") String accountId,
            @FormParam("identity") @DefaultValue("") String identity) {
        return forAccount(
                call,
                accountId,
                account -> IdentityId.parse(identity)
                                .filter(lost -> factors.reset(
                                        call.actor(), account.root().id(), lost))
                                .isPresent()
                        ? Html.seeOther("/operator/accounts/" + account.root().id() + "?done=second-factor-reset")
                        : asOperator.unknown(call));
    }

    /// Makes a link that the operator passes on to a member, because this server sends no mail.
    ///
    /// @param kind `reset` for a new password, `confirm` for the e-mail
    @POST
    @Path("{accountId}/link")
    public Response createLink(
            @Context Call call,
            @PathParam("accountId") String accountId,
            @FormParam("identity") @DefaultValue("") String identity,
            @FormParam("kind") @DefaultValue("") String kind) {
        return forAccount(call, accountId, account -> {
            AccountId tenant = account.root().id();
            String place = "/operator/accounts/" + tenant;
            Optional<IdentityId> member = IdentityId.parse(identity);
            if (links.mailing() || member.isEmpty()) {
                return asOperator.unknown(call);
            }
            boolean resets = kind.equals("reset");
            Optional<OperatorLink> link = resets
                    ? passwordResets.linkFor(call.actor(), tenant, member.get())
                    : confirmations.linkFor(call.actor(), tenant, member.get());
            return link.map(made -> links.with(
                            Html.seeOther(place + "?done=link-created"),
                            place,
                            resets ? FreshLink.Kind.RESET : FreshLink.Kind.CONFIRMATION,
                            made.email(),
                            made.url()))
                    .orElseGet(() ->
                            resets ? asOperator.unknown(call) : Html.seeOther(place + "?done=nothing-to-confirm"));
        });
    }

    private Response save(Call call, SubscriptionOverview standing, OperatorPlanForm form, Read.Right right) {
        AccountId id = standing.root().id();
        return subscriptions
                .set(call.actor(), id, right.wanted(), right.status(), right.nextBilling())
                .fold(
                        _ -> Html.seeOther("/operator/accounts/" + id + "?done=plan-saved"),
                        refusal -> refusal instanceof Refusal.Rejected(List<Invalid> invalid)
                                ? Html.invalid(
                                        pages.broken(shell(call, standing), standing, form, FieldErrors.from(invalid)))
                                : asOperator.unknown(call));
    }

    private PageFrame shell(Call call, SubscriptionOverview standing) {
        return shells.ofOperator(
                call, NavItem.OPERATOR_ACCOUNTS, standing.root().displayName());
    }

    private Response forAccount(Call call, String accountId, Function<SubscriptionOverview, Response> work) {
        return asOperator.page(
                call,
                () -> AccountId.parse(accountId)
                        .flatMap(subscriptions::of)
                        .map(work)
                        .orElseGet(() -> asOperator.unknown(call)));
    }
}
