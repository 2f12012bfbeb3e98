package dev.banyan.workspaces.users;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Parse;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.WorkspaceRequest;
import dev.banyan.workspaces.access.WorkspaceViews.UserView;
import dev.banyan.workspaces.users.WaitingRegistrations.Decided;
import dev.banyan.workspaces.users.WorkspaceUsers.Added;
import dev.banyan.workspaces.users.WorkspaceUsers.Changed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The users of a workspace, and registrations that don't count yet, as an API: the sub-client seed's routes, in its
/// terms.
@Path("/api/projects")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client users", description = "Logins that work in one workspace only.")
public class WorkspaceUsersResource {

    public static final String USERNAME_TAKEN = "Username already exists";
    public static final String EMAIL_TAKEN = "Email already exists";
    private static final String ADD_FORBIDDEN = "Only sub-client admins can add users";
    private static final String BAD_NUMBER = "Invalid userId";

    @Schema(requiredProperties = {"username", "email", "password"})
    record NewUserBody(
            @Schema(
                    description =
                            "2 to 64 letters, digits, dots, hyphens or underscores; unique in the sub-client in any case")
            Optional<String> username,

            @Schema(description = "At most 254 characters; kept in lower case, unique in the sub-client")
            Optional<String> email,

            @Schema(description = "8 to 128 characters") Optional<String> password,

            @Schema(description = "`admin`, `agent` (answers in the inbox) or `user` (default)")
            Optional<String> role) {}

    @Schema(requiredProperties = "role")
    record RoleBody(
            @Schema(description = "`admin`, `agent` (answers in the inbox) or `user`")
            Optional<String> role) {}

    @JsonInclude(Include.NON_ABSENT)
    record UserList(List<UserView> users, Optional<Integer> nextCursor) {}

    record OneUser(UserView user) {}

    record UserAnswer(boolean success, OneUser data, String message) implements WholeEnvelope {}

    /// @param waits_for `email` or `approval`
    /// @param created_at epoch milliseconds
    record RegistrationView(
            UUID id, String username, String email, RegistrationProof waits_for, long created_at, long expires_at) {

        static RegistrationView of(WaitingRegistration registration) {
            return new RegistrationView(
                    registration.id(),
                    registration.username(),
                    registration.email(),
                    registration.waitsFor(),
                    registration.createdAt().toEpochMilli(),
                    registration.expiresAt().toEpochMilli());
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    record RegistrationList(List<RegistrationView> registrations, Optional<UUID> nextCursor) {

        static RegistrationList of(Slice<WaitingRegistration, UUID> some) {
            return new RegistrationList(
                    some.items().stream().map(RegistrationView::of).toList(), some.next());
        }
    }

    private final WorkspaceUsers users;
    private final WaitingRegistrations registrations;

    WorkspaceUsersResource(WorkspaceUsers users, WaitingRegistrations registrations) {
        this.users = users;
        this.registrations = registrations;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/users")
    @Operation(summary = "List the users of a sub-client, newest first")
    @APIResponseSchema(
            value = UserList.class,
            responseDescription = "Up to 1,000 users; pass `nextCursor` to get the next page")
    public UserList list(@Context WorkspaceRequest request, @BeanParam PageQuery page) {
        PageQuery.Slice<Integer> slice = page.slice(WorkspaceUsersResource::number);
        var found = request.done(
                users.list(request.actor(), request.project(), request.workspace(), slice.after(), slice.limit()),
                "Only sub-client admins can see users");
        return new UserList(found.items().stream().map(UserView::of).toList(), found.next());
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/users")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Add a user to a sub-client")
    @APIResponseSchema(value = UserAnswer.class, responseDescription = "Added", responseCode = "201")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the username or email already exists")
    public Response add(@Context WorkspaceRequest request, NewUserBody body) {
        return request.once(body, 201, () -> added(request, body));
    }

    private UserAnswer added(WorkspaceRequest request, NewUserBody body) {
        Optional<WorkspaceRole> role = WorkspaceRole.of(body.role().orElse(WorkspaceRole.USER.key()));
        Optional<String> wrong =
                missing(body).or(() -> role.isEmpty() ? Optional.of(WorkspaceRole.RULE) : Optional.empty());
        if (wrong.isPresent()) {
            throw wrong(request, wrong.get());
        }
        var user = new WorkspaceUsers.NewUser(
                body.username().orElse(""),
                body.email().orElse(""),
                body.password().orElse(""),
                role.orElse(WorkspaceRole.USER));
        return switch (users.add(request.actor(), request.project(), request.workspace(), user)) {
            case Added.Done done ->
                new UserAnswer(true, new OneUser(UserView.of(done.user())), "User created successfully");
            case Added.UsernameTaken _ -> throw request.refused(400, USERNAME_TAKEN);
            case Added.EmailTaken _ -> throw request.refused(400, EMAIL_TAKEN);
            case Added.Refused(Refusal refusal) -> throw request.refused(refusal, request.forbidden(ADD_FORBIDDEN));
        };
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

    @DELETE
    @Path("{projectId}/sub-clients/{subClientId}/users/{userId}")
    @Operation(summary = "Remove a user, except the last admin")
    @APIResponseSchema(
            value = DoneMessage.class,
            responseDescription = "Removed, with their sessions and conversations")
    @APIResponse(responseCode = "400", description = "The last admin, or yourself")
    public DoneMessage remove(@Context WorkspaceRequest request, @PathParam("userId") String userId) {
        int user = number(userId).orElseThrow(() -> wrong(request, BAD_NUMBER));
        return changed(
                request,
                users.remove(request.actor(), request.project(), request.workspace(), user),
                "User removed successfully",
                "Only sub-client admins can remove users",
                "Cannot remove the last admin from sub-client");
    }

    @PUT
    @Path("{projectId}/sub-clients/{subClientId}/users/{userId}/role")
    @Operation(summary = "Change a user's role, except the last admin's")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "Unknown role, or the last admin")
    public DoneMessage setRole(@Context WorkspaceRequest request, @PathParam("userId") String userId, RoleBody body) {
        int user = number(userId).orElseThrow(() -> wrong(request, BAD_NUMBER));
        WorkspaceRole role =
                body.role().flatMap(WorkspaceRole::of).orElseThrow(() -> wrong(request, WorkspaceRole.RULE));
        return changed(
                request,
                users.setRole(request.actor(), request.project(), request.workspace(), user, role),
                "User role updated successfully",
                "Only sub-client admins can update user roles",
                "Cannot demote the last admin to " + role.key());
    }

    /// Says what is wrong with the input, but only to those who may change users.
    private EarlyAnswer wrong(WorkspaceRequest request, String wrong) {
        return users.mayChange(request.actor(), request.project(), request.workspace())
                .map(refusal -> request.refused(refusal, ADD_FORBIDDEN))
                .orElseGet(() -> request.refused(400, wrong));
    }

    private static DoneMessage changed(
            WorkspaceRequest request, Changed changed, String done, String forbidden, String lastAdmin) {
        return switch (changed) {
            case Changed.Done _ -> new DoneMessage(done);
            case Changed.Refused(Refusal refusal) -> throw request.refused(refusal, request.forbidden(forbidden));
            case Changed.UserNotFound _ -> throw request.refused(404, "User not found in sub-client");
            case Changed.Oneself _ -> throw request.refused(400, "cannot delete yourself");
            case Changed.EmergencyAdmin _ ->
                throw request.refused(400, "Name another emergencyAdmin of single sign-on first");
            case Changed.LastAdmin last ->
                throw request.refused(
                        400, last.oneself() ? "Cannot demote yourself - you are the last admin" : lastAdmin);
        };
    }

    private static Optional<Integer> number(String text) {
        return Parse.of(text, Integer::valueOf).filter(number -> number > 0);
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/registrations")
    @Operation(summary = "List a sub-client's pending registrations, newest first")
    @APIResponseSchema(
            value = RegistrationList.class,
            responseDescription = "Up to 1,000; pass `nextCursor` to get the next page")
    public RegistrationList registrations(@Context WorkspaceRequest request, @BeanParam PageQuery page) {
        PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
        return RegistrationList.of(request.done(
                registrations.list(
                        request.actor(), request.project(), request.workspace(), slice.after(), slice.limit()),
                "Only sub-client admins can see registrations"));
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/registrations/{registrationId}/approve")
    @Operation(summary = "Approve a registration and email the new user")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Approved")
    @APIResponse(responseCode = "400", description = "A user with this username or email already exists")
    public DoneMessage approve(@Context WorkspaceRequest request, @PathParam("registrationId") String registrationId) {
        return decided(
                request,
                registrations.approve(request.actor(), request.project(), request.workspace(), idOf(registrationId)),
                "Registration approved");
    }

    @DELETE
    @Path("{projectId}/sub-clients/{subClientId}/registrations/{registrationId}")
    @Operation(summary = "Reject a registration without notifying the person")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Rejected")
    public DoneMessage reject(@Context WorkspaceRequest request, @PathParam("registrationId") String registrationId) {
        return decided(
                request,
                registrations.reject(request.actor(), request.project(), request.workspace(), idOf(registrationId)),
                "Registration rejected");
    }

    /// Parses an id; malformed ones match nothing, so that access is still checked.
    private static UUID idOf(String typed) {
        return Uuids.parse(typed).orElseGet(() -> new UUID(0, 0));
    }

    private static DoneMessage decided(WorkspaceRequest request, Decided decided, String done) {
        return switch (decided) {
            case Decided.Done _ -> new DoneMessage(done);
            case Decided.Refused(Refusal refusal) ->
                throw request.refused(refusal, "Only sub-client admins can decide on registrations");
            case Decided.NotWaiting _ -> throw request.refused(404, "Registration not found");
            case Decided.Taken _ -> throw request.refused(400, "A user with this username or email already exists");
        };
    }
}
