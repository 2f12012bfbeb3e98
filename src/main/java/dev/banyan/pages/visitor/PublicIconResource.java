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

/// The icon of a page.
@Path("/media/icon")
@RunOnVirtualThread
class PublicIconResource {

    private final PublicContents contents;
    private final PageCards cards;
    private final PageDrawing drawing;

    PublicIconResource(PublicContents contents, PageCards cards, PageDrawing drawing) {
        this.contents = contents;
        this.cards = cards;
        this.drawing = drawing;
    }

    @GET
    @Path("{pageId}.png")
    public Response icon(@PathParam("pageId") String pageId, @Context RoutingContext context) {
        return PageId.parse(pageId)
                .flatMap(contents::forVisitor)
                .map(cards::icon)
                .orElseGet(() -> drawing.unknown(Language.ENGLISH))
                .response(context.request());
    }
}
