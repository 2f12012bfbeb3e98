package dev.banyan.accounts.webhooks;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.webhooks.EventType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The reference of events as a page; `/api/webhook-event-types` has the same for programs.
@Path("/docs/api/events")
@RunOnVirtualThread
class EventsPageResource {

    private final Assets assets;

    EventsPageResource(Assets assets) {
        this.assets = assets;
    }

    @GET
    public Response show(@Context Call call) {
        return Html.ok(new EventsPage(
                assets.door("Events", call),
                EventType.all().stream().map(EventsPageResource::row).toList()));
    }

    private static EventsPage.Row row(EventType type) {
        return new EventsPage.Row(
                type.name(),
                type.description(),
                type.data().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(field -> new EventsPage.Field(field.getKey(), field.getValue()))
                        .toList());
    }
}
