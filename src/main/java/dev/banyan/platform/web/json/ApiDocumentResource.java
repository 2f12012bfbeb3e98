package dev.banyan.platform.web.json;

import module java.base;
import dev.banyan.platform.config.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;

/// The API for programs: `/openapi.json` for those that read OpenAPI, `/postman.json` for Postman, Bruno and others
/// that send requests by hand. `/docs/api` has the same for people.
@Path("/")
@RunOnVirtualThread
class ApiDocumentResource {

    private static final String JSON = "application/json;charset=UTF-8";

    private final ApiDocument document;
    private final ApiReference reference;
    private final Settings settings;

    ApiDocumentResource(ApiDocument document, ApiReference reference, Settings settings) {
        this.document = document;
        this.reference = reference;
        this.settings = settings;
    }

    /// @param group the part of it that has a page of its own; all if absent
    @GET
    @Path("openapi.json")
    public Response openApi(@QueryParam("group") Optional<String> group) {
        if (group.isEmpty()) {
            return Response.ok(document.json(), JSON).build();
        }
        return reference
                .alone(group.get())
                .map(alone -> Response.ok(alone, JSON))
                .orElseGet(() -> Response.status(404)
                        .type(JSON)
                        .entity(new Answers.Failure(
                                "Group not found. Use one of these: " + String.join(", ", reference.groupNames()))))
                .build();
    }

    @GET
    @Path("postman.json")
    public Response postman() {
        return Response.ok(reference.collection(settings.baseUrl()), JSON)
                .header("Content-Disposition", "attachment; filename=\"banyan.postman.json\"")
                .build();
    }
}
