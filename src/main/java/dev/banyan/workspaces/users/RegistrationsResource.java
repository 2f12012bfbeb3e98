package dev.banyan.workspaces.users;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.access.WorkspaceRequest;
import dev.banyan.workspaces.users.WaitingRegistrations.Decided;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
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
    record RegistrationList(List<RegistrationView> registrations, Optional<UUID> nextCursor) {

        static RegistrationList of(Slice<WaitingRegistration, UUID> some) {
            return new RegistrationList(
                    some.items().stream().map(RegistrationView::of).toList(), some.next());
        }
    }

    private final WaitingRegistrations registrations;

    RegistrationsResource(WaitingRegistrations registrations) {
        this.registrations = registrations;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/registrations")
    @Operation(summary = "List a sub-client's pending registrations, newest first")
    @APIResponseSchema(
            value = RegistrationList.class,
            responseDescription = "Up to 1,000; pass `nextCursor` to get the next page")
    public RegistrationList list(@Context WorkspaceRequest request, @BeanParam PageQuery page) {
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
