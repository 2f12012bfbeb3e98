package dev.banyan.platform.web.json;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.ApiReferencePage.Group;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The API reference as pages of our own: readable without scripts, and without loading anything from elsewhere.
@Path("/docs/api")
@RunOnVirtualThread
class ApiReferencePageResource {

    private final ApiReference reference;
    private final Assets assets;

    ApiReferencePageResource(ApiReference reference, Assets assets) {
        this.reference = reference;
        this.assets = assets;
    }

    @GET
    public Response list(@Context Call call) {
        return page(call, "API", Optional.empty());
    }

    /// @param name of a group, as in its address
    @GET
    @Path("{group}")
    public Response show(@Context Call call, @PathParam("group") String name) {
        Group shown = reference.described(name).orElseThrow(NotFoundException::new);
        return page(call, shown.name(), Optional.of(shown));
    }

    private Response page(Call call, String title, Optional<Group> shown) {
        ApiReference.Contents contents = reference.contents();
        List<Group> groups = contents.groups().stream()
                .map(group ->
                        shown.filter(open -> open.name().equals(group.name())).orElse(group))
                .toList();
        return Html.ok(new ApiReferencePage(assets.door(title, call), contents.version(), groups, shown));
    }
}
