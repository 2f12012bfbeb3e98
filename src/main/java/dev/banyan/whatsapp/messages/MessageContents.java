package dev.banyan.whatsapp.messages;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Detail;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.Phone;

/// The rules for what a message may be, in one place for the API and the inbox. The lengths are WhatsApp's own; the
/// parts that people choose from are in [ChoiceRules].
public final class MessageContents {

    static final int LONGEST_CAPTION = 1_024;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_CARD = 100;
    private static final int MOST_CARDS = 257;
    private static final int LONGEST_LINK = 2_000;
    private static final String KINDS =
            "text, image, document, audio, video, sticker, location, contact, reaction, template, buttons or list";
    private static final Pattern ONE_CHARACTER = Pattern.compile("\\X");

    /// Which types a field belongs to.
    private static final Map<String, Set<Kind>> BELONGS = belongs();

    /// Where the file of a message comes from.
    public sealed interface FileSource {

        record Uploaded(UUID id) implements FileSource {}

        record Linked(String url) implements FileSource {}
    }

    /// The result of checking.
    public sealed interface Checked {

        /// @param text what people read in lists
        record Good(Kind kind, String text, Detail detail, Optional<FileSource> file, Optional<String> replyTo)
                implements Checked {}

        record Bad(Invalid invalid) implements Checked {}
    }

    private MessageContents() {}

    private static Map<String, Set<Kind>> belongs() {
        Set<Kind> captioned = EnumSet.of(Kind.IMAGE, Kind.DOCUMENT, Kind.VIDEO);
        Set<Kind> files = EnumSet.of(Kind.IMAGE, Kind.DOCUMENT, Kind.AUDIO, Kind.VIDEO, Kind.STICKER, Kind.TEMPLATE);
        var belongs = new LinkedHashMap<String, Set<Kind>>();
        belongs.put("text", EnumSet.of(Kind.TEXT, Kind.TEMPLATE, Kind.BUTTONS, Kind.LIST));
        belongs.put("caption", captioned);
        belongs.put("media", files);
        belongs.put("location", EnumSet.of(Kind.LOCATION));
        belongs.put("contact", EnumSet.of(Kind.CONTACT));
        belongs.put("contacts", EnumSet.of(Kind.CONTACT));
        belongs.put("reaction", EnumSet.of(Kind.REACTION));
        belongs.put("template", EnumSet.of(Kind.TEMPLATE));
        belongs.put("buttons", EnumSet.of(Kind.BUTTONS));
        belongs.put("list", EnumSet.of(Kind.LIST));
        return belongs;
    }

    /// Checks everything but the length of a plain text, which `Outgoing` checks for all messages.
    public static Checked check(MessageDraft draft) {
        try {
            return read(draft);
        } catch (Rule.Broken broken) {
            return new Checked.Bad(broken.invalid());
        }
    }

    private static Checked.Good read(MessageDraft draft) throws Rule.Broken {
        Kind kind = Keyed.parse(Kind.class, draft.type().orElse(Kind.TEXT.key()))
                .orElseThrow(() -> Rule.broken("type", "type must be " + KINDS));
        for (String field : given(draft)) {
            if (!BELONGS.getOrDefault(field, Set.of()).contains(kind)) {
                throw Rule.broken(field, field + " can’t be used in a message of type " + kind.key());
            }
        }
        Optional<FileSource> file =
                draft.media().isPresent() ? Optional.of(source(draft.media().get())) : Optional.empty();
        if (kind.isFile() && file.isEmpty()) {
            throw Rule.broken("media", "media must be an upload’s id or a link");
        }
        Detail detail = detail(kind, draft);
        return new Checked.Good(kind, text(kind, draft, detail), detail, file, replyTo(kind, draft));
    }

    private static List<String> given(MessageDraft draft) {
        var given = new LinkedHashMap<String, Boolean>();
        given.put("text", !draft.text().isBlank());
        given.put("caption", draft.caption().isPresent());
        given.put("media", draft.media().isPresent());
        given.put("location", draft.location().isPresent());
        given.put("contact", draft.contact().isPresent());
        given.put("contacts", draft.contacts().isPresent());
        given.put("reaction", draft.reaction().isPresent());
        given.put("template", draft.template().isPresent());
        given.put("buttons", draft.buttons().isPresent());
        given.put("list", draft.list().isPresent());
        return given.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static FileSource source(JsonNode media) throws Rule.Broken {
        if (media.isTextual()) {
            return source(media.asText());
        }
        boolean isObject = media.isObject() && media.size() == 1;
        if (isObject && media.path("id").isTextual()) {
            return new FileSource.Uploaded(Uuids.parse(media.path("id").asText())
                    .orElseThrow(() -> Rule.broken("media", "media.id must be an upload’s id")));
        }
        if (isObject && media.path("url").isTextual()) {
            return link(media.path("url").asText());
        }
        throw Rule.broken("media", "media must be an upload’s id or a link: {\"id\": …} or {\"url\": …}");
    }

    private static FileSource source(String typed) throws Rule.Broken {
        Optional<UUID> id = Uuids.parse(typed.strip());
        return id.isPresent() ? new FileSource.Uploaded(id.get()) : link(typed.strip());
    }

    private static FileSource link(String url) throws Rule.Broken {
        if (!url.matches("https?://[^\\s]+") || url.length() > LONGEST_LINK) {
            throw Rule.broken("media", "media must be an upload’s id, or a link that begins with https://");
        }
        return new FileSource.Linked(url);
    }

    private static Detail detail(Kind kind, MessageDraft draft) throws Rule.Broken {
        return switch (kind) {
            case TEXT -> new MessageContent.Plain();
            case IMAGE, DOCUMENT, AUDIO, VIDEO, STICKER -> new MessageContent.File(kind, false);
            case LOCATION -> location(Rule.required("location", draft.location()));
            case CONTACT -> cards(draft);
            case REACTION ->
                new MessageContent.Reaction(emoji(
                        "reaction.emoji",
                        Rule.required("reaction", draft.reaction()).emoji()));
            case TEMPLATE -> TemplateMessageRules.read(Rule.required("template", draft.template()));
            case BUTTONS -> ChoiceRules.buttons(Rule.required("buttons", draft.buttons()));
            case LIST -> ChoiceRules.list(Rule.required("list", draft.list()));
        };
    }

    private static Detail location(MessageDraft.Location given) throws Rule.Broken {
        double latitude = Rule.required("location.latitude", given.latitude());
        double longitude = Rule.required("location.longitude", given.longitude());
        if (!(Math.abs(latitude) <= 90)) {
            throw Rule.broken("location.latitude", "location.latitude must be from -90 to 90");
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw Rule.broken("location.longitude", "location.longitude must be from -180 to 180");
        }
        return new MessageContent.Location(
                latitude,
                longitude,
                Rule.optional("location.name", given.name(), LONGEST_NAME),
                Rule.optional("location.address", given.address(), LONGEST_ADDRESS));
    }

    private static Detail cards(MessageDraft draft) throws Rule.Broken {
        if (draft.contact().isPresent() == draft.contacts().isPresent()) {
            throw Rule.broken("contact", "contact or contacts is required");
        }
        List<MessageDraft.Contact> given =
                draft.contacts().orElseGet(() -> List.of(draft.contact().orElseThrow()));
        if (given.isEmpty() || given.size() > MOST_CARDS) {
            throw Rule.broken("contacts", "contacts must have 1 to " + MOST_CARDS + " contacts");
        }
        var cards = new java.util.ArrayList<MessageContent.Contacts.Card>();
        for (int i = 0; i < given.size(); i++) {
            String field = draft.contact().isPresent() ? "contact" : "contacts[" + i + "]";
            MessageDraft.Contact card = given.get(i);
            cards.add(new MessageContent.Contacts.Card(
                    Rule.text(field + ".name", card.name(), LONGEST_CARD),
                    Phone.parse(card.phone().orElse(""))
                            .map(Phone::e164)
                            .orElseThrow(() -> Rule.broken(field + ".phone", field + ".phone must be a phone number")),
                    Rule.optional(field + ".organization", card.organization(), LONGEST_CARD)));
        }
        return new MessageContent.Contacts(cards);
    }

    /// Checks a single emoji; an empty one takes a reaction back.
    public static Optional<Invalid> brokenEmoji(String typed) {
        try {
            emoji("emoji", Optional.of(typed));
            return Optional.empty();
        } catch (Rule.Broken broken) {
            return Optional.of(broken.invalid());
        }
    }

    private static String emoji(String field, Optional<String> typed) throws Rule.Broken {
        String emoji = Rule.required(field, typed).strip();
        boolean isEmoji = ONE_CHARACTER.matcher(emoji).matches()
                && emoji.codePointCount(0, emoji.length()) <= 12
                && emoji.codePoints()
                        .anyMatch(point -> Character.isEmojiPresentation(point)
                                || Character.isExtendedPictographic(point)
                                || point == 0x20E3);
        if (!emoji.isEmpty() && !isEmoji) {
            throw Rule.broken(field, field + " must be one emoji, or empty to take the reaction back");
        }
        return emoji;
    }

    private static Optional<String> replyTo(Kind kind, MessageDraft draft) throws Rule.Broken {
        Optional<String> id = draft.replyTo().map(String::strip).filter(typed -> !typed.isEmpty());
        if (kind == Kind.REACTION && id.isEmpty()) {
            throw Rule.broken("replyTo", "replyTo must be the id of the message to react to");
        }
        return id;
    }

    private static String text(Kind kind, MessageDraft draft, Detail detail) throws Rule.Broken {
        return switch (kind) {
            case TEXT -> draft.text();
            case IMAGE, DOCUMENT, VIDEO -> Rule.optional("caption", draft.caption(), LONGEST_CAPTION);
            case AUDIO, STICKER -> "";
            case BUTTONS -> Rule.text("text", Optional.of(draft.text()), ChoiceRules.LONGEST_BODY);
            case LIST -> Rule.text("text", Optional.of(draft.text()), ChoiceRules.LONGEST_LIST_BODY);
            case TEMPLATE -> draft.text().isBlank() ? summary(detail) : draft.text();
            case LOCATION, CONTACT, REACTION -> summary(detail);
        };
    }

    /// Returns whether WhatsApp takes a file as what it is: a picture as a picture. Otherwise it is sent as a document.
    public static boolean isSentAsItIs(String type, long size) {
        return FileLimits.broken(Kind.ofFile(type), type, size).isEmpty();
    }

    /// Returns what people read in lists for a message without a text of its own.
    public static String summary(Detail detail) {
        return switch (detail) {
            case MessageContent.Location place ->
                "📍 "
                        + java.util.stream.Stream.of(place.name(), place.address())
                                .filter(words -> !words.isEmpty())
                                .findFirst()
                                .orElseGet(() -> place.latitude() + ", " + place.longitude());
            case MessageContent.Contacts cards ->
                "👤 "
                        + cards.cards().stream()
                                .findFirst()
                                .map(MessageContent.Contacts.Card::name)
                                .orElse("Contact card")
                        + (cards.cards().size() > 1 ? " and " + (cards.cards().size() - 1) + " more" : "");
            case MessageContent.Reaction reaction -> reaction.emoji().isEmpty() ? "Reaction removed" : reaction.emoji();
            case MessageContent.Template template ->
                "Template " + template.name()
                        + (template.body().isEmpty() ? "" : ": " + String.join(", ", template.body()));
            case MessageContent.Plain _,
                    MessageContent.File _,
                    MessageContent.Buttons _,
                    MessageContent.Choices _,
                    MessageContent.PhoneRequest _,
                    MessageContent.Picked _ -> "";
        };
    }
}
