package dev.banyan.platform.web.json;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/// The API for programs that read OpenAPI; `/docs/api` has the same for people.
@Path("/openapi.json")
@RunOnVirtualThread
class ApiDocumentResource {

    private final ApiDocument document;

    ApiDocumentResource(ApiDocument document) {
        this.document = document;
    }

    @GET
    public Response show() {
        return Response.ok(document.json(), "application/json;charset=UTF-8").build();
    }
}
