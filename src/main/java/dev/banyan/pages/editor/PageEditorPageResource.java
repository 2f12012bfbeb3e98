package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.PageId;
import dev.banyan.pages.Pages;
import dev.banyan.pages.Pages.Updated;
import dev.banyan.pages.editor.PageEditorPage.GroupEdit;
import dev.banyan.pages.editor.PageEditorPage.SettingsForm;
import dev.banyan.pages.looks.AppearanceDraft;
import dev.banyan.pages.looks.Appearances;
import dev.banyan.pages.visitor.PublicPages;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.themes.Appearance;
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

/// One page in the editor, and its settings. For its content see [EditorLinksResource] and [EditorGroupsResource].
@Path("/admin/pages")
@RunOnVirtualThread
class PageEditorPageResource {

    private final AccountGuard acting;
    private final Pages pages;
    private final EditorAnswers answers;
    private final ErrorPages errorPages;
    private final PublicPages publicPages;
    private final Appearances appearances;

    PageEditorPageResource(
            AccountGuard acting,
            Pages pages,
            EditorAnswers answers,
            ErrorPages errorPages,
            PublicPages publicPages,
            Appearances appearances) {
        this.acting = acting;
        this.pages = pages;
        this.answers = answers;
        this.errorPages = errorPages;
        this.publicPages = publicPages;
        this.appearances = appearances;
    }

    @GET
    @Path("{pageId}")
    public Response show(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @QueryParam("edit") @DefaultValue("") String edited,
            @QueryParam("undo") @DefaultValue("") String undo) {
        return acting.page(
                call,
                context -> answers.find(context, pageId)
                        .map(found -> Html.ok(answers.page(
                                call,
                                context,
                                found,
                                edited(found, edited),
                                Optional.of(undo).filter(id -> !id.isEmpty()))))
                        .orElseGet(() -> PageAnswers.unknownPage(call, errorPages)));
    }

    private static EditorForms edited(OnPage found, String id) {
        return found.groups().stream()
                .filter(group -> group.id().equals(id))
                .findFirst()
                .<EditorForms>map(group -> new EditorForms.EditedGroup(
                        new GroupEdit(id, group.title(), group.layout().key(), group.collapsed(), FieldErrors.NONE)))
                .orElseGet(() -> new EditorForms.EditedLink(id, Optional.empty(), FieldErrors.NONE));
    }

    /// The preview of the public page, in a frame next to the editor.
    ///
    /// @param look an unsaved appearance, as a [AppearanceDraft]
    @GET
    @Path("{pageId}/preview")
    public Response preview(
            @Context Call call, @PathParam("pageId") String pageId, @QueryParam("look") @DefaultValue("") String look) {
        return acting.page(
                call,
                context -> PageId.parse(pageId)
                        .flatMap(id -> publicPages.preview(context, id, tried(context, id, look)))
                        .map(bytes -> bytes.response(call.routing().request()))
                        .orElseGet(() -> PageAnswers.unknownPage(call, errorPages)));
    }

    private Optional<Appearance> tried(AccountContext context, PageId page, String look) {
        return Optional.of(look)
                .filter(text -> !text.isEmpty())
                .flatMap(AppearanceDraft::read)
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

    @POST
    @Path("{pageId}")
    public Response updateSettings(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("slug") @DefaultValue("") String slug,
            @FormParam("isDefault") @DefaultValue("") String isDefault) {
        // The box is not shown for the only default page, so nothing is sent; a default page stays the default.
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
            Optional<OnPage> found = answers.find(context, pageId);
            if (found.isEmpty()) {
                return PageAnswers.unknownPage(call, errorPages);
            }
            Page page = found.get().page();
            return switch (pages.update(context, page.id(), change)) {
                case Updated.Done saved ->
                    Html.seeOther(
                            call,
                            PagesPageResource.editorPath(context, saved.page().id()) + "&done=" + done);
                case Updated.NotFound _ -> PageAnswers.unknownPage(call, errorPages);
                case Updated.OverLimit _ ->
                    Html.answer(
                            403,
                            answers.page(
                                    call,
                                    context,
                                    found.get(),
                                    new EditorForms.Problem(PageAnswers.OVER_LIMIT),
                                    Optional.empty()));
                case Updated.SlugTaken _ ->
                    settingsAgain(
                            call,
                            context,
                            found.get(),
                            typed,
                            new FieldErrors(Map.of("slug", "Another page has this address. Choose another.")));
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
        return Html.invalid(
                answers.page(call, context, found, new EditorForms.Settings(typed, errors), Optional.empty()));
    }
}
