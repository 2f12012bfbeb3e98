package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.pages.MessageButtons;
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
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import dev.banyan.themes.Appearance;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// One page in the editor, its settings, and its “Message us” button. For its links see [EditorLinksResource].
@Path("/admin/pages")
@RunOnVirtualThread
class PageEditorPageResource {

    private static final String LABEL = "Message us on WhatsApp";

    private final Pages pages;
    private final EditorAnswers answers;
    private final PublicPages publicPages;
    private final Appearances appearances;
    private final MessageButtons buttons;
    private final Pools pools;

    PageEditorPageResource(
            Pages pages,
            EditorAnswers answers,
            PublicPages publicPages,
            Appearances appearances,
            MessageButtons buttons,
            Pools pools) {
        this.pages = pages;
        this.answers = answers;
        this.publicPages = publicPages;
        this.appearances = appearances;
        this.buttons = buttons;
        this.pools = pools;
    }

    @GET
    @Path("{pageId}")
    public Response show(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @QueryParam("edit") @DefaultValue("") String edited,
            @QueryParam("undo") @DefaultValue("") String undo) {
        return answers.find(request.context(), pageId)
                .map(found -> Html.ok(answers.page(
                        request, found, edited(found, edited), Optional.of(undo).filter(id -> !id.isEmpty()))))
                .orElseThrow(() -> PageAnswers.unknownPage(request));
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
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @QueryParam("look") @DefaultValue("") String look) {
        return PageId.parse(pageId)
                .flatMap(id -> publicPages.preview(request.context(), id, tried(request.context(), id, look)))
                .map(bytes -> bytes.response(request.call().routing().request()))
                .orElseThrow(() -> PageAnswers.unknownPage(request));
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
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("published") @DefaultValue("false") String published) {
        boolean wanted = published.equals("true");
        return change(
                request,
                pageId,
                Pages.Change.published(wanted),
                wanted ? "page-published" : "page-unpublished",
                new SettingsForm("", "", false, ""));
    }

    @POST
    @Path("{pageId}")
    public Response updateSettings(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("slug") @DefaultValue("") String slug,
            @FormParam("isDefault") @DefaultValue("") String isDefault,
            @FormParam("timeZone") Optional<String> timeZone) {
        // The box is not shown for the only default page, so nothing is sent; a default page stays the default.
        boolean asDefault = isDefault.equals("true");
        var change = new Pages.Change(
                Optional.of(slug),
                Optional.of(name),
                asDefault ? Optional.of(true) : Optional.empty(),
                Optional.empty(),
                timeZone);
        var typed = new SettingsForm(name, slug, asDefault, timeZone.orElse(""));
        return change(request, pageId, change, "page-saved", typed);
    }

    private Response change(AccountPage request, String pageId, Pages.Change change, String done, SettingsForm typed) {
        OnPage found = answers.find(request.context(), pageId).orElseThrow(() -> PageAnswers.unknownPage(request));
        Page page = found.page();
        return switch (pages.update(request.context(), page.id(), change)) {
            case Updated.Done saved ->
                Html.seeOther(
                        request.call(),
                        PagesPageResource.editorPath(
                                        request.context(), saved.page().id()) + "&done=" + done);
            case Updated.NotFound _ -> throw PageAnswers.unknownPage(request);
            case Updated.OverLimit _ ->
                Html.answer(
                        403,
                        answers.page(
                                request, found, new EditorForms.Problem(PageAnswers.OVER_LIMIT), Optional.empty()));
            case Updated.SlugTaken _ ->
                settingsAgain(
                        request,
                        found,
                        typed,
                        new FieldErrors(Map.of("slug", "Another page has this address. Choose another.")));
            case Updated.OnlyDefault _ ->
                settingsAgain(
                        request,
                        found,
                        typed,
                        new FieldErrors(Map.of("isDefault", "Make another page the default instead.")));
            case Updated.Rejected rejected ->
                settingsAgain(request, found, typed, FieldErrors.from(rejected.invalid()));
        };
    }

    private Response settingsAgain(AccountPage request, OnPage found, SettingsForm typed, FieldErrors errors) {
        return Html.invalid(answers.page(request, found, new EditorForms.Settings(typed, errors), Optional.empty()));
    }

    @GET
    @Path("{pageId}/message-us")
    public Response messageUs(@Context AccountPage request, @PathParam("pageId") String pageId) {
        return buttonOf(request.context(), pageId)
                .map(found -> Html.ok(messageUsPage(request, found, messageUsForm(found), FieldErrors.NONE)))
                .orElseThrow(() -> PageAnswers.unknownPage(request));
    }

    @POST
    @Path("{pageId}/message-us")
    public Response saveMessageUs(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("on") @DefaultValue("") String on,
            @FormParam("pool") @DefaultValue("") String pool,
            @FormParam("label") @DefaultValue("") String label,
            @FormParam("greeting") @DefaultValue("") String greeting) {
        MessageButtons.OnPage found =
                buttonOf(request.context(), pageId).orElseThrow(() -> PageAnswers.unknownPage(request));
        PageId id = found.page().id();
        Outcome<Outcome.Nothing> changed = on.equals("true")
                ? buttons.save(request.context(), id, new MessageButtons.ButtonRequest(pool, label, greeting))
                : buttons.remove(request.context(), id);
        return changed.fold(
                _ -> Html.seeOther(
                        request.call(), PagesPageResource.editorPath(request.context(), id) + "&done=message-us-saved"),
                refusal -> {
                    if (refusal instanceof Refusal.Rejected(List<Invalid> invalid)) {
                        var typed = new MessageUsPage.Form(true, pool, label, greeting);
                        return Html.invalid(messageUsPage(request, found, typed, FieldErrors.from(invalid)));
                    }
                    throw PageAnswers.unknownPage(request);
                });
    }

    private Optional<MessageButtons.OnPage> buttonOf(AccountContext context, String pageId) {
        return PageId.parse(pageId).flatMap(id -> buttons.find(context, id));
    }

    private static MessageUsPage.Form messageUsForm(MessageButtons.OnPage found) {
        return found.button()
                .map(button -> new MessageUsPage.Form(true, button.pool().value(), button.label(), button.greeting()))
                .orElse(new MessageUsPage.Form(false, "", LABEL, ""));
    }

    private MessageUsPage messageUsPage(
            AccountPage request, MessageButtons.OnPage found, MessageUsPage.Form form, FieldErrors errors) {
        return new MessageUsPage(
                request.frame(NavItem.PAGES, found.page().name() + " – Message us"),
                found.page().id().toString(),
                found.page().name(),
                pools.overview(request.context().root().id()).pools().stream()
                        .map(Pool::master)
                        .map(master -> new Choice(master.id().value(), master.displayName()))
                        .toList(),
                form,
                errors,
                found.button()
                        .map(button -> Words.count(button.clicks(), "click", "clicks"))
                        .orElse(""),
                request.context().isSubAccount() ? request.context().root().displayName() : "");
    }
}
