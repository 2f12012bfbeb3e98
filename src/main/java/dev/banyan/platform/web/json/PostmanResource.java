package dev.banyan.platform.web.json;

import dev.banyan.platform.config.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/// The API for Postman, Bruno and other programs that send requests by hand.
@Path("/postman.json")
@RunOnVirtualThread
class PostmanResource {

    private final ApiReference reference;
    private final Settings settings;

    PostmanResource(ApiReference reference, Settings settings) {
        this.reference = reference;
        this.settings = settings;
    }

    @GET
    public Response show() {
        return Response.ok(reference.collection(settings.baseUrl()), "application/json;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"banyan.postman.json\"")
                .build();
    }
}
