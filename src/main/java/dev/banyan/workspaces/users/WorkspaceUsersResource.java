package dev.banyan.workspaces.users;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.access.WorkspaceViews.UserView;
import dev.banyan.workspaces.users.WorkspaceUsers.Added;
import dev.banyan.workspaces.users.WorkspaceUsers.Changed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The users of a workspace, as an API: the sub-client seed's routes, in its terms.
@Path("/api/projects")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client users", description = "Logins that work in one workspace only.")
public class WorkspaceUsersResource {

    public static final String USERNAME_TAKEN = "Username already exists";
    public static final String EMAIL_TAKEN = "Email already exists";
    private static final String ADD_FORBIDDEN = "Only sub-client admins can add users";
    private static final String BAD_NUMBER = "Invalid userId";

    record NewUserBody(
            @Schema(description = "3 to 20 letters, digits or underscores; unique in the sub-client in any case")
            Optional<String> username,

            @Schema(description = "At most 254 characters; kept in lower case, unique in the sub-client")
            Optional<String> email,

            @Schema(description = "8 to 128 characters") Optional<String> password,

            @Schema(description = "`admin`, `agent` (answers in the inbox) or `user` (default)")
            Optional<String> role) {}

    record RoleBody(
            @Schema(description = "`admin`, `agent` (answers in the inbox) or `user`")
            Optional<String> role) {}

    @JsonInclude(Include.NON_ABSENT)
    record UserList(List<UserView> users, Optional<Integer> nextCursor) {}

    record UserListAnswer(boolean success, UserList data) {}

    record OneUser(UserView user) {}

    record UserAnswer(boolean success, OneUser data, String message) {}

    private final WorkspaceApiGuard gate;
    private final WorkspaceUsers users;
    private final Idempotency idempotency;

    WorkspaceUsersResource(WorkspaceApiGuard gate, WorkspaceUsers users, Idempotency idempotency) {
        this.gate = gate;
        this.users = users;
        this.idempotency = idempotency;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/users")
    @Operation(summary = "List the users of a sub-client, newest first")
    @APIResponseSchema(
            value = UserListAnswer.class,
            responseDescription = "Up to 1,000 users; pass `nextCursor` to get the next page")
    public Response list(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.withWorkspace(call, projectId, subClientId, (actor, project, id) -> switch (Paging.of(
                limit, after, WorkspaceUsersResource::number)) {
            case Paging.Bad<Integer> bad -> Answers.refused(400, bad.error());
            case Paging.Slice<Integer> slice ->
                users.list(actor, project, id, slice.after(), slice.limit())
                        .fold(
                                WorkspaceUsersResource::listed,
                                refusal -> gate.refused(call, refusal, "Only sub-client admins can see users"));
        });
    }

    private static Response listed(Slice<WorkspaceUser, Integer> users) {
        List<UserView> views = users.items().stream().map(UserView::of).toList();
        return Response.ok(new UserListAnswer(true, new UserList(views, users.next())))
                .build();
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/users")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Add a user to a sub-client")
    @APIResponseSchema(value = UserAnswer.class, responseDescription = "Added", responseCode = "201")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the username or email already exists")
    public Response add(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            NewUserBody body) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, id) -> idempotency.once(
                        call,
                        actor.owner().account(),
                        call.header(Idempotency.HEADER),
                        body,
                        () -> add(call, actor, project, id, body)));
    }

    private Response add(Call call, WorkspaceActor actor, ProjectId project, WorkspaceId id, NewUserBody body) {
        Optional<WorkspaceRole> role = WorkspaceRole.of(body.role().orElse(WorkspaceRole.USER.key()));
        var wanted = new WorkspaceUsers.NewUser(
                body.username().orElse(""),
                body.email().orElse(""),
                body.password().orElse(""),
                role.orElse(WorkspaceRole.USER));
        Optional<String> wrong =
                missing(body).or(() -> role.isEmpty() ? Optional.of(WorkspaceRole.RULE) : Optional.empty());
        if (wrong.isPresent()) {
            return refusedOr(call, actor, project, id, wrong.get());
        }
        return answer(call, actor, users.add(actor, project, id, wanted));
    }

    /// In the contract's order and words.
    private static Optional<String> missing(NewUserBody body) {
        return Stream.of(
                        absent("username", body.username()),
                        absent("email", body.email()),
                        absent("password", body.password()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> absent(String field, Optional<String> value) {
        return value.orElse("").isBlank() ? Optional.of(field + " is required") : Optional.empty();
    }

    private Response answer(Call call, WorkspaceActor actor, Added added) {
        return switch (added) {
            case Added.Done done ->
                Response.status(201)
                        .entity(new UserAnswer(
                                true, new OneUser(UserView.of(done.user())), "User created successfully"))
                        .build();
            case Added.UsernameTaken _ -> Answers.refused(400, USERNAME_TAKEN);
            case Added.EmailTaken _ -> Answers.refused(400, EMAIL_TAKEN);
            case Added.Refused(Refusal refusal) ->
                gate.refused(call, refusal, WorkspaceApiGuard.forbidden(actor, ADD_FORBIDDEN));
        };
    }

    @DELETE
    @Path("{projectId}/sub-clients/{subClientId}/users/{userId}")
    @Operation(summary = "Remove a user, except the last admin")
    @APIResponseSchema(
            value = Answers.Envelope.class,
            responseDescription = "Removed, with their sessions and conversations")
    @APIResponse(responseCode = "400", description = "The last admin, or yourself")
    public Response remove(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @PathParam("userId") String userId) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, id) -> number(userId)
                        .map(user -> changed(
                                call,
                                users.remove(actor, project, id, user),
                                "User removed successfully",
                                WorkspaceApiGuard.forbidden(actor, "Only sub-client admins can remove users"),
                                "Cannot remove the last admin from sub-client"))
                        .orElseGet(() -> refusedOr(call, actor, project, id, BAD_NUMBER)));
    }

    @PUT
    @Path("{projectId}/sub-clients/{subClientId}/users/{userId}/role")
    @Operation(summary = "Change a user's role, except the last admin's")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "Unknown role, or the last admin")
    public Response setRole(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @PathParam("userId") String userId,
            RoleBody body) {
        return gate.withWorkspace(call, projectId, subClientId, (actor, project, id) -> {
            Optional<Integer> user = number(userId);
            if (user.isEmpty()) {
                return refusedOr(call, actor, project, id, BAD_NUMBER);
            }
            Optional<WorkspaceRole> role = body.role().flatMap(WorkspaceRole::of);
            if (role.isEmpty()) {
                return refusedOr(call, actor, project, id, WorkspaceRole.RULE);
            }
            return changed(
                    call,
                    users.setRole(actor, project, id, user.get(), role.get()),
                    "User role updated successfully",
                    WorkspaceApiGuard.forbidden(actor, "Only sub-client admins can update user roles"),
                    "Cannot demote the last admin to " + role.get().key());
        });
    }

    /// Says what is wrong with the input, but only to those who may change users.
    private Response refusedOr(Call call, WorkspaceActor actor, ProjectId project, WorkspaceId id, String wrong) {
        return users.mayChange(actor, project, id)
                .map(refusal -> gate.refused(call, refusal, ADD_FORBIDDEN))
                .orElseGet(() -> Answers.refused(400, wrong));
    }

    private Response changed(Call call, Changed changed, String done, String forbidden, String lastAdmin) {
        return switch (changed) {
            case Changed.Done _ -> Answers.done(done);
            case Changed.Refused(Refusal refusal) -> gate.refused(call, refusal, forbidden);
            case Changed.UserNotFound _ -> Answers.refused(404, "User not found in sub-client");
            case Changed.Oneself _ -> Answers.refused(400, "cannot delete yourself");
            case Changed.EmergencyAdmin _ ->
                Answers.refused(400, "Name another emergencyAdmin of single sign-on first");
            case Changed.LastAdmin last ->
                Answers.refused(400, last.oneself() ? "Cannot demote yourself - you are the last admin" : lastAdmin);
        };
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(number -> number > 0);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
