package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.plans.FeatureFailure;
import dev.banyan.pages.LinkAddresses;
import dev.banyan.pages.LinkChange;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkGroupChange;
import dev.banyan.pages.LinkStep;
import dev.banyan.pages.LinkStep.Direction;
import dev.banyan.pages.Links;
import dev.banyan.pages.Links.Applied;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.Pages;
import dev.banyan.pages.PlanLimit;
import dev.banyan.pages.editor.PageEditorPage.GroupEdit;
import dev.banyan.pages.editor.PageEditorPage.LinkForm;
import dev.banyan.platform.Changes;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.UploadedFile;
import dev.banyan.platform.web.page.Words;
import dev.banyan.themes.Pictures;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jspecify.annotations.Nullable;

/// The links of a page in the editor, and their groups. Many links are added at once: first a preview with what is
/// wrong,
/// then all of them or none.
@Path("/admin/pages")
@RunOnVirtualThread
class EditorLinksResource {

    private final EditorAnswers answers;
    private final Links links;
    private final Pages pages;

    EditorLinksResource(EditorAnswers answers, Links links, Pages pages) {
        this.answers = answers;
        this.links = links;
        this.pages = pages;
    }

    @POST
    @Path("{pageId}/links")
    public Response addLink(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("title") @DefaultValue("") String title,
            @FormParam("url") @DefaultValue("") String url,
            @FormParam("kind") @DefaultValue("link") String kind,
            @FormParam("text") @DefaultValue("") String text) {
        var step = new LinkStep.Add(LinkChange.plain(title, LinkAddresses.withScheme(url))
                .with(LinkChange.KIND, kind)
                .with(LinkChange.TEXT, text));
        return answers.apply(
                request, pageId, step, errors -> new EditorForms.NewLink(new LinkForm(title, url, kind, text), errors));
    }

    @POST
    @Path("{pageId}/links/{linkId}")
    public Response updateLink(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @PathParam("linkId") String linkId,
            @BeanParam FormFields form) {
        var fields = new LinkFields(form);
        return answers.apply(
                request,
                pageId,
                new LinkStep.Update(linkId, fields.wish()),
                errors -> new EditorForms.EditedLink(linkId, Optional.of(fields), errors));
    }

    /// Uploads the picture of a link; `act` may remove the current one.
    @POST
    @Path("{pageId}/links/{linkId}/picture")
    public Response picture(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @PathParam("linkId") String linkId,
            @FormParam("act") @DefaultValue("") String act,
            @FormParam("picture") @Nullable FileUpload picture) {
        Optional<byte[]> bytes =
                act.equals("remove") ? Optional.empty() : Optional.of(UploadedFile.bytes(picture, Pictures.LARGEST));
        return answers.answer(
                request,
                pageId,
                (context, page) -> links.setPicture(context, page, linkId, bytes),
                new EditorForms.EditedLink(linkId, Optional.empty(), FieldErrors.NONE),
                "&edit=" + linkId + "#link-" + linkId,
                errors -> new EditorForms.EditedLink(linkId, Optional.empty(), errors));
    }

    @POST
    @Path("{pageId}/links/{linkId}/delete")
    @WithFormRead
    public Response deleteLink(
            @Context AccountPage request, @PathParam("pageId") String pageId, @PathParam("linkId") String linkId) {
        return answers.apply(request, pageId, new LinkStep.Remove(linkId));
    }

    @POST
    @Path("{pageId}/links/{linkId}/active")
    public Response showLink(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @PathParam("linkId") String linkId,
            @FormParam("active") @DefaultValue("false") String active) {
        var step = new LinkStep.Update(linkId, LinkChange.active(active.equals("true")));
        return answers.apply(request, pageId, step);
    }

    @POST
    @Path("{pageId}/links/{linkId}/move")
    public Response moveLink(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @PathParam("linkId") String linkId,
            @FormParam("to") @DefaultValue("") String to) {
        return answers.apply(request, pageId, new LinkStep.Move(linkId, Direction.of(to)));
    }

    @POST
    @Path("{pageId}/groups")
    public Response addGroup(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("title") @DefaultValue("") String title) {
        Changes<LinkGroup> wish = Changes.<LinkGroup>none().with(LinkGroupChange.TITLE, title);
        return answers.apply(
                request, pageId, new LinkStep.AddGroup(wish), errors -> new EditorForms.NewGroup(title, errors));
    }

    @POST
    @Path("{pageId}/groups/{groupId}")
    public Response updateGroup(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("title") @DefaultValue("") String title,
            @FormParam("layout") @DefaultValue("") String layout,
            @FormParam("collapsed") @DefaultValue("") String collapsed) {
        boolean closed = collapsed.equals("true");
        Changes<LinkGroup> wish = Changes.<LinkGroup>none()
                .with(LinkGroupChange.TITLE, title)
                .with(LinkGroupChange.LAYOUT, layout)
                .with(LinkGroupChange.COLLAPSED, closed);
        return answers.apply(
                request,
                pageId,
                new LinkStep.UpdateGroup(groupId, wish),
                errors -> new EditorForms.EditedGroup(new GroupEdit(groupId, title, layout, closed, errors)));
    }

    @POST
    @Path("{pageId}/groups/{groupId}/delete")
    @WithFormRead
    public Response deleteGroup(
            @Context AccountPage request, @PathParam("pageId") String pageId, @PathParam("groupId") String groupId) {
        return answers.apply(request, pageId, new LinkStep.RemoveGroup(groupId));
    }

    @POST
    @Path("{pageId}/groups/{groupId}/active")
    public Response showGroup(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("active") @DefaultValue("false") String active) {
        Changes<LinkGroup> wish = Changes.<LinkGroup>none().with(LinkGroupChange.ACTIVE, active.equals("true"));
        var step = new LinkStep.UpdateGroup(groupId, wish);
        return answers.apply(request, pageId, step);
    }

    @POST
    @Path("{pageId}/groups/{groupId}/move")
    public Response moveGroup(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @PathParam("groupId") String groupId,
            @FormParam("to") @DefaultValue("") String to) {
        return answers.apply(request, pageId, new LinkStep.Move(groupId, Direction.of(to)));
    }

    /// Moves a link or a group to where it was dropped.
    @POST
    @Path("{pageId}/place")
    public Response place(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("item") @DefaultValue("") String item,
            @FormParam("group") @DefaultValue("") String group,
            @FormParam("before") @DefaultValue("") String before) {
        var step = new LinkStep.Place(
                item,
                Optional.of(group).filter(id -> !id.isEmpty()),
                Optional.of(before).filter(id -> !id.isEmpty()));
        return answers.apply(request, pageId, step);
    }

    @GET
    @Path("{pageId}/links/paste")
    public Response form(@Context AccountPage request, @PathParam("pageId") String pageId) {
        Page page = PageAnswers.find(pages, request, pageId);
        return Html.ok(page(request, page, "", Optional.empty()));
    }

    /// @param act `add` adds what was previewed; all else previews
    @POST
    @Path("{pageId}/links/paste")
    public Response paste(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("text") @DefaultValue("") String text,
            @FormParam("act") @DefaultValue("") String act) {
        Page page = PageAnswers.find(pages, request, pageId);
        var pasted = PastedLinks.of(text);
        if (pasted.lines().isEmpty()) {
            return refused(request, page, text, "Paste at least one link.", "Write one link per line.");
        }
        if (pasted.lines().size() > PastedLinks.MOST) {
            return refused(
                    request,
                    page,
                    text,
                    "Paste up to " + PastedLinks.MOST + " links at a time (now "
                            + pasted.lines().size() + ").",
                    "Add the first ones, then come back for the rest.");
        }
        if (pasted.broken() > 0) {
            return Html.invalid(page(request, page, text, Optional.empty()));
        }
        return act.equals("add")
                ? add(request, page, text, pasted)
                : Html.ok(page(request, page, text, Optional.empty()));
    }

    private Response add(AccountPage request, Page page, String text, PastedLinks pasted) {
        return switch (links.apply(request.context(), Optional.of(page.id()), pasted.steps())) {
            case Applied.Done _ ->
                Html.seeOther(
                        request.call(),
                        PagesPageResource.editorPath(request.context(), page.id()) + "&done=links-added#links");
            case Applied.LimitReached(PlanLimit limit) ->
                refused(
                        request,
                        page,
                        text,
                        limit.sentence() + ".",
                        "You’ve used " + limit.used() + " of " + limit.max() + ", and "
                                + Words.count(pasted.lines().size(), "more doesn’t fit.", "more don’t fit."));
            case Applied.PageOverLimit _ ->
                Html.invalid(page(request, page, text, Optional.of(PageAnswers.OVER_LIMIT)));
            case Applied.Rejected rejected ->
                refused(
                        request,
                        page,
                        text,
                        "Line " + pasted.lines().get(rejected.step()).number() + ": "
                                + rejected.invalid().getFirst().userMessage(),
                        "No link was added.");
            case Applied.NotInTier lacking ->
                refused(
                        request,
                        page,
                        text,
                        FeatureFailure.sentence(lacking.feature(), lacking.tier()) + ".",
                        "No link was added.");
            case Applied.PageNotFound _, Applied.LinkNotFound _, Applied.GroupNotFound _ ->
                throw PageAnswers.unknownPage(request);
            case Applied.TooManySteps _ -> throw new IllegalStateException("Their number was checked before");
        };
    }

    private Response refused(AccountPage request, Page page, String text, String title, String sentence) {
        return Html.invalid(page(request, page, text, Optional.of(new FormProblem(title, sentence))));
    }

    private PasteLinksPage page(AccountPage request, Page page, String text, Optional<FormProblem> problem) {
        var pasted = PastedLinks.of(text);
        int number = pasted.lines().size();
        boolean addable = problem.isEmpty() && number > 0 && pasted.broken() == 0;
        Pages.Overview overview = pages.overview(request.context());
        return new PasteLinksPage(
                request.frame(NavItem.PAGES, page.name() + " – Paste links"),
                page.id().toString(),
                page.name(),
                text,
                number > PastedLinks.MOST ? List.of() : pasted.lines(),
                pasted.broken(),
                addable ? "Add " + Words.count(number, "link", "links") : "",
                PagesPageResource.usage(overview.linkUse()).text("link", "links", overview.tier()) + ".",
                problem);
    }
}
