package dev.banyan.workspaces.inbox;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.contacts.ContactMerge;
import dev.banyan.whatsapp.history.MessageDetails.Details;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationEvents;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.number.MessageParts;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The JSON of an inbox: its threads, their messages and its contacts.
final class InboxViews {

    private InboxViews() {}

    record PersonView(int id, String username) {

        static PersonView of(Message.By by) {
            return new PersonView(by.user(), by.name());
        }
    }

    /// @param phone null while it is hidden
    @JsonInclude(Include.NON_ABSENT)
    record ContactView(
            UUID id,
            @JsonInclude(Include.ALWAYS) Optional<Phone> phone,
            String name,
            Optional<String> username,
            Optional<String> about,
            Instant createdAt) {

        static ContactView of(Contact contact) {
            return new ContactView(
                    contact.id(),
                    contact.address().phone(),
                    contact.name(),
                    contact.username(),
                    contact.about(),
                    contact.createdAt());
        }
    }

    /// @param with the phone number of the other contact; null while it is hidden
    record MergeView(@JsonInclude(Include.ALWAYS) Optional<Phone> with, Instant mergedAt, Instant undoableUntil) {

        static MergeView of(ContactMerge merge) {
            return new MergeView(merge.former().phone(), merge.mergedAt(), merge.undoableUntil());
        }
    }

    /// @param channel `whatsapp` or `chat`
    /// @param state `open` or `closed`
    /// @param ad the ad or post that led the contact here
    /// @param sender the number that was last written to
    /// @param assistantResumesAt until when the assistant leaves it alone, after an answer on the phone
    @JsonInclude(Include.NON_ABSENT)
    record ThreadView(
            ConversationId id,

            @Schema(implementation = InboxThread.Channel.class)
            String channel,

            String name,
            Optional<ContactView> contact,
            Optional<PersonView> user,
            Optional<PersonView> assignee,

            @Schema(implementation = InboxThread.State.class)
            String state,

            long unread,
            boolean personWanted,
            boolean handedOver,
            Optional<Instant> assistantResumesAt,
            Optional<MessageParts.AdPart> ad,
            Optional<String> sender,
            List<String> tags,
            String lastText,
            Instant lastMessageAt) {

        static ThreadView of(InboxThread thread) {
            return new ThreadView(
                    thread.id(),
                    thread.channel().key(),
                    thread.name(),
                    thread.contact().map(ContactView::of),
                    thread.user().map(PersonView::of),
                    thread.assignee().map(PersonView::of),
                    thread.state().key(),
                    thread.unread(),
                    thread.personWanted(),
                    thread.handedOver(),
                    thread.resumesAt(),
                    thread.ad().map(MessageParts.AdPart::of),
                    thread.sender().map(Object::toString),
                    thread.tags(),
                    thread.last().text(),
                    thread.last().at());
        }
    }

    /// @param size in bytes
    /// @param url where it can be fetched
    @Schema(name = "InboxFile")
    record FileView(UUID id, String name, String type, long size, String url) {

        static FileView of(Attachment file) {
            return new FileView(file.id(), file.name(), file.type(), file.size(), ConversationEvents.filePath(file));
        }
    }

    /// @param role `contact`, `user`, `agent`, `assistant` or `note`
    /// @param origin `phone` if it was written on the phone, `api`, `campaign`, `pool` or `automatic`
    /// if it was sent past the inbox
    /// @param campaign which sent it
    /// @param delivery the delivery state of a WhatsApp reply
    /// @param content what it is besides its text, on WhatsApp
    /// @param files what came with it, or was sent with it
    /// @param mentions who a note mentions; absent if it mentions no one
    @JsonInclude(Include.NON_ABSENT)
    record InboxMessageView(
            UUID id,
            @Schema(implementation = Message.Author.class) String role,
            String text,
            Optional<PersonView> author,
            Optional<String> origin,
            Optional<ThreadPart.Campaign> campaign,
            Optional<String> delivery,
            Optional<String> deliveryError,
            Optional<String> sender,
            Optional<List<PersonView>> mentions,
            Optional<MessageParts> content,
            Optional<List<FileView>> files,
            Optional<Instant> editedAt,
            Optional<Instant> deletedAt,
            Instant createdAt) {

        static InboxMessageView of(ThreadPart part, Message message) {
            Optional<IncomingMessage> from = Optional.ofNullable(part.received().get(message.id()));
            Details more = part.details().getOrDefault(message.outgoing().orElse(message.id()), Details.NONE);
            Optional<OutgoingMessage> way = message.outgoing()
                    .flatMap(id -> Optional.ofNullable(part.sent().get(id)));
            Optional<UUID> answered = more.quoted()
                    .flatMap(quoted -> Optional.ofNullable(part.answered().get(quoted.id())));
            return new InboxMessageView(
                    message.id(),
                    message.author().key(),
                    message.text(),
                    message.by().map(PersonView::of),
                    message.origin().map(OutgoingMessage.Origin::key),
                    part.campaign(message),
                    way.map(found -> found.state().key()),
                    way.flatMap(OutgoingMessage::error),
                    way.flatMap(OutgoingMessage::sender).map(Object::toString),
                    Optional.ofNullable(part.mentions().get(message.id()))
                            .map(users -> users.stream().map(PersonView::of).toList()),
                    from.map(known -> MessageParts.of(known.content(), known.media(), answered, more.reactions()))
                            .or(() -> way.map(known ->
                                    MessageParts.of(known.content(), known.media(), answered, more.reactions()))),
                    Optional.ofNullable(part.files().get(message.id()))
                            .map(files -> files.stream().map(FileView::of).toList()),
                    more.editedAt(),
                    more.deletedAt(),
                    message.createdAt());
        }
    }
}
