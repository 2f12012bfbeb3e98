package dev.banyan.workspaces.users;

import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.MemberShell;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The users of a workspace for its own admins.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MemberUsersPageResource {

    private final WorkspacePageGuard at;
    private final WorkspaceUsers users;
    private final WorkspaceUserLists lists;
    private final Idempotency idempotency;
    private final Uuids uuids;

    MemberUsersPageResource(
            WorkspacePageGuard at,
            WorkspaceUsers users,
            WorkspaceUserLists lists,
            Idempotency idempotency,
            Uuids uuids) {
        this.at = at;
        this.users = users;
        this.lists = lists;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    private Response admin(Call call, String shortPath, Function<Member, Response> work) {
        return at.member(call, shortPath, Right.CHANGE_USERS, WorkspaceMenu.USERS, work);
    }

    private static String path(Member member) {
        return WorkspacePageGuard.pathOf(member.workspace()) + "/users";
    }

    private MemberShell shell(Call call, Member member, String title) {
        return at.shell(call, member, WorkspaceMenu.USERS, title);
    }

    @GET
    @Path("users")
    public Response list(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("after") @DefaultValue("") String after) {
        return admin(
                call,
                shortPath,
                member -> page(call, member, search, WorkspaceUserLists.number(after), Optional.empty(), 200));
    }

    private Response page(
            Call call,
            Member member,
            String search,
            Optional<Integer> after,
            Optional<FormProblem> problem,
            int status) {
        var wanted = new WorkspaceUserLists.ListRequest(
                path(member), Optional.empty(), member.registrationOpen(), false, search, after, problem);
        return lists.read(member, member.workspace(), wanted)
                .map(list -> Html.answer(status, new MemberUsersPage(shell(call, member, "Users"), list)))
                .orElseGet(() -> forbidden(call, member));
    }

    private Response forbidden(Call call, Member member) {
        return at.refused(call, member, Right.CHANGE_USERS, WorkspaceMenu.USERS);
    }

    private static Response login(Member member) {
        return Html.seeOther(WorkspacePageGuard.pathOf(member.workspace()) + "/login");
    }

    @GET
    @Path("users/new")
    public Response form(@Context Call call, @PathParam("shortPath") String shortPath) {
        return admin(
                call,
                shortPath,
                member -> Html.ok(form(
                        call,
                        member,
                        AddWorkspaceUserPage.Values.EMPTY,
                        FieldErrors.NONE,
                        uuids.next().toString())));
    }

    private MemberAddUserPage form(
            Call call, Member member, AddWorkspaceUserPage.Values values, FieldErrors errors, String key) {
        return new MemberAddUserPage(shell(call, member, "Add user"), values, errors, key);
    }

    @POST
    @Path("users")
    public Response add(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("role") @DefaultValue("") String role,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new AddWorkspaceUserPage.Values(username, email, role);
        return admin(
                call,
                shortPath,
                member -> idempotency.onceForForm(
                        call, member.owner().account(), key, values, () -> add(call, member, values, password, key)));
    }

    private Response add(Call call, Member member, AddWorkspaceUserPage.Values values, String password, String key) {
        var wanted = new WorkspaceUsers.NewUser(
                values.username().strip(),
                values.email().strip(),
                password,
                WorkspaceRole.of(values.role()).orElse(WorkspaceRole.USER));
        return switch (users.add(
                member, member.workspace().project(), member.workspace().id(), wanted)) {
            case Added.Done done ->
                Html.seeOther(
                        path(member) + "?done=user-added#user-" + done.user().id());
            case Added.NotFound _ -> login(member);
            case Added.Forbidden _ -> forbidden(call, member);
            case Added.UsernameTaken _ ->
                again(call, member, values, key, "username", "Somebody here has this name. Choose another one.");
            case Added.EmailTaken _ -> again(call, member, values, key, "email", "Somebody here has this e-mail.");
            case Added.Rejected rejected ->
                Html.invalid(form(call, member, values, FieldErrors.from(rejected.invalid()), key));
        };
    }

    private Response again(
            Call call, Member member, AddWorkspaceUserPage.Values values, String key, String field, String message) {
        return Html.invalid(form(call, member, values, new FieldErrors(Map.of(field, message)), key));
    }

    @POST
    @Path("users/{userId}/role")
    public Response setRole(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("userId") String userId,
            @FormParam("role") @DefaultValue("") String role) {
        return admin(call, shortPath, member -> {
            Optional<Integer> user = WorkspaceUserLists.number(userId);
            Optional<WorkspaceRole> wanted = WorkspaceRole.of(role);
            if (user.isEmpty() || wanted.isEmpty()) {
                return unknown(call, member);
            }
            Changed changed = users.setRole(
                    member, member.workspace().project(), member.workspace().id(), user.get(), wanted.get());
            return switch (changed) {
                case Changed.Done _ -> Html.seeOther(path(member) + "?done=role-saved#user-" + user.get());
                case Changed.LastAdmin _ -> refused(call, member, WorkspaceUserLists.LAST_ADMIN);
                case Changed.Oneself _ -> refused(call, member, WorkspaceUserLists.ONESELF);
                case Changed.UserNotFound _ -> unknown(call, member);
                case Changed.NotFound _ -> login(member);
                case Changed.Forbidden _ -> forbidden(call, member);
            };
        });
    }

    private Response refused(Call call, Member member, FormProblem problem) {
        return page(call, member, "", Optional.empty(), Optional.of(problem), 422);
    }

    private Response unknown(Call call, Member member) {
        return page(
                call,
                member,
                "",
                Optional.empty(),
                Optional.of(new FormProblem("This user is not there.", "Somebody may have removed them meanwhile.")),
                404);
    }

    @GET
    @Path("users/{userId}/remove")
    public Response confirmRemove(
            @Context Call call, @PathParam("shortPath") String shortPath, @PathParam("userId") String userId) {
        return admin(
                call,
                shortPath,
                member -> WorkspaceUserLists.number(userId)
                        .flatMap(number -> users.find(member, number))
                        .map(user -> Html.ok(new MemberRemoveUserPage(
                                shell(call, member, "Remove user"),
                                new RemoveWorkspaceUserPage.RemovedUser(user.id(), user.username(), user.email()),
                                Optional.empty())))
                        .orElseGet(() -> unknown(call, member)));
    }

    @POST
    @Path("users/{userId}/remove")
    public Response remove(
            @Context Call call, @PathParam("shortPath") String shortPath, @PathParam("userId") String userId) {
        return admin(
                call,
                shortPath,
                member -> WorkspaceUserLists.number(userId)
                        .map(user -> remove(call, member, user))
                        .orElseGet(() -> unknown(call, member)));
    }

    private Response remove(Call call, Member member, int user) {
        return switch (users.remove(
                member, member.workspace().project(), member.workspace().id(), user)) {
            case Changed.Done _ -> Html.seeOther(path(member) + "?done=user-removed");
            case Changed.LastAdmin _ -> refused(call, member, WorkspaceUserLists.LAST_ADMIN);
            case Changed.Oneself _ -> refused(call, member, WorkspaceUserLists.ONESELF);
            case Changed.UserNotFound _ -> unknown(call, member);
            case Changed.NotFound _ -> login(member);
            case Changed.Forbidden _ -> forbidden(call, member);
        };
    }
}
