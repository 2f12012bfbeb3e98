package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.ReaderZone;
import dev.banyan.platform.web.page.TimeZones;
import dev.banyan.platform.web.page.Words;
import dev.banyan.shortlinks.ShortLinkImports.Kind;
import dev.banyan.shortlinks.ShortLinkImports.Progress;
import dev.banyan.shortlinks.ShortLinkQuery.Cursor;
import dev.banyan.shortlinks.ShortLinkQuery.Order;
import dev.banyan.shortlinks.ShortLinkStore.Imported;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jspecify.annotations.Nullable;

/// Import and export of many short links.
@Path("/admin/short-links")
@RunOnVirtualThread
class ShortLinkListsPageResource {

    private static final int EXPORTED_AT_ONCE = 1_000;
    private static final int SHOWN_EARLIER = 20;
    private static final String IMPORT = "/admin/short-links/import";
    private static final String NONE = "No short links were created.";

    private final ShortLinks links;
    private final ShortLinkImports imports;
    private final Uuids uuids;

    ShortLinkListsPageResource(ShortLinks links, ShortLinkImports imports, Uuids uuids) {
        this.links = links;
        this.imports = imports;
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
        return FileAnswers.csv("short-links", lines);
    }

    @GET
    @Path("import")
    public Response importForm(@Context AccountPage page) {
        return Html.ok(imported(page, new Typed("", ""), "", Optional.empty(), ""));
    }

    /// Without `confirmed`, only shows a preview of the result.
    @POST
    @Path("import")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response importPasted(
            @Context AccountPage page,
            @FormParam("csv") @DefaultValue("") String csv,
            @FormParam("zone") @DefaultValue("") String zone,
            @FormParam("confirmed") @DefaultValue("") String confirmed,
            @FormParam("checkedList") @DefaultValue("") String checkedList,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        if (checkedList.isEmpty()) {
            return importText(page, new Typed(csv, zone), confirmed, key);
        }
        return imports.create(page.context(), checkedList)
                .map(why -> Html.invalid(imported(page, new Typed("", zone), "", Optional.empty(), why)))
                .orElseGet(() -> page.done(IMPORT, "short-links-import-runs"));
    }

    /// Imports a file, or the pasted list if no file was chosen. A file always gets a preview first, because the
    /// confirmation was for the content of the field.
    @POST
    @Path("import")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response importFile(
            @Context AccountPage page,
            @FormParam("csv") @DefaultValue("") String csv,
            @FormParam("zone") @DefaultValue("") String zone,
            @FormParam("confirmed") @DefaultValue("") String confirmed,
            @FormParam("idempotencyKey") @DefaultValue("") String key,
            @RestForm("file") @Nullable FileUpload file) {
        if (file == null || file.size() == 0) {
            return importText(page, new Typed(csv, zone), confirmed, key);
        }
        try {
            return CsvText.decode(Files.readAllBytes(file.uploadedFile()))
                    .either(
                            text -> importText(page, new Typed(text.text(), zone), "", key),
                            why -> broken(page, new Typed(csv, zone), why + "."));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A list, and the zone of its times.
    private record Typed(String csv, String zone) {

        CsvText text() {
            return CsvText.of(csv);
        }

        boolean isLong() {
            return csv.lines().skip(ShortLinkImports.AT_ONCE + 1L).findFirst().isPresent();
        }
    }

    private Response importText(AccountPage page, Typed typed, String confirmed, String key) {
        if (typed.isLong()) {
            return imports.check(page.context(), typed.text(), typed.zone())
                    ? page.done(IMPORT, "short-links-import-runs")
                    : Html.invalid(
                            imported(page, new Typed("", typed.zone()), "", Optional.empty(), ShortLinkImports.BUSY));
        }
        return confirmed.equals("yes")
                ? page.once(key, typed.csv(), () -> create(page, typed))
                : preview(page, typed, "");
    }

    private Response preview(AccountPage page, Typed typed, String problem) {
        Progress seen = imports.now(page.context(), typed.text(), typed.zone(), Kind.CHECK);
        if (seen.end().isPresent()) {
            return broken(page, typed, seen.end().get());
        }
        ImportShortLinksPage shown = imported(page, typed, "", Optional.of(seen), problem);
        return problem.isEmpty() ? Html.ok(shown) : Html.invalid(shown);
    }

    private Response broken(AccountPage page, Typed typed, String why) {
        return Html.invalid(imported(page, typed, why, Optional.empty(), ""));
    }

    /// Creates the valid short links, as a whole or not at all; invalid lines are left out.
    private Response create(AccountPage page, Typed typed) {
        Progress made = imports.now(page.context(), typed.text(), typed.zone(), Kind.CREATE);
        Optional<String> problem = made.end().or(() -> made.good() == 0 ? Optional.of(NONE) : Optional.empty());
        if (problem.isPresent()) {
            return preview(page, typed, problem.get());
        }
        return Html.seeOther(
                page.call(),
                "/admin/short-links?as=" + page.context().acting().username() + "&sort=newest&done="
                        + (made.bad() == 0 ? "short-links-imported" : "short-links-imported-in-part"));
    }

    @GET
    @Path("import/errors.csv")
    public Response refused(@Context AccountPage page) {
        Optional<java.nio.file.Path> file = imports.refused(page.context());
        if (file.isEmpty()) {
            return Html.seeOther(
                    page.call(), IMPORT + "?as=" + page.context().acting().username());
        }
        StreamingOutput lines = out -> Files.copy(file.get(), out);
        return FileAnswers.csv("not-imported", lines);
    }

    @GET
    @Path("imports/{importId}/undo")
    public Response confirmUndo(@Context AccountPage page, @PathParam("importId") String importId) {
        Imported found = find(page, importId);
        PageFrame shell = page.frame(NavItem.SHORT_LINKS, "Undo import");
        return Html.ok(Confirmation.asking("undo", "Undo this import?")
                .sentence("This happens now and can’t be undone:")
                .fact("{} of this import will be deleted", Words.count(found.links(), "short link", "short links"))
                .fact("Their addresses stop working, including those that you changed since")
                .action("Undo import", "/admin/short-links/imports/" + found.id() + "/undo")
                .keep("Cancel", IMPORT + shell.query())
                .under("Import", IMPORT)
                .on(page.call(), shell, "Undo"));
    }

    @POST
    @Path("imports/{importId}/undo")
    @WithFormRead
    public Response undo(@Context AccountPage page, @PathParam("importId") String importId) {
        Imported found = find(page, importId);
        return imports.undo(page.context(), found)
                ? page.done(
                        IMPORT,
                        found.links() > ShortLinkImports.AT_ONCE ? "short-links-undo-runs" : "short-links-undone")
                : Html.invalid(imported(page, new Typed("", ""), "", Optional.empty(), ShortLinkImports.BUSY));
    }

    private Imported find(AccountPage page, String importId) {
        return Uuids.parse(importId)
                .flatMap(id -> links.findImport(page.context(), id))
                .orElseThrow(() -> page.refused(
                        404,
                        "Import not found",
                        "It may have been undone, or you may not have access to its account."));
    }

    private ImportShortLinksPage imported(
            AccountPage page, Typed typed, String error, Optional<Progress> seen, String problem) {
        return new ImportShortLinksPage(
                page.frame(NavItem.SHORT_LINKS, "Import short links"),
                new ImportShortLinksPage.Form(
                        uuids.next().toString(),
                        typed.csv(),
                        error,
                        typed.zone(),
                        TimeZones.with(typed.zone().isEmpty() ? ReaderZone.name() : typed.zone())),
                seen.map(ImportShortLinksPage.Report::of),
                problem,
                imports.progress(page.context()).filter(_ -> seen.isEmpty()).map(ImportShortLinksPage.RunView::of),
                links.imports(page.context(), SHOWN_EARLIER).stream()
                        .map(ImportShortLinksPage.Earlier::of)
                        .toList());
    }
}
