package dev.banyan.workspaces.many;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.administration.WorkspaceTemplates;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Whether a workspace is a template, in the API.
@Path("/api/projects/{projectId}/sub-clients/{subClientId}/template")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-clients", description = "The workspaces of a project.")
class WorkspaceTemplateResource {

    private static final String FORBIDDEN = "Only the project owner can choose templates";

    @NoOtherFields
    @Schema(name = "TemplateBody")
    record TemplateBody(
            @Schema(description = "Whether others are made like this one; required")
            Optional<Boolean> template) {}

    record TemplateView(boolean template) {}

    record TemplateAnswer(boolean success, TemplateView data) {}

    private final WorkspaceApiGuard gate;
    private final WorkspaceTemplates templates;

    WorkspaceTemplateResource(WorkspaceApiGuard gate, WorkspaceTemplates templates) {
        this.gate = gate;
        this.templates = templates;
    }

    @GET
    @Operation(summary = "Get whether the sub-client is a template")
    @APIResponseSchema(value = TemplateAnswer.class, responseDescription = "Whether it is")
    public Response read(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, id) -> templates
                        .read(actor, project, id)
                        .fold(WorkspaceTemplateResource::ok, refusal -> gate.refused(call, refusal, FORBIDDEN)));
    }

    @PUT
    @Operation(summary = "Mark the sub-client as a template, or as none; templates are suggested first")
    @APIResponseSchema(value = TemplateAnswer.class, responseDescription = "Saved")
    @APIResponse(responseCode = "400", description = "template is missing")
    public Response set(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String subClientId,
            TemplateBody body) {
        return gate.withWorkspace(
                call,
                projectId,
                subClientId,
                (actor, project, id) -> templates
                        .read(actor, project, id)
                        .then(before -> templates.set(
                                actor, project, id, body.template().orElse(before)))
                        .fold(
                                now -> body.template().isEmpty()
                                        ? Answers.refused(400, "template is required")
                                        : ok(now),
                                refusal -> gate.refused(call, refusal, FORBIDDEN)));
    }

    private static Response ok(boolean template) {
        return Response.ok(new TemplateAnswer(true, new TemplateView(template))).build();
    }
}
