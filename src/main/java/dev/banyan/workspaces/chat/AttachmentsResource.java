package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.chat.ChatFrame.AttachmentView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Files of the user's own conversations: uploaded first, then referenced by a message.
@Path("/api/sub-client/attachments")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Chat", description = "Conversations of workspace users with the assistant.")
class AttachmentsResource {

    static final String UNKNOWN = "File not found";
    static final String NO_FILE = "A file is required";

    record BroughtFile(AttachmentView attachment, ConversationId conversationId) {}

    record BroughtFileAnswer(boolean success, BroughtFile data) {}

    private final WorkspaceApiGuard in;
    private final Attachments attachments;
    private final AttachmentAnswers answers;
    private final Conversations conversations;
    private final RateLimits limits;

    AttachmentsResource(
            WorkspaceApiGuard in,
            Attachments attachments,
            AttachmentAnswers answers,
            Conversations conversations,
            RateLimits limits) {
        this.in = in;
        this.attachments = attachments;
        this.answers = answers;
        this.conversations = conversations;
        this.limits = limits;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Upload a file to attach to a message")
    @APIResponseSchema(
            value = BroughtFileAnswer.class,
            responseCode = "201",
            responseDescription = "Kept for a day until it is sent")
    @APIResponse(responseCode = "400", description = "The file is too large, or its type isn’t allowed")
    @APIResponse(responseCode = "404", description = ConversationsResource.UNKNOWN)
    @APIResponse(responseCode = "409", description = "The workspace’s file storage is full")
    @APIResponse(responseCode = "429", description = "Too many files")
    public Response bring(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @Schema(description = "A conversation; or `key`") @RestForm @Nullable String conversationId,
            @Schema(description = "For a new conversation: its first message’s key") @RestForm @Nullable String key,
            @RestForm @Nullable FileUpload file) {
        return in.member(call, shortPath, member -> {
            Participant whose = Participant.of(member);
            Optional<Duration> wait = limits.take(RateLimit.CHAT_FILES_BY_USER, whose.name());
            if (wait.isPresent()) {
                return Answers.tooMany(wait.get());
            }
            Optional<FileUpload> brought = Optional.ofNullable(file)
                    .filter(upload ->
                            upload.fileName() != null && !upload.fileName().isEmpty());
            if (brought.isEmpty()) {
                return Answers.refused(400, NO_FILE);
            }
            return place(whose, Optional.ofNullable(conversationId), Optional.ofNullable(key))
                    .map(id -> keep(whose, id, brought.get()))
                    .orElseGet(() -> Answers.refused(404, ConversationsResource.UNKNOWN));
        });
    }

    private Optional<ConversationId> place(Participant whose, Optional<String> conversation, Optional<String> key) {
        return conversation.filter(id -> !id.isEmpty()).isPresent()
                ? conversation
                        .flatMap(ConversationId::parse)
                        .filter(id -> conversations.find(whose, id).isPresent())
                : key.filter(Conversations::isKey).map(begun -> conversations.open(whose, begun));
    }

    private Response keep(Participant whose, ConversationId id, FileUpload file) {
        return switch (attachments.keep(
                whose.tenant(),
                whose.workspace(),
                id,
                Optional.of(whose.user()),
                file.fileName(),
                file.uploadedFile())) {
            case Attachments.StoreResult.Done done ->
                Response.status(201)
                        .entity(new BroughtFileAnswer(true, new BroughtFile(AttachmentView.of(done.attachment()), id)))
                        .build();
            case Attachments.StoreResult.NotFound _ -> Answers.refused(404, ConversationsResource.UNKNOWN);
            case Attachments.StoreResult.Refused refused -> Answers.refused(refused.invalid());
            case Attachments.StoreResult.StorageFull full -> Answers.refused(409, full(full));
        };
    }

    static String full(Attachments.StoreResult.StorageFull full) {
        return "This workspace can store up to " + full.megabytes() + " MB of files. Delete some conversations first";
    }

    @GET
    @Path("{attachmentId}")
    @Operation(summary = "Download a file")
    @APIResponse(responseCode = "200", description = "The file, with its name and type")
    public Response content(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("attachmentId") String attachmentId) {
        return in.member(
                call,
                shortPath,
                member -> Uuids.parse(attachmentId)
                        .flatMap(id -> attachments.find(Participant.of(member), id))
                        .flatMap(file -> answers.answer(call, file))
                        .orElseGet(() -> Answers.refused(404, UNKNOWN)));
    }

    @DELETE
    @Path("{attachmentId}")
    @Operation(summary = "Remove a file that wasn’t sent")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Removed")
    public Response takeBack(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("attachmentId") String attachmentId) {
        return in.member(
                call,
                shortPath,
                member -> Uuids.parse(attachmentId)
                        .filter(id -> attachments.takeBack(Participant.of(member), id))
                        .map(_ -> Answers.done("File removed"))
                        .orElseGet(() -> Answers.refused(404, UNKNOWN)));
    }
}
