package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The list of brands: the sub-accounts of a root account.
@Path("/admin/brands")
@RunOnVirtualThread
class BrandsPageResource {

    private static final int ROWS = 50;

    private final AccountGuard acting;
    private final Accounts accounts;
    private final SubAccounts subAccounts;
    private final PageFrames shells;
    private final Clock clock;

    BrandsPageResource(
            AccountGuard acting, Accounts accounts, SubAccounts subAccounts, PageFrames shells, Clock clock) {
        this.acting = acting;
        this.accounts = accounts;
        this.subAccounts = subAccounts;
        this.shells = shells;
        this.clock = clock;
    }

    @GET
    public Response list(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("label") @DefaultValue("") String label,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("sort") @DefaultValue("") String sort,
            @QueryParam("after") @DefaultValue("") String after) {
        return acting.page(call, context -> {
            if (context.isSubAccount()) { // sub-accounts have no sub-accounts
                return Html.ok(new ManagedPage(shells.of(call, context, NavItem.BRANDS, "Brands")));
            }
            var filter = BrandsFilter.of(context.root().username(), search, label, state, sort);
            return Html.ok(page(call, context, filter, AccountId.parse(after)));
        });
    }

    private BrandsPage page(Call call, AccountContext context, BrandsFilter filter, Optional<AccountId> after) {
        SubAccounts.Listed listed = subAccounts.list(context, filter.query(after, ROWS));
        SubAccounts.Limits limits = listed.limits();
        Instant now = clock.instant();
        PageFrame shell = shells.of(call, context, NavItem.BRANDS, "Brands");
        return new BrandsPage(
                shell,
                limits.permission()
                        .map(permission -> new BrandsPage.PackUsage(
                                new Usage(limits.used(), limits.max()), permission.label(), limits.packLabel())),
                limits.permission().isEmpty() ? limits.used() : 0,
                PackUpgrade.of(accounts, context, shell),
                filter,
                listed.subAccounts().stream()
                        .map(subAccount -> SubAccountCard.of(subAccount, now))
                        .toList(),
                after.isEmpty(),
                context.membership().isOwner(),
                listed.next().map(next -> filter.href() + "&after=" + next));
    }
}
