package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.messages.MessageFile;
import dev.banyan.whatsapp.messages.MessageFiles;
import dev.banyan.workspaces.access.ProjectRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Files for messages of API clients: uploaded first, then named by messages.
@Path("/api/whatsapp/media")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp messages")
class MessageFilesResource {

    private static final String UNKNOWN = "File not found";

    /// @param size in bytes
    @Schema(name = "MessageFile")
    record FileView(
            UUID id,
            String name,

            @Schema(description = "Detected from its content", example = "application/pdf")
            String type,

            long size,

            @Schema(description = "Removed then, unless a message with it is due later")
            String expiresAt) {

        static FileView of(MessageFile file) {
            return new FileView(file.id(), file.name(), file.type(), file.size(), NumberView.time(file.expiresAt()));
        }
    }

    private final MessageFiles files;

    MessageFilesResource(MessageFiles files) {
        this.files = files;
    }

    @POST
    @ResponseStatus(201)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Upload a file for WhatsApp messages",
            description = "Use its id as `media` of one or many messages. Up to the server’s `attachment-megabytes`.")
    @APIResponseSchema(value = FileView.class, responseCode = "201", responseDescription = "Kept for 30 days")
    @APIResponse(responseCode = "400", description = "The file is too large, or its type isn’t known")
    public FileView upload(@Context ProjectRequest request, @RestForm @Nullable FileUpload file) {
        FileUpload given = Optional.ofNullable(file)
                .filter(upload ->
                        upload.fileName() != null && !upload.fileName().isEmpty())
                .orElseThrow(() -> request.refused(400, "A file is required"));
        return switch (files.upload(request.context().owner(), given.fileName(), given.uploadedFile())) {
            case MessageFiles.Kept.Done(MessageFile kept) -> FileView.of(kept);
            case MessageFiles.Kept.Refused refused -> throw Refused.invalid(refused.invalid());
        };
    }

    @DELETE
    @Path("{mediaId}")
    @Operation(summary = "Delete an uploaded file; messages that wait with it can’t be sent any more")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "404", description = UNKNOWN)
    public DoneMessage delete(@Context ProjectRequest request, @PathParam("mediaId") String mediaId) {
        return Uuids.parse(mediaId)
                .filter(id -> files.delete(request.context().owner(), id))
                .map(_ -> new DoneMessage("File deleted"))
                .orElseThrow(() -> request.denied(404, UNKNOWN));
    }
}
