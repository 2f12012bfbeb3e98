package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.SubAccountChanges.Updated;
import dev.banyan.accounts.brands.SubAccountLife.Changed;
import dev.banyan.accounts.brands.SubAccounts.Described;
import dev.banyan.accounts.brands.SubAccounts.Limits;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.settings.Usernames;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// One sub-account: a drawer with everything that its agency stores about it, the form that changes it, the dialogs
/// that
/// suspend and delete it, and the ways back.
@Path("/admin/users/sub-accounts")
@RunOnVirtualThread
class SubAccountPageResource {

    private final SubAccountPages pages;
    private final SubAccountChanges changes;
    private final Usernames usernames;
    private final SubAccountLife life;

    SubAccountPageResource(SubAccountPages pages, SubAccountChanges changes, Usernames usernames, SubAccountLife life) {
        this.pages = pages;
        this.changes = changes;
        this.usernames = usernames;
        this.life = life;
    }

    @GET
    @Path("{subAccountId}")
    public Response show(@Context AccountPage page, @PathParam("subAccountId") String idOrName) {
        Described found = pages.find(page, idOrName);
        return Html.ok(pages.drawer(
                page, found, found.subAccount().details().fields(), FieldErrors.NONE, Optional.empty(), false));
    }

    @POST
    @Path("{subAccountId}")
    public Response save(
            @Context AccountPage page, @PathParam("subAccountId") String idOrName, @BeanParam SubAccountForm typed) {
        Described found = pages.find(page, idOrName);
        Account account = found.subAccount().account();
        if (typed.isRenamed(account) && !typed.isConfirmed()) {
            var invalid = new ArrayList<Invalid>(typed.fields().broken());
            typed.username.flatMap(name -> usernames.broken(account, name)).ifPresent(invalid::addFirst);
            return pages.unsaved(page, found, typed, invalid);
        }
        return switch (changes.update(page.context(), idOrName, typed.username, typed.fields())) {
            case Updated.Done(SubAccounts.SubAccount saved) ->
                SubAccountPages.done(page, saved.account(), "sub-account-saved");
            case Updated.Suspended _ ->
                pages.refused(
                        page,
                        found,
                        new FormProblem("This brand is suspended. Nothing was saved.", "Reactivate it to edit it."));
            case Updated.Refused(Refusal.ReadOnly(Instant until)) ->
                pages.refused(
                        page,
                        found,
                        new FormProblem(
                                "This brand is read-only until " + Words.day(until) + ". Nothing was saved.",
                                "Delete other brands, or get a larger plan, to make changes."));
            case Updated.Refused(Refusal.Rejected(List<Invalid> invalid)) -> pages.unsaved(page, found, typed, invalid);
            case Updated.Refused _ -> throw SubAccountPages.unknown(page);
        };
    }

    @GET
    @Path("{subAccountId}/suspend")
    public Response confirmSuspension(@Context AccountPage page, @PathParam("subAccountId") String idOrName) {
        return confirm(page, pages.find(page, idOrName), false);
    }

    @POST
    @Path("{subAccountId}/suspend")
    @WithFormRead
    public Response suspend(@Context AccountPage page, @PathParam("subAccountId") String idOrName) {
        return act(page, idOrName, life::suspend, "sub-account-suspended");
    }

    @POST
    @Path("{subAccountId}/reactivate")
    @WithFormRead
    public Response reactivate(@Context AccountPage page, @PathParam("subAccountId") String idOrName) {
        return act(page, idOrName, life::reactivate, "sub-account-reactivated");
    }

    @GET
    @Path("{subAccountId}/delete")
    public Response confirmDeletion(@Context AccountPage page, @PathParam("subAccountId") String idOrName) {
        return confirm(page, pages.find(page, idOrName), true);
    }

    @POST
    @Path("{subAccountId}/delete")
    @WithFormRead
    public Response delete(@Context AccountPage page, @PathParam("subAccountId") String idOrName) {
        return act(page, idOrName, life::delete, "sub-account-deleted");
    }

    @POST
    @Path("{subAccountId}/restore")
    @WithFormRead
    public Response restore(@Context AccountPage page, @PathParam("subAccountId") String idOrName) {
        return act(page, idOrName, life::restore, "sub-account-restored");
    }

    private Response act(
            AccountPage page, String idOrName, BiFunction<AccountContext, String, Changed> act, String done) {
        Described found = pages.find(page, idOrName);
        return switch (act.apply(page.context(), idOrName)) {
            case Changed.Done _ -> SubAccountPages.done(page, found, done);
            case Changed.NameTaken _ ->
                pages.refused(
                        page,
                        found,
                        new FormProblem(
                                "Another brand now has this username.",
                                "Give that brand another username, or delete it. Then restore this one."));
            case Changed.Refused(Refusal.LimitReached(long used, long max)) ->
                pages.refused(
                        page,
                        found,
                        new FormProblem(
                                "Your pack is full.",
                                used + " of " + max
                                        + " brands used. Get a larger pack, or delete a brand you no longer need."));
            case Changed.Refused(Refusal.Conflict _) ->
                pages.refused(
                        page,
                        found,
                        new FormProblem("This brand isn’t in the trash.", "It may have been restored already."));
            case Changed.Refused(Refusal.Forbidden _) -> pages.refused(page, found, SubAccountPages.NO_PERMISSION);
            case Changed.Refused _ -> throw SubAccountPages.unknown(page);
        };
    }

    private Response confirm(AccountPage page, Described found, boolean deletion) {
        SubAccountCard card = pages.card(found);
        if (card.deleted()) {
            throw SubAccountPages.unknown(page);
        }
        PageFrame shell = page.frame(NavItem.BRANDS, deletion ? "Delete brand" : "Suspend brand");
        Confirmation.Builder asked = deletion
                ? deletion(card, found.limits(), pages.addresses(found), shell.query())
                : suspension(card, found.limits(), pages.addresses(found), shell.query());
        return Html.ok(asked.under("Brands", "/admin/brands")
                .underNamed(card.displayName(), card.href())
                .on(page.call(), shell, deletion ? "Delete" : "Suspend"));
    }

    private Confirmation.Builder deletion(SubAccountCard card, Limits limits, List<String> addresses, String query) {
        Confirmation.Builder asked = Confirmation.asking("act", "Delete “<bdi>{}</bdi>”?", card.displayName())
                .sentence("You can restore it for 30 days. After that, everything in it is erased.")
                .facts("<code>{}</code> goes offline", addresses)
                .fact("{}, {} and all its projects and workspaces go with it", card.pagesText(), card.linksText());
        return (limits.unlimited()
                        ? asked
                        : asked.fact("You can use its place right away: {} brands used now", limits.text()))
                .fact("Until then, no one else can take the username <code>{}</code>", card.username())
                .action("Delete brand", card.href() + "/delete")
                .keep("Keep brand", "/admin/brands" + query);
    }

    private Confirmation.Builder suspension(SubAccountCard card, Limits limits, List<String> addresses, String query) {
        Confirmation.Builder asked = Confirmation.asking("act", "Suspend “<bdi>{}</bdi>”?", card.displayName())
                .sentence("You can reactivate it at any time. Until then:")
                .facts("Visitors to <code>{}</code> see “This page is temporarily unavailable”", addresses)
                .fact("Members can't switch to it, and its workspaces close")
                .fact("We keep its {} and {}, and its analytics", card.pagesText(), card.linksText());
        return (limits.unlimited() ? asked : asked.fact("It still counts toward your limit ({} used)", limits.text()))
                .action("Suspend brand", card.href() + "/suspend")
                .mild()
                .keep("Keep it active", "/admin/brands" + query);
    }
}
