package dev.banyan.workspaces.users;

import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.RequestScope;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
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
import java.util.Map;
import java.util.Optional;

/// The second tab of a workspace: adds and removes users, and changes their roles.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceUsersPageResource {

    private final ProjectGuard inProject;
    private final WorkspaceUsers users;
    private final WorkspaceUserLists lists;
    private final Idempotency idempotency;
    private final Uuids uuids;

    WorkspaceUsersPageResource(
            ProjectGuard inProject,
            WorkspaceUsers users,
            WorkspaceUserLists lists,
            Idempotency idempotency,
            Uuids uuids) {
        this.inProject = inProject;
        this.users = users;
        this.lists = lists;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/users")
    public Response list(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("after") @DefaultValue("") String after) {
        return inProject.page(
                call,
                projectId,
                id,
                place -> page(place, search, number(after), Optional.empty())
                        .map(Html::ok)
                        .orElseGet(() -> inProject.unknown(call)));
    }

    /// @return empty if the workspace was deleted a moment ago
    private Optional<WorkspaceUsersPage> page(
            RequestScope place, String search, Optional<Integer> after, Optional<FormProblem> problem) {
        Workspace workspace = place.workspace();
        var wanted = new WorkspaceUserLists.ListRequest(
                WorkspacePaths.workspace(place.project().id(), workspace.id()) + "/users",
                Optional.of(place.context().acting().username()),
                workspace.registrationEnabled() && place.project().registrationEnabled(),
                true,
                search,
                after,
                problem);
        return lists.read(place.actor(), workspace, wanted)
                .map(list -> new WorkspaceUsersPage(
                        inProject.shell(place, "Users of " + workspace.name()),
                        inProject.head(place, Tab.USERS),
                        list));
    }

    private static Optional<Integer> number(String text) {
        return WorkspaceUserLists.number(text);
    }

    private static IllegalStateException mayAll(RequestScope place) {
        return new IllegalStateException(
                "The project's side was refused " + place.workspace().id());
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/users/new")
    public Response form(
            @Context Call call, @PathParam("projectId") String projectId, @PathParam("subClientId") String id) {
        return inProject.page(
                call,
                projectId,
                id,
                place -> Html.ok(form(
                        place,
                        AddWorkspaceUserPage.Values.EMPTY,
                        FieldErrors.NONE,
                        uuids.next().toString())));
    }

    private AddWorkspaceUserPage form(
            RequestScope place, AddWorkspaceUserPage.Values values, FieldErrors errors, String key) {
        return new AddWorkspaceUserPage(
                inProject.shell(place, "Add user"),
                inProject.head(place, Tab.USERS),
                values,
                errors,
                key,
                place.call().isHtmx());
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/users")
    public Response add(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new AddWorkspaceUserPage.Values(username, email, role);
        return inProject.form(
                call,
                as,
                projectId,
                id,
                place -> idempotency.onceForForm(
                        call, place.context().acting().id(), key, values, () -> add(place, values, password, key)));
    }

    private Response add(RequestScope place, AddWorkspaceUserPage.Values values, String password, String key) {
        var wanted = new WorkspaceUsers.NewUser(
                values.username().strip(),
                values.email().strip(),
                password,
                WorkspaceRole.of(values.role()).orElse(WorkspaceRole.USER));
        return switch (users.add(
                place.actor(), place.project().id(), place.workspace().id(), wanted)) {
            case WorkspaceUsers.Added.Done done ->
                Html.seeOther(
                        place.call(),
                        place.tab("/users") + "&done=user-added#user-"
                                + done.user().id());
            case WorkspaceUsers.Added.NotFound _ -> inProject.unknown(place.call());
            case WorkspaceUsers.Added.Forbidden _ -> throw mayAll(place);
            case WorkspaceUsers.Added.UsernameTaken _ ->
                again(place, values, key, "username", "Somebody in this workspace has this name. Choose another one.");
            case WorkspaceUsers.Added.EmailTaken _ ->
                again(place, values, key, "email", "Somebody in this workspace has this e-mail.");
            case WorkspaceUsers.Added.Rejected rejected ->
                Html.invalid(form(place, values, FieldErrors.from(rejected.invalid()), key));
        };
    }

    private Response again(
            RequestScope place, AddWorkspaceUserPage.Values values, String key, String field, String message) {
        return Html.invalid(form(place, values, new FieldErrors(Map.of(field, message)), key));
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/users/{userId}/role")
    public Response setRole(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @PathParam("userId") String userId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("role") @DefaultValue("") String role) {
        return inProject.form(call, as, projectId, id, place -> {
            Optional<Integer> user = number(userId);
            Optional<WorkspaceRole> wanted = WorkspaceRole.of(role);
            if (user.isEmpty() || wanted.isEmpty()) {
                return inProject.unknown(call);
            }
            return switch (users.setRole(
                    place.actor(), place.project().id(), place.workspace().id(), user.get(), wanted.get())) {
                case WorkspaceUsers.Changed.Done _ ->
                    Html.seeOther(place.tab("/users") + "&done=role-saved#user-" + user.get());
                case WorkspaceUsers.Changed.LastAdmin _ ->
                    page(place, "", Optional.empty(), Optional.of(WorkspaceUserLists.LAST_ADMIN))
                            .map(Html::invalid)
                            .orElseGet(() -> inProject.unknown(call));
                case WorkspaceUsers.Changed.NotFound _, WorkspaceUsers.Changed.UserNotFound _ ->
                    inProject.unknown(call);
                case WorkspaceUsers.Changed.Forbidden _, WorkspaceUsers.Changed.Oneself _ -> throw mayAll(place);
            };
        });
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/users/{userId}/remove")
    public Response confirmRemove(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @PathParam("userId") String userId) {
        return inProject.page(
                call,
                projectId,
                id,
                place -> confirmation(place, userId, Optional.empty())
                        .map(Html::ok)
                        .orElseGet(() -> inProject.unknown(call)));
    }

    private Optional<RemoveWorkspaceUserPage> confirmation(
            RequestScope place, String userId, Optional<FormProblem> problem) {
        return number(userId)
                .flatMap(number -> users.find(place.context(), place.workspace(), number))
                .map(user -> new RemoveWorkspaceUserPage(
                        inProject.shell(place, "Remove user"),
                        inProject.head(place, Tab.USERS),
                        new RemoveWorkspaceUserPage.RemovedUser(user.id(), user.username(), user.email()),
                        problem,
                        place.call().isHtmx()));
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/users/{userId}/remove")
    public Response remove(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @PathParam("userId") String userId,
            @FormParam("as") @DefaultValue("") String as) {
        return inProject.form(
                call,
                as,
                projectId,
                id,
                place -> number(userId).map(user -> remove(place, user)).orElseGet(() -> inProject.unknown(call)));
    }

    private Response remove(RequestScope place, int user) {
        return switch (users.remove(
                place.actor(), place.project().id(), place.workspace().id(), user)) {
            case WorkspaceUsers.Changed.Done _ ->
                Html.seeOther(place.call(), place.tab("/users") + "&done=user-removed");
            case WorkspaceUsers.Changed.LastAdmin _ ->
                confirmation(place, String.valueOf(user), Optional.of(WorkspaceUserLists.LAST_ADMIN))
                        .map(Html::invalid)
                        .orElseGet(() -> inProject.unknown(place.call()));
            case WorkspaceUsers.Changed.NotFound _, WorkspaceUsers.Changed.UserNotFound _ ->
                inProject.unknown(place.call());
            case WorkspaceUsers.Changed.Forbidden _, WorkspaceUsers.Changed.Oneself _ -> throw mayAll(place);
        };
    }
}
