package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.PageShape;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.request.FormAccount;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/// Guards every page of a project or one of its workspaces: finds it for the account being acted for, or answers with
/// the "not found" page. Makes [ProjectPage] and [WorkspacePage] available as parameters of resource methods.
@Singleton
public record ProjectGuard(
        AccountGuard acting,
        Projects projects,
        Workspaces workspaces,
        WorkspaceVisits visits,
        PageFrames frames,
        ErrorPages errorPages,
        Settings settings,
        UriInfo address) {

    @Produces
    @Dependent
    @Unremovable
    ProjectPage page(Call call) {
        ProjectPage page = project(call, FormAccount.named());
        page.keep(call.routing());
        return page;
    }

    @Produces
    @Dependent
    @Unremovable
    @Typed(WorkspacePage.class)
    WorkspacePage workspacePage(Call call) {
        WorkspacePage page = workspace(call, FormAccount.named());
        page.keep(call.routing());
        return page;
    }

    /// Finds the project of a page, for the account being acted for.
    ///
    /// @param as the account that the form was drawn for; empty without a form
    /// @throws EarlyAnswer if the caller may not see it, or there is none
    public ProjectPage project(Call call, String as) {
        AccountContext context = acting.pageAccount(call, as);
        return ProjectId.parse(id("projectId"))
                .flatMap(id -> projects.find(context, id))
                .map(project -> new ProjectPage(call, context, project))
                .orElseThrow(() -> new EarlyAnswer(unknown(call)));
    }

    private String id(String name) {
        return address.getPathParameters().getFirst(name);
    }

    /// Finds the workspace of a page in the same way.
    WorkspacePage workspace(Call call, String as) {
        ProjectPage page = project(call, as);
        return WorkspaceId.parse(id("subClientId"))
                .flatMap(id -> workspaces.find(page.context(), page.id(), id))
                .map(workspace -> new WorkspacePage(page, workspace))
                .orElseThrow(page::unknown);
    }

    /// A request for a page of a project, by someone who acts for its account: `@Context ProjectPage page`. Who may not
    /// see it has been answered by then. Also draws what all these pages have.
    public class ProjectPage implements PageShape {

        private final Call call;
        private final AccountContext context;
        private final Project project;

        private ProjectPage(Call call, AccountContext context, Project project) {
            this.call = call;
            this.context = context;
            this.project = project;
        }

        public final Call call() {
            return call;
        }

        public final AccountContext context() {
            return context;
        }

        public final Project project() {
            return project;
        }

        public final ProjectId id() {
            return project.id();
        }

        public final WorkspaceActor.ProjectSide actor() {
            return new WorkspaceActor.ProjectSide(context);
        }

        /// Returns the same with the project as it is after an act.
        public final ProjectPage now(Project changed) {
            return new ProjectPage(call, context, changed);
        }

        public final PageFrame frame(String title) {
            return frames.of(call, context, NavItem.PROJECTS, title);
        }

        public final ProjectHead projectHead() {
            return ProjectHead.of(project);
        }

        /// Returns an address with the account that the page is for.
        public final String as(String path) {
            return path + "?as=" + context.acting().username();
        }

        /// Leads to an address, where a word of the `Toasts` says what was done; a dialog closes.
        public final Response done(String path, String toast) {
            return Html.seeOther(call, as(path) + "&done=" + toast);
        }

        /// Returns the address of a workspace of the project, without the account.
        public final String of(WorkspaceId workspace) {
            return WorkspacePaths.workspace(id(), workspace);
        }

        /// Returns the value of an operation, or throws the answer to its refusal.
        public final <T> T value(Outcome<T> outcome) {
            return outcome.orElseThrow(_ -> unknown());
        }

        /// Says that the page doesn’t exist.
        public final EarlyAnswer unknown() {
            return new EarlyAnswer(ProjectGuard.this.unknown(call));
        }

        /// Refuses a manager who asks for something reserved to owners.
        public final EarlyAnswer forOwners(String why) {
            return acting.forOwners(call, why);
        }

        @Override
        public Response answer(Refused refused) {
            return ProjectGuard.this.unknown(call);
        }
    }

    /// The same for a page of a workspace: `@Context WorkspacePage page`.
    public final class WorkspacePage extends ProjectPage {

        private final Workspace workspace;

        private WorkspacePage(ProjectPage page, Workspace workspace) {
            super(page.call, page.context, page.project);
            this.workspace = workspace;
        }

        public Workspace workspace() {
            return workspace;
        }

        /// The address of the pages, without the account.
        public String base() {
            return of(workspace.id());
        }

        /// The address of the first tab, including the account.
        public String path() {
            return as(base());
        }

        public WorkspaceHead head(Tab tab) {
            return new WorkspaceHead(
                    id().toString(),
                    project().name(),
                    workspace.id().toString(),
                    workspace.name(),
                    base(),
                    WorkspacePaths.publicPath(workspace),
                    WorkspacePaths.address(settings, workspace),
                    workspace.suspended(),
                    project().enabled() && !workspace.suspended(),
                    workspace.users(),
                    tab);
        }

        /// Lets the caller into the workspace.
        ///
        /// @param page of the workspace, such as `/inbox`
        public Response enter(String page) {
            return visits.enter(
                    call(), actor(), workspace, Html.seeOther(call(), WorkspacePageGuard.pathOf(workspace) + page));
        }
    }

    /// Admits the project's side to a screen that the workspace's own admins have, too.
    AdminRequest admin(Call call, String as, Tab tab) {
        return new ByProject(workspace(call, as), tab);
    }

    private record ByProject(WorkspacePage page, Tab tab) implements AdminRequest {

        @Override
        public Call call() {
            return page.call();
        }

        @Override
        public WorkspaceActor actor() {
            return page.actor();
        }

        @Override
        public Workspace workspace() {
            return page.workspace();
        }

        @Override
        public boolean registrationOpen() {
            return workspace().registrationEnabled() && page.project().registrationEnabled();
        }

        @Override
        public Optional<String> as() {
            return Optional.of(page.context().acting().username());
        }

        @Override
        public String base() {
            return page.base();
        }

        @Override
        public AdminFrame frame(String title) {
            return AdminFrame.of(page.frame(workspace().name() + " – " + title), page.head(tab), inDialog());
        }

        @Override
        public Response notFound() {
            return page.unknown().getResponse();
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

    private Response unknown(Call call) {
        return errorPages.answer(
                call,
                404,
                "Page not found",
                "The project or workspace may have been deleted, or you don’t have access to it. Start from your"
                        + " projects.");
    }
}
