package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Choice;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.history.MessageDetails.Details;
import dev.banyan.whatsapp.history.MessageDetails.Reacted;
import dev.banyan.whatsapp.history.QuotedMessage;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.inbox.InboxPage.Bubble;

/// What a message shows besides its text and its files.
final class MessageBubbles {

    private static final int LONGEST_QUOTE = 160;

    private MessageBubbles() {}

    static Bubble of(ThreadPart part, Message message) {
        Optional<IncomingMessage> received = Optional.ofNullable(part.received().get(message.id()));
        Optional<OutgoingMessage> sent =
                message.outgoing().flatMap(id -> Optional.ofNullable(part.sent().get(id)));
        Optional<MessageContent> content =
                received.map(IncomingMessage::content).or(() -> sent.map(OutgoingMessage::content));
        if (content.isEmpty()) {
            return Bubble.PLAIN;
        }
        Details details = part.details().getOrDefault(message.outgoing().orElse(message.id()), Details.NONE);
        MessageContent.Detail detail = content.get().detail();
        return new Bubble(
                details.quoted().map(quoted -> quote(part, quoted)),
                details.reactions().stream().map(Reacted::emoji).toList(),
                details.editedAt().isPresent(),
                details.deletedAt().isPresent(),
                details.provider().isPresent(),
                detail instanceof MessageContent.Location place ? Optional.of(place(place)) : Optional.empty(),
                detail instanceof MessageContent.Contacts(var cards)
                        ? cards.stream()
                                .map(card -> new InboxPage.Card(card.name(), card.phone(), card.organization()))
                                .toList()
                        : List.of(),
                detail instanceof MessageContent.Template template ? Optional.of(template.name()) : Optional.empty(),
                details.price()
                        .map(price -> price.isBillable() ? "charged as " + price.category() : "free of charge")
                        .orElse(""),
                header(detail),
                footer(detail),
                choices(detail),
                detail instanceof MessageContent.Choices list ? Optional.of(list.button()) : Optional.empty());
    }

    /// Only a message that is shown can be jumped to.
    private static InboxPage.Quote quote(ThreadPart part, QuotedMessage quoted) {
        Optional<Message> shown = part.messages().stream()
                .filter(message -> message.outgoing().orElse(message.id()).equals(quoted.id()))
                .findFirst();
        String text = shown.map(Message::text).filter(words -> !words.isBlank()).orElse(quoted.text());
        String line = text.isBlank() ? "File" : text.strip().replaceAll("\\s+", " ");
        String cut = line.codePointCount(0, line.length()) <= LONGEST_QUOTE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
        return new InboxPage.Quote(
                quoted.isOurs() ? "You" : part.thread().name(),
                cut,
                shown.map(message -> message.id().toString()));
    }

    private static InboxPage.Place place(MessageContent.Location place) {
        String coordinates = String.format(Locale.ROOT, "%.5f, %.5f", place.latitude(), place.longitude());
        return new InboxPage.Place(
                place.name(),
                place.address(),
                coordinates,
                "https://www.openstreetmap.org/?mlat=" + place.latitude() + "&mlon=" + place.longitude() + "#map=16/"
                        + place.latitude() + "/" + place.longitude());
    }

    private static String header(MessageContent.Detail detail) {
        return switch (detail) {
            case MessageContent.Buttons buttons -> buttons.header();
            case MessageContent.Choices list -> list.header();
            default -> "";
        };
    }

    private static String footer(MessageContent.Detail detail) {
        return switch (detail) {
            case MessageContent.Buttons buttons -> buttons.footer();
            case MessageContent.Choices list -> list.footer();
            default -> "";
        };
    }

    private static List<InboxPage.Offer> choices(MessageContent.Detail detail) {
        return switch (detail) {
            case MessageContent.Buttons buttons ->
                buttons.buttons().stream().map(MessageBubbles::offer).toList();
            case MessageContent.Choices list ->
                list.sections().stream()
                        .flatMap(section -> section.rows().stream())
                        .map(MessageBubbles::offer)
                        .toList();
            default -> List.of();
        };
    }

    private static InboxPage.Offer offer(Choice choice) {
        return new InboxPage.Offer(choice.title(), choice.description());
    }

    /// Returns how a file is shown: `picture`, `audio`, `video` or `file`.
    static String show(Attachment file) {
        if (file.isPicture()) {
            return "picture";
        }
        if (file.type().startsWith("audio/")) {
            return "audio";
        }
        return file.type().startsWith("video/") ? "video" : "file";
    }
}
