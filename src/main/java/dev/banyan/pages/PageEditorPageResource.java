package dev.banyan.pages;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.ActingAs;
import dev.banyan.accounts.Shells;
import dev.banyan.pages.Links.Applied;
import dev.banyan.pages.Links.Direction;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.pages.Links.Step;
import dev.banyan.pages.PageEditorPage.LinkEdit;
import dev.banyan.pages.PageEditorPage.LinkForm;
import dev.banyan.pages.PageEditorPage.SettingsForm;
import dev.banyan.pages.Pages.Overview;
import dev.banyan.pages.Pages.Updated;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.ErrorPages;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.NavItem;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// One page in the editor: its links and its settings. Every change answers with the links section for htmx, or leads
/// back to the editor without it.
@Path("/admin/pages")
@RunOnVirtualThread
class PageEditorPageResource {

    private final ActingAs acting;
    private final Pages pages;
    private final Links links;
    private final Shells shells;
    private final ErrorPages errorPages;
    private final Settings settings;

    PageEditorPageResource(
            ActingAs acting, Pages pages, Links links, Shells shells, ErrorPages errorPages, Settings settings) {
        this.acting = acting;
        this.pages = pages;
        this.links = links;
        this.shells = shells;
        this.errorPages = errorPages;
        this.settings = settings;
    }

    /// The forms of the editor as they are to be shown: empty, filled, or refused.
    private record Forms(
            LinkForm newLink,
            FieldErrors newLinkErrors,
            Optional<LinkEdit> edit,
            Optional<SettingsForm> settings,
            FieldErrors settingsErrors,
            Optional<FormProblem> problem) {

        static final Forms EMPTY = new Forms(
                LinkForm.EMPTY,
                FieldErrors.NONE,
                Optional.empty(),
                Optional.empty(),
                FieldErrors.NONE,
                Optional.empty());

        static Forms refusedNew(LinkForm typed, FieldErrors errors) {
            return new Forms(typed, errors, Optional.empty(), Optional.empty(), FieldErrors.NONE, Optional.empty());
        }

        static Forms editing(LinkEdit edit) {
            return new Forms(
                    LinkForm.EMPTY,
                    FieldErrors.NONE,
                    Optional.of(edit),
                    Optional.empty(),
                    FieldErrors.NONE,
                    Optional.empty());
        }

        static Forms refusedSettings(SettingsForm typed, FieldErrors errors) {
            return new Forms(
                    LinkForm.EMPTY, FieldErrors.NONE, Optional.empty(), Optional.of(typed), errors, Optional.empty());
        }

        static Forms problem(FormProblem problem) {
            return new Forms(
                    LinkForm.EMPTY,
                    FieldErrors.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    FieldErrors.NONE,
                    Optional.of(problem));
        }
    }

    @GET
    @Path("{pageId}")
    public Response show(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @QueryParam("edit") @DefaultValue("") String edited) {
        return acting.page(
                call,
                context -> find(context, pageId)
                        .map(found -> Html.ok(page(
                                call,
                                context,
                                found,
                                found.links().stream()
                                        .filter(link -> link.id().toString().equals(edited))
                                        .findFirst()
                                        .map(link -> Forms.editing(new LinkEdit(
                                                edited, new LinkForm(link.title(), link.url()), FieldErrors.NONE)))
                                        .orElse(Forms.EMPTY))))
                        .orElseGet(() -> PagesPageResource.unknownPage(call, errorPages)));
    }

    private Optional<OnPage> find(AccountContext context, String pageId) {
        return PageId.parse(pageId).flatMap(id -> links.list(context, Optional.of(id)));
    }

    @POST
    @Path("{pageId}")
    public Response updateSettings(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("slug") @DefaultValue("") String slug,
            @FormParam("isDefault") @DefaultValue("") String isDefault) {
        return acting.page(call, Optional.of(as), context -> {
            Optional<OnPage> found = find(context, pageId);
            if (found.isEmpty()) {
                return PagesPageResource.unknownPage(call, errorPages);
            }
            Page page = found.get().page();
            // A box that is not shown for the only default sends nothing, and nothing is to change then.
            boolean asDefault = page.isDefault() || isDefault.equals("true");
            var typed = new SettingsForm(name, slug, asDefault);
            var change = new Pages.Change(Optional.of(slug), Optional.of(name), Optional.of(asDefault));
            return switch (pages.update(context, page.id(), change)) {
                case Updated.Done done ->
                    Html.seeOther(
                            call,
                            PagesPageResource.editorPath(context, done.page().id()) + "&done=page-saved");
                case Updated.Unknown _ -> PagesPageResource.unknownPage(call, errorPages);
                case Updated.OverLimit _ ->
                    Html.answer(
                            403,
                            page(
                                    call,
                                    context,
                                    found.get(),
                                    Forms.problem(
                                            new FormProblem("Nothing was changed.", PagesResource.OVER_LIMIT + "."))));
                case Updated.SlugTaken _ ->
                    settingsAgain(
                            call,
                            context,
                            found.get(),
                            typed,
                            new FieldErrors(Map.of("slug", "You have a page at this address. Choose another one.")));
                case Updated.OnlyDefault _ ->
                    settingsAgain(
                            call,
                            context,
                            found.get(),
                            typed,
                            new FieldErrors(Map.of("isDefault", "Make another page the default instead.")));
                case Updated.Rejected rejected ->
                    settingsAgain(call, context, found.get(), typed, FieldErrors.from(rejected.invalid()));
            };
        });
    }

    private Response settingsAgain(
            Call call, AccountContext context, OnPage found, SettingsForm typed, FieldErrors errors) {
        return Html.invalid(page(call, context, found, Forms.refusedSettings(typed, errors)));
    }

    @POST
    @Path("{pageId}/links")
    public Response addLink(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("title") @DefaultValue("") String title,
            @FormParam("url") @DefaultValue("") String url) {
        var step = new Step.Add(title, withScheme(url), Optional.empty(), true);
        return apply(
                call,
                as,
                pageId,
                step,
                rejected -> Forms.refusedNew(new LinkForm(title, url), FieldErrors.from(rejected.invalid())));
    }

    @POST
    @Path("{pageId}/links/{linkId}")
    public Response updateLink(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("linkId") String linkId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("title") @DefaultValue("") String title,
            @FormParam("url") @DefaultValue("") String url) {
        var step = new Step.Update(
                linkId, Optional.of(title), Optional.of(withScheme(url)), Optional.empty(), Optional.empty());
        return apply(
                call,
                as,
                pageId,
                step,
                rejected -> Forms.editing(
                        new LinkEdit(linkId, new LinkForm(title, url), FieldErrors.from(rejected.invalid()))));
    }

    /// People type `example.com`; a browser's address bar understands that, and so do we.
    private static String withScheme(String url) {
        String typed = url.strip();
        return typed.matches("(?i)[a-z0-9-]+(\\.[a-z0-9-]+)+([/?#].*)?") ? "https://" + typed : typed;
    }

    @POST
    @Path("{pageId}/links/{linkId}/delete")
    public Response deleteLink(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("linkId") String linkId,
            @FormParam("as") @DefaultValue("") String as) {
        return apply(call, as, pageId, new Step.Remove(linkId), _ -> Forms.EMPTY);
    }

    @POST
    @Path("{pageId}/links/{linkId}/active")
    public Response showLink(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("linkId") String linkId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("active") @DefaultValue("false") String active) {
        var step = new Step.Update(
                linkId, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(active.equals("true")));
        return apply(call, as, pageId, step, _ -> Forms.EMPTY);
    }

    @POST
    @Path("{pageId}/links/{linkId}/move")
    public Response moveLink(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("linkId") String linkId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("to") @DefaultValue("") String to) {
        var step = new Step.Move(linkId, to.equals("up") ? Direction.UP : Direction.DOWN);
        return apply(call, as, pageId, step, _ -> Forms.EMPTY);
    }

    private interface Refusal {
        Forms forms(Applied.Rejected rejected);
    }

    private Response apply(Call call, String as, String pageId, Step step, Refusal refusal) {
        return acting.page(call, Optional.of(as), context -> {
            Optional<PageId> id = PageId.parse(pageId);
            if (id.isEmpty()) {
                return PagesPageResource.unknownPage(call, errorPages);
            }
            return switch (links.apply(context, id, List.of(step))) {
                case Applied.Done done ->
                    call.isHtmx()
                            ? Html.ok(page(call, context, done.now(), Forms.EMPTY))
                            : Html.seeOther(PagesPageResource.editorPath(context, id.get()) + "#links");
                case Applied.UnknownPage _, Applied.UnknownLink _ -> PagesPageResource.unknownPage(call, errorPages);
                case Applied.Rejected rejected -> again(call, context, id.get(), refusal.forms(rejected));
                case Applied.LimitReached reached ->
                    again(
                            call,
                            context,
                            id.get(),
                            Forms.problem(new FormProblem(
                                    LinksResource.limitText(reached) + ".",
                                    reached.used() + " of " + reached.max()
                                            + " are used. Delete a link, or get a plan with more.")));
                case Applied.PageOverLimit _ ->
                    again(
                            call,
                            context,
                            id.get(),
                            Forms.problem(new FormProblem("Nothing was changed.", PagesResource.OVER_LIMIT + ".")));
                case Applied.TooManySteps _ -> throw new IllegalStateException("One step is not too many");
            };
        });
    }

    private Response again(Call call, AccountContext context, PageId page, Forms forms) {
        return links.list(context, Optional.of(page))
                .map(found -> Html.invalid(page(call, context, found, forms)))
                .orElseGet(() -> PagesPageResource.unknownPage(call, errorPages));
    }

    private PageEditorPage page(Call call, AccountContext context, OnPage found, Forms forms) {
        Page page = found.page();
        List<Link> all = found.links();
        Overview overview = pages.overview(context);
        return new PageEditorPage(
                shells.of(call, context, NavItem.PAGES, page.name()),
                new PageEditorPage.EditedPage(
                        page.id().toString(),
                        page.name(),
                        page.slug(),
                        page.isDefault(),
                        page.isDefault() && overview.pages().size() == 1,
                        settings.publicHost(),
                        PagesPageResource.publicPath(context, page),
                        context.acting().username(),
                        found.flagged().pages().contains(page.id())),
                IntStream.range(0, all.size())
                        .mapToObj(i -> row(
                                all.get(i),
                                found.flagged().links().contains(all.get(i).id()),
                                i == 0,
                                i == all.size() - 1))
                        .toList(),
                PagesPageResource.usage(overview.linkUse()),
                overview.tier(),
                forms.newLink(),
                forms.newLinkErrors(),
                forms.edit(),
                forms.settings().orElse(new SettingsForm(page.name(), page.slug(), page.isDefault())),
                forms.settingsErrors(),
                forms.problem(),
                call.isHtmx());
    }

    private static PageEditorPage.LinkRow row(Link link, boolean overLimit, boolean first, boolean last) {
        return new PageEditorPage.LinkRow(
                link.id().toString(), link.title(), link.url(), link.active(), link.clicks(), overLimit, first, last);
    }
}
