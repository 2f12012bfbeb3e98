package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
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
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.ConfirmPage;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The list of pages: create, copy, reorder, delete and restore. See [PageEditorPageResource] for the content of a
/// page.
@Path("/admin/pages")
@RunOnVirtualThread
class PagesPageResource {

    private static final int DELETED_SHOWN = 20;

    private final AccountGuard acting;
    private final Pages pages;
    private final PageFrames shells;
    private final Idempotency idempotency;
    private final ErrorPages errorPages;
    private final Settings settings;
    private final Uuids uuids;
    private final DeletedContents deleted;

    PagesPageResource(
            AccountGuard acting,
            Pages pages,
            PageFrames shells,
            Idempotency idempotency,
            ErrorPages errorPages,
            Settings settings,
            Uuids uuids,
            DeletedContents deleted) {
        this.acting = acting;
        this.pages = pages;
        this.shells = shells;
        this.idempotency = idempotency;
        this.errorPages = errorPages;
        this.settings = settings;
        this.uuids = uuids;
        this.deleted = deleted;
    }

    @GET
    public Response list(@Context Call call, @QueryParam("undo") @DefaultValue("") String undo) {
        return acting.page(call, context -> Html.ok(list(call, context, undo, Optional.empty())));
    }

    private PagesPage list(Call call, AccountContext context, String undo, Optional<FormProblem> problem) {
        Overview overview = pages.overview(context);
        List<DeletedContents.Entry> gone = deleted.newest(context, DELETED_SHOWN);
        List<Page> all = overview.pages();
        return new PagesPage(
                shells.of(call, context, NavItem.PAGES, "Pages"),
                usage(overview.pageUse()),
                usage(overview.linkUse()),
                overview.tier(),
                settings.publicHost(),
                IntStream.range(0, all.size())
                        .mapToObj(i -> row(context, overview, i))
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

    private static PagesPage.Row row(AccountContext context, Overview overview, int i) {
        List<Page> all = overview.pages();
        Page page = all.get(i);
        return new PagesPage.Row(
                page.id().toString(),
                page.name(),
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
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("to") @DefaultValue("") String to) {
        return acting.page(
                call,
                Optional.of(as),
                context -> PageId.parse(pageId)
                        .map(id -> switch (pages.move(context, id, Direction.of(to))) {
                            case Pages.Ordered.Done _, Pages.Ordered.TooMany _ ->
                                Html.seeOther(call, pagesPath(context, "pages-ordered"));
                            case Pages.Ordered.NotFound _ -> PageAnswers.unknownPage(call, errorPages);
                        })
                        .orElseGet(() -> PageAnswers.unknownPage(call, errorPages)));
    }

    @POST
    @Path("deleted/{deletedId}/restore")
    public Response restore(
            @Context Call call,
            @PathParam("deletedId") String deletedId,
            @FormParam("as") @DefaultValue("") String as) {
        return acting.page(call, Optional.of(as), context -> switch (deleted.restore(context, deletedId)) {
            case Restored.Done done -> Html.seeOther(call, editorPath(context, done.page()) + "&done=content-restored");
            case Restored.NotFound _ -> PageAnswers.unknownPage(call, errorPages);
            case Restored.PageGone _ ->
                refused(call, context, new FormProblem("Its page was deleted.", "Restore the page first."));
            case Restored.SlugTaken(String slug) ->
                refused(
                        call,
                        context,
                        new FormProblem(
                                "Another page now has the address “" + slug + "”.",
                                "Change the address of that page, then restore this one."));
            case Restored.LimitReached(PlanLimit limit) -> refused(call, context, limit.problem());
        });
    }

    private Response refused(Call call, AccountContext context, FormProblem problem) {
        return Html.invalid(list(call, context, "", Optional.of(problem)));
    }

    @GET
    @Path("{pageId}/copy")
    public Response copyForm(@Context Call call, @PathParam("pageId") String pageId) {
        return acting.page(
                call,
                context -> PageId.parse(pageId)
                        .flatMap(id -> pages.find(context, id))
                        .map(page -> Html.ok(form(
                                call,
                                context,
                                new CreatePagePage.Values(copyName(page.name()), "", false),
                                FieldErrors.NONE,
                                Optional.empty(),
                                uuids.next().toString(),
                                Optional.of(page))))
                        .orElseGet(() -> PageAnswers.unknownPage(call, errorPages)));
    }

    private static String copyName(String name) {
        String copy = "Copy of " + name;
        return copy.codePointCount(0, copy.length()) <= 100 ? copy : name;
    }

    @POST
    @Path("{pageId}/copy")
    public Response copy(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("slug") @DefaultValue("") String slug,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new CreatePagePage.Values(name, slug, false);
        return acting.page(
                call,
                Optional.of(as),
                context -> PageId.parse(pageId)
                        .flatMap(id -> pages.find(context, id))
                        .map(page -> idempotency.onceForForm(
                                call,
                                context.acting().id(),
                                key,
                                values,
                                () -> answer(
                                        call,
                                        context,
                                        values,
                                        key,
                                        pages.copy(context, page.id(), slug, name),
                                        Optional.of(page))))
                        .orElseGet(() -> PageAnswers.unknownPage(call, errorPages)));
    }

    static Usage usage(Quotas.Use use) {
        return new Usage(use.used(), use.limit());
    }

    /// Returns `/username` for the default page, `/username/slug` for others.
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
                        uuids.next().toString(),
                        Optional.empty())));
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
        Created created = pages.create(context, values.slug(), values.name(), values.defaultPage());
        return answer(call, context, values, key, created, Optional.empty());
    }

    /// @param source the page to copy
    private Response answer(
            Call call,
            AccountContext context,
            CreatePagePage.Values values,
            String key,
            Created created,
            Optional<Page> source) {
        BiFunction<FieldErrors, Optional<FormProblem>, Response> again =
                (errors, problem) -> Html.invalid(form(call, context, values, errors, problem, key, source));
        return switch (created) {
            case Created.Done done ->
                Html.seeOther(
                        call,
                        editorPath(context, done.page().id())
                                + (source.isPresent() ? "&done=page-copied" : "&done=page-created"));
            case Created.NotFound _ -> PageAnswers.unknownPage(call, errorPages);
            case Created.SlugTaken _ ->
                again.apply(
                        new FieldErrors(Map.of("slug", "Another page has this address. Choose another.")),
                        Optional.empty());
            case Created.LimitReached(PlanLimit limit) -> again.apply(FieldErrors.NONE, Optional.of(limit.problem()));
            case Created.Rejected(List<Invalid> invalid) -> again.apply(FieldErrors.from(invalid), Optional.empty());
        };
    }

    private CreatePagePage form(
            Call call,
            AccountContext context,
            CreatePagePage.Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key,
            Optional<Page> source) {
        Overview overview = pages.overview(context);
        return new CreatePagePage(
                shells.of(call, context, NavItem.PAGES, source.isPresent() ? "Duplicate page" : "Create page"),
                source.map(page -> "/admin/pages/" + page.id() + "/copy").orElse("/admin/pages"),
                usage(overview.pageUse()).text("page", "pages", overview.tier()),
                overview.pages().isEmpty() && values.equals(CreatePagePage.Values.EMPTY) && !call.isWrite()
                        ? CreatePagePage.Values.FIRST
                        : values,
                errors,
                problem,
                key,
                settings.publicHost(),
                context.acting().username(),
                overview.pages().isEmpty(),
                source.map(page -> new CreatePagePage.Source(page.id().toString(), page.name())),
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
                            case Deleted.Done done ->
                                Html.seeOther(
                                        call,
                                        done.undo()
                                                .map(undo -> "/admin/pages?as="
                                                        + context.acting().username() + "&undo=" + undo)
                                                .orElseGet(() -> pagesPath(context, "page-deleted")));
                            case Deleted.NotFound _ -> PageAnswers.unknownPage(call, errorPages);
                            case Deleted.IsDefault _ ->
                                confirmation(
                                        call,
                                        context,
                                        pageId,
                                        Optional.of(new FormProblem(
                                                "You can’t delete the default page.",
                                                "Make another page the default first.")));
                        })
                        .orElseGet(() -> PageAnswers.unknownPage(call, errorPages)));
    }

    private Response confirmation(Call call, AccountContext context, String pageId, Optional<FormProblem> problem) {
        Overview overview = pages.overview(context);
        return overview.pages().stream()
                .filter(page -> page.id().toString().equals(pageId))
                .findFirst()
                .map(page -> Html.answer(
                        problem.isPresent() ? 422 : 200, confirmation(call, context, overview, page, problem)))
                .orElseGet(() -> PageAnswers.unknownPage(call, errorPages));
    }

    /// Asks before a page is deleted, and says what goes with it; or why it can't be deleted.
    private ConfirmPage confirmation(
            Call call, AccountContext context, Overview overview, Page page, Optional<FormProblem> problem) {
        PageFrame shell = shells.of(call, context, NavItem.PAGES, "Delete page");
        String href = "/admin/pages/" + page.id();
        String address = settings.publicHost() + publicPath(context, page);
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
                                deleted.canKeep(context, page)
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
                .on(call, shell, "Delete");
    }
}
