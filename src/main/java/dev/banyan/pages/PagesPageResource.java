package dev.banyan.pages;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.ActingAs;
import dev.banyan.accounts.Quotas;
import dev.banyan.accounts.Shells;
import dev.banyan.pages.Pages.Created;
import dev.banyan.pages.Pages.Deleted;
import dev.banyan.pages.Pages.Overview;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.ErrorPages;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.Idempotency;
import dev.banyan.platform.web.NavItem;
import dev.banyan.platform.web.Usage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/// The list of pages: create and delete. What is inside a page is [PageEditorPageResource]'s.
@Path("/admin/pages")
@RunOnVirtualThread
class PagesPageResource {

    private final ActingAs acting;
    private final Pages pages;
    private final Shells shells;
    private final Idempotency idempotency;
    private final ErrorPages errorPages;
    private final Settings settings;
    private final Uuids uuids;

    PagesPageResource(
            ActingAs acting,
            Pages pages,
            Shells shells,
            Idempotency idempotency,
            ErrorPages errorPages,
            Settings settings,
            Uuids uuids) {
        this.acting = acting;
        this.pages = pages;
        this.shells = shells;
        this.idempotency = idempotency;
        this.errorPages = errorPages;
        this.settings = settings;
        this.uuids = uuids;
    }

    @GET
    public Response list(@Context Call call) {
        return acting.page(call, context -> {
            Overview overview = pages.overview(context);
            return Html.ok(new PagesPage(
                    shells.of(call, context, NavItem.PAGES, "Pages"),
                    usage(overview.pageUse()),
                    usage(overview.linkUse()),
                    overview.tier(),
                    settings.publicHost(),
                    overview.pages().stream()
                            .map(page -> new PagesPage.Row(
                                    page.id().toString(),
                                    page.name(),
                                    publicPath(context, page),
                                    page.isDefault(),
                                    page.links(),
                                    overview.clicksOf(page),
                                    overview.flagged().pages().contains(page.id())))
                            .toList()));
        });
    }

    static Usage usage(Quotas.Use use) {
        return new Usage(use.used(), use.limit());
    }

    /// `/username` for the default page, `/username/slug` for others.
    static String publicPath(AccountContext context, Page page) {
        String home = "/" + context.acting().username();
        return page.isDefault() ? home : home + "/" + page.slug();
    }

    static String pagesPath(AccountContext context, String done) {
        return "/admin/pages?as=" + context.acting().username() + "&done=" + done;
    }

    static String editorPath(AccountContext context, PageId page) {
        return "/admin/pages/" + page + "?as=" + context.acting().username();
    }

    @GET
    @Path("new")
    public Response form(@Context Call call) {
        return acting.page(
                call,
                context -> Html.ok(form(
                        call,
                        context,
                        CreatePagePage.Values.EMPTY,
                        FieldErrors.NONE,
                        Optional.empty(),
                        uuids.next().toString())));
    }

    @POST
    public Response create(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("slug") @DefaultValue("") String slug,
            @FormParam("isDefault") @DefaultValue("") String isDefault,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new CreatePagePage.Values(name, slug, isDefault.equals("true"));
        return acting.page(
                call,
                Optional.of(as),
                context -> idempotency.onceForForm(
                        call, context.acting().id(), key, values, () -> create(call, context, values, key)));
    }

    private Response create(Call call, AccountContext context, CreatePagePage.Values values, String key) {
        return switch (pages.create(context, values.slug(), values.name(), values.defaultPage())) {
            case Created.Done done ->
                Html.seeOther(call, editorPath(context, done.page().id()) + "&done=page-created");
            case Created.SlugTaken _ ->
                Html.invalid(form(
                        call,
                        context,
                        values,
                        new FieldErrors(Map.of("slug", "You have a page at this address. Choose another one.")),
                        Optional.empty(),
                        key));
            case Created.LimitReached reached ->
                Html.invalid(form(
                        call,
                        context,
                        values,
                        FieldErrors.NONE,
                        Optional.of(new FormProblem(
                                PagesResource.limitText(reached) + ".",
                                reached.used() + " of " + reached.max()
                                        + " are used. Delete a page, or get a plan with more.")),
                        key));
            case Created.Rejected rejected ->
                Html.invalid(form(call, context, values, FieldErrors.from(rejected.invalid()), Optional.empty(), key));
        };
    }

    private CreatePagePage form(
            Call call,
            AccountContext context,
            CreatePagePage.Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        Overview overview = pages.overview(context);
        return new CreatePagePage(
                shells.of(call, context, NavItem.PAGES, "Create page"),
                usage(overview.pageUse()).text() + " pages used on the " + overview.tier() + " tier",
                values,
                errors,
                problem,
                key,
                settings.publicHost(),
                context.acting().username(),
                overview.pages().isEmpty(),
                call.isHtmx());
    }

    @GET
    @Path("{pageId}/delete")
    public Response confirmDelete(@Context Call call, @PathParam("pageId") String pageId) {
        return acting.page(call, context -> confirmation(call, context, pageId, Optional.empty()));
    }

    @POST
    @Path("{pageId}/delete")
    public Response delete(
            @Context Call call, @PathParam("pageId") String pageId, @FormParam("as") @DefaultValue("") String as) {
        return acting.page(
                call,
                Optional.of(as),
                context -> PageId.parse(pageId)
                        .map(id -> switch (pages.delete(context, id)) {
                            case Deleted.Done _ -> Html.seeOther(call, pagesPath(context, "page-deleted"));
                            case Deleted.Unknown _ -> unknownPage(call, errorPages);
                            case Deleted.IsDefault _ ->
                                confirmation(
                                        call,
                                        context,
                                        pageId,
                                        Optional.of(new FormProblem(
                                                "The default page cannot be deleted.",
                                                "Make another page the default first.")));
                        })
                        .orElseGet(() -> unknownPage(call, errorPages)));
    }

    private Response confirmation(Call call, AccountContext context, String pageId, Optional<FormProblem> problem) {
        Overview overview = pages.overview(context);
        return overview.pages().stream()
                .filter(page -> page.id().toString().equals(pageId))
                .findFirst()
                .map(page -> Html.answer(
                        problem.isPresent() ? 422 : 200,
                        new DeletePagePage(
                                shells.of(call, context, NavItem.PAGES, "Delete page"),
                                new DeletePagePage.DeletedPage(
                                        pageId,
                                        page.name(),
                                        settings.publicHost() + publicPath(context, page),
                                        page.links(),
                                        overview.clicksOf(page),
                                        page.isDefault(),
                                        overview.pages().size() - 1),
                                problem,
                                call.isHtmx())))
                .orElseGet(() -> unknownPage(call, errorPages));
    }

    static Response unknownPage(Call call, ErrorPages errorPages) {
        return errorPages.answer(
                call,
                404,
                "There is nothing at this address",
                "The page may be deleted, or it belongs to an account you cannot see. Start from your pages.");
    }
}
