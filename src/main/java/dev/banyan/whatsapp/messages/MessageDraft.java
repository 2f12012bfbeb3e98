package dev.banyan.whatsapp.messages;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.web.json.NoOtherFields;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What someone wants to send, as typed: the fields of `POST /api/whatsapp/messages` that say what the message is.
/// [MessageContents] checks it.
///
/// @param media an upload's id or a link: as text, `{"id": …}` or `{"url": …}`
/// @param replyTo a message's id, ours or WhatsApp's
public record MessageDraft(
        Optional<String> type,
        String text,
        Optional<String> caption,
        Optional<JsonNode> media,
        Optional<String> replyTo,
        Optional<Location> location,
        Optional<Contact> contact,
        Optional<List<Contact>> contacts,
        Optional<Reaction> reaction,
        Optional<Template> template,
        Optional<Buttons> buttons,
        Optional<Choices> list) {

    @NoOtherFields
    @Schema(name = "MessageLocation")
    public record Location(
            @Schema(example = "25.0805") Optional<Double> latitude,
            @Schema(example = "55.1403") Optional<Double> longitude,
            @Schema(example = "Marina shop") Optional<String> name,
            @Schema(example = "Marina Walk") Optional<String> address) {}

    @NoOtherFields
    @Schema(name = "MessageContact")
    public record Contact(
            @Schema(example = "Amal Khalil") Optional<String> name,
            @Schema(example = "+971500000301") Optional<String> phone,
            @Schema(example = "Marina Sweets") Optional<String> organization) {}

    @NoOtherFields
    @Schema(name = "MessageReaction")
    public record Reaction(
            @Schema(description = "One emoji; empty takes the reaction back", example = "👍")
            Optional<String> emoji) {}

    @NoOtherFields
    @Schema(name = "MessageTemplateValues")
    public record Template(
            @Schema(example = "order_ready") Optional<String> name,
            @Schema(example = "en_US") Optional<String> language,

            @Schema(description = "The values of the header; a file goes into `media`")
            Optional<List<String>> header,

            @Schema(description = "The values of the body: a list, or an object for a template with named values")
            Optional<JsonNode> body,

            @Schema(description = "The values of buttons that take one")
            Optional<List<TemplateButton>> buttons) {

        public Template {
            body = body.filter(node -> !node.isNull());
        }
    }

    @NoOtherFields
    @Schema(name = "MessageTemplateButton")
    public record TemplateButton(
            @Schema(description = "The button’s place, from 0", example = "0")
            Optional<Integer> index,

            @Schema(description = "`url` (the default), `quick_reply` or `copy_code`")
            Optional<String> type,

            Optional<String> value) {}

    @NoOtherFields
    @Schema(name = "MessageButtons")
    public record Buttons(
            Optional<String> header,
            Optional<String> footer,

            @Schema(description = "1 to 3 buttons") Optional<List<Button>> buttons) {}

    @NoOtherFields
    @Schema(name = "MessageButton")
    public record Button(
            @Schema(description = "Comes back when the contact chooses it", example = "yes")
            Optional<String> id,

            @Schema(example = "Yes") Optional<String> title) {}

    @NoOtherFields
    @Schema(name = "MessageList")
    public record Choices(
            Optional<String> header,
            Optional<String> footer,

            @Schema(description = "The button that opens the list", example = "Choose a cake")
            Optional<String> button,

            @Schema(description = "1 to 10 sections with 10 rows in all")
            Optional<List<Section>> sections) {}

    @NoOtherFields
    @Schema(name = "MessageListSection")
    public record Section(Optional<String> title, Optional<List<Row>> rows) {}

    @NoOtherFields
    @Schema(name = "MessageListRow")
    public record Row(Optional<String> id, Optional<String> title, Optional<String> description) {}

    public MessageDraft {
        contacts = contacts.map(List::copyOf);
        media = media.filter(node -> !node.isNull());
    }

    public static MessageDraft location(Location location) {
        return of(Optional.of("location"), "", Optional.of(location), Optional.empty());
    }

    public static MessageDraft contact(Contact contact) {
        return of(Optional.of("contact"), "", Optional.empty(), Optional.of(contact));
    }

    public static MessageDraft text(String text) {
        return of(Optional.empty(), text, Optional.empty(), Optional.empty());
    }

    private static MessageDraft of(
            Optional<String> type, String text, Optional<Location> location, Optional<Contact> contact) {
        return new MessageDraft(
                type,
                text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                location,
                contact,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
