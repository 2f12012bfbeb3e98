package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.BrandBatches.Act;
import dev.banyan.accounts.brands.BrandBatches.Planned;
import dev.banyan.accounts.brands.BrandListPage.Line;
import dev.banyan.accounts.brands.BrandListPage.Report;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.BackgroundRuns.ListRun;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.RowList;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.RunProgress;
import dev.banyan.platform.web.page.UploadedFile;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Acts on the brands that were selected in the list: a page asks and names them, then a report says what was done.
/// Many
/// new brands from a list go the same way: a preview says what becomes of each line, then they are created.
@Path("/admin/brands/bulk")
@RunOnVirtualThread
class BulkBrandsPageResource {

    private static final int NAMES_SHOWN = 20;
    private static final List<Choice> RECIPIENTS = List.of(
            new Choice("parent", "You"),
            new Choice("subaccount", "The email of the brand"),
            new Choice("both", "Both"),
            new Choice("", "Server default"));

    private static final List<String> COLUMNS = List.of("name", "username", "email");
    private static final int LONGEST_SHOWN = 120;

    private final BrandBatches batches;
    private final StartChoices choices;
    private final Uuids uuids;

    BulkBrandsPageResource(BrandBatches batches, StartChoices choices, Uuids uuids) {
        this.batches = batches;
        this.choices = choices;
        this.uuids = uuids;
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

    private static BulkReportPage report(AccountPage page, ListRun<BulkReport.Line> run, String back) {
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

    @GET
    @Path("new")
    public Response form(@Context AccountPage page) {
        page.refuseSubAccounts(NavItem.BRANDS, "Brands");
        return Html.ok(page(page, "", choices.remembered(page.context()), Optional.empty(), Optional.empty()));
    }

    private BrandListPage page(
            AccountPage page, String list, String start, Optional<FormProblem> problem, Optional<Report> report) {
        StartChoices.Offered offered = choices.of(page.context(), start);
        return new BrandListPage(
                page.frame(NavItem.BRANDS, "Create brands"),
                offered.limits().text() + " brands used. Up to " + BrandBatches.MOST_IN_A_LIST + " at once.",
                list,
                start,
                offered.starts(),
                problem,
                report,
                uuids.next().toString());
    }

    @POST
    @Path("new")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response create(
            @Context AccountPage page,
            @FormParam("pasted") @DefaultValue("") String list,
            @FormParam("file") @Nullable FileUpload file,
            @FormParam("start") @DefaultValue("") String start,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        page.refuseSubAccounts(NavItem.BRANDS, "Brands");
        String text = list;
        try {
            text = RowList.text(list, UploadedFile.bytes(file, RowList.LARGEST));
            RowList rows = RowList.read(text, COLUMNS, BrandBatches.MOST_IN_A_LIST);
            List<Map<String, String>> lines = rows.lines();
            if (lines.isEmpty()) {
                return refused(page, text, start, "The list is empty. Add a line for each brand.");
            }
            String sent = text;
            return value.equals("create")
                    ? page.once(key, List.of(sent, start), () -> create(page, sent, lines, start))
                    : Html.ok(page(
                            page,
                            text,
                            start,
                            Optional.empty(),
                            Optional.of(report(batches.planned(page.context(), lines), rows.leftOutText()))));
        } catch (RowList.Broken broken) {
            return refused(page, text, start, broken.why());
        }
    }

    private Response create(AccountPage page, String text, List<Map<String, String>> lines, String start) {
        List<Planned> planned = batches.planned(page.context(), lines);
        if (!batches.create(page.context(), planned, StartChoices.source(start))) {
            return refused(page, text, start, "Another change of many brands is running. Try again when it’s done.");
        }
        choices.remember(page.context(), start);
        return Html.seeOther(
                page.call(), "/admin/brands/bulk?as=" + page.context().root().username());
    }

    private Response refused(AccountPage page, String text, String start, String why) {
        return Html.invalid(page(
                page, text, start, Optional.of(new FormProblem("We can’t use this list.", why)), Optional.empty()));
    }

    private static Report report(List<Planned> planned, String leftOut) {
        long refused =
                planned.stream().filter(line -> line.problem().isPresent()).count();
        long good = planned.size() - refused;
        long same = planned.stream().filter(line -> line.sameName().isPresent()).count();
        var lines = new ArrayList<Line>();
        for (Planned line : planned) {
            lines.add(new Line(
                    lines.size() + 1,
                    cut(line.displayName()),
                    cut(line.wanted().username()),
                    line.problem().orElse(""),
                    line.sameName().orElse("")));
        }
        return new Report(
                refused + same == 0 ? "good" : "warn",
                (good == 0 ? "No brands" : Words.count(good, "brand", "brands")) + " would be created."
                        + (refused == 0 ? "" : " " + Words.count(refused, "line has", "lines have") + " a problem.")
                        + (same == 0
                                ? ""
                                : " " + Words.count(same, "line has", "lines have") + " a name that you use."),
                leftOut,
                List.copyOf(lines));
    }

    /// A list can contain anything, and people read the report.
    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    }
}
