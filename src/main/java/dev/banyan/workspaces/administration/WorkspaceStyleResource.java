package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceColor;
import dev.banyan.workspaces.access.WorkspaceDoor;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

/// The appearance of a workspace for its visitors: stylesheet and picture.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class WorkspaceStyleResource {

    private final WorkspacePageGuard at;
    private final WorkspaceBrands brands;

    WorkspaceStyleResource(WorkspacePageGuard at, WorkspaceBrands brands) {
        this.at = at;
        this.brands = brands;
    }

    /// Returns the stylesheet: seven tokens and nothing else.
    ///
    /// @param color the color named by pages, so that a change shows at once; without it, the workspace's own
    @GET
    @Path("theme.css")
    public Response theme(
            @Context Request request,
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @QueryParam("color") @DefaultValue("") String color) {
        Optional<WorkspaceColor> wanted = color.isEmpty()
                ? at.look(shortPath).flatMap(workspace -> workspace.brand().color())
                : WorkspaceColor.parse(color).filter(WorkspaceColor::carriesText);
        String style = WorkspaceTheme.of(wanted);
        var tag =
                new EntityTag(wanted.map(WorkspaceColor::hex).orElse("default").replace("#", ""));
        Response.ResponseBuilder known = request.evaluatePreconditions(tag);
        return (known == null
                        ? Response.ok(style.getBytes(StandardCharsets.UTF_8)).type("text/css; charset=utf-8")
                        : known)
                .tag(tag)
                .header("Cache-Control", color.isEmpty() ? "no-cache" : "public, max-age=86400")
                .build();
    }

    /// Returns the letters on the color, as an icon for tabs and bookmarks.
    @GET
    @Path("icon.svg")
    public Response icon(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.look(shortPath)
                .map(workspace -> Response.ok(icon(workspace).getBytes(StandardCharsets.UTF_8))
                        .type("image/svg+xml")
                        .header("Cache-Control", "public, max-age=86400")
                        .header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
                        .header("X-Content-Type-Options", "nosniff")
                        .build())
                .orElseGet(() -> Response.status(404).build());
    }

    /// Letters and digits alone, so nothing has to be escaped.
    private static String icon(Workspace workspace) {
        String mark = WorkspaceDoor.lookOf(workspace, "").mark();
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="%s"/>\
                <text x="16" y="21.5" text-anchor="middle" font-family="system-ui,sans-serif" font-size="15"\
                 font-weight="600" fill="#fff">%s</text></svg>
                """.formatted(workspace.brand().color().map(WorkspaceColor::hex).orElse(WorkspaceColor.USUAL), mark);
    }

    /// Returns the picture. It can't execute anything: its type is known from its first bytes, and browsers may not
    /// guess another one.
    @GET
    @Path("mark")
    public Response mark(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.look(shortPath)
                .flatMap(brands::picture)
                .map(picture -> Response.ok(picture.bytes())
                        .type(picture.type().mime)
                        .header("Cache-Control", "public, max-age=86400")
                        .header("Content-Disposition", "inline")
                        .header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
                        .header("X-Content-Type-Options", "nosniff")
                        .build())
                .orElseGet(() -> Response.status(404).build());
    }
}
