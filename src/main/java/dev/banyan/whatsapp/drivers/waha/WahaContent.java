package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Contacts;
import dev.banyan.whatsapp.MessageContent.Contacts.Card;
import dev.banyan.whatsapp.MessageContent.Detail;
import dev.banyan.whatsapp.MessageContent.File;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageContent.Location;
import dev.banyan.whatsapp.MessageContent.Picked;
import dev.banyan.whatsapp.MessageContent.Plain;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.drivers.ContactCards;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.MessageShape;

/// What a message of a contact contains. WAHA tells the most in its own fields; the rest is in `_data`, in the words of
/// the engine.
final class WahaContent {

    /// Kinds of the browser engines that people never see.
    private static final Set<String> SILENT_TYPES = Set.of(
            "album",
            "protocol",
            "e2e_notification",
            "keep_in_chat",
            "pin",
            "call_log",
            "message_history_notice",
            "text_group_status",
            "status_mention");

    private static final Map<String, File> BROWSER_FILES = Map.of(
            "sticker", new File(Kind.STICKER, false),
            "document", new File(Kind.DOCUMENT, false),
            "image", new File(Kind.IMAGE, false),
            "video", new File(Kind.VIDEO, false),
            "ptt", new File(Kind.AUDIO, true),
            "audio", new File(Kind.AUDIO, false));

    /// Kinds of the browser engines whose body tells less than their other fields.
    private static final Set<String> TOLD_IN_FIELDS = Set.of("poll_creation", "product", "groups_v4_invite");

    private static final String CARD = "BEGIN:VCARD";

    private final JsonNode payload;
    private final JsonNode me;
    private final JsonNode data;
    private final JsonNode raw;
    /// The message in the words of WhatsApp, which GOWS and NOWEB pass on.
    private final Optional<MessageShape.Content> said;

    private final List<Card> cards;

    WahaContent(JsonNode payload, JsonNode me) {
        this.payload = payload;
        this.me = me;
        this.data = payload.path("_data");
        this.raw = MessageShape.inner(
                WahaJson.object(data.path("Message"), data.path("message")).orElseGet(MissingNode::getInstance));
        this.said = MessageShape.content(raw);
        this.cards = cards();
    }

    /// Returns whether there is anything: without it, the message is not decrypted yet, or is none.
    boolean isShown() {
        return !body().isEmpty()
                || hasFile()
                || isPlace()
                || said.isPresent()
                || isMissedCall()
                || !type().isEmpty() && !SILENT_TYPES.contains(type());
    }

    /// Returns what the message is in the words of the browser engines.
    private String type() {
        return data.path("type").asText("");
    }

    /// Returns the words of the message. Of files and places, browser engines may put a small picture there.
    private String body() {
        boolean isPicture = !hasFile() && (BROWSER_FILES.containsKey(type()) || type().equals("location"));
        return isPicture ? "" : WahaJson.text(payload.path("body")).orElse("");
    }

    private boolean hasFile() {
        return payload.path("hasMedia").asBoolean() || payload.path("media").isObject();
    }

    private boolean isPlace() {
        return payload.path("location").isObject();
    }

    private boolean isMissedCall() {
        return type().equals("call_log")
                && (data.path("subtype").asText("").startsWith("miss")
                        || data.path("callOutcome").asText("").equalsIgnoreCase("missed"));
    }

    /// Returns the words of a message that was changed; of a file, they may be gone.
    String words() {
        return Optional.of(body())
                .filter(text -> !text.isEmpty())
                .or(() -> said.map(MessageShape.Content::text))
                .orElse("");
    }

    /// Returns what people read in lists. The body of a place is a picture on some engines, that of a card its source.
    String text() {
        if (isPlace()) {
            return place().name();
        }
        if (!cards.isEmpty()) {
            return ContactCards.names(cards);
        }
        if (data instanceof ObjectNode fields && TOLD_IN_FIELDS.contains(type())) {
            return MessageShape.words(type(), fields.deepCopy().put("caption", body()));
        }
        if (isMissedCall()) {
            return HookEvent.missedCall(data.path("isVideoCall").asBoolean());
        }
        Optional<String> form =
                said.filter(_ -> raw.has("interactiveResponseMessage")).map(MessageShape.Content::text);
        Optional<String> written = Optional.of(body()).filter(text -> !text.isEmpty());
        return form.or(() -> written)
                .or(() -> said.filter(part -> hasFile() || !(part.detail() instanceof File))
                        .map(MessageShape.Content::text))
                .orElseGet(() -> hasFile() ? "" : unreadable());
    }

    private String unreadable() {
        return MessageShape.seen(raw)
                .findFirst()
                .map(kind -> MessageShape.words(kind, raw.path(kind)))
                .orElseGet(() -> MessageShape.words(type(), data));
    }

    MessageContent content() {
        return new MessageContent(detail(), quoted(), MessageShape.ad(raw).or(this::browserAd));
    }

    /// The browser engines tell of an ad in words of their own.
    private Optional<MessageContent.Ad> browserAd() {
        JsonNode ad = data.path("ctwaContext");
        return MessageContent.Ad.of(
                "",
                "",
                WahaJson.text(ad.path("title")).orElse(""),
                WahaJson.text(ad.path("sourceUrl")).orElse(""),
                "");
    }

    private Detail detail() {
        if (isPlace()) {
            return place();
        }
        if (!cards.isEmpty()) {
            return new Contacts(cards);
        }
        if (hasFile()) {
            return file();
        }
        return said.map(MessageShape.Content::detail)
                .filter(detail -> !(detail instanceof File))
                .or(() -> WahaJson.text(
                                data.path("selectedButtonId"),
                                data.path("listResponse")
                                        .path("singleSelectReply")
                                        .path("selectedRowId"))
                        .map(Picked::new))
                .orElseGet(Plain::new);
    }

    private Location place() {
        JsonNode place = payload.path("location");
        return new Location(
                place.path("latitude").asDouble(),
                place.path("longitude").asDouble(),
                WahaJson.text(place.path("name"), place.path("title"), place.path("description"))
                        .or(() -> said.map(MessageShape.Content::detail)
                                .filter(Location.class::isInstance)
                                .map(raw -> ((Location) raw).name()))
                        .orElse(""),
                WahaJson.text(place.path("address")).orElse(""));
    }

    /// Says more than the media type only where that would mislead.
    private Detail file() {
        return rawFile()
                .filter(file -> file.isVoice() || file.kind() != Kind.ofFile(fileType()))
                .<Detail>map(file -> file)
                .orElseGet(Plain::new);
    }

    private Optional<File> rawFile() {
        return said.map(MessageShape.Content::detail)
                .filter(File.class::isInstance)
                .map(File.class::cast)
                .or(() -> Optional.ofNullable(BROWSER_FILES.get(type())));
    }

    String fileName() {
        return WahaJson.text(
                        payload.path("media").path("filename"), rawFileNode().path("fileName"))
                .orElse("");
    }

    String fileType() {
        String type = WahaJson.text(
                        payload.path("media").path("mimetype"), rawFileNode().path("mimetype"), data.path("mimetype"))
                .orElse("");
        int parameters = type.indexOf(';');
        return parameters < 0 ? type : type.substring(0, parameters).strip();
    }

    private JsonNode rawFileNode() {
        return said.map(MessageShape.Content::part).orElseGet(MissingNode::getInstance);
    }

    private Optional<Quoted> quoted() {
        JsonNode reply = payload.path("replyTo");
        return WahaJson.text(reply.path("id"), reply.path("id").path("_serialized"))
                .map(id -> new Quoted(WahaIds.wire(id), id.startsWith("true_") || isMine(reply.path("participant"))))
                .or(() -> said.flatMap(MessageShape::about));
    }

    private boolean isMine(JsonNode participant) {
        return WahaJson.text(participant).map(WahaIds::chat).stream()
                .anyMatch(chat -> isAt(chat, "id") || isAt(chat, "lid") || isAt(chat, "jid"));
    }

    private boolean isAt(String chat, String form) {
        return WahaJson.text(me.path(form)).map(WahaIds::chat).equals(Optional.of(chat));
    }

    /// Each engine has the cards elsewhere.
    private List<Card> cards() {
        Stream<String> sources = Stream.of(payload.path("vCards"), data.path("vcardList"))
                .flatMap(JsonNode::valueStream)
                .map(source -> source.path("vcard").asText(source.asText()));
        List<Card> told = sources.flatMap(source -> ContactCards.read("", source).stream())
                .toList();
        return Stream.of(
                        told,
                        said.filter(part -> part.detail() instanceof Contacts)
                                .map(part -> ((Contacts) part.detail()).cards())
                                .orElse(List.of()),
                        body().startsWith(CARD) ? ContactCards.read("", body()) : List.<Card>of())
                .filter(some -> !some.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
