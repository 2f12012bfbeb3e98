package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.subscription.PlanForm.Read;
import dev.banyan.platform.web.Call;
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

    private final AccountGuard acting;
    private final Subscriptions subscriptions;
    private final PlanPreviews previews;
    private final SubscriptionPages pages;
    private final PageFrames shells;

    SubscriptionPageResource(
            AccountGuard acting,
            Subscriptions subscriptions,
            PlanPreviews previews,
            SubscriptionPages pages,
            PageFrames shells) {
        this.acting = acting;
        this.subscriptions = subscriptions;
        this.previews = previews;
        this.pages = pages;
        this.shells = shells;
    }

    @GET
    public Response show(
            @Context Call call,
            @QueryParam("tier") @DefaultValue(PlanForm.AS_IS) String tier,
            @QueryParam("agencyPermission") @DefaultValue(PlanForm.AS_IS) String permission,
            @QueryParam("packs3") @DefaultValue(PlanForm.AS_IS) String packs3,
            @QueryParam("packs10") @DefaultValue(PlanForm.AS_IS) String packs10,
            @QueryParam("packs25") @DefaultValue(PlanForm.AS_IS) String packs25,
            @QueryParam("billingCycle") @DefaultValue(PlanForm.AS_IS) String cycle) {
        var typed = new PlanForm(tier, permission, packs3, packs10, packs25, cycle);
        return acting.page(
                call, context -> context.isSubAccount() ? Html.ok(managed(call, context)) : page(call, context, typed));
    }

    private Response page(Call call, AccountContext context, PlanForm typed) {
        Account root = context.root();
        SubscriptionOverview standing = subscriptions.of(root.id()).orElseThrow();
        if (!pages.isPriced(standing)) {
            return Html.ok(pages.included(shells.of(call, context, NavItem.SUBSCRIPTION, "Plan"), standing));
        }
        PlanForm form = typed.over(PlanForm.of(standing.subscription()));
        PageFrame shell = shells.of(call, context, NavItem.SUBSCRIPTION, "Plan");
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

    /// Returns the page for a sub-account, which has no subscription: it says who manages the account.
    private ManagedPage managed(Call call, AccountContext context) {
        return new ManagedPage(shells.of(call, context, NavItem.SUBSCRIPTION, "Plan"));
    }

    @POST
    public Response change(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("tier") @DefaultValue("") String tier,
            @FormParam("agencyPermission") @DefaultValue("") String permission,
            @FormParam("packs3") @DefaultValue("") String packs3,
            @FormParam("packs10") @DefaultValue("") String packs10,
            @FormParam("packs25") @DefaultValue("") String packs25,
            @FormParam("billingCycle") @DefaultValue("") String cycle,
            @FormParam("seen") @DefaultValue("") String seen) {
        var typed = new PlanForm(tier, permission, packs3, packs10, packs25, cycle);
        return acting.page(call, Optional.of(as), context -> {
            if (context.isSubAccount()) {
                return Html.answer(403, managed(call, context));
            }
            return switch (typed.read()) {
                case Read.Wrong _ -> page(call, context, typed);
                case Read.Right right -> change(call, context, right, seen);
            };
        });
    }

    /// Changes the plan only if it is the one whose total the person saw.
    private Response change(Call call, AccountContext context, Read.Right chosen, String seen) {
        Account root = context.root();
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
                .change(call.actor(), root.id(), chosen.wanted())
                .fold(
                        _ -> Html.seeOther(HOME + "?as=" + root.username() + "&done=plan-changed"),
                        _ -> Html.seeOther(preview));
    }

    /// The page to which the LinkToMe client returns after a payment.
    @GET
    @Path("success")
    public Response success(@Context Call call) {
        return home(call);
    }

    @GET
    @Path("cancel")
    public Response cancel(@Context Call call) {
        return home(call);
    }

    private Response home(Call call) {
        return acting.page(
                call, context -> Html.seeOther(HOME + "?as=" + context.acting().username()));
    }
}
