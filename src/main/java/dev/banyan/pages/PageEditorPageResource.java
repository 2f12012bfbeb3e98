package dev.banyan.pages;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.ActingAs;
import dev.banyan.accounts.Shells;
import dev.banyan.pages.Links.Applied;
import dev.banyan.pages.Links.Direction;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.pages.Links.Step;
import dev.banyan.pages.PageEditorPage.GroupEdit;
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
import dev.banyan.themes.Appearance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
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
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

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
    private final PublicPages publicPages;
    private final DeletedContents deleted;
    private final Appearances appearances;

    PageEditorPageResource(
            ActingAs acting,
            Pages pages,
            Links links,
            Shells shells,
            ErrorPages errorPages,
            Settings settings,
            PublicPages publicPages,
            DeletedContents deleted,
            Appearances appearances) {
        this.acting = acting;
        this.pages = pages;
        this.links = links;
        this.shells = shells;
        this.errorPages = errorPages;
        this.settings = settings;
        this.publicPages = publicPages;
        this.deleted = deleted;
        this.appearances = appearances;
    }

    /// The forms of the editor as they are to be shown: empty, filled, or refused.
    private record Forms(
            LinkForm newLink,
            FieldErrors newLinkErrors,
            String newGroup,
            FieldErrors newGroupErrors,
            Optional<Edited> edit,
            Optional<GroupEdit> groupEdit,
            Optional<SettingsForm> settings,
            FieldErrors settingsErrors,
            Optional<FormProblem> problem,
            Optional<String> undo) {

        static final Forms EMPTY = new Forms(
                LinkForm.EMPTY,
                FieldErrors.NONE,
                "",
                FieldErrors.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                FieldErrors.NONE,
                Optional.empty(),
                Optional.empty());

        static Forms refusedNew(LinkForm typed, FieldErrors errors) {
            return new Forms(
                    typed,
                    errors,
                    "",
                    FieldErrors.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    FieldErrors.NONE,
                    Optional.empty(),
                    Optional.empty());
        }

        static Forms refusedGroup(String typed, FieldErrors errors) {
            return new Forms(
                    LinkForm.EMPTY,
                    FieldErrors.NONE,
                    typed,
                    errors,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    FieldErrors.NONE,
                    Optional.empty(),
                    Optional.empty());
        }

        static Forms refusedSettings(SettingsForm typed, FieldErrors errors) {
            return new Forms(
                    LinkForm.EMPTY,
                    FieldErrors.NONE,
                    "",
                    FieldErrors.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(typed),
                    errors,
                    Optional.empty(),
                    Optional.empty());
        }

        Forms editing(Optional<Edited> link, Optional<GroupEdit> group) {
            return new Forms(
                    newLink,
                    newLinkErrors,
                    newGroup,
                    newGroupErrors,
                    link,
                    group,
                    settings,
                    settingsErrors,
                    problem,
                    undo);
        }

        Forms problem(FormProblem one) {
            return new Forms(
                    newLink,
                    newLinkErrors,
                    newGroup,
                    newGroupErrors,
                    edit,
                    groupEdit,
                    settings,
                    settingsErrors,
                    Optional.of(one),
                    undo);
        }

        Forms undo(Optional<String> id) {
            return new Forms(
                    newLink,
                    newLinkErrors,
                    newGroup,
                    newGroupErrors,
                    edit,
                    groupEdit,
                    settings,
                    settingsErrors,
                    problem,
                    id);
        }
    }

    /// The link whose form is open.
    ///
    /// @param typed over what is stored
    private record Edited(String linkId, Optional<LinkFields> typed, FieldErrors errors) {}

    @GET
    @Path("{pageId}")
    public Response show(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @QueryParam("edit") @DefaultValue("") String edited,
            @QueryParam("undo") @DefaultValue("") String undo) {
        return acting.page(
                call,
                context -> find(context, pageId)
                        .map(found -> Html.ok(page(
                                call,
                                context,
                                found,
                                Forms.EMPTY
                                        .editing(
                                                Optional.of(new Edited(edited, Optional.empty(), FieldErrors.NONE)),
                                                group(found, edited))
                                        .undo(Optional.of(undo).filter(id -> !id.isEmpty())))))
                        .orElseGet(() -> PagesPageResource.unknownPage(call, errorPages)));
    }

    private static Optional<GroupEdit> group(OnPage found, String id) {
        return found.groups().stream()
                .filter(group -> group.id().equals(id))
                .findFirst()
                .map(group ->
                        new GroupEdit(id, group.title(), group.layout().key(), group.collapsed(), FieldErrors.NONE));
    }

    /// The public page in a frame beside the editor.
    ///
    /// @param look one that is being tried, as a [LookDraft]
    @GET
    @Path("{pageId}/preview")
    public Response preview(
            @Context Call call, @PathParam("pageId") String pageId, @QueryParam("look") @DefaultValue("") String look) {
        return acting.page(
                call,
                context -> PageId.parse(pageId)
                        .flatMap(id -> publicPages.preview(context, id, tried(context, id, look)))
                        .map(bytes -> bytes.response(call.routing().request()))
                        .orElseGet(() -> PagesPageResource.unknownPage(call, errorPages)));
    }

    private Optional<Appearance> tried(AccountContext context, PageId page, String look) {
        return Optional.of(look)
                .filter(text -> !text.isEmpty())
                .flatMap(LookDraft::read)
                .flatMap(document -> appearances.tryOut(context, page, document))
                .map(drawn -> drawn.shown().look());
    }

    @POST
    @Path("{pageId}/published")
    public Response publish(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("published") @DefaultValue("false") String published) {
        boolean wanted = published.equals("true");
        return change(
                call,
                as,
                pageId,
                Pages.Change.published(wanted),
                wanted ? "page-published" : "page-unpublished",
                new SettingsForm("", "", false));
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
        // A box that is not shown for the only default sends nothing; a default page stays the default one.
        boolean asDefault = isDefault.equals("true");
        var change = new Pages.Change(
                Optional.of(slug),
                Optional.of(name),
                asDefault ? Optional.of(true) : Optional.empty(),
                Optional.empty());
        return change(call, as, pageId, change, "page-saved", new SettingsForm(name, slug, asDefault));
    }

    private Response change(Call call, String as, String pageId, Pages.Change change, String done, SettingsForm typed) {
        return acting.page(call, Optional.of(as), context -> {
            Optional<OnPage> found = find(context, pageId);
            if (found.isEmpty()) {
                return PagesPageResource.unknownPage(call, errorPages);
            }
            Page page = found.get().page();
            return switch (pages.update(context, page.id(), change)) {
                case Updated.Done saved ->
                    Html.seeOther(
                            call,
                            PagesPageResource.editorPath(context, saved.page().id()) + "&done=" + done);
                case Updated.Unknown _ -> PagesPageResource.unknownPage(call, errorPages);
                case Updated.OverLimit _ ->
                    Html.answer(
                            403,
                            page(
                                    call,
                                    context,
                                    found.get(),
                                    Forms.EMPTY.problem(
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
        var step = new Step.Add(LinkWish.plain(title, LinkFields.withScheme(url)));
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
            @BeanParam LinkFields fields) {
        return apply(
                call,
                as,
                pageId,
                new Step.Update(linkId, fields.wish()),
                rejected -> Forms.EMPTY.editing(
                        Optional.of(new Edited(linkId, Optional.of(fields), FieldErrors.from(rejected.invalid()))),
                        Optional.empty()));
    }

    /// The picture of a link as a file; `act` may take away what is there.
    @POST
    @Path("{pageId}/links/{linkId}/picture")
    public Response picture(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("linkId") String linkId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("act") @DefaultValue("") String act,
            @FormParam("picture") @Nullable FileUpload picture) {
        Optional<byte[]> bytes =
                act.equals("remove") ? Optional.empty() : Optional.of(AppearancePageResource.bytes(picture));
        var open = new Edited(linkId, Optional.empty(), FieldErrors.NONE);
        return answer(
                call,
                as,
                pageId,
                (context, page) -> links.setPicture(context, page, linkId, bytes),
                Forms.EMPTY.editing(Optional.of(open), Optional.empty()),
                "&edit=" + linkId + "#link-" + linkId,
                rejected -> Forms.EMPTY.editing(
                        Optional.of(new Edited(linkId, Optional.empty(), FieldErrors.from(rejected.invalid()))),
                        Optional.empty()));
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
        var step = new Step.Update(linkId, LinkWish.active(active.equals("true")));
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
        return apply(call, as, pageId, new Step.Move(linkId, direction(to)), _ -> Forms.EMPTY);
    }

    static Direction direction(String to) {
        return to.equals("up") ? Direction.UP : Direction.DOWN;
    }

    @POST
    @Path("{pageId}/groups")
    public Response addGroup(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("title") @DefaultValue("") String title) {
        var wish = new GroupWish(
                Optional.of(title), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return apply(
                call,
                as,
                pageId,
                new Step.AddGroup(wish),
                rejected -> Forms.refusedGroup(title, FieldErrors.from(rejected.invalid())));
    }

    @POST
    @Path("{pageId}/groups/{groupId}")
    public Response updateGroup(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("title") @DefaultValue("") String title,
            @FormParam("layout") @DefaultValue("") String layout,
            @FormParam("collapsed") @DefaultValue("") String collapsed) {
        boolean closed = collapsed.equals("true");
        var wish = new GroupWish(
                Optional.of(title), Optional.empty(), Optional.empty(), Optional.of(layout), Optional.of(closed));
        return apply(
                call,
                as,
                pageId,
                new Step.UpdateGroup(groupId, wish),
                rejected -> Forms.EMPTY.editing(
                        Optional.empty(),
                        Optional.of(
                                new GroupEdit(groupId, title, layout, closed, FieldErrors.from(rejected.invalid())))));
    }

    @POST
    @Path("{pageId}/groups/{groupId}/delete")
    public Response deleteGroup(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("as") @DefaultValue("") String as) {
        return apply(call, as, pageId, new Step.RemoveGroup(groupId), _ -> Forms.EMPTY);
    }

    @POST
    @Path("{pageId}/groups/{groupId}/active")
    public Response showGroup(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("active") @DefaultValue("false") String active) {
        var step = new Step.UpdateGroup(groupId, GroupWish.active(active.equals("true")));
        return apply(call, as, pageId, step, _ -> Forms.EMPTY);
    }

    @POST
    @Path("{pageId}/groups/{groupId}/move")
    public Response moveGroup(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("to") @DefaultValue("") String to) {
        return apply(call, as, pageId, new Step.Move(groupId, direction(to)), _ -> Forms.EMPTY);
    }

    /// Where a link or a group was dropped.
    @POST
    @Path("{pageId}/place")
    public Response place(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("item") @DefaultValue("") String item,
            @FormParam("group") @DefaultValue("") String group,
            @FormParam("before") @DefaultValue("") String before) {
        var step = new Step.Place(
                item,
                Optional.of(group).filter(id -> !id.isEmpty()),
                Optional.of(before).filter(id -> !id.isEmpty()));
        return apply(call, as, pageId, step, _ -> Forms.EMPTY);
    }

    private interface Refusal {
        Forms forms(Applied.Rejected rejected);
    }

    private interface Change {
        Applied on(AccountContext context, PageId page);
    }

    private Response apply(Call call, String as, String pageId, Step step, Refusal refusal) {
        return answer(
                call,
                as,
                pageId,
                (context, page) -> links.apply(context, Optional.of(page), List.of(step)),
                Forms.EMPTY,
                "#links",
                refusal);
    }

    /// @param then what stands open after it
    /// @param place where on the page somebody without a script comes to stand
    private Response answer(
            Call call, String as, String pageId, Change change, Forms then, String place, Refusal refusal) {
        return acting.page(call, Optional.of(as), context -> {
            Optional<PageId> id = PageId.parse(pageId);
            if (id.isEmpty()) {
                return PagesPageResource.unknownPage(call, errorPages);
            }
            return switch (change.on(context, id.get())) {
                case Applied.Done done ->
                    call.isHtmx()
                            ? Html.ok(page(call, context, done.now(), then.undo(done.undo())))
                            : Html.seeOther(PagesPageResource.editorPath(context, id.get())
                                    + done.undo().map(undo -> "&undo=" + undo).orElse("")
                                    + place);
                case Applied.UnknownPage _, Applied.UnknownLink _, Applied.UnknownGroup _ ->
                    PagesPageResource.unknownPage(call, errorPages);
                case Applied.Rejected rejected -> again(call, context, id.get(), refusal.forms(rejected));
                case Applied.LimitReached reached ->
                    problem(
                            call,
                            context,
                            id.get(),
                            LinksResource.limitText(reached) + ".",
                            reached.used() + " of " + reached.max()
                                    + " are used. Delete one, or get a plan with more.");
                case Applied.NotInTier lacking ->
                    problem(
                            call,
                            context,
                            id.get(),
                            FeatureFailure.sentence(lacking.feature(), lacking.tier()) + ".",
                            "Nothing was saved. Get a plan that has it, or go without.");
                case Applied.PageOverLimit _ ->
                    problem(call, context, id.get(), "Nothing was changed.", PagesResource.OVER_LIMIT + ".");
                case Applied.TooManySteps _ -> throw new IllegalStateException("One step is not too many");
            };
        });
    }

    private Response problem(Call call, AccountContext context, PageId page, String title, String text) {
        return again(call, context, page, Forms.EMPTY.problem(new FormProblem(title, text)));
    }

    private Response again(Call call, AccountContext context, PageId page, Forms forms) {
        return links.list(context, Optional.of(page))
                .map(found -> Html.invalid(page(call, context, found, forms)))
                .orElseGet(() -> PagesPageResource.unknownPage(call, errorPages));
    }

    private PageEditorPage page(Call call, AccountContext context, OnPage found, Forms forms) {
        Page page = found.page();
        Overview overview = pages.overview(context);
        return new PageEditorPage(
                shells.of(call, context, NavItem.PAGES, page.name()),
                new PageEditorPage.EditedPage(
                        page.id().toString(),
                        page.name(),
                        page.slug(),
                        page.isDefault(),
                        page.isDefault() && overview.pages().size() == 1,
                        page.published(),
                        settings.publicHost(),
                        PagesPageResource.publicPath(context, page),
                        context.acting().username(),
                        found.flagged().pages().contains(page.id())),
                PageEditorRows.of(found),
                PagesPageResource.usage(overview.linkUse()),
                PagesPageResource.usage(overview.groupUse()),
                overview.tier(),
                forms.newLink(),
                forms.newLinkErrors(),
                forms.newGroup(),
                forms.newGroupErrors(),
                forms.edit().flatMap(edited -> edit(found, edited)),
                forms.groupEdit(),
                forms.settings()
                        .filter(typed ->
                                !typed.slug().isEmpty() || !typed.name().isEmpty())
                        .orElse(new SettingsForm(page.name(), page.slug(), page.isDefault())),
                forms.settingsErrors(),
                forms.problem(),
                forms.undo()
                        .flatMap(id -> deleted.find(context, id))
                        .map(entry -> new PageEditorPage.Undo(entry.id(), entry.name())),
                call.isHtmx());
    }

    private static Optional<LinkEdit> edit(OnPage found, Edited edited) {
        return found.links().stream()
                .filter(link -> link.id().toString().equals(edited.linkId()))
                .findFirst()
                .map(link -> PageEditorRows.edit(found, link, edited.typed(), edited.errors()));
    }
}
