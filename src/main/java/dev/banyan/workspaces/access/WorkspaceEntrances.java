package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.RequestPath;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.request.OwnerEntrance;
import dev.banyan.platform.web.request.OwnerPage;
import dev.banyan.platform.web.request.OwnerRequest;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/// The ways of the project’s side to the things of a workspace: its API, and its pages.
final class WorkspaceEntrances {

    private static final String PROJECT = "projectId";
    private static final String WORKSPACE = "subClientId";

    private WorkspaceEntrances() {}

    @Singleton
    record Api(WorkspaceApiGuard guard, Database database) implements OwnerEntrance {

        @Override
        public String root() {
            return "/api/projects/";
        }

        @Override
        public OwnerRequest open(Call call, MultivaluedMap<String, String> ids, String as) {
            var scope = guard.scope(call, ids.getFirst(PROJECT), ids.getFirst(WORKSPACE));
            Workspace workspace = database.read(tx ->
                            Access.to(tx, scope.actor(), Right.GOVERN_WORKSPACE, scope.project(), scope.workspace()))
                    .orElseThrow(refusal -> new EarlyAnswer(guard.refused(call, refusal, forbidden(things(call)))));
            return new ApiRequest(call, workspace, guard);
        }

        /// Returns what the address ends in after the workspace: `webhooks`.
        private static String things(Call call) {
            return RequestPath.of(call.routing().request())
                    .replaceFirst("^/api/projects/[^/]+/sub-clients/[^/]+/([^/]+).*", "$1");
        }
    }

    private static String forbidden(String things) {
        return "Only the project owner can manage the " + things + " of a sub-client";
    }

    private record ApiRequest(Call call, Workspace found, WorkspaceApiGuard guard) implements OwnerRequest {

        @Override
        public Owner account() {
            return found.owner();
        }

        @Override
        public Optional<String> workspace() {
            return Optional.of(found.id().value());
        }

        @Override
        public boolean isEnveloped() {
            return true;
        }

        @Override
        public Response answer(Refused refused) {
            String many = refused.noun().many();
            return switch (refused.refusal()) {
                case Refusal.LimitReached(long _, long most) ->
                    Answers.refused(400, "A sub-client can have up to " + most + " " + many);
                case Refusal.Rejected rejected
                when rejected.first().field().isEmpty() ->
                    Answers.refused(400, rejected.first().apiMessage());
                case Refusal refusal ->
                    guard.refused(call, refusal, refused.noun().name() + " not found", forbidden(many));
            };
        }
    }

    @Singleton
    record Pages(ProjectGuard guard, ErrorPages errorPages) implements OwnerEntrance {

        @Override
        public String root() {
            return "/projects/";
        }

        @Override
        public OwnerRequest open(Call call, MultivaluedMap<String, String> ids, String as) {
            return new Page(guard.workspace(call, as), errorPages);
        }
    }

    private record Page(ProjectGuard.WorkspacePage page, ErrorPages errorPages) implements OwnerPage {

        @Override
        public Call call() {
            return page.call();
        }

        @Override
        public Owner account() {
            return page.workspace().owner();
        }

        @Override
        public Optional<String> workspace() {
            return Optional.of(page.workspace().id().value());
        }

        @Override
        public PageFrame frame(NavItem item, String title) {
            return page.frame(page.workspace().name() + " – " + title);
        }

        @Override
        public String base() {
            return page.base();
        }

        @Override
        public String as() {
            return page.context().acting().username();
        }

        @Override
        public Optional<Inside> inside() {
            return Optional.of(new Inside(page.workspace().name(), page.path()));
        }

        @Override
        public Response answer(Refused refused) {
            return errorPages.refused(call(), refused);
        }
    }
}
