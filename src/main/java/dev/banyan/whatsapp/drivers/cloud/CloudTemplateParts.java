package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.drivers.TemplateDraft;

/// Templates as Meta wants them submitted.
final class CloudTemplateParts {

    private static final Set<String> PARTS = Set.of("HEADER", "BODY", "FOOTER", "BUTTONS");
    private static final Set<String> HEADERS = Set.of("TEXT", "IMAGE", "VIDEO", "DOCUMENT");
    private static final Set<String> BUTTONS = Set.of("QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "OTP");

    private CloudTemplateParts() {}

    static ObjectNode created(TemplateDraft draft) {
        ObjectNode node = GraphJson.object()
                .put("name", draft.name())
                .put("language", draft.language())
                .put("category", upper(draft.category()));
        if (!draft.isCode()) {
            node.put("parameter_format", draft.isNamed() ? "NAMED" : "POSITIONAL");
        }
        node.set("components", components(draft));
        return node;
    }

    /// Name and language stay, and the category of what is approved.
    static ObjectNode changed(MessageTemplate before, TemplateDraft draft) {
        ObjectNode node = GraphJson.object();
        if (!before.isSendable() && !before.category().equalsIgnoreCase(draft.category())) {
            node.put("category", upper(draft.category()));
        }
        node.set("components", components(draft));
        return node;
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static ArrayNode components(TemplateDraft draft) {
        ArrayNode parts = GraphJson.object().arrayNode();
        if (draft.isCode()) {
            return code(parts, draft.code());
        }
        header(parts, draft.header());
        body(part(parts, "BODY").put("text", draft.body()), draft);
        if (!draft.footer().isEmpty()) {
            part(parts, "FOOTER").put("text", draft.footer());
        }
        if (!draft.buttons().isEmpty()) {
            ArrayNode buttons = part(parts, "BUTTONS").putArray("buttons");
            draft.buttons().forEach(button -> button(buttons, button));
        }
        return parts;
    }

    private static ObjectNode part(ArrayNode parts, String type) {
        return parts.addObject().put("type", type);
    }

    private static ArrayNode code(ArrayNode parts, TemplateDraft.Code code) {
        part(parts, "BODY").put("add_security_recommendation", code.advice());
        if (code.minutes() > 0) {
            part(parts, "FOOTER").put("code_expiration_minutes", code.minutes());
        }
        part(part(parts, "BUTTONS").putArray("buttons"), "OTP").put("otp_type", "COPY_CODE");
        return parts;
    }

    private static void header(ArrayNode parts, TemplateDraft.Header header) {
        if (header.kind().equals("none")) {
            return;
        }
        ObjectNode part = part(parts, "HEADER").put("format", upper(header.kind()));
        if (header.isFile()) {
            part.putObject("example").putArray("header_handle").add(header.example());
            return;
        }
        part.put("text", header.text());
        TemplateDraft.fields(header.text()).forEach(field -> {
            ObjectNode example = part.putObject("example");
            if (TemplateDraft.isNumber(field)) {
                example.putArray("header_text").add(header.example());
            } else {
                named(example.putArray("header_text_named_params"), field, header.example());
            }
        });
    }

    private static void named(ArrayNode examples, String field, String example) {
        examples.addObject().put("param_name", field).put("example", example);
    }

    private static void body(ObjectNode part, TemplateDraft draft) {
        List<String> fields = CloudTemplates.numbered(TemplateDraft.fields(draft.body()));
        if (fields.isEmpty()) {
            return;
        }
        ObjectNode example = part.putObject("example");
        boolean isNamed = draft.isNamed();
        ArrayNode values = isNamed
                ? example.putArray("body_text_named_params")
                : example.putArray("body_text").addArray();
        for (String field : fields) {
            String value = draft.examples().getOrDefault(field, "");
            if (isNamed) {
                named(values, field, value);
            } else {
                values.add(value);
            }
        }
    }

    private static void button(ArrayNode buttons, TemplateDraft.Button button) {
        ObjectNode part = part(buttons, upper(button.kind()));
        switch (button.kind()) {
            case "url" -> {
                part.put("text", button.text()).put("url", button.value());
                if (!TemplateDraft.fields(button.value()).isEmpty()) {
                    part.putArray("example").add(button.example());
                }
            }
            case "phone_number" -> part.put("text", button.text()).put("phone_number", button.value());
            case "copy_code" -> part.put("example", button.example());
            default -> part.put("text", button.text());
        }
    }

    /// Returns whether a template has nothing that would be lost if it were submitted again from here.
    static boolean isSimple(JsonNode template) {
        for (JsonNode part : template.path("components")) {
            String type = upper(GraphJson.text(part, "type"));
            boolean isOther = !PARTS.contains(type)
                    || type.equals("HEADER")
                            && !HEADERS.contains(GraphJson.first(upper(GraphJson.text(part, "format")), "TEXT"));
            if (isOther) {
                return false;
            }
            for (JsonNode button : part.path("buttons")) {
                if (!BUTTONS.contains(upper(GraphJson.text(button, "type")))) {
                    return false;
                }
            }
        }
        return true;
    }
}
