package dev.banyan.accounts.webhooks;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.webhooks.EventType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Which events there are; open to everyone, as the API description is.
@Path("/api/webhook-event-types")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Webhooks")
class EventTypesResource {

    @JsonInclude(Include.NON_ABSENT)
    record EventTypeView(
            String name,
            String description,

            @Schema(description = "The permission an API key needs to hear it; without one, it is for people")
            Optional<String> keyPermission,

            @Schema(description = "JSON Schema of the body") Map<String, Object> schema) {

        static EventTypeView of(EventType type) {
            var data = new LinkedHashMap<String, Object>();
            type.data().forEach((name, text) -> data.put(name, Map.of("type", type(name), "description", text)));
            return new EventTypeView(
                    type.name(),
                    type.description(),
                    type.reading().permission(),
                    Map.of(
                            "$schema",
                            "https://json-schema.org/draft/2020-12/schema",
                            "type",
                            "object",
                            "required",
                            List.of("type", "timestamp", "data"),
                            "properties",
                            Map.of(
                                    "type",
                                    Map.of("const", type.name()),
                                    "timestamp",
                                    Map.of("type", "string", "format", "date-time"),
                                    "data",
                                    Map.of(
                                            "type",
                                            "object",
                                            "required",
                                            Stream.of("id", "account", "count", "visits")
                                                    .filter(data::containsKey)
                                                    .toList(),
                                            "properties",
                                            data))));
        }
    }

    private static Object type(String field) {
        return switch (field) {
            case "details", "file", "ad" -> "object";
            case "user", "position", "files", "count" -> "integer";
            case "visits" -> "array";
            case "test" -> "boolean";
            case "to", "from" -> List.of("string", "null"); // while WhatsApp hides the number
            default -> "string";
        };
    }

    record EventTypeList(List<EventTypeView> eventTypes) {}

    @GET
    @Operation(summary = "List the types of events, each with the JSON Schema of its body")
    @APIResponseSchema(value = EventTypeList.class, responseDescription = "By name")
    public Response list() {
        return Response.ok(new EventTypeList(
                        EventType.all().stream().map(EventTypeView::of).toList()))
                .build();
    }
}
