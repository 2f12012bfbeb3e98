package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.users.AddWorkspaceUserPage.Values;
import dev.banyan.workspaces.users.RemoveWorkspaceUserPage.RemovedUser;
import dev.banyan.workspaces.users.WaitingRegistrations.Decided;
import dev.banyan.workspaces.users.WorkspaceUsers.Added;
import dev.banyan.workspaces.users.WorkspaceUsers.Changed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// Adds and removes the users of a workspace, changes their roles, and approves and rejects pending registrations,
/// which are listed above the users.
@InMenu(WorkspaceMenu.USERS)
abstract class WorkspaceUsersPageResource {

    private static final FormProblem NOT_THERE =
            new FormProblem("User not found.", "They may have been removed already.");

    private final WorkspaceUsers users;
    private final WorkspaceUserLists lists;
    private final Idempotency idempotency;
    private final Uuids uuids;
    private final OneTimeLinks links;
    private final WaitingRegistrations registrations;

    private WorkspaceUsersPageResource(
            WorkspaceUsers users,
            WorkspaceUserLists lists,
            Idempotency idempotency,
            Uuids uuids,
            OneTimeLinks links,
            WaitingRegistrations registrations) {
        this.users = users;
        this.lists = lists;
        this.idempotency = idempotency;
        this.uuids = uuids;
        this.links = links;
        this.registrations = registrations;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends WorkspaceUsersPageResource {

        OfProjectResource(
                WorkspaceUsers users,
                WorkspaceUserLists lists,
                Idempotency idempotency,
                Uuids uuids,
                OneTimeLinks links,
                WaitingRegistrations registrations) {
            super(users, lists, idempotency, uuids, links, registrations);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends WorkspaceUsersPageResource {

        OfAdminsResource(
                WorkspaceUsers users,
                WorkspaceUserLists lists,
                Idempotency idempotency,
                Uuids uuids,
                OneTimeLinks links,
                WaitingRegistrations registrations) {
            super(users, lists, idempotency, uuids, links, registrations);
        }
    }

    @GET
    @Path("users")
    public Response list(
            @Context AdminRequest request,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("after") @DefaultValue("") String after) {
        return page(200, request, search, WorkspaceUserLists.number(after), Optional.empty());
    }

    private Response page(
            int status, AdminRequest request, String search, Optional<Integer> after, Optional<FormProblem> problem) {
        Optional<OneTimeLink> fresh = links.of(request.call(), request.base() + "/users");
        WorkspaceUserList list = request.value(lists.read(request, search, after, problem, fresh));
        var page = new WorkspaceUsersPage(request.frame("Users"), list);
        return links.shown(fresh, Html.answer(status, page));
    }

    private Response problem(AdminRequest request, FormProblem problem) {
        return page(422, request, "", Optional.empty(), Optional.of(problem));
    }

    private Response unknown(AdminRequest request) {
        return request.missing(() -> page(404, request, "", Optional.empty(), Optional.of(NOT_THERE)));
    }

    private int number(AdminRequest request, String userId) {
        return WorkspaceUserLists.number(userId).orElseThrow(() -> new EarlyAnswer(unknown(request)));
    }

    @GET
    @Path("users/new")
    public Response form(@Context AdminRequest request) {
        return Html.ok(
                form(request, Values.EMPTY, FieldErrors.NONE, uuids.next().toString()));
    }

    private static AddWorkspaceUserPage form(AdminRequest request, Values values, FieldErrors errors, String key) {
        return new AddWorkspaceUserPage(request.frame("Add user"), values, errors, key);
    }

    @POST
    @Path("users")
    public Response add(
            @Context AdminRequest request,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new Values(username, email, role);
        return idempotency.onceForForm(
                request.call(),
                request.actor().owner().account(),
                key,
                values,
                () -> add(request, values, password, key));
    }

    private Response add(AdminRequest request, Values values, String password, String key) {
        var wanted = new WorkspaceUsers.NewUser(
                values.username().strip(),
                values.email().strip(),
                password,
                WorkspaceRole.of(values.role()).orElse(WorkspaceRole.USER));
        return switch (users.add(request.actor(), request.project(), request.id(), wanted)) {
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
            @Context AdminRequest request,
            @PathParam("userId") String userId,
            @FormParam("role") @DefaultValue("") String role) {
        Optional<WorkspaceRole> wanted = WorkspaceRole.of(role);
        if (wanted.isEmpty()) {
            return unknown(request);
        }
        int user = number(request, userId);
        return changed(
                request,
                users.setRole(request.actor(), request.project(), request.id(), user, wanted.get()),
                "role-saved#user-" + user,
                problem -> problem(request, problem));
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
    public Response confirmRemove(@Context AdminRequest request, @PathParam("userId") String userId) {
        return confirmation(200, request, number(request, userId), Optional.empty());
    }

    private Response confirmation(int status, AdminRequest request, int number, Optional<FormProblem> problem) {
        return users.find(request.actor(), request.workspace(), number)
                .map(user -> new RemovedUser(user.id(), user.username(), user.email()))
                .map(user ->
                        Html.answer(status, new RemoveWorkspaceUserPage(request.frame("Remove user"), user, problem)))
                .orElseGet(() -> unknown(request));
    }

    @POST
    @WithFormRead
    @Path("users/{userId}/remove")
    public Response remove(@Context AdminRequest request, @PathParam("userId") String userId) {
        int user = number(request, userId);
        return changed(
                request,
                users.remove(request.actor(), request.project(), request.id(), user),
                "user-removed",
                problem -> confirmation(422, request, user, Optional.of(problem)));
    }

    /// @param action `approve` or `reject`
    @POST
    @Path("registrations")
    public Response decide(
            @Context AdminRequest request,
            @FormParam("registrationId") @DefaultValue("") String id,
            @FormParam("action") @DefaultValue("") String action) {
        return request.done("/users", decide(request.actor(), request.workspace(), id, action));
    }

    /// @return the key of the toast
    private String decide(WorkspaceActor actor, Workspace workspace, String id, String action) {
        boolean approves = action.equals("approve");
        Decided decided = Uuids.parse(id)
                .map(known -> approves
                        ? registrations.approve(actor, workspace.project(), workspace.id(), known)
                        : registrations.reject(actor, workspace.project(), workspace.id(), known))
                .orElseGet(Decided.NotWaiting::new);
        return switch (decided) {
            case Decided.Done _ -> approves ? "registration-approved" : "registration-rejected";
            case Decided.Taken _ -> "registration-taken";
            case Decided.NotWaiting _, Decided.Refused _ -> "registration-gone";
        };
    }
}
