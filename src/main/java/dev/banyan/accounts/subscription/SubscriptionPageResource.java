package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.subscription.PlanForm.Read;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The subscription: the current plan, and the price and effects of another. Previews change nothing; only the form
/// that shows the total does, and a plan that takes something away needs one more confirmation
/// ([SubscriptionLossPageResource]).
@Path("/admin/subscription")
@RunOnVirtualThread
class SubscriptionPageResource {

    static final String HOME = "/admin/subscription";

    private final Subscriptions subscriptions;
    private final PlanPreviews previews;
    private final SubscriptionPages pages;

    SubscriptionPageResource(Subscriptions subscriptions, PlanPreviews previews, SubscriptionPages pages) {
        this.subscriptions = subscriptions;
        this.previews = previews;
        this.pages = pages;
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
}
