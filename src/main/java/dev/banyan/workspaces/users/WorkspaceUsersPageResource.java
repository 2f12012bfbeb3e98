package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.FreshLink;
import dev.banyan.platform.web.page.FreshLinks;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.users.AddWorkspaceUserPage.Values;
import dev.banyan.workspaces.users.RemoveWorkspaceUserPage.RemovedUser;
import dev.banyan.workspaces.users.WorkspaceUsers.Added;
import dev.banyan.workspaces.users.WorkspaceUsers.Changed;
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

/// Adds and removes the users of a workspace, and changes their roles.
@RunOnVirtualThread
abstract class WorkspaceUsersPageResource {

    private static final FormProblem NOT_THERE =
            new FormProblem("User not found.", "They may have been removed already.");

    private final AdminEntrance entrance;
    private final WorkspaceUsers users;
    private final WorkspaceUserLists lists;
    private final Idempotency idempotency;
    private final Uuids uuids;
    private final FreshLinks links;

    private WorkspaceUsersPageResource(
            AdminEntrance entrance,
            WorkspaceUsers users,
            WorkspaceUserLists lists,
            Idempotency idempotency,
            Uuids uuids,
            FreshLinks links) {
        this.links = links;
        this.entrance = entrance;
        this.users = users;
        this.lists = lists;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends WorkspaceUsersPageResource {

        OfProjectResource(
                ProjectGuard guard,
                WorkspaceUsers users,
                WorkspaceUserLists lists,
                Idempotency idempotency,
                Uuids uuids,
                FreshLinks links) {
            super(guard.entrance(Tab.USERS), users, lists, idempotency, uuids, links);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends WorkspaceUsersPageResource {

        OfAdminsResource(
                WorkspacePageGuard guard,
                WorkspaceUsers users,
                WorkspaceUserLists lists,
                Idempotency idempotency,
                Uuids uuids,
                FreshLinks links) {
            super(guard.entrance(WorkspaceMenu.USERS), users, lists, idempotency, uuids, links);
        }
    }

    @GET
    @Path("users")
    public Response list(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("after") @DefaultValue("") String after) {
        return entrance.page(
                call, request -> page(200, request, search, WorkspaceUserLists.number(after), Optional.empty()));
    }

    private Response page(
            int status, AdminRequest request, String search, Optional<Integer> after, Optional<FormProblem> problem) {
        Optional<FreshLink> fresh = links.of(request.call(), request.base() + "/users");
        Response page = lists.read(request, search, after, problem, fresh)
                .fold(
                        list -> Html.answer(
                                status,
                                new WorkspaceUsersPage(
                                        request.frame(
                                                "Users",
                                                "Users of "
                                                        + request.workspace().name()),
                                        list)),
                        request::refused);
        return links.shown(fresh, page);
    }

    private Response problem(AdminRequest request, FormProblem problem) {
        return page(422, request, "", Optional.empty(), Optional.of(problem));
    }

    private Response unknown(AdminRequest request) {
        return request.missing(() -> page(404, request, "", Optional.empty(), Optional.of(NOT_THERE)));
    }

    @GET
    @Path("users/new")
    public Response form(@Context Call call) {
        return entrance.page(
                call,
                request -> Html.ok(form(
                        request, Values.EMPTY, FieldErrors.NONE, uuids.next().toString())));
    }

    private static AddWorkspaceUserPage form(AdminRequest request, Values values, FieldErrors errors, String key) {
        return new AddWorkspaceUserPage(request.frame("Add user"), values, errors, key);
    }

    @POST
    @Path("users")
    public Response add(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new Values(username, email, role);
        return entrance.form(
                call,
                as,
                request -> idempotency.onceForForm(
                        call,
                        request.actor().owner().account(),
                        key,
                        values,
                        () -> add(request, values, password, key)));
    }

    private Response add(AdminRequest request, Values values, String password, String key) {
        var wanted = new WorkspaceUsers.NewUser(
                values.username().strip(),
                values.email().strip(),
                password,
                WorkspaceRole.of(values.role()).orElse(WorkspaceRole.USER));
        Workspace workspace = request.workspace();
        return switch (users.add(request.actor(), workspace.project(), workspace.id(), wanted)) {
            case Added.Done(var user) -> request.done("/users", "user-added#user-" + user.id());
            case Added.UsernameTaken _ ->
                again(request, values, key, "username", "This username is taken. Choose another.");
            case Added.EmailTaken _ ->
                again(request, values, key, "email", "A user of this workspace already has this email.");
            case Added.Refused(Refusal.Rejected(var invalid)) ->
                Html.invalid(form(request, values, FieldErrors.from(invalid), key));
            case Added.Refused(Refusal refusal) -> request.refused(refusal);
        };
    }

    private static Response again(AdminRequest request, Values values, String key, String field, String message) {
        return Html.invalid(form(request, values, new FieldErrors(Map.of(field, message)), key));
    }

    @POST
    @Path("users/{userId}/role")
    public Response setRole(
            @Context Call call,
            @PathParam("userId") String userId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("role") @DefaultValue("") String role) {
        return entrance.form(call, as, request -> {
            Optional<Integer> user = WorkspaceUserLists.number(userId);
            Optional<WorkspaceRole> wanted = WorkspaceRole.of(role);
            if (user.isEmpty() || wanted.isEmpty()) {
                return unknown(request);
            }
            Workspace workspace = request.workspace();
            return changed(
                    request,
                    users.setRole(request.actor(), workspace.project(), workspace.id(), user.get(), wanted.get()),
                    "role-saved#user-" + user.get(),
                    problem -> problem(request, problem));
        });
    }

    /// @param again shows the page that the form was on
    private Response changed(
            AdminRequest request, Changed changed, String done, Function<FormProblem, Response> again) {
        return switch (changed) {
            case Changed.Done _ -> request.done("/users", done);
            case Changed.LastAdmin _ -> again.apply(WorkspaceUserLists.LAST_ADMIN);
            case Changed.EmergencyAdmin _ -> again.apply(WorkspaceUserLists.EMERGENCY_ADMIN);
            case Changed.Oneself _ -> problem(request, WorkspaceUserLists.ONESELF);
            case Changed.UserNotFound _ -> unknown(request);
            case Changed.Refused(Refusal refusal) -> request.refused(refusal);
        };
    }

    @GET
    @Path("users/{userId}/remove")
    public Response confirmRemove(@Context Call call, @PathParam("userId") String userId) {
        return entrance.page(call, request -> confirmation(200, request, userId, Optional.empty()));
    }

    private Response confirmation(int status, AdminRequest request, String userId, Optional<FormProblem> problem) {
        return WorkspaceUserLists.number(userId)
                .flatMap(user -> users.find(request.actor(), request.workspace(), user))
                .map(user -> new RemovedUser(user.id(), user.username(), user.email()))
                .map(user ->
                        Html.answer(status, new RemoveWorkspaceUserPage(request.frame("Remove user"), user, problem)))
                .orElseGet(() -> unknown(request));
    }

    @POST
    @Path("users/{userId}/remove")
    public Response remove(
            @Context Call call, @PathParam("userId") String userId, @FormParam("as") @DefaultValue("") String as) {
        return entrance.form(
                call,
                as,
                request -> WorkspaceUserLists.number(userId)
                        .map(user -> changed(
                                request,
                                users.remove(
                                        request.actor(),
                                        request.workspace().project(),
                                        request.workspace().id(),
                                        user),
                                "user-removed",
                                problem -> confirmation(422, request, userId, Optional.of(problem))))
                        .orElseGet(() -> unknown(request)));
    }
}
