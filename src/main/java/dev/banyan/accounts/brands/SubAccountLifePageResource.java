package dev.banyan.accounts.brands;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.SubAccountLife.Changed;
import dev.banyan.accounts.brands.SubAccounts.Described;
import dev.banyan.accounts.brands.SubAccounts.Limits;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;

/// The dialogs that suspend and delete a sub-account, and the ways back.
@Path("/admin/users/sub-accounts")
@RunOnVirtualThread
class SubAccountLifePageResource {

    private final SubAccountPages pages;
    private final SubAccountLife life;
    private final PageFrames shells;
    private final Settings settings;

    SubAccountLifePageResource(SubAccountPages pages, SubAccountLife life, PageFrames shells, Settings settings) {
        this.pages = pages;
        this.life = life;
        this.shells = shells;
        this.settings = settings;
    }

    @GET
    @Path("{subAccountId}/suspend")
    public Response confirmSuspension(@Context Call call, @PathParam("subAccountId") String idOrName) {
        return pages.on(call, "", idOrName, (context, found) -> confirm(call, context, found, false));
    }

    @POST
    @Path("{subAccountId}/suspend")
    public Response suspend(
            @Context Call call,
            @PathParam("subAccountId") String idOrName,
            @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, idOrName, life::suspend, "sub-account-suspended");
    }

    @POST
    @Path("{subAccountId}/reactivate")
    public Response reactivate(
            @Context Call call,
            @PathParam("subAccountId") String idOrName,
            @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, idOrName, life::reactivate, "sub-account-reactivated");
    }

    @GET
    @Path("{subAccountId}/delete")
    public Response confirmDeletion(@Context Call call, @PathParam("subAccountId") String idOrName) {
        return pages.on(call, "", idOrName, (context, found) -> confirm(call, context, found, true));
    }

    @POST
    @Path("{subAccountId}/delete")
    public Response delete(
            @Context Call call,
            @PathParam("subAccountId") String idOrName,
            @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, idOrName, life::delete, "sub-account-deleted");
    }

    @POST
    @Path("{subAccountId}/restore")
    public Response restore(
            @Context Call call,
            @PathParam("subAccountId") String idOrName,
            @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, idOrName, life::restore, "sub-account-restored");
    }

    private Response act(
            Call call, String as, String idOrName, BiFunction<AccountContext, String, Changed> act, String done) {
        return pages.on(call, as, idOrName, (context, found) -> switch (act.apply(context, idOrName)) {
            case Changed.Done _ -> pages.done(call, context, found, done);
            case Changed.NameTaken _ ->
                pages.refused(
                        call,
                        context,
                        found,
                        new FormProblem(
                                "Another sub-account has its username now.",
                                "Delete that one first, then this one can come back."));
            case Changed.Refused(Refusal.LimitReached(long used, long max)) ->
                pages.refused(
                        call,
                        context,
                        found,
                        new FormProblem(
                                "There is no room for it.",
                                used + " of " + max
                                        + " sub-accounts used. Upgrade the pack, or delete a sub-account you no longer need."));
            case Changed.Refused(Refusal.Forbidden _) ->
                pages.refused(call, context, found, SubAccountPages.NO_PERMISSION);
            case Changed.Refused _ -> pages.unknown(call);
        });
    }

    private Response confirm(Call call, AccountContext context, Described found, boolean deletion) {
        SubAccountCard card = pages.card(found);
        if (card.deleted()) {
            return pages.unknown(call);
        }
        PageFrame shell =
                shells.of(call, context, NavItem.USERS, deletion ? "Delete sub-account" : "Suspend sub-account");
        Confirmation.Builder asked = deletion
                ? deletion(card, found.limits(), shell.query())
                : suspension(card, found.limits(), shell.query());
        return Html.ok(asked.under("Users", "/admin/users")
                .underNamed(card.displayName(), card.href())
                .on(call, shell, deletion ? "Delete" : "Suspend"));
    }

    private Confirmation.Builder deletion(SubAccountCard card, Limits limits, String query) {
        return Confirmation.asking("act", "Delete “<bdi>{}</bdi>”?", card.displayName())
                .sentence("It is kept for 30 days, in which you can restore it. Then everything is erased:")
                .fact("<code>{}/{}</code> no longer answers", settings.publicHost(), card.username())
                .fact("{} and {} go with it, and all its projects and workspaces", card.pagesText(), card.linksText())
                .fact("The place is free at once: {} of {} sub-accounts used now", limits.used(), limits.max())
                .fact("The username stays yours: nobody else can take <code>{}</code> meanwhile", card.username())
                .action("Delete sub-account", card.href() + "/delete")
                .keep("Keep sub-account", "/admin/users" + query);
    }

    private Confirmation.Builder suspension(SubAccountCard card, Limits limits, String query) {
        return Confirmation.asking("act", "Suspend “<bdi>{}</bdi>”?", card.displayName())
                .sentence("You can reactivate it at any time. Until then:")
                .fact(
                        "Visitors of <code>{}/{}</code> read “This page is temporarily unavailable”",
                        settings.publicHost(),
                        card.username())
                .fact("Nobody can work for it: open tabs of it end, and its workspaces close")
                .fact("{} and {} are kept, and its figures too", card.pagesText(), card.linksText())
                .fact("It counts against your limit as before: {} of {} used", limits.used(), limits.max())
                .action("Suspend sub-account", card.href() + "/suspend")
                .mild()
                .keep("Keep it active", "/admin/users" + query);
    }
}
