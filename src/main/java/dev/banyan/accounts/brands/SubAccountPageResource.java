package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.brands.SubAccountChanges.Updated;
import dev.banyan.accounts.brands.SubAccounts.Described;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.settings.Usernames;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// One sub-account: a drawer with everything that its agency stores about it, and the form that changes it.
@Path("/admin/users/sub-accounts")
@RunOnVirtualThread
class SubAccountPageResource {

    private final SubAccountPages pages;
    private final SubAccountChanges changes;
    private final Usernames usernames;

    SubAccountPageResource(SubAccountPages pages, SubAccountChanges changes, Usernames usernames) {
        this.pages = pages;
        this.changes = changes;
        this.usernames = usernames;
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
}
