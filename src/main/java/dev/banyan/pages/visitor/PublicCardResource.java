package dev.banyan.pages.visitor;

import dev.banyan.pages.PageId;
import dev.banyan.platform.Language;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The preview picture of a page.
@Path("/media/card")
@RunOnVirtualThread
class PublicCardResource {

    private final PublicContents contents;
    private final PageCards cards;
    private final PageDrawing drawing;

    PublicCardResource(PublicContents contents, PageCards cards, PageDrawing drawing) {
        this.contents = contents;
        this.cards = cards;
        this.drawing = drawing;
    }

    @GET
    @Path("{pageId}.png")
    public Response card(@PathParam("pageId") String pageId, @Context RoutingContext context) {
        return PageId.parse(pageId)
                .flatMap(contents::forVisitor)
                .map(cards::of)
                .orElseGet(() -> drawing.unknown(Language.ENGLISH))
                .response(context.request());
    }
}
