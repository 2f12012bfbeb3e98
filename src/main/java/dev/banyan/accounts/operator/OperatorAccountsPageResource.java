package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.Accounts.Described;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.RootQuery;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.accounts.operator.OperatorPlanForm.Read;
import dev.banyan.accounts.plans.AccountDays;
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
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
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
    private final OneTimeLinks links;
    private final AccountDays accountDays;

    OperatorAccountsPageResource(
            Accounts accounts,
            Subscriptions subscriptions,
            OperatorAccountPages pages,
            SecondFactors factors,
            PasswordResets passwordResets,
            EmailConfirmations confirmations,
            OneTimeLinks links,
            AccountDays accountDays) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.pages = pages;
        this.factors = factors;
        this.passwordResets = passwordResets;
        this.confirmations = confirmations;
        this.links = links;
        this.accountDays = accountDays;
    }

    @GET
    public Response list(
            @Context OperatorPage page,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("tier") @DefaultValue("") String tier,
            @QueryParam("status") @DefaultValue("") String status,
            @QueryParam("after") @DefaultValue("") String after) {
        Optional<AccountId> cursor = AccountId.parse(after);
        Optional<Tier> ofTier = Tier.of(tier);
        Optional<AccountStatus> inStatus = Keyed.parse(AccountStatus.class, status);
        var listed = accounts.roots(new RootQuery(search, ofTier, inStatus, cursor), ROWS);
        return Html.ok(new OperatorAccountsPage(
                page.frame(NavItem.OPERATOR_ACCOUNTS, "Accounts"),
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
                described.plan().agencyPermission().map(permission -> permission.label),
                described.plan().packLabel(),
                (int) described.used(PlanQuota.SUB_ACCOUNTS),
                account.status() != AccountStatus.ACTIVE,
                Words.dayTime(account.createdAt()));
    }

    @GET
    @Path("{accountId}")
    public Response show(
            @Context OperatorPage page,
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
        SubscriptionOverview account = account(page, accountId);
        ZoneId zone = accountDays.zone(account.root().id());
        var typed = new OperatorPlanForm(
                new PlanForm(tier, permission, packs3, packs10, packs25, cycle), limits, status, nextBilling, zone);
        OperatorPlanForm form = typed.over(OperatorPlanForm.of(account.subscription(), zone));
        return switch (form.read(account.subscription())) {
            case Read.Wrong wrong -> Html.invalid(pages.broken(frame(page, account), account, form, wrong.errors()));
            case Read.Right right -> {
                Optional<OneTimeLink> fresh = links.of(page.call(), path(account));
                yield links.shown(fresh, Html.ok(pages.page(frame(page, account), account, form, right, fresh)));
            }
        };
    }

    /// Sets the plan. A change that takes something away asks for confirmation first, unless `confirmed`.
    @POST
    @Path("{accountId}")
    public Response setPlan(
            @Context OperatorPage page,
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
        SubscriptionOverview account = account(page, accountId);
        ZoneId zone = accountDays.zone(account.root().id());
        var typed = new OperatorPlanForm(
                new PlanForm(tier, permission, packs3, packs10, packs25, cycle), limits, status, nextBilling, zone);
        OperatorPlanForm form = typed.over(OperatorPlanForm.of(account.subscription(), zone));
        return switch (form.read(account.subscription())) {
            case Read.Wrong wrong -> Html.invalid(pages.broken(frame(page, account), account, form, wrong.errors()));
            case Read.Right right
            when !confirmed.equals("yes") && pages.takesAway(account, right) ->
                Html.ok(pages.confirmation(frame(page, account), account, form, right));
            case Read.Right right -> save(page, account, form, right);
        };
    }

    /// Resets the second factor of a person who lost their phone and their backup codes.
    @POST
    @Path("{accountId}/second-factor/reset")
    public Response resetSecondFactor(
            @Context OperatorPage page,
            @PathParam("accountId") String accountId,
            @FormParam("identity") @DefaultValue("") String identity) {
        SubscriptionOverview account = account(page, accountId);
        return IdentityId.parse(identity)
                .filter(lost -> factors.reset(page.actor(), account.root().id(), lost))
                .map(_ -> Html.seeOther(path(account) + "?done=second-factor-reset"))
                .orElseThrow(page::unknown);
    }

    /// Makes a link that the operator passes on to a member, because this server sends no mail.
    ///
    /// @param kind `reset` for a new password, `confirm` for the e-mail
    @POST
    @Path("{accountId}/link")
    public Response createLink(
            @Context OperatorPage page,
            @PathParam("accountId") String accountId,
            @FormParam("identity") @DefaultValue("") String identity,
            @FormParam("kind") @DefaultValue("") String kind) {
        SubscriptionOverview account = account(page, accountId);
        AccountId tenant = account.root().id();
        IdentityId member =
                IdentityId.parse(identity).filter(_ -> !links.mailing()).orElseThrow(page::unknown);
        boolean resets = kind.equals("reset");
        Optional<OperatorLink> link = resets
                ? passwordResets.linkFor(page.actor(), tenant, member)
                : confirmations.linkFor(page.actor(), tenant, member);
        if (link.isEmpty() && resets) {
            throw page.unknown();
        }
        return link.map(made -> links.with(
                        Html.seeOther(path(account) + "?done=link-created"),
                        path(account),
                        resets ? OneTimeLink.Kind.RESET : OneTimeLink.Kind.CONFIRMATION,
                        made.email(),
                        made.url()))
                .orElseGet(() -> Html.seeOther(path(account) + "?done=nothing-to-confirm"));
    }

    private Response save(OperatorPage page, SubscriptionOverview standing, OperatorPlanForm form, Read.Right right) {
        return subscriptions
                .set(page.actor(), standing.root().id(), right.wanted(), right.status(), right.nextBilling())
                .fold(_ -> Html.seeOther(path(standing) + "?done=plan-saved"), refusal -> {
                    if (refusal instanceof Refusal.Rejected(List<Invalid> invalid)) {
                        return Html.invalid(
                                pages.broken(frame(page, standing), standing, form, FieldErrors.from(invalid)));
                    }
                    throw page.unknown();
                });
    }

    private static String path(SubscriptionOverview account) {
        return "/operator/accounts/" + account.root().id();
    }

    private static PageFrame frame(OperatorPage page, SubscriptionOverview account) {
        return page.frame(NavItem.OPERATOR_ACCOUNTS, account.root().displayName());
    }

    private SubscriptionOverview account(OperatorPage page, String id) {
        return AccountId.parse(id).flatMap(subscriptions::of).orElseThrow(page::unknown);
    }
}
