package dev.banyan.whatsapp.drivers;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Parse;
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
import dev.banyan.whatsapp.MessageContent.Reaction;

/// The parts of a message in WhatsApp's own form, which gateways on WhatsApp Web pass on.
public final class MessageShape {

    /// What people see of a message.
    ///
    /// @param text empty if there are no words
    /// @param part where it stands, with what is told about a file and about a quoted message
    public record Content(String text, Detail detail, JsonNode part) {}

    /// Parts that people never see. The pictures of an album come on their own, and calls are told by events.
    private static final Set<String> SILENT = Set.of(
            "albumMessage",
            "messageContextInfo",
            "senderKeyDistributionMessage",
            "fastRatchetKeySenderKeyDistributionMessage",
            "pollUpdateMessage",
            "pollUpdates",
            "pollAddOptionMessage",
            "callLogMesssage",
            "call",
            "bcallMessage",
            "scheduledCallEditMessage",
            "messageHistoryBundle",
            "messageHistoryNotice",
            "statusNotificationMessage",
            "limitSharingMessage",
            "initialSecurityNotificationSettingSync",
            "keepInChatMessage",
            "pinInChatMessage",
            "protocolMessage",
            "reactionMessage",
            "encReactionMessage",
            "encEventResponseMessage",
            "stickerSyncRmrMessage",
            "placeholderMessage",
            "base64",
            "mediaUrl",
            "speechToText");

    /// Fields with the words of a message, and of what is inside it, in the order of reading.
    private static final List<String> WORDS = List.of(
            "name",
            "title",
            "pollName",
            "eventName",
            "orderTitle",
            "groupName",
            "newsletterName",
            "inviteGrpName",
            "hydratedTitleText",
            "text",
            "contentText",
            "hydratedContentText",
            "caption",
            "message",
            "description",
            "eventDescription",
            "note");

    /// Kinds whose words say by themselves what they are.
    private static final Pattern OF_ITSELF = Pattern.compile("(extendedText|template|interactive|buttons|list|poll).*");

    private static final String VOTED = "selectedOptions";
    private static final BigDecimal FIRST_MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal LATEST_MILLISECONDS = BigDecimal.valueOf(99_999_999_999_000L);
    private static final int MILLIS = 3;
    public static final String SEALED_EDIT = "secretEncryptedMessage";
    private static final String EDITED = "The contact edited this message. Read the new text on the phone.";

    /// More than messages are ever wrapped in.
    private static final int DEEPEST = 8;

    private MessageShape() {}

    /// Returns the message without what is wrapped around it. There are ever more envelopes, and each is a part with a
    /// message inside.
    public static JsonNode inner(JsonNode message) {
        JsonNode inner = message;
        for (int depth = 0; depth < DEEPEST; depth++) {
            JsonNode outer = inner;
            inner = outer.valueStream()
                    .map(part -> part.path("message"))
                    .filter(JsonNode::isObject)
                    .findFirst()
                    .orElse(outer);
        }
        return inner;
    }

    /// Returns what people see of a message; empty if it is nothing.
    ///
    /// @param inner the message without envelopes
    public static Optional<Content> content(JsonNode inner) {
        if (inner.has("conversation")) {
            return Optional.of(new Content(text(inner, "conversation"), new Plain(), inner));
        }
        JsonNode vote = inner.path("pollUpdateMessage");
        return vote.path("vote").has(VOTED)
                ? Optional.of(new Content(vote(vote.path("vote")), new Plain(), vote))
                : seen(inner).findFirst().map(type -> content(type, inner.path(type)));
    }

    /// Returns what was chosen in a poll, if the gateway can read that.
    public static String vote(JsonNode vote) {
        String chosen = vote.path(VOTED)
                .valueStream()
                .map(option -> option.isTextual() ? option.asText() : text(option, "name", "optionName"))
                .filter(option -> !option.isBlank())
                .collect(Collectors.joining(", "));
        return chosen.isEmpty() ? "Vote withdrawn" : "Voted: " + chosen;
    }

    /// Returns what was reacted with on the phone of the number: no message of its own, it belongs to another one.
    public static Content reaction(JsonNode reaction) {
        String emoji = text(reaction, "text");
        return new Content(emoji, new Reaction(emoji), reaction);
    }

    private static Content content(String type, JsonNode part) {
        return switch (type) {
            case "extendedTextMessage" -> new Content(text(part, "text"), new Plain(), part);
            case "imageMessage" -> file(Kind.IMAGE, part);
            case "videoMessage", "ptvMessage" -> file(Kind.VIDEO, part);
            case "audioMessage" -> file(Kind.AUDIO, part);
            case "documentMessage" -> file(Kind.DOCUMENT, part);
            case "stickerMessage" -> file(Kind.STICKER, part);
            case "locationMessage", "liveLocationMessage" -> location(part);
            case "contactMessage" -> contacts(List.of(part), part);
            case "contactsArrayMessage" -> contacts(part.path("contacts"), part);
            case "buttonsResponseMessage" ->
                picked(text(part, "selectedDisplayText"), text(part, "selectedButtonId", "selectedButtonID"), part);
            case "templateButtonReplyMessage" ->
                picked(text(part, "selectedDisplayText"), text(part, "selectedId", "selectedID"), part);
            case "listResponseMessage" ->
                picked(
                        text(part, "title"),
                        text(part.path("singleSelectReply"), "selectedRowId", "selectedRowID"),
                        part);
            case "interactiveResponseMessage" -> form(part);
            // Phones seal edits since May 2026, and gateways without the key pass them on like that.
            case SEALED_EDIT -> new Content(EDITED, new Plain(), part);
            default -> new Content(words(type, part), new Plain(), part);
        };
    }

    /// Returns the message that a sealed edit, a vote or a reaction is about. Polls are ours, as a rule.
    public static Optional<Quoted> about(Content content) {
        return Stream.of("targetMessageKey", "pollCreationMessageKey", "key")
                .flatMap(name -> Stream.of(text(content.part().path(name), "id", "ID"))
                        .filter(id -> !id.isEmpty())
                        .map(id -> new Quoted(id, name.startsWith("poll"))))
                .findFirst();
    }

    private static Content file(Kind kind, JsonNode part) {
        boolean isVoice = part.path("ptt").asBoolean() || part.path("PTT").asBoolean();
        return new Content(text(part, "caption"), new File(kind, isVoice), part);
    }

    private static Content location(JsonNode part) {
        var place = new Location(
                part.path("degreesLatitude").asDouble(),
                part.path("degreesLongitude").asDouble(),
                text(part, "name", "caption"),
                text(part, "address"));
        String named = place.name().isEmpty() ? place.address() : place.name();
        return new Content(named.isEmpty() ? place.latitude() + ", " + place.longitude() : named, place, part);
    }

    private static Content contacts(Iterable<JsonNode> persons, JsonNode part) {
        var cards = new ArrayList<Card>();
        persons.forEach(person -> cards.addAll(ContactCards.read(text(person, "displayName"), text(person, "vcard"))));
        return new Content(ContactCards.names(cards), new Contacts(cards), part);
    }

    private static Content picked(String title, String id, JsonNode part) {
        return new Content(title.isEmpty() ? id : title, new Picked(id), part);
    }

    /// A form that was filled in, or a button that was tapped: that one has an id, and its words.
    private static Content form(JsonNode part) {
        String answers = text(part.path("nativeFlowResponseMessage"), "paramsJson", "paramsJSON");
        String said = text(part.path("body"), "text");
        boolean isTapped = !said.isEmpty() && answers.contains("\"id\"");
        return picked(
                Stream.of(isTapped ? said : FormAnswers.lines(answers), said, "Form sent")
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .orElseThrow(),
                answers,
                part);
    }

    /// Returns the words of a part for which there is nothing of its own: what it is called, what it says, options and
    /// prices. People see at least what it is.
    public static String words(String type, JsonNode part) {
        List<JsonNode> places = Stream.concat(
                        Stream.of(part, part.path("noteMessage").path("extendedTextMessage")),
                        part.properties().stream()
                                .filter(field -> !field.getKey().equals("contextInfo"))
                                .map(Map.Entry::getValue)
                                .filter(JsonNode::isObject))
                .toList();
        Stream<String> said = WORDS.stream().flatMap(name -> places.stream().map(place -> text(place, name)));
        Stream<String> options = Stream.of("options", "pollOptions")
                .flatMap(name -> part.path(name).valueStream())
                .map(option -> "• " + text(option, "optionName", "name"));
        Stream<String> prices = places.stream().flatMap(place -> Stream.of(amount(place), price(place)));
        List<String> lines = Stream.of(said, options, prices)
                .flatMap(each -> each)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
        String kind = kind(type);
        if (lines.isEmpty()) {
            return "This message" + (kind.isBlank() ? "" : " (" + kind + ")")
                    + " can’t be shown here. Read it on the phone.";
        }
        String all = String.join("\n", lines);
        return kind.isBlank() || OF_ITSELF.matcher(type).matches()
                ? all
                : kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + ": " + all;
    }

    private static String kind(String type) {
        return type.replaceAll("Message(V[0-9]+)?$", "")
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
    }

    private static String amount(JsonNode part) {
        long count = number(part.path("itemCount"));
        return count > 0 ? count + (count == 1 ? " product" : " products") : "";
    }

    private static String price(JsonNode part) {
        String currency = text(part, "totalCurrencyCode", "currencyCode", "currencyCodeIso4217");
        return currency.isEmpty()
                ? ""
                : Stream.of("totalAmount1000", "priceAmount1000", "amount1000")
                        .map(name -> BigDecimal.valueOf(number(part.path(name)), MILLIS))
                        .filter(amount -> amount.signum() > 0)
                        .map(amount -> amount.setScale(2, RoundingMode.HALF_UP) + " " + currency)
                        .findFirst()
                        .orElse("");
    }

    /// Returns the first of these fields that has words.
    private static String text(JsonNode part, String... names) {
        return Stream.of(names)
                .map(part::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// Reads a whole number, a text, or what JavaScript makes of a long number; zero if it is none.
    private static long number(JsonNode value) {
        return value.isObject()
                ? (value.path("high").asLong() << Integer.SIZE)
                        + Integer.toUnsignedLong(value.path("low").asInt())
                : value.asLong();
    }

    /// Reads seconds with or without decimals or milliseconds, as a number, a text or JavaScript’s long number, or a
    /// date as a text.
    public static Optional<Instant> time(JsonNode value) {
        return Optional.of(value.isObject() ? String.valueOf(number(value)) : value.asText(""))
                .flatMap(MessageShape::time);
    }

    private static Optional<Instant> time(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            boolean isSeconds = number.compareTo(FIRST_MILLISECONDS) < 0;
            BigDecimal millis = isSeconds ? number.movePointRight(MILLIS) : number;
            boolean isSensible = millis.compareTo(BigDecimal.ONE) >= 0 && millis.compareTo(LATEST_MILLISECONDS) <= 0;
            return isSensible ? Optional.of(Instant.ofEpochMilli(millis.longValue())) : Optional.empty();
        } catch (NumberFormatException _) {
            return Parse.of(text, Instant::parse);
        }
    }

    /// Returns the ad that led to a message. Its fields are written differently from gateway to gateway, and some put
    /// them next to the parts of the message instead of into one.
    public static Optional<MessageContent.Ad> ad(JsonNode message) {
        return Stream.concat(Stream.of(message), message.valueStream())
                .map(part -> part.path("contextInfo").path("externalAdReply"))
                .filter(ad -> ad.hasNonNull("sourceType"))
                .findFirst()
                .flatMap(ad -> MessageContent.Ad.of(
                        ad.path("sourceType").asText(""),
                        ad.path("sourceId").asText(ad.path("sourceID").asText("")),
                        ad.path("title").asText(""),
                        ad.path("sourceUrl").asText(ad.path("sourceURL").asText("")),
                        ad.path("ctwaClid").asText("")));
    }

    /// Returns the names of the parts that people see.
    public static Stream<String> seen(JsonNode message) {
        return StreamSupport.stream(((Iterable<String>) message::fieldNames).spliterator(), false)
                .filter(type -> !SILENT.contains(type));
    }
}
