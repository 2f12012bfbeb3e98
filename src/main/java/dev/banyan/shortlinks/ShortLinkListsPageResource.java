package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
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

    private final AccountGuard acting;
    private final ShortLinks links;
    private final PageFrames shells;
    private final Idempotency idempotency;
    private final Uuids uuids;

    ShortLinkListsPageResource(
            AccountGuard acting, ShortLinks links, PageFrames shells, Idempotency idempotency, Uuids uuids) {
        this.acting = acting;
        this.links = links;
        this.shells = shells;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    @GET
    @Path("export.csv")
    public Response export(@Context Call call) {
        return acting.page(call, context -> {
            StreamingOutput lines = out -> ShortLinkCsv.write(
                    last -> links.list(
                                    context, ShortLinkQuery.all(Order.NEWEST, last.map(Cursor::of), EXPORTED_AT_ONCE))
                            .links(),
                    out);
            return ShortLinksPageResource.file(lines, "text/csv; charset=utf-8", "short-links.csv");
        });
    }

    @GET
    @Path("import")
    public Response importForm(@Context Call call) {
        return acting.page(call, context -> Html.ok(imported(call, context, "", "", List.of(), false, "")));
    }

    /// Without `confirmed`, only shows a preview of the result.
    @POST
    @Path("import")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response importPasted(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("csv") @DefaultValue("") String csv,
            @FormParam("confirmed") @DefaultValue("") String confirmed,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        return importText(call, as, csv, confirmed, key);
    }

    /// Imports a file, or the pasted list if no file was chosen. A file always gets a preview first, because the
    /// confirmation was for the content of the field.
    @POST
    @Path("import")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response importFile(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("csv") @DefaultValue("") String csv,
            @FormParam("confirmed") @DefaultValue("") String confirmed,
            @FormParam("idempotencyKey") @DefaultValue("") String key,
            @RestForm("file") @Nullable FileUpload file) {
        if (file == null || file.size() == 0) {
            return importText(call, as, csv, confirmed, key);
        }
        try {
            return importText(call, as, Files.readString(file.uploadedFile()), "", key);
        } catch (CharacterCodingException _) {
            return acting.page(
                    call, Optional.of(as), context -> broken(call, context, csv, "The list is not UTF-8 text"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Response importText(Call call, String as, String csv, String confirmed, String key) {
        return acting.page(
                call,
                Optional.of(as),
                context -> confirmed.equals("yes")
                        ? idempotency.onceForForm(
                                call, context.acting().id(), key, csv, () -> importLines(call, context, csv, true))
                        : importLines(call, context, csv, false));
    }

    private Response importLines(Call call, AccountContext context, String csv, boolean confirmed) {
        return switch (ShortLinkCsv.read(csv)) {
            case ShortLinkCsv.Parsed.Broken(String why) -> broken(call, context, csv, why);
            case ShortLinkCsv.Parsed.Lines(List<ShortLinkCsv.Line> lines) -> {
                List<ImportShortLinksPage.Line> report = report(context, lines);
                yield confirmed
                        ? create(call, context, csv, lines, report)
                        : Html.ok(imported(call, context, csv, "", report, true, ""));
            }
        };
    }

    private Response broken(Call call, AccountContext context, String csv, String why) {
        return Html.invalid(imported(call, context, csv, why + ".", List.of(), false, ""));
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
            Call call,
            AccountContext context,
            String csv,
            List<ShortLinkCsv.Line> lines,
            List<ImportShortLinksPage.Line> report) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (report.get(i).ok()) {
                steps.add(new Step.Add(lines.get(i).slug(), lines.get(i).patch()));
            }
        }
        return switch (links.apply(context, steps, ShortLinks.MOST_IN_A_FILE)) {
            case Applied.Done _ ->
                Html.seeOther(
                        call,
                        "/admin/short-links?as=" + context.acting().username() + "&sort=newest&done="
                                + (steps.size() == lines.size()
                                        ? "short-links-imported"
                                        : "short-links-imported-in-part"));
            case Applied.LimitReached reached ->
                Html.invalid(
                        imported(call, context, csv, "", report, true, ShortLinksResource.limitText(reached) + "."));
            case Applied.SlugTaken _, Applied.UnknownSlug _, Applied.TooManySteps _, Applied.Rejected _ ->
                Html.invalid(imported(
                        call, context, csv, "", report, true, "Some slugs are taken now. Preview the changes again."));
        };
    }

    private ImportShortLinksPage imported(
            Call call,
            AccountContext context,
            String csv,
            String error,
            List<ImportShortLinksPage.Line> lines,
            boolean tried,
            String problem) {
        return new ImportShortLinksPage(
                shells.of(call, context, NavItem.SHORT_LINKS, "Import short links"),
                uuids.next().toString(),
                csv,
                error,
                new ImportShortLinksPage.Report(lines),
                tried,
                problem);
    }
}
