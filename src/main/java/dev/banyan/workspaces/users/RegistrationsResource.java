package dev.banyan.workspaces.users;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.users.WaitingRegistrations.Decided;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Registrations that don't count yet, as an API.
@Path("/api/projects")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client users")
class RegistrationsResource {

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
    record RegistrationList(List<RegistrationView> registrations, Optional<UUID> nextCursor) {}

    record RegistrationListAnswer(boolean success, RegistrationList data) {}

    private final WorkspaceApiGuard gate;
    private final WaitingRegistrations registrations;

    RegistrationsResource(WorkspaceApiGuard gate, WaitingRegistrations registrations) {
        this.gate = gate;
        this.registrations = registrations;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/registrations")
    @Operation(summary = "List a sub-client's pending registrations, newest first")
    @APIResponseSchema(
            value = RegistrationListAnswer.class,
            responseDescription = "Up to 1,000; pass `nextCursor` to get the next page")
    public Response list(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.withWorkspace(call, projectId, subClientId, (actor, project, id) -> switch (Paging.of(
                limit, after, Uuids::parse)) {
            case Paging.Bad<UUID> bad -> Answers.refused(400, bad.error());
            case Paging.Slice<UUID> slice ->
                registrations
                        .list(actor, project, id, slice.after(), slice.limit())
                        .fold(
                                RegistrationsResource::listed,
                                refusal -> gate.refused(call, refusal, "Only sub-client admins can see registrations"));
        });
    }

    private static Response listed(Slice<WaitingRegistration, UUID> registrations) {
        List<RegistrationView> views =
                registrations.items().stream().map(RegistrationView::of).toList();
        return Response.ok(new RegistrationListAnswer(true, new RegistrationList(views, registrations.next())))
                .build();
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/registrations/{registrationId}/approve")
    @Operation(summary = "Approve a registration and email the new user")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Approved")
    @APIResponse(responseCode = "400", description = "A user with this username or email already exists")
    public Response approve(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @PathParam("registrationId") String registrationId) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, id) -> decided(
                        call,
                        registrations.approve(actor, project, id, idOf(registrationId)),
                        "Registration approved"));
    }

    @DELETE
    @Path("{projectId}/sub-clients/{subClientId}/registrations/{registrationId}")
    @Operation(summary = "Reject a registration without notifying the person")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Rejected")
    public Response reject(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            @PathParam("registrationId") String registrationId) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, id) -> decided(
                        call, registrations.reject(actor, project, id, idOf(registrationId)), "Registration rejected"));
    }

    /// Parses an id; malformed ones match nothing, so that access is still checked.
    private static UUID idOf(String typed) {
        return Uuids.parse(typed).orElseGet(() -> new UUID(0, 0));
    }

    private Response decided(Call call, Decided decided, String done) {
        return switch (decided) {
            case Decided.Done _ -> Answers.done(done);
            case Decided.Refused(Refusal refusal) ->
                gate.refused(call, refusal, "Only sub-client admins can decide on registrations");
            case Decided.NotWaiting _ -> Answers.refused(404, "Registration not found");
            case Decided.Taken _ -> Answers.refused(400, "A user with this username or email already exists");
        };
    }
}
