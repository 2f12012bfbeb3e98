package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.workspaces.access.ProjectRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The file of a received message, for API clients of the project's side. Lists and webhooks name it.
@Path("/api/whatsapp/inbound/{messageId}/file")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp messages")
class ReceivedFileResource {

    static final String UNKNOWN = "File not found";

    private final NumberHistory history;
    private final FileStore files;

    ReceivedFileResource(NumberHistory history, FileStore files) {
        this.history = history;
        this.files = files;
    }

    @GET
    @Operation(
            summary = "Download the file of a received message",
            description = "Named by `url` in lists and in `message.received`. A sub-account gets the files of its"
                    + " sub-clients’ numbers and of its pools. `Range` may ask for a part.")
    @APIResponse(responseCode = "200", description = "The file, with its name, type and size")
    @APIResponse(responseCode = "404", description = UNKNOWN)
    public Response content(@Context ProjectRequest request, @PathParam("messageId") String messageId) {
        return Uuids.parse(messageId)
                .flatMap(id -> history.received(request.context(), id))
                .flatMap(IncomingMessage::media)
                .flatMap(media -> files.find(media.path())
                        .map(file -> FileAnswers.guarded(request.call(), file, media.name(), media.type(), false)))
                .orElseThrow(() -> request.denied(404, UNKNOWN));
    }
}
