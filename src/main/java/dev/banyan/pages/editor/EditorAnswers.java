package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.accounts.plans.FeatureFailure;
import dev.banyan.pages.DeletedContents;
import dev.banyan.pages.LinkStep;
import dev.banyan.pages.Links;
import dev.banyan.pages.Links.Applied;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.PageId;
import dev.banyan.pages.Pages;
import dev.banyan.pages.Pages.Overview;
import dev.banyan.pages.PlanLimit;
import dev.banyan.pages.editor.PageEditorPage.GroupEdit;
import dev.banyan.pages.editor.PageEditorPage.LinkEdit;
import dev.banyan.pages.editor.PageEditorPage.LinkForm;
import dev.banyan.pages.editor.PageEditorPage.SettingsForm;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.TimeZones;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// The responses shared by all forms of the editor: after a change, the links section for htmx or a redirect to the
/// editor without it; after an error, the form again.
@Singleton
record EditorAnswers(Pages pages, Links links, Settings settings, Domains domains, DeletedContents deleted) {

    Optional<OnPage> find(AccountContext context, String pageId) {
        return PageId.parse(pageId).flatMap(id -> links.list(context, Optional.of(id)));
    }

    interface Change {
        Applied on(AccountContext context, PageId page);
    }

    /// Applies a step that has no form of its own.
    Response apply(AccountPage request, String pageId, LinkStep step) {
        return apply(request, pageId, step, _ -> new EditorForms.Empty());
    }

    Response apply(AccountPage request, String pageId, LinkStep step, Function<FieldErrors, EditorForms> refused) {
        return answer(
                request,
                pageId,
                (context, page) -> links.apply(context, Optional.of(page), List.of(step)),
                new EditorForms.Empty(),
                "#links",
                refused);
    }

    /// @param then what is open afterwards
    /// @param place anchor on the page for browsers without a script
    /// @param refused returns the form with the errors
    Response answer(
            AccountPage request,
            String pageId,
            Change change,
            EditorForms then,
            String place,
            Function<FieldErrors, EditorForms> refused) {
        PageId id = PageAnswers.id(request, pageId);
        return switch (change.on(request.context(), id)) {
            case Applied.Done done ->
                request.isHtmx()
                        ? Html.ok(page(request, done.now(), then, done.undo()))
                        : Html.seeOther(PagesPageResource.editorPath(request.context(), id)
                                + done.undo().map(undo -> "&undo=" + undo).orElse("")
                                + place);
            case Applied.PageNotFound _, Applied.LinkNotFound _, Applied.GroupNotFound _ ->
                throw PageAnswers.unknownPage(request);
            case Applied.Rejected rejected -> again(request, id, refused.apply(FieldErrors.from(rejected.invalid())));
            case Applied.LimitReached(PlanLimit limit) -> problem(request, id, limit.problem());
            case Applied.NotInTier lacking ->
                problem(
                        request,
                        id,
                        new FormProblem(
                                FeatureFailure.sentence(lacking.feature(), lacking.tier()) + ".",
                                "Your changes weren’t saved. Remove this feature, or get a larger plan."));
            case Applied.PageOverLimit _ -> problem(request, id, PageAnswers.OVER_LIMIT);
            case Applied.TooManySteps _ -> throw new IllegalStateException("One step is not too many");
        };
    }

    private Response problem(AccountPage request, PageId page, FormProblem problem) {
        return again(request, page, new EditorForms.Problem(problem));
    }

    private Response again(AccountPage request, PageId page, EditorForms forms) {
        return links.list(request.context(), Optional.of(page))
                .map(found -> Html.invalid(page(request, found, forms, Optional.empty())))
                .orElseThrow(() -> PageAnswers.unknownPage(request));
    }

    /// @param undo the id for restoring what was just deleted
    PageEditorPage page(AccountPage request, OnPage found, EditorForms forms, Optional<String> undo) {
        Page page = found.page();
        Overview overview = pages.overview(request.context());
        ZoneId accountZone = pages.accountZone(request.context());
        return new PageEditorPage(
                request.frame(NavItem.PAGES, page.name()),
                new PageEditorPage.EditedPage(
                        page.id().toString(),
                        page.name(),
                        page.slug(),
                        page.isDefault(),
                        page.isDefault() && overview.pages().size() == 1,
                        page.published(),
                        settings.publicHost(),
                        PagesPageResource.address(
                                        domains.hostsOf(request.context().owner()), request.context(), page)
                                .shown(),
                        PagesPageResource.publicPath(request.context(), page),
                        request.context().acting().username(),
                        found.flagged().pages().contains(page.id()),
                        Words.nameOf(accountZone)),
                PageEditorRows.of(found),
                PagesPageResource.usage(overview.linkUse()),
                PagesPageResource.usage(overview.groupUse()),
                overview.tier(),
                forms instanceof EditorForms.NewLink(LinkForm typed, FieldErrors _) ? typed : LinkForm.EMPTY,
                forms instanceof EditorForms.NewLink(LinkForm _, FieldErrors errors) ? errors : FieldErrors.NONE,
                forms instanceof EditorForms.NewGroup(String typed, FieldErrors _) ? typed : "",
                forms instanceof EditorForms.NewGroup(String _, FieldErrors errors) ? errors : FieldErrors.NONE,
                forms instanceof EditorForms.EditedLink edited
                        ? edit(request.context(), found, edited, page.zone().orElse(accountZone))
                        : Optional.empty(),
                forms instanceof EditorForms.EditedGroup(GroupEdit edit) ? Optional.of(edit) : Optional.empty(),
                forms instanceof EditorForms.Settings(SettingsForm typed, FieldErrors _)
                                && !(typed.slug() + typed.name()).isEmpty()
                        ? typed
                        : new SettingsForm(
                                page.name(),
                                page.slug(),
                                page.isDefault(),
                                page.zone().map(ZoneId::getId).orElse("")),
                TimeZones.with(""),
                forms instanceof EditorForms.Settings(SettingsForm _, FieldErrors errors) ? errors : FieldErrors.NONE,
                forms instanceof EditorForms.Problem(FormProblem problem) ? Optional.of(problem) : Optional.empty(),
                undo.flatMap(id -> deleted.find(request.context(), id))
                        .map(entry -> new PageEditorPage.Undo(entry.id(), entry.name())),
                request.isHtmx());
    }

    private static Optional<LinkEdit> edit(
            AccountContext context, OnPage found, EditorForms.EditedLink edited, ZoneId zone) {
        return found.links().stream()
                .filter(link -> link.id().toString().equals(edited.id()))
                .findFirst()
                .map(link -> PageEditorRows.edit(context, found, link, edited, zone));
    }
}
