package dev.banyan.shortlinks;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.ActingAs;
import dev.banyan.accounts.Shells;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.NavItem;
import dev.banyan.shortlinks.ShortLinkQuery.Cursor;
import dev.banyan.shortlinks.ShortLinkQuery.Order;
import dev.banyan.shortlinks.ShortLinks.Applied;
import dev.banyan.shortlinks.ShortLinks.Step;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Many short links at once: a list that is tried and imported, and all of them as a file.
@Path("/admin/short-links")
@RunOnVirtualThread
class ShortLinkListsPageResource {

    private static final int EXPORTED_AT_ONCE = 1_000;

    private final ActingAs acting;
    private final ShortLinks links;
    private final Shells shells;

    ShortLinkListsPageResource(ActingAs acting, ShortLinks links, Shells shells) {
        this.acting = acting;
        this.links = links;
        this.shells = shells;
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
        return acting.page(call, context -> Html.ok(imported(call, context, "", "", List.of(), false, false, "")));
    }

    /// Without `confirmed` it only says what would come of it.
    @POST
    @Path("import")
    public Response importLines(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("csv") @DefaultValue("") String csv,
            @FormParam("confirmed") @DefaultValue("") String confirmed) {
        return acting.page(call, Optional.of(as), context -> switch (ShortLinkCsv.read(csv)) {
            case ShortLinkCsv.Parsed.Broken(String why) ->
                Html.invalid(imported(call, context, csv, why + ".", List.of(), false, false, ""));
            case ShortLinkCsv.Parsed.Lines(List<ShortLinkCsv.Line> lines) -> {
                List<ImportShortLinksPage.Line> report = report(context, lines);
                yield confirmed.equals("yes")
                        ? create(call, context, csv, lines, report)
                        : Html.ok(imported(call, context, csv, "", report, true, false, ""));
            }
        });
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
                    ? invalid.getFirst().rule()
                    : line.slug().filter(taken::contains).isPresent()
                            ? "This address is taken."
                            : again ? "The same address stands in an earlier line." : "";
            report.add(new ImportShortLinksPage.Line(
                    line.row(),
                    line.slug()
                            .map(slug -> "/l/" + slug)
                            .orElse(line.patch().target().orElse("")),
                    trouble.isEmpty() ? "Fine" : trouble,
                    trouble.isEmpty()));
        }
        return report;
    }

    /// What is fine becomes short links, all of it or nothing; the rest is left out.
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
            case Applied.Done _ -> Html.ok(imported(call, context, "", "", report, true, true, ""));
            case Applied.LimitReached reached ->
                Html.invalid(imported(
                        call, context, csv, "", report, true, false, ShortLinksResource.limitText(reached) + "."));
            case Applied.SlugTaken _, Applied.UnknownSlug _, Applied.TooManySteps _, Applied.Rejected _ ->
                Html.invalid(imported(
                        call, context, csv, "", report, true, false, "Something changed meanwhile. Look again."));
        };
    }

    private ImportShortLinksPage imported(
            Call call,
            AccountContext context,
            String csv,
            String error,
            List<ImportShortLinksPage.Line> lines,
            boolean tried,
            boolean done,
            String problem) {
        return new ImportShortLinksPage(
                shells.of(call, context, NavItem.SHORT_LINKS, "Import short links"),
                csv,
                error,
                new ImportShortLinksPage.Report(lines),
                tried,
                done,
                problem);
    }
}
