package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Choice;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.NotSent;
import dev.banyan.whatsapp.drivers.SendResult.Why;

/// Writes messages as the Cloud API wants them.
final class CloudMessages {

    /// A file that Meta has already.
    record Uploaded(String id, String name, CloudFiles.Form.Taken form) {}

    private static final String PHONE_REQUEST = "request_contact_info";
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    private CloudMessages() {}

    /// Returns why a message can't be sent, before anything is uploaded; empty if it can.
    static Optional<NotSent> refusal(OutgoingMessage message, boolean hasFile) {
        MessageContent content = message.content();
        return switch (content.detail()) {
            case MessageContent.Reaction _ ->
                content.quoted().isPresent() ? Optional.empty() : refused("A reaction needs the message it is for.");
            case MessageContent.File file -> refusal(file, message.text(), hasFile);
            case MessageContent.Template template -> CloudTemplateValues.refusal(template);
            case MessageContent.Plain _ ->
                message.media().isPresent() && !hasFile
                        ? refused("The file of this message is gone.")
                        : Optional.empty();
            case MessageContent.Location _,
                    MessageContent.Contacts _,
                    MessageContent.Buttons _,
                    MessageContent.Choices _,
                    MessageContent.PhoneRequest _,
                    MessageContent.Picked _ -> Optional.empty();
        };
    }

    private static Optional<NotSent> refusal(MessageContent.File file, String text, boolean hasFile) {
        if (!hasFile) {
            return refused("The file of this message is gone.");
        }
        return takesCaption(file.kind()) || text.isBlank()
                ? Optional.empty()
                : refused("WhatsApp shows no text with audio and stickers. Send the text as a message of its own.");
    }

    private static Optional<NotSent> refused(String sentence) {
        return Optional.of((NotSent) SendResult.notSent(Why.MESSAGE, sentence));
    }

    private static boolean takesCaption(Kind kind) {
        return kind == Kind.IMAGE || kind == Kind.VIDEO || kind == Kind.DOCUMENT;
    }

    /// @param chat how the contact must be addressed, if it is not by the phone number
    /// @param headerName the name of the placeholder in a template's header, if it has one
    static ObjectNode body(
            OutgoingMessage message, Optional<String> chat, Optional<Uploaded> file, Optional<String> headerName) {
        ObjectNode body = GraphJson.object()
                .put("messaging_product", "whatsapp")
                .put("recipient_type", "individual")
                .put("biz_opaque_callback_data", message.id().toString());
        address(body, message, chat);
        MessageContent content = message.content();
        if (!(content.detail() instanceof MessageContent.Reaction)) {
            content.quoted().ifPresent(quoted -> body.putObject("context").put("message_id", quoted.provider()));
        }
        switch (content.detail()) {
            case MessageContent.Plain _, MessageContent.File _, MessageContent.Picked _ -> plain(body, message, file);
            case MessageContent.Location place -> location(body, place);
            case MessageContent.Contacts contacts -> contacts(body, contacts);
            case MessageContent.Reaction(String emoji) ->
                typed(body, "reaction")
                        .put(
                                "message_id",
                                content.quoted()
                                        .map(MessageContent.Quoted::provider)
                                        .orElse(""))
                        .put("emoji", emoji);
            case MessageContent.Template template ->
                CloudTemplateValues.write(typed(body, "template"), template, file, headerName);
            case MessageContent.Buttons buttons -> buttons(body, message.text(), buttons, file);
            case MessageContent.Choices choices -> choices(body, message.text(), choices);
            case MessageContent.PhoneRequest _ ->
                interactive(body, PHONE_REQUEST, "", message.text(), "", Optional.empty())
                        .putObject("action")
                        .put("name", PHONE_REQUEST);
        }
        return body;
    }

    private static void address(ObjectNode body, OutgoingMessage message, Optional<String> chat) {
        Optional<String> hidden = chat.filter(CloudContacts::isHidden);
        if (hidden.isPresent()) {
            body.put("recipient", hidden.get());
        } else {
            String digits = chat.map(text -> text.replaceAll("[^0-9]", "")).orElse("");
            body.put("to", digits.isEmpty() ? message.to().phone().orElseThrow().digits() : digits);
        }
    }

    private static ObjectNode typed(ObjectNode body, String type) {
        return body.put("type", type).putObject(type);
    }

    private static void plain(ObjectNode body, OutgoingMessage message, Optional<Uploaded> file) {
        file.ifPresentOrElse(
                uploaded -> {
                    ObjectNode media = media(body, uploaded);
                    if (takesCaption(uploaded.form().kind()) && !message.text().isBlank()) {
                        media.put("caption", message.text());
                    }
                },
                () -> {
                    boolean hasLink =
                            message.text().contains(HTTP) || message.text().contains(HTTPS);
                    typed(body, "text").put("body", message.text()).put("preview_url", hasLink);
                });
    }

    private static ObjectNode media(ObjectNode body, Uploaded file) {
        String kind = file.form().kind().key();
        body.put("type", kind);
        return writeMedia(body, file);
    }

    /// Writes a file under its kind: `"image":{"id":"…"}`.
    static ObjectNode writeMedia(ObjectNode parent, Uploaded file) {
        Kind kind = file.form().kind();
        ObjectNode media = parent.putObject(kind.key()).put("id", file.id());
        if (kind == Kind.DOCUMENT && !file.name().isBlank()) {
            media.put("filename", file.name());
        }
        if (file.form().isVoice()) {
            media.put("voice", true);
        }
        return media;
    }

    private static void location(ObjectNode body, MessageContent.Location place) {
        ObjectNode location =
                typed(body, "location").put("latitude", place.latitude()).put("longitude", place.longitude());
        putGiven(location, "name", place.name());
        putGiven(location, "address", place.address());
    }

    private static void contacts(ObjectNode body, MessageContent.Contacts contacts) {
        ArrayNode cards = body.put("type", "contacts").putArray("contacts");
        for (MessageContent.Contacts.Card card : contacts.cards()) {
            String name = card.name().isBlank() ? card.phone() : card.name().strip();
            String[] words = name.split("\\s+", 2);
            ObjectNode written = cards.addObject();
            ObjectNode names =
                    written.putObject("name").put("formatted_name", name).put("first_name", words[0]);
            if (words.length > 1) {
                names.put("last_name", words[1]);
            }
            written.putArray("phones")
                    .addObject()
                    .put("phone", card.phone())
                    .put("type", "CELL")
                    .put("wa_id", card.phone().replaceAll("[^0-9]", ""));
            if (!card.organization().isBlank()) {
                written.putObject("org").put("company", card.organization());
            }
        }
    }

    private static void buttons(ObjectNode body, String text, MessageContent.Buttons buttons, Optional<Uploaded> file) {
        ObjectNode interactive = interactive(body, "button", buttons.header(), text, buttons.footer(), file);
        ArrayNode written = interactive.putObject("action").putArray("buttons");
        buttons.buttons()
                .forEach(choice -> written.addObject()
                        .put("type", "reply")
                        .putObject("reply")
                        .put("id", id(choice))
                        .put("title", choice.title()));
    }

    private static void choices(ObjectNode body, String text, MessageContent.Choices choices) {
        ObjectNode interactive = interactive(body, "list", choices.header(), text, choices.footer(), Optional.empty());
        ObjectNode action = interactive.putObject("action").put("button", choices.button());
        ArrayNode sections = action.putArray("sections");
        for (MessageContent.Choices.Section section : choices.sections()) {
            ObjectNode written = sections.addObject();
            putGiven(written, "title", section.title());
            rows(written.putArray("rows"), section.rows());
        }
    }

    private static void rows(ArrayNode written, List<Choice> rows) {
        rows.forEach(row -> putGiven(
                written.addObject().put("id", id(row)).put("title", row.title()), "description", row.description()));
    }

    private static String id(Choice choice) {
        return choice.id().isBlank() ? choice.title() : choice.id();
    }

    private static ObjectNode interactive(
            ObjectNode body, String type, String header, String text, String footer, Optional<Uploaded> file) {
        ObjectNode interactive = typed(body, "interactive").put("type", type);
        if (file.isPresent()) {
            Uploaded uploaded = file.get();
            ObjectNode written = interactive
                    .putObject("header")
                    .put("type", uploaded.form().kind().key());
            writeMedia(written, uploaded);
        } else if (!header.isBlank()) {
            interactive.putObject("header").put("type", "text").put("text", header);
        }
        interactive.putObject("body").put("text", text);
        if (!footer.isBlank()) {
            interactive.putObject("footer").put("text", footer);
        }
        return interactive;
    }

    private static void putGiven(ObjectNode node, String field, String text) {
        if (!text.isBlank()) {
            node.put(field, text);
        }
    }
}
