package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Says how far what goes on is, for the top bar of pages that are open.
@Path("/admin/tasks")
@RunOnVirtualThread
class TasksPageResource {

    private static final int MOST_ASKED = 50;

    private final PageFrames frames;

    TasksPageResource(PageFrames frames) {
        this.frames = frames;
    }

    /// @param seen tasks that the page has shown as running
    @GET
    public Response tasks(@Context SignedInPage page, @QueryParam("seen") List<String> seen) {
        Set<String> asked = seen.stream().limit(MOST_ASKED).collect(Collectors.toUnmodifiableSet());
        return Html.ok(new TasksPage(frames.tasks(page.call(), page.self().around(), asked)));
    }
}
