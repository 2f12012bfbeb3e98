package dev.banyan.whatsapp.messages;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Detail;

/// The rules for the values of a template. Whether there is such a template, only its gateway knows.
final class TemplateMessageRules {

    private static final int LONGEST_VALUE = 1_024;
    private static final int MOST_VALUES = 50;
    private static final int MOST_BUTTONS = 10;
    private static final Set<String> BUTTONS = Set.of("url", "quick_reply", "copy_code");

    private TemplateMessageRules() {}

    static Detail read(MessageDraft.Template given) throws Rule.Broken {
        String name = given.name().orElse("").strip();
        if (!name.matches("[a-z0-9_]{1,512}")) {
            throw Rule.broken("template.name", "template.name must be lower-case letters, digits and underscores");
        }
        String language = given.language().orElse("").strip();
        if (!language.matches("[A-Za-z]{2,3}([_-][A-Za-z]{2,4})?")) {
            throw Rule.broken("template.language", "template.language must be a language such as en or en_US");
        }
        var names = new ArrayList<String>();
        var body = new ArrayList<String>();
        if (given.body().isPresent()) {
            body(given.body().get(), names, body);
        }
        var header = new ArrayList<String>();
        for (String value : given.header().orElse(List.of())) {
            header.add(Rule.text("template.header[" + header.size() + "]", Optional.of(value), LONGEST_VALUE));
        }
        if (header.size() > MOST_VALUES) {
            throw Rule.broken("template.header", "template.header must have " + MOST_VALUES + " values or fewer");
        }
        return new MessageContent.Template(
                name, language, header, body, names, buttons(given.buttons().orElse(List.of())));
    }

    /// @param names receives the names of named values, in order
    private static void body(JsonNode given, List<String> names, List<String> values) throws Rule.Broken {
        if (!given.isArray() && !given.isObject()) {
            throw Rule.broken("template.body", "template.body must be a list of texts, or an object of texts by name");
        }
        if (given.size() > MOST_VALUES) {
            throw Rule.broken("template.body", "template.body must have " + MOST_VALUES + " values or fewer");
        }
        if (given.isArray()) {
            for (JsonNode value : given) {
                values.add(value("template.body[" + values.size() + "]", value));
            }
            return;
        }
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            if (!field.getKey().matches("[a-z][a-z0-9_]{0,59}")) {
                throw Rule.broken(
                        "template.body", "Names in template.body must be lower-case letters, digits and underscores");
            }
            names.add(field.getKey());
            values.add(value("template.body." + field.getKey(), field.getValue()));
        }
    }

    private static String value(String field, JsonNode value) throws Rule.Broken {
        if (!value.isTextual()) {
            throw Rule.broken(field, field + " must be a text");
        }
        return Rule.text(field, Optional.of(value.asText()), LONGEST_VALUE);
    }

    private static List<MessageContent.TemplateButton> buttons(List<MessageDraft.TemplateButton> given)
            throws Rule.Broken {
        var buttons = new ArrayList<MessageContent.TemplateButton>();
        for (int i = 0; i < given.size(); i++) {
            String field = "template.buttons[" + i + "]";
            MessageDraft.TemplateButton button = given.get(i);
            int index = button.index().orElse(i);
            if (index < 0 || index >= MOST_BUTTONS) {
                throw Rule.broken(field + ".index", field + ".index must be from 0 to " + (MOST_BUTTONS - 1));
            }
            String type = button.type().orElse("url");
            if (!BUTTONS.contains(type)) {
                throw Rule.broken(field + ".type", field + ".type must be url, quick_reply or copy_code");
            }
            buttons.add(new MessageContent.TemplateButton(
                    index, type, Rule.text(field + ".value", button.value(), LONGEST_VALUE)));
        }
        return buttons;
    }
}
