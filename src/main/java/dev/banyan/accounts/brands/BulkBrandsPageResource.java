package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.BrandBatches.Act;
import dev.banyan.accounts.brands.BulkReport.Line;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.BackgroundRuns.ListRun;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.RunProgress;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Acts on the brands that were selected in the list: a page asks and names them, then a report says what was done.
@Path("/admin/brands/bulk")
@RunOnVirtualThread
class BulkBrandsPageResource {

    private static final int NAMES_SHOWN = 20;
    private static final List<Choice> RECIPIENTS = List.of(
            new Choice("parent", "You"),
            new Choice("subaccount", "The email of the brand"),
            new Choice("both", "Both"),
            new Choice("", "Server default"));

    private final BrandBatches batches;

    BulkBrandsPageResource(BrandBatches batches) {
        this.batches = batches;
    }

    private List<Account> chosen(AccountContext context, BulkBrandsForm form) {
        return form.isAll()
                ? batches.matching(
                        context, form.filter(context.root().username()).query(Optional.empty(), BrandBatches.MOST))
                : batches.chosen(context, form.brands);
    }

    @POST
    public Response ask(@Context AccountPage page, @BeanParam BulkBrandsForm form) {
        page.refuseSubAccounts(NavItem.BRANDS, "Brands");
        List<Account> chosen = chosen(page.context(), form);
        if (chosen.isEmpty()) {
            return refused(page, form, "No brands selected. Select at least one and try again.");
        }
        return switch (form.action) {
            case "suspend", "activate", "label", "notices" -> Html.ok(page(page, form, chosen, ""));
            case "look" -> Html.seeOther(page.call(), looks(page.context(), form, chosen));
            default -> throw unknownAction(page);
        };
    }

    private static String looks(AccountContext context, BulkBrandsForm form, List<Account> chosen) {
        var path = new StringBuilder("/admin/brands/looks?as=" + context.root().username());
        if (form.isAll()) {
            form.chosenBy()
                    .forEach(hidden -> path.append('&')
                            .append(hidden.value())
                            .append('=')
                            .append(URLEncoder.encode(hidden.label(), StandardCharsets.UTF_8)));
        } else {
            chosen.forEach(account -> path.append("&brand=").append(account.username()));
        }
        return path.toString();
    }

    private BulkBrandsPage page(AccountPage page, BulkBrandsForm form, List<Account> chosen, String error) {
        String number = Words.count(chosen.size(), "brand", "brands");
        String title = title(form.action, number);
        return new BulkBrandsPage(
                page.frame(NavItem.BRANDS, title),
                form.action,
                title + "?",
                sentence(form.action),
                title,
                form.chosenBy(),
                chosen.stream()
                        .limit(NAMES_SHOWN)
                        .map(account -> new BulkBrandsPage.Name(account.username(), account.displayName()))
                        .toList(),
                Math.max(0, chosen.size() - NAMES_SHOWN),
                form.value,
                error,
                form.action.equals("label") ? batches.labels(page.context()) : List.of(),
                RECIPIENTS,
                form.filter(page.context().root().username()).href());
    }

    private static String title(String action, String number) {
        return switch (action) {
            case "suspend" -> "Suspend " + number;
            case "activate" -> "Activate " + number;
            case "label" -> "Label " + number;
            default -> "Change notices of " + number;
        };
    }

    private static String sentence(String action) {
        return switch (action) {
            case "suspend" ->
                "Visitors see that their pages are temporarily unavailable, and their workspaces close. They still count"
                        + " toward your limit. You can activate them at any time.";
            case "activate" -> "Their pages and workspaces come back online.";
            case "label" -> "The label replaces the one they have. Only your team sees it.";
            default -> "Choose who gets emails about their plan: limits, suspensions and deletions.";
        };
    }

    @POST
    @Path("run")
    public Response run(@Context AccountPage page, @BeanParam BulkBrandsForm form) {
        page.refuseSubAccounts(NavItem.BRANDS, "Brands");
        Act act = act(form).orElseThrow(() -> unknownAction(page));
        List<Account> chosen = chosen(page.context(), form);
        Optional<Invalid> invalid = BrandBatches.broken(act);
        if (invalid.isPresent()) {
            return Html.invalid(page(page, form, chosen, invalid.get().userMessage()));
        }
        return batches.run(page.context(), chosen, act)
                ? Html.seeOther(page.call(), here(page))
                : refused(page, form, "Another change of many brands is running. Try again when it’s done.");
    }

    /// Shows how far the last act is, or what it did.
    @GET
    public Response progress(@Context AccountPage page) {
        page.refuseSubAccounts(NavItem.BRANDS, "Brands");
        String back = "/admin/brands?as=" + page.context().root().username();
        return batches.lastRun(page.context())
                .map(run -> Html.ok(report(page, run, back)))
                .orElseGet(() -> Html.seeOther(page.call(), back));
    }

    private static String here(AccountPage page) {
        return "/admin/brands/bulk?as=" + page.context().root().username();
    }

    private static BulkReportPage report(AccountPage page, ListRun<Line> run, String back) {
        // First: all lines of a run that is over are there.
        Optional<RunProgress> running = RunProgress.of(run, here(page));
        return new BulkReportPage(page.frame(NavItem.BRANDS, "Report"), "Report", BulkReport.of(run), running, back);
    }

    private static EarlyAnswer unknownAction(AccountPage page) {
        return page.refused(404, "Action not found", "Go back to your brands and try again.");
    }

    private static Optional<Act> act(BulkBrandsForm form) {
        return switch (form.action) {
            case "suspend" -> Optional.of(new Act.Suspend());
            case "activate" -> Optional.of(new Act.Activate());
            case "label" -> Optional.of(new Act.Label(form.value));
            case "notices" -> Optional.of(new Act.Notices(form.value));
            default -> Optional.empty();
        };
    }

    private static Response refused(AccountPage page, BulkBrandsForm form, String why) {
        return Html.invalid(new BulkReportPage(
                page.frame(NavItem.BRANDS, "Report"),
                "Report",
                new BulkReport("warn", why),
                Optional.empty(),
                form.filter(page.context().root().username()).href()));
    }
}
