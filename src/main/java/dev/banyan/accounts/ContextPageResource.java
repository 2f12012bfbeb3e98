package dev.banyan.accounts;

import dev.banyan.accounts.Contexts.Resolved;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.Brand;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The switcher: in the top bar, and as a page of its own.
@Path("/admin/context")
@RunOnVirtualThread
class ContextPageResource {

    private static final int OPTIONS = 20;
    private static final int ROWS = 50;

    private final ActingAs acting;
    private final Contexts contexts;
    private final SubAccounts subAccounts;
    private final Shells shells;

    ContextPageResource(ActingAs acting, Contexts contexts, SubAccounts subAccounts, Shells shells) {
        this.acting = acting;
        this.contexts = contexts;
        this.subAccounts = subAccounts;
        this.shells = shells;
    }

    @GET
    public Response list(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("after") @DefaultValue("") String after) {
        return acting.page(call, context -> {
            Optional<AccountId> cursor = AccountId.parse(after);
            var listed = subAccounts.list(context, search, cursor, ROWS);
            return Html.ok(new ContextPage(
                    shells.of(call, context, NavItem.NONE, "Switch account"),
                    search,
                    cursor.isEmpty() && search.isBlank() ? recent(context) : List.of(),
                    listed.subAccounts().stream()
                            .map(subAccount -> Shells.brand(subAccount.account()))
                            .toList(),
                    cursor.isEmpty(),
                    listed.next().map(next -> path(context, search) + "&after=" + next)));
        });
    }

    private List<Brand> recent(AccountContext context) {
        return subAccounts.recent(context).stream()
                .map(subAccount -> Shells.brand(subAccount.account()))
                .toList();
    }

    private static String path(AccountContext context, String search) {
        return "/admin/context?as=" + context.acting().username()
                + (search.isEmpty() ? "" : "&q=" + URLEncoder.encode(search, StandardCharsets.UTF_8));
    }

    /// Switches the session and goes to the dashboard of the account; `target` is a username.
    @POST
    public Response switchTo(@Context Call call, @FormParam("target") @DefaultValue("") String target) {
        return acting.visit(call, Optional.of(target), context -> {
            Resolved switched = context.isSubAccount()
                    ? contexts.switchTo(
                            call.caller(), call.actor(), context.acting().id().toString())
                    : contexts.switchBack(call.caller(), call.actor());
            String username = switched instanceof Resolved.Found(AccountContext now)
                    ? now.acting().username()
                    : context.root().username(); // ended between the two looks
            return Html.seeOther(call, SignInPageResource.HOME + "?as=" + username);
        });
    }

    @GET
    @Path("options")
    public Response options(@Context Call call, @QueryParam("q") @DefaultValue("") String search) {
        return acting.page(call, context -> {
            var listed = subAccounts.list(context, search, Optional.empty(), OPTIONS);
            List<Brand> aside = search.isBlank() ? recent(context) : List.of(); // they stand above the others
            return Html.ok(new SwitcherOptions(
                    context.acting().username(),
                    search,
                    listed.subAccounts().stream()
                            .map(subAccount -> Shells.brand(subAccount.account()))
                            .filter(brand -> !aside.contains(brand))
                            .toList(),
                    listed.next().isPresent(),
                    path(context, search)));
        });
    }
}
