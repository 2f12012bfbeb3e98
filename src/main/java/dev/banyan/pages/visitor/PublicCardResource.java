package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.pages.PageId;
import dev.banyan.platform.Language;
import dev.banyan.platform.web.ReadyBytes;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The preview picture of a page, and its icon.
@Path("/media")
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
    @Path("card/{pageId}.png")
    public Response card(@PathParam("pageId") String pageId, @Context RoutingContext context) {
        return picture(pageId, context, cards::of);
    }

    @GET
    @Path("icon/{pageId}.png")
    public Response icon(@PathParam("pageId") String pageId, @Context RoutingContext context) {
        return picture(pageId, context, cards::icon);
    }

    private Response picture(String pageId, RoutingContext context, Function<PublicContent, ReadyBytes> drawn) {
        return PageId.parse(pageId)
                .flatMap(contents::forVisitor)
                .map(drawn)
                .orElseGet(() -> drawing.unknown(Language.ENGLISH))
                .response(context.request());
    }
}
