package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.accounts.domains.PageAddress;
import dev.banyan.accounts.domains.PageHosts;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.DeletedContents;
import dev.banyan.pages.DeletedContents.Restored;
import dev.banyan.pages.LinkStep.Direction;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.PageId;
import dev.banyan.pages.Pages;
import dev.banyan.pages.Pages.Created;
import dev.banyan.pages.Pages.Deleted;
import dev.banyan.pages.Pages.Overview;
import dev.banyan.pages.PlanLimit;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.ConfirmPage;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The list of pages: create, copy, reorder, delete and restore. See [PageEditorPageResource] for the content of a
/// page.
@Path("/admin/pages")
@RunOnVirtualThread
class PagesPageResource {

    private static final int DELETED_SHOWN = 20;

    private final Pages pages;
    private final Settings settings;
    private final Domains domains;
    private final Uuids uuids;
    private final DeletedContents deleted;

    PagesPageResource(Pages pages, Settings settings, Domains domains, Uuids uuids, DeletedContents deleted) {
        this.pages = pages;
        this.settings = settings;
        this.domains = domains;
        this.uuids = uuids;
        this.deleted = deleted;
    }

    @GET
    public Response list(@Context AccountPage request, @QueryParam("undo") @DefaultValue("") String undo) {
        return Html.ok(list(request, undo, Optional.empty()));
    }

    private PagesPage list(AccountPage request, String undo, Optional<FormProblem> problem) {
        Overview overview = pages.overview(request.context());
        List<DeletedContents.Entry> gone = deleted.newest(request.context(), DELETED_SHOWN);
        List<Page> all = overview.pages();
        PageHosts hosts = domains.hostsOf(request.context().owner());
        return new PagesPage(
                request.frame(NavItem.PAGES, "Pages"),
                usage(overview.pageUse()),
                usage(overview.linkUse()),
                overview.tier(),
                IntStream.range(0, all.size())
                        .mapToObj(i -> row(request.context(), hosts, overview, i))
                        .toList(),
                gone.stream()
                        .map(entry -> new PagesPage.Deleted(
                                entry.id(), kind(entry.kind()), entry.name(), Words.day(entry.deletedAt())))
                        .toList(),
                gone.stream()
                        .filter(entry -> entry.id().equals(undo))
                        .findFirst()
                        .map(entry -> new PageEditorPage.Undo(entry.id(), entry.name())),
                problem);
    }

    private static PagesPage.Row row(AccountContext context, PageHosts hosts, Overview overview, int i) {
        List<Page> all = overview.pages();
        Page page = all.get(i);
        return new PagesPage.Row(
                page.id().toString(),
                page.name(),
                address(hosts, context, page),
                publicPath(context, page),
                page.isDefault(),
                page.published(),
                i == 0 || all.get(i - 1).isDefault(),
                i == all.size() - 1,
                page.links(),
                overview.clicksOf(page),
                overview.flagged().pages().contains(page.id()));
    }

    private static String kind(String kind) {
        return switch (kind) {
            case "page" -> "Page";
            case "group" -> "Group";
            default -> "Link";
        };
    }

    @POST
    @Path("{pageId}/move")
    public Response move(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("to") @DefaultValue("") String to) {
        return switch (pages.move(request.context(), PageAnswers.id(request, pageId), Direction.of(to))) {
            case Pages.Ordered.Done _, Pages.Ordered.TooMany _ -> request.done("/admin/pages", "pages-ordered");
            case Pages.Ordered.NotFound _ -> throw PageAnswers.unknownPage(request);
        };
    }

    @POST
    @Path("deleted/{deletedId}/restore")
    @WithFormRead
    public Response restore(@Context AccountPage request, @PathParam("deletedId") String deletedId) {
        return switch (deleted.restore(request.context(), deletedId)) {
            case Restored.Done done ->
                Html.seeOther(request.call(), editorPath(request.context(), done.page()) + "&done=content-restored");
            case Restored.NotFound _ -> throw PageAnswers.unknownPage(request);
            case Restored.PageGone _ ->
                refused(request, new FormProblem("Its page was deleted.", "Restore the page first."));
            case Restored.SlugTaken(String slug) ->
                refused(
                        request,
                        new FormProblem(
                                "Another page now has the address “" + slug + "”.",
                                "Change the address of that page, then restore this one."));
            case Restored.LimitReached(PlanLimit limit) -> refused(request, limit.problem());
        };
    }

    private Response refused(AccountPage request, FormProblem problem) {
        return Html.invalid(list(request, "", Optional.of(problem)));
    }

    @GET
    @Path("{pageId}/copy")
    public Response copyForm(@Context AccountPage request, @PathParam("pageId") String pageId) {
        Page page = PageAnswers.find(pages, request, pageId);
        return Html.ok(form(
                request,
                new CreatePagePage.Values(copyName(page.name()), "", false),
                FieldErrors.NONE,
                Optional.empty(),
                uuids.next().toString(),
                Optional.of(page)));
    }

    private static String copyName(String name) {
        String copy = "Copy of " + name;
        return copy.codePointCount(0, copy.length()) <= 100 ? copy : name;
    }

    @POST
    @Path("{pageId}/copy")
    public Response copy(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("slug") @DefaultValue("") String slug,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new CreatePagePage.Values(name, slug, false);
        Page page = PageAnswers.find(pages, request, pageId);
        return request.once(
                key,
                values,
                () -> answer(
                        request, values, key, pages.copy(request.context(), page.id(), slug, name), Optional.of(page)));
    }

    static Usage usage(Quotas.Use use) {
        return new Usage(use.used(), use.limit());
    }

    /// Returns `/username` for the default page, `/username/slug` for others.
    static String publicPath(AccountContext context, Page page) {
        String home = "/" + context.acting().username();
        return page.isDefault() ? home : home + "/" + page.slug();
    }

    /// Returns where visitors find a page: at a host of its account, if it has one.
    static PageAddress address(PageHosts hosts, AccountContext context, Page page) {
        return hosts.of(page.id().toString(), page.slug(), page.isDefault(), publicPath(context, page));
    }

    static String editorPath(AccountContext context, PageId page) {
        return "/admin/pages/" + page + "?as=" + context.acting().username();
    }

    @GET
    @Path("new")
    public Response form(@Context AccountPage request) {
        return Html.ok(form(
                request,
                CreatePagePage.Values.EMPTY,
                FieldErrors.NONE,
                Optional.empty(),
                uuids.next().toString(),
                Optional.empty()));
    }

    @POST
    public Response create(
            @Context AccountPage request,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("slug") @DefaultValue("") String slug,
            @FormParam("isDefault") @DefaultValue("") String isDefault,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new CreatePagePage.Values(name, slug, isDefault.equals("true"));
        return request.once(key, values, () -> create(request, values, key));
    }

    private Response create(AccountPage request, CreatePagePage.Values values, String key) {
        Created created = pages.create(request.context(), values.slug(), values.name(), values.defaultPage());
        return answer(request, values, key, created, Optional.empty());
    }

    /// @param source the page to copy
    private Response answer(
            AccountPage request, CreatePagePage.Values values, String key, Created created, Optional<Page> source) {
        BiFunction<FieldErrors, Optional<FormProblem>, Response> again =
                (errors, problem) -> Html.invalid(form(request, values, errors, problem, key, source));
        return switch (created) {
            case Created.Done done ->
                Html.seeOther(
                        request.call(),
                        editorPath(request.context(), done.page().id())
                                + (source.isPresent() ? "&done=page-copied" : "&done=page-created"));
            case Created.NotFound _ -> throw PageAnswers.unknownPage(request);
            case Created.SlugTaken _ ->
                again.apply(
                        new FieldErrors(Map.of("slug", "Another page has this address. Choose another.")),
                        Optional.empty());
            case Created.LimitReached(PlanLimit limit) -> again.apply(FieldErrors.NONE, Optional.of(limit.problem()));
            case Created.Rejected(List<Invalid> invalid) -> again.apply(FieldErrors.from(invalid), Optional.empty());
        };
    }

    private CreatePagePage form(
            AccountPage request,
            CreatePagePage.Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key,
            Optional<Page> source) {
        Overview overview = pages.overview(request.context());
        return new CreatePagePage(
                request.frame(NavItem.PAGES, source.isPresent() ? "Duplicate page" : "Create page"),
                source.map(page -> "/admin/pages/" + page.id() + "/copy").orElse("/admin/pages"),
                usage(overview.pageUse()).text("page", "pages", overview.tier()),
                overview.pages().isEmpty()
                                && values.equals(CreatePagePage.Values.EMPTY)
                                && !request.call().isWrite()
                        ? CreatePagePage.Values.FIRST
                        : values,
                errors,
                problem,
                key,
                settings.publicHost(),
                request.context().acting().username(),
                overview.pages().isEmpty(),
                source.map(page -> new CreatePagePage.Source(page.id().toString(), page.name())),
                request.isHtmx());
    }

    @GET
    @Path("{pageId}/delete")
    public Response confirmDelete(@Context AccountPage request, @PathParam("pageId") String pageId) {
        return confirmation(request, pageId, Optional.empty());
    }

    @POST
    @Path("{pageId}/delete")
    @WithFormRead
    public Response delete(@Context AccountPage request, @PathParam("pageId") String pageId) {
        return switch (pages.delete(request.context(), PageAnswers.id(request, pageId))) {
            case Deleted.Done done ->
                done.undo()
                        .map(undo -> Html.seeOther(request.call(), request.path("/admin/pages") + "&undo=" + undo))
                        .orElseGet(() -> request.done("/admin/pages", "page-deleted"));
            case Deleted.NotFound _ -> throw PageAnswers.unknownPage(request);
            case Deleted.IsDefault _ ->
                confirmation(
                        request,
                        pageId,
                        Optional.of(new FormProblem(
                                "You can’t delete the default page.", "Make another page the default first.")));
        };
    }

    private Response confirmation(AccountPage request, String pageId, Optional<FormProblem> problem) {
        Overview overview = pages.overview(request.context());
        return overview.pages().stream()
                .filter(page -> page.id().toString().equals(pageId))
                .findFirst()
                .map(page ->
                        Html.answer(problem.isPresent() ? 422 : 200, confirmation(request, overview, page, problem)))
                .orElseThrow(() -> PageAnswers.unknownPage(request));
    }

    /// Asks before a page is deleted, and says what goes with it; or why it can't be deleted.
    private ConfirmPage confirmation(AccountPage request, Overview overview, Page page, Optional<FormProblem> problem) {
        PageFrame shell = request.frame(NavItem.PAGES, "Delete page");
        String href = "/admin/pages/" + page.id();
        String address = address(domains.hostsOf(request.context().owner()), request.context(), page)
                .shown();
        Confirmation.Builder asked = page.isDefault()
                ? Confirmation.asking("delete", "You can’t delete “<bdi>{}</bdi>”", page.name())
                        .sentence("It’s your default page, at <code>{}</code>.", address)
                        .words(
                                overview.pages().size() > 1
                                        ? "Make another page the default in its settings. Then delete this one."
                                        : "Every account needs a default page, and this is your only page. Create"
                                                + " another page and make it the default. Then delete this one.")
                : Confirmation.asking("delete", "Delete “<bdi>{}</bdi>”?", page.name())
                        .sentence(
                                deleted.canKeep(request.context(), page)
                                        ? "You can restore your last 100 deleted pages for 30 days. This happens now:"
                                        : "This page is too large to keep, so you can’t restore it. This happens now:")
                        .fact("<code>{}</code> stops working", address)
                        .action("Delete page", href + "/delete");
        if (!page.isDefault() && page.links() > 0) {
            long clicks = overview.clicksOf(page);
            asked.fact(
                    "{} on it {} deleted{}",
                    Words.count(page.links(), "link", "links"),
                    page.links() == 1 ? "is" : "are",
                    clicks > 0 ? ", with " + Words.count(clicks, "click", "clicks") : "");
        }
        return asked.problem(problem)
                .keep("Cancel", href + shell.query())
                .under("Pages", "/admin/pages")
                .underNamed(page.name(), href)
                .on(request.call(), shell, "Delete");
    }
}
