package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.MessageDetails.Details;
import dev.banyan.whatsapp.history.MessageHistory;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An outgoing message in the API.
///
/// @param sender the number that sends it; absent while it is queued
/// @param state `scheduled`, `queued`, `sending`, `sent`, `delivered`, `read`, `failed`, `uncertain` or `canceled`
/// @param error what went wrong, for people; absent if nothing did
/// @param reason what it waits for, such as `quiet-hours`; later, why that number was chosen
/// @param retryAt until when it waits for that
/// @param batch the batch it was ordered in
/// @param history its known states: the first and the last
@JsonInclude(Include.NON_ABSENT)
@Schema(name = "Message", extensions = @Extension(name = ApiDescription.ENVELOPE, value = MessageView.ENVELOPE))
record MessageView(
        UUID id,
        SenderId master,
        Optional<SenderId> sender,

        @Schema(description = "The contact’s phone number; null while WhatsApp hides it") @JsonInclude(Include.ALWAYS)
        Optional<Phone> to,

        @Schema(description = "The contact, by the phone number if it is known")
        ContactAddress contact,

        String text,

        @Schema(
                description =
                        "`text`, `image`, `document`, `audio`, `video`, `sticker`, `location`, `contact`, `reaction`,"
                                + " `template`, `buttons` or `list`")
        String type,

        @Schema(description = "The attached file") Optional<MessageParts.FilePart> media,

        Optional<MessageParts.PlacePart> location,
        Optional<List<MessageParts.CardPart>> contacts,
        Optional<MessageParts.ReactionPart> reaction,
        Optional<MessageParts.TemplatePart> template,
        Optional<MessageParts.ButtonsPart> buttons,
        Optional<MessageParts.ListPart> list,

        @Schema(description = "The message it answers, or reacts to: its id, or WhatsApp’s id if it isn’t known here")
        Optional<String> replyTo,

        @Schema(description = "What the contact and we have reacted with")
        Optional<List<MessageParts.ReactedPart>> reactions,

        @Schema(implementation = DeliveryState.class) String state,

        @Schema(description = "`phone` if it was written on the phone; absent if it was sent from here")
        Optional<String> origin,

        Optional<String> error,

        @Schema(
                description =
                        "While it waits: what for (`scheduled`, `turn`, `quota`, `warm-up`, `rate`, `quiet-hours`,"
                                + " `pair-limit`, `number-away`, `pool-away`, `paused`, `approval` or `retry`). Later: why"
                                + " the number that sends it was chosen")
        Optional<String> reason,

        @Schema(description = "What WhatsApp charges it as, once it has said so: numbers of the Cloud API only")
        Optional<Price> price,

        @Schema(description = "While it waits: when it is tried again at the latest")
        Optional<String> retryAt,

        @Schema(description = "Not sent before this time") Optional<String> sendAt,

        @Schema(description = "Fails if it still waits at this time")
        Optional<String> expiresAt,

        @Schema(description = "The batch that it was sent in")
        Optional<UUID> batch,

        @Schema(description = "The first and the latest state; times of states in between aren’t kept")
        Optional<List<Step>> history,

        String createdAt,
        String changedAt,

        @Schema(description = "When the text was changed on the phone of the number")
        Optional<String> editedAt,

        @Schema(description = "When it was deleted on the phone of the number")
        Optional<String> deletedAt,

        @Schema(description = "True if a key in test mode ordered it: it reaches no one; absent otherwise")
        Optional<Boolean> test) {

    /// The name of its envelope in the API’s description, from when several envelopes of messages were numbered.
    static final String ENVELOPE = "MessageAnswer4";

    record Step(String state, String at) {}

    @Schema(name = "MessagePrice")
    record Price(
            @Schema(description = "`marketing`, `utility`, `authentication`, `service` or another of WhatsApp’s")
            String category,

            @Schema(description = "False if it was free") boolean billable) {}

    static MessageView of(OutgoingMessage message) {
        return of(message, Optional.empty(), Optional.empty(), Optional.empty(), Details.NONE);
    }

    static MessageView of(MessageHistory.Sent sent, Details details) {
        return of(sent.message(), sent.reason(), sent.batch(), Optional.empty(), details);
    }

    static MessageView withHistory(MessageHistory.Sent sent, Details details) {
        OutgoingMessage message = sent.message();
        boolean wasScheduled = message.schedule().isLater(message.createdAt());
        var first = new Step(
                (wasScheduled ? DeliveryState.SCHEDULED : DeliveryState.QUEUED).key(),
                NumberView.time(message.createdAt()));
        var last = new Step(message.state().key(), NumberView.time(message.changedAt()));
        return of(
                message,
                sent.reason(),
                sent.batch(),
                Optional.of(first.equals(last) ? List.of(first) : List.of(first, last)),
                details);
    }

    private static MessageView of(
            OutgoingMessage message,
            Optional<String> reason,
            Optional<UUID> batch,
            Optional<List<Step>> history,
            Details details) {
        MessageParts parts = MessageParts.of(message.content(), message.media(), details);
        return new MessageView(
                message.id(),
                message.pool(),
                message.sender(),
                message.to().phone(),
                message.to(),
                message.text(),
                parts.type(),
                parts.media(),
                parts.location(),
                parts.contacts(),
                parts.reaction(),
                parts.template(),
                parts.buttons(),
                parts.list(),
                parts.replyTo(),
                parts.reactions(),
                message.state().key(),
                message.origin().filter(OutgoingMessage.Origin.PHONE::equals).map(OutgoingMessage.Origin::key),
                message.error(),
                message.waiting().map(waiting -> waiting.reason().key()).or(() -> reason),
                details.price().map(price -> new Price(price.category(), price.isBillable())),
                message.waiting().map(waiting -> NumberView.time(waiting.retryAt())),
                message.schedule().sendAt().map(NumberView::time),
                message.schedule().expiresAt().map(NumberView::time),
                batch,
                history,
                NumberView.time(message.createdAt()),
                NumberView.time(message.changedAt()),
                details.editedAt().map(NumberView::time),
                details.deletedAt().map(NumberView::time),
                Optional.of(message.isTest()).filter(test -> test));
    }
}
