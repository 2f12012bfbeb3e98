package dev.banyan.whatsapp;

import module java.base;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.document.JsonDocument;

/// What a message is, beside its text and its file. The text of a message is always what people read in lists: the
/// caption of a picture, the name of a place, the text of a template.
///
/// @param quoted the message that it answers
/// @param ad where its contact came from
public record MessageContent(Detail detail, Optional<Quoted> quoted, Optional<Ad> ad) {

    /// A message of text only, or with a file whose kind follows from its type.
    public static final MessageContent PLAIN = new MessageContent(new Plain(), Optional.empty());

    public MessageContent(Detail detail, Optional<Quoted> quoted) {
        this(detail, quoted, Optional.empty());
    }

    /// An ad or a post with a button that leads to the chat. Texts that are absent are empty.
    ///
    /// @param type such as `ad` or `post`
    /// @param click what the ad’s network calls the click
    public record Ad(String type, String id, String headline, String url, String click) {

        private static final int LONGEST = 300;

        /// @return empty if there is nothing to tell
        public static Optional<Ad> of(String type, String id, String headline, String url, String click) {
            var ad = new Ad(type.isBlank() ? "ad" : cut(type), cut(id), cut(headline), cut(url), cut(click));
            return Optional.of(ad).filter(_ -> !(id + headline + url).isBlank());
        }

        private static String cut(String text) {
            return MessageBody.tamed(text, LONGEST);
        }
    }

    /// The kinds of messages, as `POST /api/whatsapp/messages` names them.
    public enum Kind implements Keyed {
        TEXT,
        IMAGE,
        DOCUMENT,
        AUDIO,
        VIDEO,
        STICKER,
        LOCATION,
        CONTACT,
        REACTION,
        TEMPLATE,
        BUTTONS,
        LIST;

        private static final long MIB = 1_024 * 1_024;

        public boolean isFile() {
            return switch (this) {
                case IMAGE, DOCUMENT, AUDIO, VIDEO, STICKER -> true;
                case TEXT, LOCATION, CONTACT, REACTION, TEMPLATE, BUTTONS, LIST -> false;
            };
        }

        /// Returns the most bytes of such a file that WhatsApp takes.
        public long longestFile() {
            return switch (this) {
                case IMAGE -> 5 * MIB;
                case AUDIO, VIDEO -> 16 * MIB;
                case STICKER -> MIB / 1_024 * 500;
                case DOCUMENT, TEXT, LOCATION, CONTACT, REACTION, TEMPLATE, BUTTONS, LIST -> 100 * MIB;
            };
        }

        /// Returns the kind of a file of this media type. A sticker can't be told from a picture by its type.
        public static Kind ofFile(String type) {
            if (type.startsWith("image/")) {
                return IMAGE;
            }
            if (type.startsWith("audio/")) {
                return AUDIO;
            }
            return type.startsWith("video/") ? VIDEO : DOCUMENT;
        }
    }

    /// Another message that this one is about.
    ///
    /// @param provider WhatsApp's id of that message
    /// @param isOurs whether we sent it
    public record Quoted(String provider, boolean isOurs) {}

    /// The parts of a message that are neither text nor file. Texts that are absent are empty.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Plain.class, name = "plain"),
        @JsonSubTypes.Type(value = File.class, name = "file"),
        @JsonSubTypes.Type(value = Location.class, name = "location"),
        @JsonSubTypes.Type(value = Contacts.class, name = "contacts"),
        @JsonSubTypes.Type(value = Reaction.class, name = "reaction"),
        @JsonSubTypes.Type(value = Template.class, name = "template"),
        @JsonSubTypes.Type(value = Buttons.class, name = "buttons"),
        @JsonSubTypes.Type(value = Choices.class, name = "list"),
        @JsonSubTypes.Type(value = Picked.class, name = "picked"),
        @JsonSubTypes.Type(value = PhoneRequest.class, name = "phone_request")
    })
    @JsonIgnoreProperties(ignoreUnknown = true)
    public sealed interface Detail {}

    /// Text only, or a file whose kind follows from its type.
    public record Plain() implements Detail {}

    /// A file that is to be sent as this kind; the text of the message is its caption.
    ///
    /// @param isVoice whether an audio file is shown as a voice message
    public record File(Kind kind, boolean isVoice) implements Detail {}

    public record Location(double latitude, double longitude, String name, String address) implements Detail {}

    public record Contacts(List<Card> cards) implements Detail {

        /// @param phone in E.164
        public record Card(String name, String phone, String organization) {}

        public Contacts {
            cards = List.copyOf(cards);
        }
    }

    /// A reaction to the quoted message.
    ///
    /// @param emoji empty: the reaction is withdrawn
    public record Reaction(String emoji) implements Detail {}

    /// A template that WhatsApp has approved.
    ///
    /// @param header the values of its header, each on one line; for a header with a file, the message has it
    /// @param body the values of its text, each on one line
    /// @param names the names of the values of the body, in order; empty for a template with numbered ones
    /// @param buttons the values of its buttons, by position; empty where a button takes none
    public record Template(
            String name,
            String language,
            List<String> header,
            List<String> body,
            List<String> names,
            List<TemplateButton> buttons)
            implements Detail {

        private static final Pattern SPACES = Pattern.compile("[\\s\\u0085\\u2028\\u2029]+");

        public Template {
            header = header.stream().map(Template::onOneLine).toList();
            body = body.stream().map(Template::onOneLine).toList();
            names = List.copyOf(names);
            buttons = List.copyOf(buttons);
        }

        /// Returns a value as WhatsApp takes it: without line breaks, tabs, or several spaces in a row.
        public static String onOneLine(String value) {
            return SPACES.matcher(value).replaceAll(" ").strip();
        }
    }

    /// @param index counted from 0
    /// @param kind `url`, `quick_reply` or `copy_code`
    public record TemplateButton(int index, String kind, String value) {}

    /// A text with up to three buttons.
    public record Buttons(String header, String footer, List<Choice> buttons) implements Detail {

        public Buttons {
            buttons = List.copyOf(buttons);
        }
    }

    /// A text with a list to choose from.
    ///
    /// @param button the text of the button that opens the list
    public record Choices(String header, String footer, String button, List<Section> sections) implements Detail {

        public record Section(String title, List<Choice> rows) {

            public Section {
                rows = List.copyOf(rows);
            }
        }

        public Choices {
            sections = List.copyOf(sections);
        }
    }

    /// Something that a contact can choose.
    public record Choice(String id, String title, String description) {}

    /// What a contact has chosen; the text of the message is its title.
    public record Picked(String id) implements Detail {}

    /// A text with a button that shares the contact’s phone number, for contacts who hide it.
    public record PhoneRequest() implements Detail {}

    public static MessageContent of(Detail detail) {
        return new MessageContent(detail, Optional.empty());
    }

    public MessageContent answering(Quoted message) {
        return new MessageContent(detail, Optional.of(message), ad);
    }

    @JsonIgnore
    public Kind kind(Optional<Media> media) {
        return switch (detail) {
            case Plain _ -> media.map(file -> Kind.ofFile(file.type())).orElse(Kind.TEXT);
            case File file -> file.kind();
            case Location _ -> Kind.LOCATION;
            case Contacts _ -> Kind.CONTACT;
            case Reaction _ -> Kind.REACTION;
            case Template _ -> Kind.TEMPLATE;
            case Buttons _ -> Kind.BUTTONS;
            case Choices _ -> Kind.LIST;
            case Picked _, PhoneRequest _ -> Kind.TEXT;
        };
    }

    /// Returns the detail for a table; empty for a plain message, which most are.
    public Optional<String> column() {
        if (ad.isEmpty()) {
            return detail instanceof Plain ? Optional.empty() : Optional.of(JsonDocument.write(detail));
        }
        var both = (ObjectNode) JsonDocument.tree(JsonDocument.write(detail));
        both.set("ad", JsonDocument.tree(JsonDocument.write(ad.get())));
        return Optional.of(both.toString());
    }

    private record WithAd(Optional<Ad> ad) {}

    /// Reads what [#column] has written.
    public static MessageContent of(Optional<String> column, Optional<Quoted> quoted) {
        return new MessageContent(
                column.map(text -> JsonDocument.read(text, Detail.class)).orElseGet(Plain::new),
                quoted,
                column.filter(text -> text.contains("\"ad\":"))
                        .flatMap(text -> JsonDocument.read(text, WithAd.class).ad()));
    }
}
