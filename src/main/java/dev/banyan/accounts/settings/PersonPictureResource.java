package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.context.SignedInPage;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.page.ErrorPages;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Pictures of people, for pages. The content of an address never changes.
@Path("/admin/pictures")
@RunOnVirtualThread
class PersonPictureResource {

    private final PersonPictures pictures;
    private final ErrorPages errorPages;

    PersonPictureResource(PersonPictures pictures, ErrorPages errorPages) {
        this.pictures = pictures;
        this.errorPages = errorPages;
    }

    @GET
    @Path("{portrait}")
    public Response show(@Context SignedInPage page, @PathParam("portrait") String name) {
        int refused = page.self().around().isPresent() ? 404 : 403; // who acts for no account shares none
        return pictures.read(page.self().identity(), name)
                .map(file -> FileAnswers.guarded(
                        page.call(), file, name, name.endsWith(".png") ? "image/png" : "image/jpeg", true))
                .orElseGet(() -> errorPages.answer(
                        page.call(),
                        refused,
                        "Picture not found",
                        "It was replaced or removed, or isn’t shown to you."));
    }
}
