package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.PageShape;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.Brand;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import jakarta.ws.rs.core.Response;

/// A request for a page of an account: `@Context AccountPage page`. Who may not see it has been answered before the
/// method is called. A form is about the account that it was drawn for.
///
/// ```java
/// @POST
/// @Path("{domainId}/remove")
/// @WithFormRead
/// public Response remove(@Context AccountPage page, @PathParam("domainId") String id) {
///     Refused.unless(domains.remove(page.context(), id), DOMAIN);
///     return page.done("/admin/domains", "domain-removed");
/// }
/// ```
public record AccountPage(
        Call call, AccountContext context, PageFrames frames, ErrorPages errorPages, Idempotency idempotency)
        implements PageShape {

    public Actor actor() {
        return context.actor();
    }

    public Optional<String> query(String name) {
        return call.query(name);
    }

    public boolean isHtmx() {
        return call.isHtmx();
    }

    /// @param item of the menu, to which the page belongs
    public PageFrame frame(NavItem item, String title) {
        return frames.of(call, context, item, title);
    }

    /// Returns accounts as lists of brands show them, with their pictures.
    public List<Brand> brands(List<Account> accounts) {
        return frames.brands(accounts);
    }

    /// Returns an address for the same account.
    ///
    /// @param path without a query
    public String path(String path) {
        return path + "?as=" + context.acting().username();
    }

    /// Leads to another page of the account, where a word of the `Toasts` says what was done.
    public Response done(String path, String toast) {
        return Html.seeOther(call, path(path) + "&done=" + toast);
    }

    /// Returns this for the root account, whose page the same is.
    public AccountPage ofRoot() {
        return new AccountPage(call, context.ofRoot(), frames, errorPages, idempotency);
    }

    /// Returns this as a page with the person’s own settings.
    public SignedInPage person() {
        return new SignedInPage(call, SignedInPerson.of(context), frames);
    }

    /// Does something once, however often the form is sent.
    ///
    /// @param key the form's hidden field
    /// @param form what was typed
    public Response once(String key, Object form, Supplier<Response> work) {
        return idempotency.onceForForm(call, context.acting().id(), key, form, work);
    }

    /// Returns the page that a sub-account gets in place of one that only root accounts have.
    public ManagedPage managed(NavItem item, String title) {
        return new ManagedPage(frame(item, title));
    }

    /// Refuses sub-accounts, which a link or a form of such a page doesn't lead to.
    ///
    /// @throws EarlyAnswer with [#managed]
    public void refuseSubAccounts(NavItem item, String title) {
        if (context.isSubAccount()) {
            throw new EarlyAnswer(Html.answer(403, managed(item, title)));
        }
    }

    /// Returns what is thrown to end the request with a page that says why.
    public EarlyAnswer refused(int status, String title, String text) {
        return new EarlyAnswer(errorPages.answer(call, status, title, text));
    }

    @Override
    public Response answer(Refused refused) {
        return errorPages.refused(call, refused);
    }
}
