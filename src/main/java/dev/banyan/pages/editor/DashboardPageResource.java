package dev.banyan.pages.editor;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.checklist.Checklists;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.pages.Page;
import dev.banyan.pages.Pages;
import dev.banyan.pages.Pages.Overview;
import dev.banyan.platform.Caller;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/// The start page: the account's content, and the next step.
@Path("/admin/dashboard")
@RunOnVirtualThread
class DashboardPageResource {

    private static final int ROWS = 5;

    private final AccountGuard acting;
    private final Pages pages;
    private final SubAccounts subAccounts;
    private final Checklists checklists;
    private final PageFrames shells;

    DashboardPageResource(
            AccountGuard acting, Pages pages, SubAccounts subAccounts, Checklists checklists, PageFrames shells) {
        this.acting = acting;
        this.pages = pages;
        this.subAccounts = subAccounts;
        this.checklists = checklists;
        this.shells = shells;
    }

    @GET
    public Response show(@Context Call call) {
        return acting.page(call, context -> {
            Overview overview = pages.overview(context);
            var brands = subAccounts.list(context, "", Optional.empty(), ROWS);
            Optional<Usage> subAccountUse =
                    context.isSubAccount() || brands.limits().permission().isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Usage(
                                    brands.limits().used(), brands.limits().max()));
            return Html.ok(new DashboardPage(
                    shells.of(call, context, NavItem.DASHBOARD, "Dashboard"),
                    checklists.of(context, call.caller() instanceof Caller.Operator),
                    new DashboardPage.Figures(
                            PagesPageResource.usage(overview.pageUse()),
                            PagesPageResource.usage(overview.linkUse()),
                            overview.allClicks(),
                            subAccountUse),
                    overview.pages().stream()
                            .limit(ROWS)
                            .map(page -> row(context, overview, page))
                            .toList(),
                    context.isSubAccount()
                            ? List.of()
                            : brands.subAccounts().stream()
                                    .map(DashboardPageResource::row)
                                    .toList()));
        });
    }

    private static DashboardPage.PageRow row(AccountContext context, Overview overview, Page page) {
        return new DashboardPage.PageRow(
                page.id().toString(),
                page.name(),
                PagesPageResource.publicPath(context, page),
                page.links(),
                overview.clicksOf(page));
    }

    private static DashboardPage.BrandRow row(SubAccounts.SubAccount brand) {
        Account account = brand.account();
        return new DashboardPage.BrandRow(
                account.username(),
                account.displayName(),
                brand.pages(),
                brand.links(),
                account.status() == AccountStatus.ACTIVE);
    }
}
