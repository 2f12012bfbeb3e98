package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.access.MemberRequest;
import dev.banyan.workspaces.chat.ChatFrame.AttachmentView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
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

    private final Attachments attachments;
    private final AttachmentAnswers answers;
    private final Conversations conversations;
    private final RateLimits limits;

    AttachmentsResource(
            Attachments attachments, AttachmentAnswers answers, Conversations conversations, RateLimits limits) {
        this.attachments = attachments;
        this.answers = answers;
        this.conversations = conversations;
        this.limits = limits;
    }

    @POST
    @ResponseStatus(201)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Upload a file to attach to a message")
    @APIResponseSchema(
            value = BroughtFile.class,
            responseCode = "201",
            responseDescription = "Kept for a day until it is sent")
    @APIResponse(responseCode = "400", description = "The file is too large, or its type isn’t allowed")
    @APIResponse(responseCode = "404", description = ChatResource.UNKNOWN)
    @APIResponse(responseCode = "409", description = "The workspace’s file storage is full")
    @APIResponse(responseCode = "429", description = "Too many files")
    public BroughtFile bring(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @Schema(description = "A conversation; or `key`") @RestForm @Nullable String conversationId,
            @Schema(description = "For a new conversation: its first message’s key") @RestForm @Nullable String key,
            @RestForm @Nullable FileUpload file) {
        Participant whose = request.participant(shortPath);
        limits.take(RateLimit.CHAT_FILES_BY_USER, whose.name()).ifPresent(wait -> {
            throw request.tooMany(wait);
        });
        FileUpload brought = Optional.ofNullable(file)
                .filter(upload ->
                        upload.fileName() != null && !upload.fileName().isEmpty())
                .orElseThrow(() -> request.refused(400, NO_FILE));
        ConversationId id = place(whose, Optional.ofNullable(conversationId), Optional.ofNullable(key))
                .orElseThrow(() -> request.refused(404, ChatResource.UNKNOWN));
        return switch (attachments.keep(
                whose.tenant(),
                whose.workspace(),
                id,
                Optional.of(whose.user()),
                brought.fileName(),
                brought.uploadedFile())) {
            case Attachments.StoreResult.Done done -> new BroughtFile(AttachmentView.of(done.attachment()), id);
            case Attachments.StoreResult.NotFound _ -> throw request.refused(404, ChatResource.UNKNOWN);
            case Attachments.StoreResult.Refused refused -> throw Refused.invalid(refused.invalid());
            case Attachments.StoreResult.StorageFull full -> throw Refused.conflict(full(full));
        };
    }

    private Optional<ConversationId> place(Participant whose, Optional<String> conversation, Optional<String> key) {
        return conversation.filter(id -> !id.isEmpty()).isPresent()
                ? conversation
                        .flatMap(ConversationId::parse)
                        .filter(id -> conversations.find(whose, id).isPresent())
                : key.filter(Conversations::isKey).map(begun -> conversations.open(whose, begun));
    }

    static String full(Attachments.StoreResult.StorageFull full) {
        return "This workspace can store up to " + full.megabytes() + " MB of files. Delete some conversations first";
    }

    @GET
    @Path("{attachmentId}")
    @Operation(summary = "Download a file")
    @APIResponse(responseCode = "200", description = "The file, with its name and type")
    public Response content(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("attachmentId") String attachmentId) {
        Participant whose = request.participant(shortPath);
        return Uuids.parse(attachmentId)
                .flatMap(id -> attachments.find(whose, id))
                .flatMap(file -> answers.answer(request.call(), file))
                .orElseThrow(() -> request.refused(404, UNKNOWN));
    }

    @DELETE
    @Path("{attachmentId}")
    @Operation(summary = "Remove a file that wasn’t sent")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Removed")
    public DoneMessage takeBack(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("attachmentId") String attachmentId) {
        Participant whose = request.participant(shortPath);
        return Uuids.parse(attachmentId)
                .filter(id -> attachments.takeBack(whose, id))
                .map(_ -> new DoneMessage("File removed"))
                .orElseThrow(() -> request.refused(404, UNKNOWN));
    }
}
