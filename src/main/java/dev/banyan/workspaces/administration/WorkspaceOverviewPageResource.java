package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.platform.web.page.QrPicture;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Sender;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Switch;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard.WorkspacePage;
import dev.banyan.workspaces.access.WhatsAppWord;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.WorkspaceHead;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.administration.DeleteWorkspacesPage.Rest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// One workspace: its first tab, its details, registration, suspension and deletion, and the way into it for those
/// who have no user there.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceOverviewPageResource {

    private final Workspaces workspaces;
    private final WorkspaceDeletions deletions;
    private final WorkspaceNumbers numbers;
    private final OneTimeLinks links;

    WorkspaceOverviewPageResource(
            Workspaces workspaces, WorkspaceDeletions deletions, WorkspaceNumbers numbers, OneTimeLinks links) {
        this.links = links;
        this.workspaces = workspaces;
        this.deletions = deletions;
        this.numbers = numbers;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}")
    public Response show(@Context WorkspacePage page) {
        Workspace workspace = page.workspace();
        WorkspaceHead head = page.head(Tab.OVERVIEW);
        Optional<Sender> number = numbers.of(workspace);
        Optional<OneTimeLink> fresh = links.of(page.call(), page.base());
        var next = new WorkspaceOverviewPage.NextSteps(workspace.users() > 0, number.isPresent());
        return links.shown(
                fresh,
                Html.ok(new WorkspaceOverviewPage(
                        page.frame(workspace.name()),
                        head,
                        workspace.description(),
                        workspace.shortId(),
                        new WorkspaceOverviewPage.Registration(
                                workspace.registrationEnabled(), page.project().registrationEnabled()),
                        WhatsAppWord.of(number),
                        QrPicture.of(head.url()),
                        workspace.customDomain(),
                        Words.dayTime(workspace.createdAt()),
                        Words.dayTime(workspace.updatedAt()),
                        fresh,
                        Optional.of(next).filter(steps -> !steps.users() || !steps.number()))));
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/edit")
    public Response form(@Context WorkspacePage page) {
        Workspace workspace = page.workspace();
        return Html.ok(form(
                page,
                new EditWorkspacePage.Values(
                        workspace.name(), workspace.description().orElse(""), workspace.pathname()),
                FieldErrors.NONE,
                back(page)));
    }

    /// The page that opened the dialog; without script, the form is its own page.
    private static String back(WorkspacePage page) {
        return page.call().isHtmx() ? page.call().cameFrom().orElse(page.path()) : page.path();
    }

    private EditWorkspacePage form(
            WorkspacePage page, EditWorkspacePage.Values values, FieldErrors errors, String back) {
        return new EditWorkspacePage(
                page.frame(page.workspace().name() + " – Edit"),
                page.projectHead(),
                page.workspace().id().toString(),
                page.workspace().name(),
                page.workspace().shortId(),
                values,
                errors,
                back,
                page.call().isHtmx());
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/edit")
    public Response save(
            @Context WorkspacePage page,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description,
            @FormParam("pathname") @DefaultValue("") String pathname,
            @FormParam("back") @DefaultValue("") String back) {
        Outcome<Workspace> saved =
                update(page, WorkspaceChange.details(name, description, Optional.of(pathname.strip())));
        if (saved instanceof Outcome.Refused<Workspace>(Refusal.Rejected rejected)) {
            var typed = new EditWorkspacePage.Values(name, description, pathname);
            return Html.invalid(form(page, typed, FieldErrors.from(rejected.invalid()), back));
        }
        page.value(saved);
        return Html.seeOther(page.call(), back(page, back, "workspace-saved"));
    }

    private Outcome<Workspace> update(WorkspacePage page, WorkspaceChange change) {
        return switch (workspaces.update(
                page.actor(), page.id(), page.workspace().id(), change)) {
            case Workspaces.Updated.Done(Workspace workspace) -> Outcome.done(workspace);
            case Workspaces.Updated.Refused(Refusal refusal) -> Outcome.refused(refusal);
            case Workspaces.Updated.ForProjectSideOnly _ ->
                throw new IllegalStateException(
                        "The project's side was refused " + page.workspace().id());
        };
    }

    private static String back(WorkspacePage page, String back, String done) {
        return WorkspacePaths.back(page.id(), back, page.path(), done);
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/registration")
    public Response openRegistration(@Context WorkspacePage page, @FormParam("value") @DefaultValue("") String value) {
        boolean on = Switch.isOn(value);
        return set(page, "", WorkspaceChange.registration(on), on ? "registration-open" : "registration-closed");
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/suspend")
    public Response suspend(@Context WorkspacePage page, @FormParam("back") @DefaultValue("") String back) {
        return set(page, back, WorkspaceChange.suspended(true), "workspace-suspended");
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/activate")
    public Response activate(@Context WorkspacePage page, @FormParam("back") @DefaultValue("") String back) {
        return set(page, back, WorkspaceChange.suspended(false), "workspace-activated");
    }

    private Response set(WorkspacePage page, String back, WorkspaceChange change, String done) {
        page.value(update(page, change));
        return Html.seeOther(back(page, back, done));
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/delete")
    public Response confirmDelete(@Context WorkspacePage page) {
        return Html.ok(confirmation(page, back(page), Optional.empty()));
    }

    private DeleteWorkspacesPage confirmation(WorkspacePage page, String back, Optional<FormProblem> problem) {
        List<Workspace> workspace = List.of(page.workspace());
        List<DeleteWorkspacesPage.Item> item = DeleteWorkspacesPage.Item.of(
                workspace, deletions.contents(page.context().owner().tenant(), workspace));
        List<DeleteWorkspacesPage.Item> deletable =
                item.stream().filter(DeleteWorkspacesPage.Item::deletable).toList();
        return new DeleteWorkspacesPage(
                page.frame("Delete workspace"),
                page.projectHead(),
                deletable,
                item.stream().filter(one -> !one.suspended()).toList(),
                item.stream().filter(DeleteWorkspacesPage.Item::kept).toList(),
                Rest.none(deletable),
                problem,
                page.base() + "/delete",
                back,
                page.context().membership().isOwner(),
                page.call().isHtmx());
    }

    @POST
    @WithFormRead
    @Path("{projectId}/sub-clients/{subClientId}/delete")
    public Response delete(@Context WorkspacePage page) {
        return switch (deletions.delete(
                page.actor(), page.id(), page.workspace().id())) {
            case Workspaces.Deleted.Done _ -> page.done(WorkspacePaths.management(page.id()), "workspace-deleted");
            case Workspaces.Deleted.StillActive _ ->
                Html.invalid(confirmation(
                        page,
                        page.path(),
                        Optional.of(new FormProblem(
                                "This workspace is active again.", "Suspend it before you delete it."))));
            case Workspaces.Deleted.NumberHasServants _ ->
                Html.invalid(confirmation(page, page.path(), Optional.empty()));
            case Workspaces.Deleted.Refused _ -> throw page.unknown();
        };
    }

    /// Enters the workspace and leads to its inbox.
    ///
    /// @param thread a conversation to open there
    @GET
    @Path("{projectId}/sub-clients/{subClientId}/inbox")
    public Response enter(@Context WorkspacePage page, @QueryParam("thread") @DefaultValue("") String thread) {
        return page.enter(
                ConversationId.parse(thread).map(known -> "/inbox/" + known).orElse("/inbox"));
    }
}
