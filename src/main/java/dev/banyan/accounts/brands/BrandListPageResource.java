package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.brands.BrandBatches.Planned;
import dev.banyan.accounts.brands.BrandListPage.Line;
import dev.banyan.accounts.brands.BrandListPage.Report;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.RowList;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.UploadedFile;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
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

/// Many new brands from a list: a preview says what becomes of each line, then they are created. How far that is, and
/// what it did, is on the page of [BulkBrandsPageResource].
@Path("/admin/brands/bulk/new")
@RunOnVirtualThread
class BrandListPageResource {

    private static final List<String> COLUMNS = List.of("name", "username", "email");
    private static final int LONGEST_SHOWN = 120;

    private final BrandBatches batches;
    private final StartChoices choices;
    private final Uuids uuids;

    BrandListPageResource(BrandBatches batches, StartChoices choices, Uuids uuids) {
        this.batches = batches;
        this.choices = choices;
        this.uuids = uuids;
    }

    @GET
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
        var lines = new ArrayList<Line>();
        for (Planned line : planned) {
            lines.add(new Line(
                    lines.size() + 1,
                    cut(line.displayName()),
                    cut(line.wanted().username()),
                    line.problem().orElse("")));
        }
        return new Report(
                refused == 0 ? "good" : "warn",
                (good == 0 ? "No brands" : Words.count(good, "brand", "brands")) + " would be created."
                        + (refused == 0 ? "" : " " + Words.count(refused, "line has", "lines have") + " a problem."),
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
