package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.context.AccountPictures;
import dev.banyan.accounts.context.BrandTrends;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.accounts.settings.ListedPictures;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The list of brands: the sub-accounts of a root account.
@Path("/admin/brands")
@RunOnVirtualThread
class BrandsPageResource {

    private static final int ROWS = 50;

    private final Accounts accounts;
    private final SubAccounts subAccounts;
    private final ListedPictures pictures;
    private final BrandTrends trends;
    private final Clock clock;

    BrandsPageResource(
            Accounts accounts, SubAccounts subAccounts, ListedPictures pictures, BrandTrends trends, Clock clock) {
        this.accounts = accounts;
        this.subAccounts = subAccounts;
        this.pictures = pictures;
        this.trends = trends;
        this.clock = clock;
    }

    @GET
    public Response list(
            @Context AccountPage page,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("label") @DefaultValue("") String label,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("sort") @DefaultValue("") String sort,
            @QueryParam("after") @DefaultValue("") String after) {
        if (page.context().isSubAccount()) { // sub-accounts have no sub-accounts
            return Html.ok(page.managed(NavItem.BRANDS, "Brands"));
        }
        var filter = BrandsFilter.of(page.context().root().username(), search, label, state, sort);
        return Html.ok(page(page, filter, AccountId.parse(after)));
    }

    private BrandsPage page(AccountPage page, BrandsFilter filter, Optional<AccountId> after) {
        SubAccounts.Listed listed = subAccounts.list(page.context(), filter.query(after, ROWS));
        SubAccounts.Limits limits = listed.limits();
        Instant now = clock.instant();
        List<AccountId> ids = listed.subAccounts().stream()
                .map(subAccount -> subAccount.account().id())
                .toList();
        AccountPictures.Shown shown = pictures.of(page.context(), ids);
        Map<AccountId, BrandTrends.Trend> visited = trends.of(page.context(), ids);
        PageFrame shell = page.frame(NavItem.BRANDS, "Brands");
        return new BrandsPage(
                shell,
                limits.permission()
                        .map(permission -> new BrandsPage.PackUsage(
                                new Usage(limits.used(), limits.max()), permission.label, limits.packLabel())),
                limits.permission().isEmpty() ? limits.used() : 0,
                PackUpgrade.of(accounts, page.context(), shell),
                filter,
                listed.subAccounts().stream()
                        .map(subAccount -> SubAccountCard.of(
                                subAccount,
                                now,
                                Optional.ofNullable(shown.pictures()
                                        .get(subAccount.account().id())),
                                Optional.ofNullable(shown.previews()
                                        .get(subAccount.account().id())),
                                Optional.ofNullable(
                                        visited.get(subAccount.account().id()))))
                        .toList(),
                after.isEmpty(),
                page.context().membership().isOwner(),
                listed.next().map(next -> filter.href() + "&after=" + next));
    }
}
