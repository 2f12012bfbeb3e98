package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import dev.banyan.whatsapp.drivers.MessageShape;

/// What a message of a contact contains. WAHA tells the most in its own fields; the rest is in `_data`, in the words of
/// the engine.
final class WahaContent {

    /// Kinds of the browser engines that people never see.
    private static final Set<String> SILENT_TYPES = Set.of("album", "protocol", "e2e_notification", "keep_in_chat");

    private static final Map<String, File> RAW_FILES = Map.of(
            "stickerMessage", new File(Kind.STICKER, false),
            "documentMessage", new File(Kind.DOCUMENT, false),
            "imageMessage", new File(Kind.IMAGE, false),
            "videoMessage", new File(Kind.VIDEO, false),
            "ptvMessage", new File(Kind.VIDEO, false),
            "audioMessage", new File(Kind.AUDIO, false));
    private static final Map<String, File> BROWSER_FILES = Map.of(
            "sticker", new File(Kind.STICKER, false),
            "document", new File(Kind.DOCUMENT, false),
            "image", new File(Kind.IMAGE, false),
            "video", new File(Kind.VIDEO, false),
            "ptt", new File(Kind.AUDIO, true),
            "audio", new File(Kind.AUDIO, false));

    private final JsonNode payload;
    private final JsonNode me;
    private final JsonNode raw;
    private final List<Card> cards;

    WahaContent(JsonNode payload, JsonNode me) {
        this.payload = payload;
        this.me = me;
        this.raw = unwrapped(payload.path("_data"));
        this.cards = cards(payload.path("vCards"));
    }

    /// Returns the message in the words of WhatsApp, which GOWS and NOWEB pass on.
    private static JsonNode unwrapped(JsonNode data) {
        return MessageShape.inner(
                WahaJson.object(data.path("Message"), data.path("message")).orElseGet(MissingNode::getInstance));
    }

    /// Returns whether there is anything: without it, the message is not decrypted yet, or is none.
    boolean isShown() {
        JsonNode type = payload.path("_data").path("type");
        return isUnderstood()
                || MessageShape.seen(raw).findAny().isPresent()
                || !type.isMissingNode() && !SILENT_TYPES.contains(type.asText());
    }

    private boolean isUnderstood() {
        return !WahaJson.text(payload.path("body")).orElse("").isEmpty() || hasFile() || isPlace() || !cards.isEmpty();
    }

    private boolean hasFile() {
        return payload.path("hasMedia").asBoolean() || payload.path("media").isObject();
    }

    private boolean isPlace() {
        return payload.path("location").isObject();
    }

    /// Returns what people read in lists. The body of a place is a picture on some engines, that of a card its source.
    String text() {
        if (isPlace()) {
            return place().name();
        }
        if (!cards.isEmpty()) {
            return cards.stream().map(Card::name).collect(Collectors.joining(", "));
        }
        return isUnderstood()
                ? WahaJson.text(payload.path("body")).orElse("")
                : pickedText()
                        .orElseGet(() -> MessageShape.unreadable(MessageShape.seen(raw)
                                .findFirst()
                                .orElseGet(
                                        () -> payload.path("_data").path("type").asText(""))));
    }

    MessageContent content() {
        return new MessageContent(detail(), quoted(), MessageShape.ad(raw).or(this::browserAd));
    }

    /// The browser engines tell of an ad in words of their own.
    private Optional<MessageContent.Ad> browserAd() {
        JsonNode ad = payload.path("_data").path("ctwaContext");
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
        return picked().<Detail>map(Picked::new).orElseGet(Plain::new);
    }

    private Location place() {
        JsonNode place = payload.path("location");
        return new Location(
                place.path("latitude").asDouble(),
                place.path("longitude").asDouble(),
                WahaJson.text(place.path("name"), place.path("title"), place.path("description"))
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
        return RAW_FILES.entrySet().stream()
                .filter(file -> raw.path(file.getKey()).isObject())
                .map(file -> new File(file.getValue().kind(), isVoice(raw.path(file.getKey()))))
                .findFirst()
                .or(() -> Optional.ofNullable(
                        BROWSER_FILES.get(payload.path("_data").path("type").asText())));
    }

    private static boolean isVoice(JsonNode file) {
        return file.path("ptt").asBoolean() || file.path("PTT").asBoolean();
    }

    String fileName() {
        return WahaJson.text(
                        payload.path("media").path("filename"), rawFileNode().path("fileName"))
                .orElse("");
    }

    String fileType() {
        String type = WahaJson.text(
                        payload.path("media").path("mimetype"),
                        rawFileNode().path("mimetype"),
                        payload.path("_data").path("mimetype"))
                .orElse("");
        int parameters = type.indexOf(';');
        return parameters < 0 ? type : type.substring(0, parameters).strip();
    }

    private JsonNode rawFileNode() {
        return RAW_FILES.keySet().stream()
                .map(raw::path)
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    /// Returns the id of what was chosen from a list or from buttons.
    private Optional<String> picked() {
        JsonNode row = raw.path("listResponseMessage").path("singleSelectReply");
        JsonNode button = raw.path("buttonsResponseMessage");
        JsonNode template = raw.path("templateButtonReplyMessage");
        JsonNode form = raw.path("interactiveResponseMessage").path("nativeFlowResponseMessage");
        return WahaJson.text(
                form.path("paramsJson"),
                form.path("paramsJSON"),
                row.path("selectedRowId"),
                row.path("selectedRowID"),
                button.path("selectedButtonId"),
                button.path("selectedButtonID"),
                template.path("selectedId"),
                template.path("selectedID"));
    }

    /// Returns the words of what was chosen, which not every engine repeats as the body.
    private Optional<String> pickedText() {
        return WahaJson.text(
                raw.path("interactiveResponseMessage").path("body").path("text"),
                raw.path("listResponseMessage").path("title"),
                raw.path("buttonsResponseMessage").path("selectedDisplayText"),
                raw.path("templateButtonReplyMessage").path("selectedDisplayText"));
    }

    private Optional<Quoted> quoted() {
        JsonNode reply = payload.path("replyTo");
        return WahaJson.text(reply.path("id"), reply.path("id").path("_serialized"))
                .map(id -> new Quoted(WahaIds.wire(id), id.startsWith("true_") || isMine(reply.path("participant"))));
    }

    private boolean isMine(JsonNode participant) {
        return WahaJson.text(participant).map(WahaIds::chat).stream()
                .anyMatch(chat -> isAt(chat, "id") || isAt(chat, "lid") || isAt(chat, "jid"));
    }

    private boolean isAt(String chat, String form) {
        return WahaJson.text(me.path(form)).map(WahaIds::chat).equals(Optional.of(chat));
    }

    private static List<Card> cards(JsonNode sources) {
        var all = new ArrayList<Card>();
        for (JsonNode source : sources) {
            WahaCards.read(source.isObject() ? source.path("vcard").asText() : source.asText())
                    .ifPresent(all::add);
        }
        return List.copyOf(all);
    }
}
