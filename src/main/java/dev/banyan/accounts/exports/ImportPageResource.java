package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.exports.Imports.Imported;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// The page that imports a brand from an export, or adds what it has to a brand.
@Path("/admin/brands/import")
@RunOnVirtualThread
class ImportPageResource {

    private record Typed(String username, String displayName, String account, String into) {}

    private final Imports imports;
    private final Settings settings;

    ImportPageResource(Imports imports, Settings settings) {
        this.imports = imports;
        this.settings = settings;
    }

    @GET
    public Response form(@Context AccountPage page) {
        return Html.ok(page(page, new Typed("", "", "", ""), Optional.empty(), List.of(), Optional.empty()));
    }

    private ImportBrandPage page(
            AccountPage page, Typed typed, Optional<String> found, List<String> notes, Optional<FormProblem> problem) {
        return new ImportBrandPage(
                page.frame(NavItem.BRANDS, "Import brand"),
                typed.username(),
                typed.displayName(),
                typed.account(),
                typed.into(),
                settings.uploadBytes() / (1024 * 1024) + " MB",
                found,
                notes,
                problem);
    }

    @POST
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response run(
            @Context AccountPage page,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("account") @DefaultValue("") String account,
            @FormParam("into") @DefaultValue("") String into,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("file") @Nullable FileUpload file) {
        var typed = new Typed(username, displayName, account, into);
        if (file == null || file.size() == 0) {
            return refused(page, typed, "No file selected.", "Select the ZIP file of an export.");
        }
        Optional<String> brand = filled(into);
        if (brand.isPresent()
                && (filled(username).isPresent() || filled(displayName).isPresent())) {
            return refused(
                    page,
                    typed,
                    "An existing brand keeps its username and its name.",
                    "Clear those two fields, or clear the existing brand to create a new one.");
        }
        var wish = new Imports.Wish(
                filled(account), filled(username), filled(displayName), brand, !value.equals("import"));
        return answer(page, typed, imports.run(page.context().ofRoot(), file.uploadedFile(), wish));
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text.strip()).filter(one -> !one.isEmpty());
    }

    private Response answer(AccountPage page, Typed typed, Imported imported) {
        return switch (imported) {
            case Imported.Done done
            when done.dryRun() ->
                Html.ok(page(
                        page,
                        typed,
                        Optional.of(words(done)),
                        Stream.concat(done.leftOut().stream().map(LeftOut::sentence), done.notes().stream())
                                .toList(),
                        Optional.empty()));
            case Imported.Done done ->
                Html.seeOther(
                        page.call(),
                        "/admin/pages?as=" + done.subAccount().account().username() + "&done=brand-imported");
            case Imported.Broken(String why) ->
                refused(page, typed, "We can’t import this file.", why + ". Nothing was imported.");
            case Imported.ChooseOne(List<String> folders) ->
                refused(
                        page,
                        typed,
                        "This export has several accounts.",
                        "Enter which one to import: " + String.join(", ", folders) + ".");
            case Imported.NameTaken(String name, List<String> free) ->
                refused(
                        page,
                        typed,
                        "The username “" + name + "” is taken.",
                        free.isEmpty()
                                ? "Enter another username."
                                : "Enter another username, such as " + String.join(" or ", free) + ".");
            case Imported.Busy _ ->
                refused(page, typed, "Another import is running.", "Try again when it has finished.");
            case Imported.Suspended _ ->
                refused(page, typed, "This brand is suspended.", "Activate it first, then import the file.");
            case Imported.Refused(Refusal refusal) -> refused(page, typed, refusal);
        };
    }

    private Response refused(AccountPage page, Typed typed, Refusal refusal) {
        return switch (refusal) {
            case Refusal.LimitReached limit ->
                refused(
                        page,
                        typed,
                        "Brand limit reached: " + limit.used() + " of " + limit.max() + ".",
                        "Delete a brand you no longer need, or upgrade your plan.");
            case Refusal.Rejected rejected ->
                refused(
                        page,
                        typed,
                        "A detail of this brand isn’t valid.",
                        rejected.first().userMessage());
            case Refusal.NotFound _ ->
                refused(
                        page,
                        typed,
                        "We can’t find this brand.",
                        "Enter the username of one of your brands, or leave the field empty.");
            case Refusal.ReadOnly _, Refusal.Conflict _ ->
                refused(page, typed, "This brand is read-only.", "Get a larger plan to change it.");
            case Refusal.Forbidden _, Refusal.TooMany _ ->
                refused(page, typed, "Your plan doesn’t include brands.", "Get a larger plan to import a brand.");
        };
    }

    private Response refused(AccountPage page, Typed typed, String title, String text) {
        return Html.invalid(page(page, typed, Optional.empty(), List.of(), Optional.of(new FormProblem(title, text))));
    }

    private static String words(Imported.Done done) {
        Map<String, Long> counts = done.counts();
        return "“" + done.subAccount().account().displayName() + "” with "
                + Words.count(counts.getOrDefault("pages", 0L), "page", "pages") + ", "
                + Words.count(counts.getOrDefault("links", 0L), "link", "links") + ", "
                + Words.count(counts.getOrDefault("pictures", 0L), "picture", "pictures") + " and "
                + Words.count(counts.getOrDefault("shortLinks", 0L), "short link", "short links");
    }
}
