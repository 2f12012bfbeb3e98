package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.shortlinks.ShortLinkQuery.Cursor;
import dev.banyan.shortlinks.ShortLinkQuery.Order;
import dev.banyan.shortlinks.ShortLinks.Applied;
import dev.banyan.shortlinks.ShortLinks.Step;
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
import jakarta.ws.rs.core.StreamingOutput;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Import and export of many short links.
@Path("/admin/short-links")
@RunOnVirtualThread
class ShortLinkListsPageResource {

    private static final int EXPORTED_AT_ONCE = 1_000;

    private final ShortLinks links;
    private final Uuids uuids;

    ShortLinkListsPageResource(ShortLinks links, Uuids uuids) {
        this.links = links;
        this.uuids = uuids;
    }

    @GET
    @Path("export.csv")
    public Response export(@Context AccountPage page) {
        StreamingOutput lines = out -> ShortLinkCsv.write(
                last -> links.list(
                                page.context(),
                                ShortLinkQuery.all(Order.NEWEST, last.map(Cursor::of), EXPORTED_AT_ONCE))
                        .links(),
                out);
        return ShortLinksPageResource.file(lines, "text/csv; charset=utf-8", "short-links.csv");
    }

    @GET
    @Path("import")
    public Response importForm(@Context AccountPage page) {
        return Html.ok(imported(page, "", "", List.of(), false, ""));
    }

    /// Without `confirmed`, only shows a preview of the result.
    @POST
    @Path("import")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response importPasted(
            @Context AccountPage page,
            @FormParam("csv") @DefaultValue("") String csv,
            @FormParam("confirmed") @DefaultValue("") String confirmed,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        return importText(page, csv, confirmed, key);
    }

    /// Imports a file, or the pasted list if no file was chosen. A file always gets a preview first, because the
    /// confirmation was for the content of the field.
    @POST
    @Path("import")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response importFile(
            @Context AccountPage page,
            @FormParam("csv") @DefaultValue("") String csv,
            @FormParam("confirmed") @DefaultValue("") String confirmed,
            @FormParam("idempotencyKey") @DefaultValue("") String key,
            @RestForm("file") @Nullable FileUpload file) {
        if (file == null || file.size() == 0) {
            return importText(page, csv, confirmed, key);
        }
        try {
            return CsvText.decode(Files.readAllBytes(file.uploadedFile()))
                    .either(
                            text -> importText(page, text.text(), "", key),
                            why -> broken(page, csv, why));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Response importText(AccountPage page, String csv, String confirmed, String key) {
        return confirmed.equals("yes")
                ? page.once(key, csv, () -> importLines(page, csv, true))
                : importLines(page, csv, false);
    }

    private Response importLines(AccountPage page, String csv, boolean confirmed) {
        return switch (ShortLinkCsv.read(csv)) {
            case ShortLinkCsv.Parsed.Broken(String why) -> broken(page, csv, why);
            case ShortLinkCsv.Parsed.Lines(List<ShortLinkCsv.Line> lines) -> {
                List<ImportShortLinksPage.Line> report = report(page.context(), lines);
                yield confirmed ? create(page, csv, lines, report) : Html.ok(imported(page, csv, "", report, true, ""));
            }
        };
    }

    private Response broken(AccountPage page, String csv, String why) {
        return Html.invalid(imported(page, csv, why + ".", List.of(), false, ""));
    }

    private List<ImportShortLinksPage.Line> report(AccountContext context, List<ShortLinkCsv.Line> lines) {
        Set<String> taken =
                links.taken(lines.stream().flatMap(line -> line.slug().stream()).collect(Collectors.toSet()));
        var seen = new HashSet<String>();
        List<ImportShortLinksPage.Line> report = new ArrayList<>();
        for (ShortLinkCsv.Line line : lines) {
            List<Invalid> invalid = links.broken(context.owner(), new Step.Add(line.slug(), line.patch()));
            boolean again = line.slug().filter(slug -> !seen.add(slug)).isPresent();
            String trouble = !invalid.isEmpty()
                    ? invalid.getFirst().userMessage()
                    : line.slug().filter(taken::contains).isPresent()
                            ? "This slug is taken."
                            : again ? "An earlier line has the same slug." : "";
            report.add(new ImportShortLinksPage.Line(
                    line.row(),
                    line.slug()
                            .map(slug -> "/l/" + slug)
                            .orElse(line.patch().get(ShortLinkChange.TARGET).orElse("")),
                    trouble.isEmpty() ? "Ready to create" : trouble,
                    trouble.isEmpty()));
        }
        return report;
    }

    /// Creates the valid short links, as a whole or not at all; invalid lines are left out.
    private Response create(
            AccountPage page, String csv, List<ShortLinkCsv.Line> lines, List<ImportShortLinksPage.Line> report) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (report.get(i).ok()) {
                steps.add(new Step.Add(lines.get(i).slug(), lines.get(i).patch()));
            }
        }
        return switch (links.apply(page.context(), steps, ShortLinks.MOST_IN_A_FILE)) {
            case Applied.Done _ ->
                Html.seeOther(
                        page.call(),
                        "/admin/short-links?as=" + page.context().acting().username() + "&sort=newest&done="
                                + (steps.size() == lines.size()
                                        ? "short-links-imported"
                                        : "short-links-imported-in-part"));
            case Applied.LimitReached reached ->
                Html.invalid(imported(page, csv, "", report, true, ShortLinksResource.limitText(reached) + "."));
            case Applied.SlugTaken _, Applied.UnknownSlug _, Applied.TooManySteps _, Applied.Rejected _ ->
                Html.invalid(
                        imported(page, csv, "", report, true, "Some slugs are taken now. Preview the changes again."));
        };
    }

    private ImportShortLinksPage imported(
            AccountPage page,
            String csv,
            String error,
            List<ImportShortLinksPage.Line> lines,
            boolean tried,
            String problem) {
        return new ImportShortLinksPage(
                page.frame(NavItem.SHORT_LINKS, "Import short links"),
                uuids.next().toString(),
                csv,
                error,
                new ImportShortLinksPage.Report(lines),
                tried,
                problem);
    }
}
