package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.MessageDetails.Details;
import dev.banyan.whatsapp.history.MessageHistory.IncomingQuery;
import dev.banyan.whatsapp.history.MessageHistory.OutgoingQuery;
import dev.banyan.whatsapp.history.MessageHistory.Page;
import dev.banyan.whatsapp.history.MessageHistory.Sent;
import dev.banyan.workspaces.access.ProjectRequest;
import dev.banyan.workspaces.number.NumberHistory.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Sent and received messages for API clients of the project's side, filtered and paged, and the files of received
/// ones.
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp messages")
class MessageListResource {

    private static final String PAGES =
            "Newest first. With `text`, and with filters that no index covers, each page searches 10,000 messages:"
                    + " it may have fewer than `limit`, or none; `nextCursor` continues the search.";

    private static final String TESTS =
            " A key in test mode gets its account's tests of the last 24 hours, and no others.";

    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "MessageListAnswer"))
    record MessageList(
            List<MessageView> messages,

            @Schema(description = "`after` of the next page; null on the last page")
            Optional<UUID> nextCursor) {}

    /// @param at when the contact wrote it
    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "InboundMessage")
    record InboundView(
            UUID id,

            @Schema(description = "The master of the pool that received it")
            SenderId master,

            @Schema(description = "The number that received it")
            SenderId sender,

            @Schema(description = "The contact’s phone number; null while WhatsApp hides it")
            @JsonInclude(Include.ALWAYS)
            Optional<Phone> from,

            @Schema(description = "The contact, by the phone number if it is known; takes answers, as `to`")
            ContactAddress contact,

            @Schema(description = "The contact’s name on WhatsApp")
            String name,

            @Schema(
                    description = "What WhatsApp calls the contact without a number, as far as it tells",
                    example = "amal.k")
            Optional<String> username,

            String text,

            @Schema(description = "The name of the attached file")
            Optional<String> file,

            @Schema(
                    description = "`text`, `image`, `document`, `audio`, `video`, `sticker`, `location`, `contact`,"
                            + " `reaction`, `template`, `buttons` or `list`")
            String type,

            @Schema(description = "The attached file") Optional<MessageParts.FilePart> media,

            Optional<MessageParts.PlacePart> location,
            Optional<List<MessageParts.CardPart>> contacts,
            Optional<MessageParts.ReactionPart> reaction,
            Optional<MessageParts.TemplatePart> template,
            Optional<MessageParts.ButtonsPart> buttons,
            Optional<MessageParts.ListPart> list,

            @Schema(
                    description =
                            "The message it answers, or reacts to: its id, or WhatsApp’s id if it isn’t known here")
            Optional<String> replyTo,

            @Schema(description = "What the contact and we have reacted with")
            Optional<List<MessageParts.ReactedPart>> reactions,

            @Schema(description = "The id of what the contact chose from buttons or a list")
            Optional<String> choice,

            Optional<MessageParts.AdPart> ad,

            @Schema(description = "The group that it was written in, as WhatsApp calls it")
            Optional<String> group,

            String at,

            @Schema(description = "When the contact changed the text")
            Optional<String> editedAt,

            @Schema(description = "When the contact deleted it")
            Optional<String> deletedAt) {

        static InboundView of(IncomingMessage message, Details details) {
            MessageParts parts = MessageParts.of(message.content(), message.media(), details);
            return new InboundView(
                    message.id(),
                    message.pool(),
                    message.sender(),
                    message.from().phone(),
                    message.from(),
                    message.name(),
                    message.username(),
                    message.text(),
                    message.media().map(Media::name),
                    parts.type(),
                    message.media()
                            .map(file -> new MessageParts.FilePart(
                                    file.name(), file.type(), Optional.of(IncomingMessage.filePath(message.id())))),
                    parts.location(),
                    parts.contacts(),
                    parts.reaction(),
                    parts.template(),
                    parts.buttons(),
                    parts.list(),
                    parts.replyTo(),
                    parts.reactions(),
                    parts.choice(),
                    parts.ad(),
                    message.group(),
                    NumberView.time(message.at()),
                    message.editedAt().map(NumberView::time),
                    message.deletedAt().map(NumberView::time));
        }
    }

    record InboundList(
            List<InboundView> messages,

            @Schema(description = "`after` of the next page; null on the last page")
            Optional<UUID> nextCursor) {}

    static final String UNKNOWN = "File not found";

    private final NumberHistory history;
    private final FileStore files;

    MessageListResource(NumberHistory history, FileStore files) {
        this.history = history;
        this.files = files;
    }

    @GET
    @Path("messages")
    @Operation(summary = "List and search sent messages", description = PAGES + TESTS)
    @APIResponseSchema(value = MessageList.class, responseDescription = "The messages that match all filters")
    @APIResponse(responseCode = "404", description = "Sub-client, master or sender not found")
    @APIResponse(responseCode = "409", description = "The sub-client has no number, or is suspended")
    public MessageList sent(
            @Context ProjectRequest request,
            @Parameter(description = "Sent by programs over the number of this sub-client") @QueryParam("subClientId")
                    Optional<String> subClientId,
            @Parameter(description = "Over the pool of this master, or ordered for it") @QueryParam("master")
                    Optional<String> master,
            @Parameter(description = "Sent by this number") @QueryParam("sender") Optional<String> sender,
            @Parameter(description = "To this contact") @QueryParam("to") Optional<String> to,
            @Parameter(
                            description = "`scheduled`, `queued`, `sending`, `sent`, `delivered`, `read`, `failed`,"
                                    + " `uncertain` or `canceled`; several with commas")
                    @QueryParam("state")
                    Optional<String> state,
            @Parameter(description = "Text in the message; case and accents are ignored") @QueryParam("text")
                    Optional<String> text,
            @Parameter(description = "Messages of one request") @QueryParam("batch") Optional<String> batch,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        AccountContext context = request.context();
        if (context.isSubAccount() && request.call().query("subClientId").isEmpty()) {
            throw request.refused(400, "Missing subClientId");
        }
        Scope.Done scope = scope(request, request.call().query("subClientId"));
        var read = new MessageParameters(request.call());
        var query = new OutgoingQuery(
                scope.pool(),
                scope.sender(),
                read.contact("to"),
                read.states("state"),
                read.text("text"),
                read.id("batch"));
        Paging.Slice<UUID> slice = read.page();
        Page<Sent> page = NumberMessagesResource.testKey(request).isPresent()
                ? history.tests(context, query, slice.after(), slice.limit())
                : history.outgoing(context, query, slice.after(), slice.limit());
        Map<UUID, Details> details = history.details(
                context, page.messages().stream().map(Sent::message).toList(), List.of());
        return new MessageList(
                page.messages().stream()
                        .map(sent -> MessageView.of(
                                sent, details.getOrDefault(sent.message().id(), Details.NONE)))
                        .toList(),
                page.next());
    }

    private Scope.Done scope(ProjectRequest request, Optional<String> subClientId) {
        Call call = request.call();
        return switch (history.scope(request.context(), subClientId, call.query("master"), call.query("sender"))) {
            case Scope.NotPicked not -> throw NumberAnswers.refused(request, not.why());
            case Scope.Done scope -> scope;
        };
    }

    @GET
    @Path("inbound")
    @Operation(summary = "List and search messages received by pools that no sub-client uses", description = PAGES)
    @APIResponseSchema(
            value = InboundList.class,
            responseDescription = "The messages that match all filters; messages to a sub-client are in its inbox")
    @APIResponse(responseCode = "404", description = "Master or sender not found")
    public InboundList received(
            @Context ProjectRequest request,
            @Parameter(description = "To the pool of this master") @QueryParam("master") Optional<String> master,
            @Parameter(description = "To this number") @QueryParam("sender") Optional<String> sender,
            @Parameter(description = "From this contact") @QueryParam("from") Optional<String> from,
            @Parameter(description = "Text in the message; case and accents are ignored") @QueryParam("text")
                    Optional<String> text,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        AccountContext context = request.context();
        if (context.isSubAccount()) {
            throw request.denied(403, "A sub-account has no pools; its sub-clients have inboxes");
        }
        Scope.Done scope = scope(request, Optional.empty());
        var read = new MessageParameters(request.call());
        var query = new IncomingQuery(scope.pool(), scope.sender(), read.contact("from"), read.text("text"));
        Paging.Slice<UUID> slice = read.page();
        Page<IncomingMessage> page = history.incoming(context, query, slice.after(), slice.limit());
        Map<UUID, Details> details = history.details(context, List.of(), page.messages());
        return new InboundList(
                page.messages().stream()
                        .map(message -> InboundView.of(message, details.getOrDefault(message.id(), Details.NONE)))
                        .toList(),
                page.next());
    }

    @GET
    @Path("inbound/{messageId}/file")
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
