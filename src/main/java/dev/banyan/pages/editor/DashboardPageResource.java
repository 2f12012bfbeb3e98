package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.audit.RecentActs;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.checklist.Checklists;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.context.Attention;
import dev.banyan.accounts.context.InboxCounts;
import dev.banyan.analytics.VisitOverviews;
import dev.banyan.pages.Page;
import dev.banyan.pages.Pages;
import dev.banyan.pages.Pages.Overview;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Brand;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The start page: what needs attention, how the account does, and the next step.
@Path("/admin/dashboard")
@RunOnVirtualThread
class DashboardPageResource {

    private static final int ROWS = 5;
    private static final int ACTS = 6;
    /// Beginnings of addresses that name no person.
    private static final Set<String> ROLES = Set.of(
            "admin", "contact", "hello", "hi", "info", "mail", "me", "office", "owner", "sales", "support", "team");

    private final Pages pages;
    private final SubAccounts subAccounts;
    private final Checklists checklists;
    private final VisitOverviews visits;
    private final Attention attention;
    private final InboxCounts inboxes;
    private final RecentActs acts;
    private final Database database;

    DashboardPageResource(
            Pages pages,
            SubAccounts subAccounts,
            Checklists checklists,
            VisitOverviews visits,
            Attention attention,
            InboxCounts inboxes,
            RecentActs acts,
            Database database) {
        this.pages = pages;
        this.subAccounts = subAccounts;
        this.checklists = checklists;
        this.visits = visits;
        this.attention = attention;
        this.inboxes = inboxes;
        this.acts = acts;
        this.database = database;
    }

    /// @param days the length of the period: 7, 30 or 90
    @GET
    public Response show(@Context AccountPage request, @QueryParam("days") Optional<String> days) {
        return Html.ok(page(request, days));
    }

    private DashboardPage page(AccountPage request, Optional<String> days) {
        Overview overview = pages.overview(request.context());
        // Managers of listed brands have no root account here, only these brands.
        boolean listed = !request.context().membership().everything();
        Optional<SubAccounts.Listed> newest = request.context().isSubAccount() && !listed
                ? Optional.empty()
                : Optional.of(subAccounts.list(request.context(), "", Optional.empty(), ROWS));
        long ranked = request.context().isSubAccount()
                ? 0
                : newest.map(found -> found.limits().used()).orElse(0L);
        VisitOverviews.Overview visited = visits.of(request.context(), days, ranked, ROWS);
        PageFrame shell = request.frame(NavItem.DASHBOARD, "Home");
        return new DashboardPage(
                shell,
                checklists.of(request.context(), request.call().caller() instanceof Caller.Operator),
                request.context().isSubAccount() ? "" : name(shell),
                lead(request.context(), newest, visited),
                visited.periods().stream()
                        .map(length -> new DashboardPage.Period(
                                length + " days",
                                "/admin/dashboard" + shell.query() + "&days=" + length,
                                length == visited.days()))
                        .toList(),
                attention.of(request.context()),
                request.context().membership().workspaces()
                        ? visited.figures().stream().limit(3).toList()
                        : visited.figures(),
                request.context().membership().workspaces()
                        ? Optional.of(waiting(request.context()))
                        : Optional.empty(),
                visited.chart().filter(_ -> visited.visited()),
                PagesPageResource.usage(overview.pageUse()),
                PagesPageResource.usage(overview.linkUse()),
                overview.pages().stream()
                        .limit(ROWS)
                        .map(page -> row(request.context(), overview, page))
                        .toList(),
                newest.filter(found -> listed
                                || found.limits().permission().isPresent()
                                || !found.subAccounts().isEmpty())
                        .map(found -> brands(request, shell, found, visited.brands())),
                activity(request.context(), shell));
    }

    private DashboardPage.Waiting waiting(AccountContext context) {
        return database.read(tx -> new DashboardPage.Waiting(
                InboxCounts.text(inboxes.waiting(tx, context)), InboxCounts.text(inboxes.unread(tx, context))));
    }

    /// The person's name; without one, a first name is guessed from the e-mail, or the account's name taken.
    private static String name(PageFrame shell) {
        if (!shell.person().name().equals(shell.person().email())) {
            return shell.person().name();
        }
        String first = shell.person().email().split("[@._+-]", 2)[0];
        return first.length() > 2 && first.matches("[a-zA-Z]+") && !ROLES.contains(first.toLowerCase(Locale.ROOT))
                ? first.substring(0, 1).toUpperCase(Locale.ROOT) + first.substring(1)
                : shell.acting().map(PageFrame.Acting::displayName).orElse("");
    }

    private static String lead(
            AccountContext context, Optional<SubAccounts.Listed> newest, VisitOverviews.Overview visited) {
        long brands = context.isSubAccount()
                ? 0
                : newest.map(found -> found.limits().used()).orElse(0L);
        return (brands == 0 ? "" : "Your account and " + Words.count(brands, "brand", "brands") + " together, ")
                + visited.period() + ".";
    }

    private DashboardPage.Brands brands(
            AccountPage request, PageFrame shell, SubAccounts.Listed newest, List<VisitOverviews.BrandViews> viewed) {
        boolean owner = request.context().membership().isOwner();
        Map<AccountId, VisitOverviews.BrandViews> views =
                viewed.stream().collect(Collectors.toMap(VisitOverviews.BrandViews::account, Function.identity()));
        var rows = new ArrayList<SubAccounts.SubAccount>(subAccounts.among(
                request.context(),
                viewed.stream().map(VisitOverviews.BrandViews::account).toList()));
        newest.subAccounts().stream()
                .filter(brand -> rows.stream()
                        .noneMatch(
                                row -> row.account().id().equals(brand.account().id())))
                .limit(Math.max(0, ROWS - rows.size()))
                .toList()
                .forEach(rows::add);
        List<Brand> brands = request.brands(
                rows.stream().map(SubAccounts.SubAccount::account).toList());
        return new DashboardPage.Brands(
                IntStream.range(0, rows.size())
                        .mapToObj(i -> row(
                                brands.get(i),
                                rows.get(i),
                                Optional.ofNullable(
                                        views.get(rows.get(i).account().id()))))
                        .toList(),
                !viewed.isEmpty(),
                !owner || newest.limits().permission().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Usage(
                                newest.limits().used(), newest.limits().max())),
                (!owner ? "/admin/context" : viewed.isEmpty() ? "/admin/brands" : "/admin/analytics/brands")
                        + shell.query(),
                owner && !viewed.isEmpty() ? "Compare brands" : "All brands");
    }

    private Optional<DashboardPage.Activity> activity(AccountContext context, PageFrame shell) {
        if (!context.membership().isOwner()) {
            return Optional.empty();
        }
        return Optional.of(new DashboardPage.Activity(
                acts.of(context, ACTS).stream()
                        .map(act -> new DashboardPage.Act(act.at(), act.what(), act.who(), act.account()))
                        .toList(),
                context.isSubAccount()
                        ? "/admin/audit?as=" + context.root().username() + "&account="
                                + context.acting().username()
                        : "/admin/audit" + shell.query()));
    }

    private static DashboardPage.PageRow row(AccountContext context, Overview overview, Page page) {
        return new DashboardPage.PageRow(
                page.id().toString(),
                page.name(),
                PagesPageResource.publicPath(context, page),
                page.links(),
                overview.clicksOf(page));
    }

    private static DashboardPage.BrandRow row(
            Brand brand, SubAccounts.SubAccount counted, Optional<VisitOverviews.BrandViews> views) {
        return new DashboardPage.BrandRow(
                brand,
                counted.pages(),
                counted.links(),
                views.map(viewed -> new DashboardPage.Views(
                        Words.grouped(viewed.views()), VisitOverviews.shareText(viewed.share()), viewed.spark())));
    }
}
