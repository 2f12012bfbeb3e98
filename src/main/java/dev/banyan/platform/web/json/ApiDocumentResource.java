package dev.banyan.platform.web.json;

import module java.base;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/// The API for programs that read OpenAPI; `/docs/api` has the same for people.
@Path("/openapi.json")
@RunOnVirtualThread
class ApiDocumentResource {

    private static final String JSON = "application/json;charset=UTF-8";

    private final ApiDocument document;
    private final ApiReference reference;

    ApiDocumentResource(ApiDocument document, ApiReference reference) {
        this.document = document;
        this.reference = reference;
    }

    /// @param group the part of it that has a page of its own; all if absent
    @GET
    public Response show(@QueryParam("group") Optional<String> group) {
        if (group.isEmpty()) {
            return Response.ok(document.json(), JSON).build();
        }
        return Response.ok(reference.alone(group.get()).orElseThrow(NotFoundException::new), JSON)
                .build();
    }
}
