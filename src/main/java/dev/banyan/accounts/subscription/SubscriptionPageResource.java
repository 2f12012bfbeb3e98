package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.subscription.KeptBrands.Chosen;
import dev.banyan.accounts.subscription.PlanForm.Read;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The subscription: the current plan, and the price and effects of another. Previews change nothing; only the form
/// that shows the total does. A plan that takes something away needs one more confirmation, and lets the owner choose
/// which brands stay.
@Path("/admin/subscription")
@RunOnVirtualThread
class SubscriptionPageResource {

    static final String HOME = "/admin/subscription";

    private final Subscriptions subscriptions;
    private final PlanPreviews previews;
    private final SubscriptionPages pages;
    private final Clock clock;

    SubscriptionPageResource(Subscriptions subscriptions, PlanPreviews previews, SubscriptionPages pages, Clock clock) {
        this.subscriptions = subscriptions;
        this.previews = previews;
        this.pages = pages;
        this.clock = clock;
    }

    @GET
    public Response show(
            @Context AccountPage page,
            @QueryParam("tier") @DefaultValue(PlanForm.AS_IS) String tier,
            @QueryParam("agencyPermission") @DefaultValue(PlanForm.AS_IS) String permission,
            @QueryParam("packs3") @DefaultValue(PlanForm.AS_IS) String packs3,
            @QueryParam("packs10") @DefaultValue(PlanForm.AS_IS) String packs10,
            @QueryParam("packs25") @DefaultValue(PlanForm.AS_IS) String packs25,
            @QueryParam("billingCycle") @DefaultValue(PlanForm.AS_IS) String cycle) {
        var typed = new PlanForm(tier, permission, packs3, packs10, packs25, cycle);
        return page.context().isSubAccount() ? Html.ok(page.managed(NavItem.SUBSCRIPTION, "Plan")) : page(page, typed);
    }

    private Response page(AccountPage page, PlanForm typed) {
        Account root = page.context().root();
        SubscriptionOverview standing = subscriptions.of(root.id()).orElseThrow();
        if (!pages.isPriced(standing)) {
            return Html.ok(pages.included(page.frame(NavItem.SUBSCRIPTION, "Plan"), standing));
        }
        PlanForm form = typed.over(PlanForm.of(standing.subscription()));
        PageFrame shell = page.frame(NavItem.SUBSCRIPTION, "Plan");
        return switch (form.read()) {
            case Read.Wrong wrong -> Html.invalid(pages.broken(shell, standing, form, wrong.errors()));
            case Read.Right right ->
                Html.ok(pages.page(
                        shell,
                        standing,
                        form,
                        right,
                        previews.of(root.id(), right.wanted()).orElseThrow()));
        };
    }

    @POST
    public Response change(
            @Context AccountPage page,
            @FormParam("tier") @DefaultValue("") String tier,
            @FormParam("agencyPermission") @DefaultValue("") String permission,
            @FormParam("packs3") @DefaultValue("") String packs3,
            @FormParam("packs10") @DefaultValue("") String packs10,
            @FormParam("packs25") @DefaultValue("") String packs25,
            @FormParam("billingCycle") @DefaultValue("") String cycle,
            @FormParam("seen") @DefaultValue("") String seen) {
        var typed = new PlanForm(tier, permission, packs3, packs10, packs25, cycle);
        page.refuseSubAccounts(NavItem.SUBSCRIPTION, "Plan");
        return switch (typed.read()) {
            case Read.Wrong _ -> page(page, typed);
            case Read.Right right -> change(page, right, seen);
        };
    }

    /// Changes the plan only if it is the one whose total the person saw.
    private Response change(AccountPage page, Read.Right chosen, String seen) {
        Account root = page.context().root();
        String query = PlanForm.query(chosen.plan(), chosen.cycle());
        String preview = HOME + "?as=" + root.username() + "&" + query;
        SubscriptionOverview standing = subscriptions.of(root.id()).orElseThrow();
        if (!pages.isPriced(standing)) {
            return Html.seeOther(HOME + "?as=" + root.username());
        }
        PlanChangeSummary sum = pages.sum(
                standing, chosen, previews.of(root.id(), chosen.wanted()).orElseThrow());
        if (!seen.equals(query) || !sum.changing()) {
            return Html.seeOther(preview);
        }
        if (sum.losing()) {
            return Html.seeOther(HOME + "/downgrade?as=" + root.username() + "&" + query);
        }
        return subscriptions
                .change(page.actor(), root.id(), chosen.wanted())
                .fold(
                        _ -> Html.seeOther(HOME + "?as=" + root.username() + "&done=plan-changed"),
                        _ -> Html.seeOther(preview));
    }

    /// The page to which the LinkToMe client returns after a payment.
    @GET
    @Path("success")
    public Response success(@Context AccountPage page) {
        return Html.seeOther(page.path(HOME));
    }

    @GET
    @Path("cancel")
    public Response cancel(@Context AccountPage page) {
        return Html.seeOther(page.path(HOME));
    }

    @GET
    @Path("downgrade")
    public Response ask(
            @Context AccountPage page,
            @QueryParam("tier") @DefaultValue(PlanForm.AS_IS) String tier,
            @QueryParam("agencyPermission") @DefaultValue(PlanForm.AS_IS) String permission,
            @QueryParam("packs3") @DefaultValue(PlanForm.AS_IS) String packs3,
            @QueryParam("packs10") @DefaultValue(PlanForm.AS_IS) String packs10,
            @QueryParam("packs25") @DefaultValue(PlanForm.AS_IS) String packs25,
            @QueryParam("billingCycle") @DefaultValue(PlanForm.AS_IS) String cycle) {
        var typed = new PlanForm(tier, permission, packs3, packs10, packs25, cycle);
        page.refuseSubAccounts(NavItem.SUBSCRIPTION, "Plan");
        SubscriptionOverview standing = standing(page.context());
        return switch (typed.over(PlanForm.of(standing.subscription())).read()) {
            case Read.Wrong _ -> home(page.context());
            case Read.Right _ when !pages.isPriced(standing) -> home(page.context());
            case Read.Right right ->
                loss(page, standing, right, Optional.empty(), Optional.empty())
                        .map(Html::ok)
                        .orElseGet(() -> preview(page.context(), right));
        };
    }

    @POST
    @Path("downgrade")
    public Response confirm(
            @Context AccountPage page,
            @FormParam("tier") @DefaultValue("") String tier,
            @FormParam("agencyPermission") @DefaultValue("") String permission,
            @FormParam("packs3") @DefaultValue("") String packs3,
            @FormParam("packs10") @DefaultValue("") String packs10,
            @FormParam("packs25") @DefaultValue("") String packs25,
            @FormParam("billingCycle") @DefaultValue("") String cycle,
            @FormParam("keep") List<String> keep,
            @FormParam("keepNames") @DefaultValue("") String keepNames) {
        var typed = new PlanForm(tier, permission, packs3, packs10, packs25, cycle);
        page.refuseSubAccounts(NavItem.SUBSCRIPTION, "Plan");
        return switch (typed.read()) {
            case Read.Wrong _ -> home(page.context());
            case Read.Right _ when !pages.isPriced(standing(page.context())) -> home(page.context());
            case Read.Right right -> confirm(page, right, KeptBrands.typed(keep, keepNames));
        };
    }

    private Response confirm(AccountPage page, Read.Right right, List<String> keep) {
        Account root = page.context().root();
        PlanPreview preview = previews.of(root.id(), right.wanted()).orElseThrow();
        if (!pages.sum(standing(page.context()), right, preview).changing()) {
            return preview(page.context(), right);
        }
        return switch (KeptBrands.choose(
                previews.places(root.id()), keep, preview.after().room())) {
            case Chosen.Wrong wrong -> again(page, right, keep, wrong.problem());
            case Chosen.These these ->
                subscriptions
                        .change(page.actor(), root.id(), right.keeping(these.ids()))
                        .fold(
                                _ -> Html.seeOther(HOME + "?as=" + root.username() + "&done=plan-changed"),
                                _ -> preview(page.context(), right));
        };
    }

    private Response again(AccountPage page, Read.Right right, List<String> keep, FormProblem problem) {
        return loss(page, standing(page.context()), right, Optional.of(keep), Optional.of(problem))
                .map(Html::invalid)
                .orElseGet(() -> preview(page.context(), right));
    }

    /// Returns the confirmation; empty if nothing is lost, or if the person may not change the plan.
    private Optional<PlanLossPage> loss(
            AccountPage page,
            SubscriptionOverview standing,
            Read.Right right,
            Optional<List<String>> keep,
            Optional<FormProblem> problem) {
        AccountId root = page.context().root().id();
        PlanPreview preview = previews.of(root, right.wanted()).orElseThrow();
        PageFrame shell = page.frame(NavItem.SUBSCRIPTION, "Change plan");
        PlanChangeSummary sum = pages.sum(standing, right, preview);
        if (!sum.losing()) {
            return Optional.empty();
        }
        return Optional.of(new PlanLossPage(
                shell,
                "Change to " + SubscriptionWords.plan(right.plan()) + "?",
                "Plan",
                HOME + shell.query(),
                sum,
                sum.button(),
                !preview.after().room().fits(standing.usedSubAccounts())
                                && !preview.after().room().isZero()
                        ? Optional.of(KeptBrands.of(
                                previews.places(root), preview.after().room(), keep))
                        : Optional.empty(),
                problem,
                HOME + "/downgrade",
                PlanLossPage.fields(right.plan(), right.cycle()),
                HOME + shell.query()));
    }

    @GET
    @Path("keep")
    public Response choose(@Context AccountPage page) {
        page.refuseSubAccounts(NavItem.SUBSCRIPTION, "Plan");
        return Html.ok(staying(page, Optional.empty(), Optional.empty()));
    }

    @POST
    @Path("keep")
    public Response keep(
            @Context AccountPage page,
            @FormParam("keep") List<String> keep,
            @FormParam("keepNames") @DefaultValue("") String keepNames) {
        page.refuseSubAccounts(NavItem.SUBSCRIPTION, "Plan");
        Account root = page.context().root();
        List<String> typed = KeptBrands.typed(keep, keepNames);
        Limit room = standing(page.context()).plan().room();
        return switch (KeptBrands.choose(previews.places(root.id()), typed, room)) {
            case Chosen.Wrong wrong -> Html.invalid(staying(page, Optional.of(typed), Optional.of(wrong.problem())));
            case Chosen.These these ->
                subscriptions
                        .keep(page.actor(), root.id(), these.ids())
                        .fold(
                                _ -> Html.seeOther(HOME + "?as=" + root.username() + "&done=brands-kept"),
                                _ -> home(page.context()));
        };
    }

    private KeepBrandsPage staying(AccountPage page, Optional<List<String>> typed, Optional<FormProblem> problem) {
        SubscriptionOverview standing = standing(page.context());
        return new KeepBrandsPage(
                page.frame(NavItem.SUBSCRIPTION, "Brands to keep"),
                KeptBrands.of(
                        previews.places(page.context().root().id()),
                        standing.plan().room(),
                        typed),
                SubscriptionWords.consequence(standing, clock.instant()),
                problem);
    }

    private SubscriptionOverview standing(AccountContext context) {
        return subscriptions.of(context.root().id()).orElseThrow();
    }

    private static Response home(AccountContext context) {
        return Html.seeOther(HOME + "?as=" + context.root().username());
    }

    private static Response preview(AccountContext context, Read.Right right) {
        return Html.seeOther(
                HOME + "?as=" + context.root().username() + "&" + PlanForm.query(right.plan(), right.cycle()));
    }
}
