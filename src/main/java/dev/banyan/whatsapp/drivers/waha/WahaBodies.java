package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Choice;
import dev.banyan.whatsapp.MessageContent.Choices;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Location;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.MessageContent.Reaction;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.Upload;

/// The requests that send messages.
final class WahaBodies {

    /// What can be sent, or why it can’t.
    sealed interface Prepared {

        record Ready(String method, String path, ObjectNode body) implements Prepared {}

        /// @param reason a full sentence for people
        record Impossible(String reason) implements Prepared {}
    }

    private static final String STICKER_TYPE = "image/webp";
    private static final String VOICE_TYPE = "audio/ogg";
    private static final String VIDEO_TYPE = "video/mp4";

    private final Line line;
    private final OutgoingMessage message;
    private final String chat;
    private final WahaEngine engine;

    WahaBodies(Line line, OutgoingMessage message, String chat) {
        this.line = line;
        this.message = message;
        this.chat = chat;
        this.engine = WahaEngine.of(line.gateway().connection());
    }

    Prepared prepared(Optional<Upload> file) {
        Kind kind = message.content().kind(message.media());
        return switch (kind) {
            case TEXT -> ready("/api/sendText", body().put("text", message.text()));
            case IMAGE, DOCUMENT, AUDIO, VIDEO, STICKER ->
                file.map(upload -> file(kind, upload))
                        .orElseGet(() -> new Prepared.Impossible("The file of this message is gone."));
            case LOCATION, CONTACT, REACTION, LIST, TEMPLATE, BUTTONS -> special();
        };
    }

    private Prepared special() {
        return switch (message.content().detail()) {
            case Location place -> ready("/api/sendLocation", location(place));
            case Contacts contacts -> ready("/api/sendContactVcard", contacts(contacts));
            case Reaction reaction -> reaction(reaction);
            case Choices choices -> ready("/api/sendList", list(choices));
            case MessageContent.Template _ -> new Prepared.Impossible("WAHA can’t send templates.");
            case MessageContent.Buttons _ -> new Prepared.Impossible("WAHA can’t send buttons.");
            case MessageContent.Plain _,
                    MessageContent.File _,
                    MessageContent.Picked _,
                    MessageContent.PhoneRequest _ -> throw new IllegalStateException("These are texts or files");
        };
    }

    private static Prepared ready(String path, ObjectNode body) {
        return new Prepared.Ready("POST", path, body);
    }

    /// What all messages have in common.
    private ObjectNode body() {
        ObjectNode body = WahaCalls.object().put("session", line.remote()).put("chatId", chat);
        message.content().quoted().ifPresent(quoted -> body.put("reply_to", full(quoted)));
        if (engine.takesOurIds()) {
            body.put("id", WahaIds.own(message.id()));
        }
        return body;
    }

    private String full(Quoted quoted) {
        return WahaIds.full(quoted.isOurs(), chat, quoted.provider());
    }

    private Prepared file(Kind kind, Upload upload) {
        byte[] bytes;
        try {
            bytes = upload.bytes();
        } catch (IOException _) {
            return new Prepared.Impossible("The file of this message can’t be read.");
        }
        if (bytes.length > WahaSending.longestFile(kind)) {
            return new Prepared.Impossible("The file is too large for WAHA.");
        }
        if (kind == Kind.STICKER && !upload.type().equals(STICKER_TYPE)) {
            return new Prepared.Impossible("A sticker must be a WebP picture.");
        }
        ObjectNode body = body();
        body.putObject("file")
                .put("mimetype", upload.type())
                .put("filename", upload.name())
                .put("data", bytes);
        return ready(filePath(kind), captioned(kind, upload, body));
    }

    private String filePath(Kind kind) {
        return switch (kind) {
            case IMAGE -> "/api/sendImage";
            case VIDEO -> "/api/sendVideo";
            case STICKER -> "/api/sendSticker";
            // A voice message has no caption: with a text, it goes as a file, so that the text is not lost.
            case AUDIO -> message.text().isEmpty() ? "/api/sendVoice" : "/api/sendFile";
            case DOCUMENT, TEXT, LOCATION, CONTACT, REACTION, TEMPLATE, BUTTONS, LIST -> "/api/sendFile";
        };
    }

    private ObjectNode captioned(Kind kind, Upload upload, ObjectNode body) {
        if (!message.text().isEmpty() && kind != Kind.STICKER) {
            body.put("caption", message.text());
        }
        if (kind == Kind.AUDIO && message.text().isEmpty()) {
            body.put("convert", !upload.type().startsWith(VOICE_TYPE));
        }
        if (kind == Kind.VIDEO) {
            body.put("convert", !upload.type().equals(VIDEO_TYPE));
        }
        return body;
    }

    private ObjectNode location(Location place) {
        String title = Stream.of(place.name(), place.address())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return body().put("latitude", place.latitude())
                .put("longitude", place.longitude())
                .put("title", title);
    }

    private ObjectNode contacts(Contacts contacts) {
        ObjectNode body = body();
        var cards = body.putArray("contacts");
        contacts.cards()
                .forEach(card -> cards.addObject()
                        .put("fullName", card.name())
                        .put("organization", card.organization())
                        .put("phoneNumber", card.phone())
                        .put(
                                "whatsappId",
                                Phone.parse(card.phone()).map(Phone::digits).orElse(""))
                        .putNull("vcard"));
        return body;
    }

    private Prepared reaction(Reaction reaction) {
        return message.content()
                .quoted()
                .<Prepared>map(quoted -> new Prepared.Ready(
                        "PUT",
                        "/api/reaction",
                        WahaCalls.object()
                                .put("session", line.remote())
                                .put("messageId", full(quoted))
                                .put("reaction", reaction.emoji())))
                .orElseGet(() -> new Prepared.Impossible("A reaction needs the message that it is about."));
    }

    private ObjectNode list(Choices choices) {
        ObjectNode body = body();
        ObjectNode list = body.putObject("message")
                .put("title", choices.header())
                .put("description", message.text())
                .put("footer", choices.footer())
                .put("button", choices.button());
        var sections = list.putArray("sections");
        for (Choices.Section section : choices.sections()) {
            var rows = sections.addObject().put("title", section.title()).putArray("rows");
            section.rows().forEach(row -> rows.add(row(row)));
        }
        return body;
    }

    private static ObjectNode row(Choice row) {
        return WahaCalls.object()
                .put("title", row.title())
                .put("rowId", row.id())
                .put("description", row.description());
    }
}
