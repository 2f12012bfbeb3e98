package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.workspaces.access.WorkspaceRequest;
import dev.banyan.workspaces.administration.WorkspaceTemplates;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
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
    @Schema(name = "TemplateBody", requiredProperties = "template")
    record TemplateBody(
            @Schema(description = "Whether others are made like this one; required")
            Optional<Boolean> template) {}

    @Schema(
            name = "WorkspaceTemplate",
            extensions = @Extension(name = ApiDescription.ENVELOPE, value = "TemplateAnswer"))
    record TemplateView(boolean template) {}

    private final WorkspaceTemplates templates;

    WorkspaceTemplateResource(WorkspaceTemplates templates) {
        this.templates = templates;
    }

    @GET
    @Operation(summary = "Get whether the sub-client is a template")
    @APIResponseSchema(value = TemplateView.class, responseDescription = "Whether it is")
    public TemplateView read(@Context WorkspaceRequest request) {
        return new TemplateView(
                request.done(templates.read(request.actor(), request.project(), request.workspace()), FORBIDDEN));
    }

    @PUT
    @Operation(summary = "Mark the sub-client as a template, or as none; templates are suggested first")
    @APIResponseSchema(value = TemplateView.class, responseDescription = "Saved")
    @APIResponse(responseCode = "400", description = "template is missing")
    public TemplateView set(@Context WorkspaceRequest request, TemplateBody body) {
        boolean before =
                request.done(templates.read(request.actor(), request.project(), request.workspace()), FORBIDDEN);
        boolean now = request.done(
                templates.set(
                        request.actor(),
                        request.project(),
                        request.workspace(),
                        body.template().orElse(before)),
                FORBIDDEN);
        if (body.template().isEmpty()) {
            throw request.refused(400, "template is required");
        }
        return new TemplateView(now);
    }
}
