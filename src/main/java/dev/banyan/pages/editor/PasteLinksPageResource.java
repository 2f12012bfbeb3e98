package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.plans.FeatureFailure;
import dev.banyan.pages.Links;
import dev.banyan.pages.Links.Applied;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.Pages;
import dev.banyan.pages.PlanLimit;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Adds many links at once: first a preview with what is wrong, then all of them or none.
@Path("/admin/pages")
@RunOnVirtualThread
class PasteLinksPageResource {

    private final Pages pages;
    private final Links links;

    PasteLinksPageResource(Pages pages, Links links) {
        this.pages = pages;
        this.links = links;
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
