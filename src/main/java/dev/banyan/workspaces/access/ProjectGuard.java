package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/// Guards every page of a project or one of its workspaces: finds it for the account being acted for, or answers with
/// the "not found" page.
@Singleton
public final class ProjectGuard {

    /// The workspace of a page, its project, and the caller.
    public record RequestScope(Call call, AccountContext context, Project project, Workspace workspace) {

        public WorkspaceActor actor() {
            return new WorkspaceActor.ProjectSide(context);
        }

        /// The address of the first tab, including the account.
        public String path() {
            return tab("");
        }

        /// @param tab such as `/users`
        public String tab(String tab) {
            return WorkspacePaths.workspace(project.id(), workspace.id()) + tab + "?as="
                    + context.acting().username();
        }
    }

    /// The project of a page, and the caller.
    public record Ground(Call call, AccountContext context, Project project) {

        public WorkspaceActor actor() {
            return new WorkspaceActor.ProjectSide(context);
        }
    }

    private final AccountGuard acting;
    private final Projects projects;
    private final Workspaces workspaces;
    private final WorkspaceVisits visits;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Audit audit;
    private final Settings settings;
    private final UriInfo address;

    ProjectGuard(
            AccountGuard acting,
            Projects projects,
            Workspaces workspaces,
            WorkspaceVisits visits,
            PageFrames shells,
            ErrorPages errorPages,
            Audit audit,
            Settings settings,
            UriInfo address) {
        this.acting = acting;
        this.projects = projects;
        this.workspaces = workspaces;
        this.visits = visits;
        this.shells = shells;
        this.errorPages = errorPages;
        this.audit = audit;
        this.settings = settings;
        this.address = address;
    }

    public Response page(Call call, String projectId, Function<Ground, Response> work) {
        return form(call, "", projectId, work);
    }

    /// @param as the account that the form was rendered for
    public Response form(Call call, String as, String projectId, Function<Ground, Response> work) {
        return work.apply(ground(call, as, projectId));
    }

    private Ground ground(Call call, String as, String projectId) {
        AccountContext context = acting.pageAccount(call, as);
        return ProjectId.parse(projectId)
                .flatMap(id -> projects.find(context, id))
                .map(project -> new Ground(call, context, project))
                .orElseThrow(() -> new EarlyAnswer(unknown(call)));
    }

    public Response page(Call call, String projectId, String workspaceId, Function<RequestScope, Response> work) {
        return form(call, "", projectId, workspaceId, work);
    }

    /// @param as the account that the form was rendered for
    public Response form(
            Call call, String as, String projectId, String workspaceId, Function<RequestScope, Response> work) {
        return work.apply(scope(call, as, projectId, workspaceId));
    }

    /// Finds the workspace of a page, for the account being acted for.
    ///
    /// @param as the account that the form was drawn for; empty without a form
    /// @throws EarlyAnswer if the caller may not see it, or there is none
    public RequestScope scope(Call call, String as, String projectId, String workspaceId) {
        Ground ground = ground(call, as, projectId);
        return WorkspaceId.parse(workspaceId)
                .flatMap(
                        id -> workspaces.find(ground.context(), ground.project().id(), id))
                .map(workspace -> new RequestScope(call, ground.context(), ground.project(), workspace))
                .orElseThrow(() -> new EarlyAnswer(unknown(call)));
    }

    /// The project's side of a screen that the workspace's own admins have, too.
    public AdminEntrance entrance(Tab tab) {
        return (call, as, work) -> {
            var ids = address.getPathParameters();
            return form(
                    call,
                    as,
                    ids.getFirst("projectId"),
                    ids.getFirst("subClientId"),
                    place -> work.apply(new ProjectRequest(this, place, tab)));
        };
    }

    private record ProjectRequest(ProjectGuard guard, RequestScope place, Tab tab) implements AdminRequest {

        @Override
        public Call call() {
            return place.call();
        }

        @Override
        public WorkspaceActor actor() {
            return place.actor();
        }

        @Override
        public Workspace workspace() {
            return place.workspace();
        }

        @Override
        public boolean registrationOpen() {
            return workspace().registrationEnabled() && place.project().registrationEnabled();
        }

        @Override
        public Optional<String> as() {
            return Optional.of(place.context().acting().username());
        }

        @Override
        public String base() {
            return WorkspacePaths.workspace(place.project().id(), workspace().id());
        }

        @Override
        public AdminFrame frame(String title, String ofWorkspace) {
            return AdminFrame.of(guard.shell(place, ofWorkspace), guard.head(place, tab), inDialog());
        }

        @Override
        public Response notFound() {
            return guard.unknown(call());
        }

        /// Can't happen: people of the project's side may do everything with its workspaces.
        @Override
        public Response forbidden() {
            throw new IllegalStateException(
                    "The project's side was refused " + workspace().id());
        }

        @Override
        public Response missing(Supplier<Response> here) {
            return notFound();
        }
    }

    /// Lets the caller into the workspace.
    ///
    /// @param page of the workspace, such as `/inbox`
    public Response enter(RequestScope place, String page) {
        return visits.enter(
                place.call(),
                new WorkspaceActor.ProjectSide(place.context()),
                place.workspace(),
                Html.seeOther(place.call(), WorkspacePageGuard.pathOf(place.workspace()) + page));
    }

    public Response unknown(Call call) {
        return errorPages.answer(
                call,
                404,
                "Page not found",
                "The project or workspace may have been deleted, or you don’t have access to it. Start from your"
                        + " projects.");
    }

    /// Refuses a manager who asks for something reserved to owners.
    public Response forOwners(Call call, String why) {
        audit.denied(call.actor(), call.route());
        return errorPages.answer(call, 403, "Only owners can open this page", why);
    }

    public PageFrame shell(Ground ground, String title) {
        return shells.of(ground.call(), ground.context(), NavItem.PROJECTS, title);
    }

    public PageFrame shell(RequestScope place, String title) {
        return shells.of(place.call(), place.context(), NavItem.PROJECTS, title);
    }

    public WorkspaceHead head(RequestScope place, Tab tab) {
        Workspace workspace = place.workspace();
        String path = WorkspacePaths.publicPath(workspace);
        return new WorkspaceHead(
                place.project().id().toString(),
                place.project().name(),
                workspace.id().toString(),
                workspace.name(),
                WorkspacePaths.workspace(place.project().id(), workspace.id()),
                path,
                WorkspacePaths.address(settings, workspace),
                workspace.suspended(),
                place.project().enabled() && !workspace.suspended(),
                workspace.users(),
                tab);
    }
}
