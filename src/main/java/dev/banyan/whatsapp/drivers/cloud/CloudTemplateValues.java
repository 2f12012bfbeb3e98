package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.MessageContent.Template;
import dev.banyan.whatsapp.MessageContent.TemplateButton;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.NotSent;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.cloud.CloudMessages.Uploaded;

/// Fills templates in.
final class CloudTemplateValues {

    private CloudTemplateValues() {}

    static Optional<NotSent> refusal(Template template) {
        if (!template.names().isEmpty()
                && template.names().size() != template.body().size()) {
            return refused("Each placeholder of the template needs one value.");
        }
        boolean isEmpty = Stream.concat(template.header().stream(), template.body().stream())
                .anyMatch(String::isBlank);
        return isEmpty ? refused("Each placeholder of the template needs a value.") : Optional.empty();
    }

    private static Optional<NotSent> refused(String sentence) {
        return Optional.of((NotSent) SendResult.notSent(Why.TEMPLATE, sentence));
    }

    /// @param headerName the name of the header's placeholder, in templates with named ones
    static void write(ObjectNode body, Template template, Optional<Uploaded> file, Optional<String> headerName) {
        body.put("name", template.name()).putObject("language").put("code", template.language());
        ArrayNode components = GraphJson.object().putArray("components");
        header(components, template, file, headerName);
        if (!template.body().isEmpty()) {
            ArrayNode values = component(components, "body").putArray("parameters");
            for (int i = 0; i < template.body().size(); i++) {
                Optional<String> name = template.names().isEmpty()
                        ? Optional.empty()
                        : Optional.of(template.names().get(i));
                text(values, template.body().get(i), name);
            }
        }
        template.buttons().stream()
                .filter(button -> !button.value().isBlank())
                .forEach(button -> button(components, button));
        if (!components.isEmpty()) {
            body.set("components", components);
        }
    }

    private static ObjectNode component(ArrayNode components, String type) {
        return components.addObject().put("type", type);
    }

    private static void header(
            ArrayNode components, Template template, Optional<Uploaded> file, Optional<String> headerName) {
        if (file.isPresent()) {
            ObjectNode value =
                    component(components, "header").putArray("parameters").addObject();
            value.put("type", file.get().form().kind().key());
            CloudMessages.writeMedia(value, file.get());
        } else if (!template.header().isEmpty()) {
            ArrayNode values = component(components, "header").putArray("parameters");
            template.header().forEach(value -> text(values, value, headerName));
        }
    }

    private static void text(ArrayNode values, String value, Optional<String> name) {
        ObjectNode written = values.addObject().put("type", "text");
        name.ifPresent(given -> written.put("parameter_name", given));
        written.put("text", value);
    }

    private static void button(ArrayNode components, TemplateButton button) {
        boolean isReply = button.kind().equals("quick_reply");
        boolean isCoupon = button.kind().equals("copy_code");
        // One-time passwords are buttons of their own kind, and are filled in like addresses.
        String kind = isReply || isCoupon ? button.kind() : "url";
        ObjectNode value = component(components, "button")
                .put("sub_type", kind)
                .put("index", String.valueOf(button.index()))
                .putArray("parameters")
                .addObject();
        if (isReply) {
            value.put("type", "payload").put("payload", button.value());
        } else if (isCoupon) {
            value.put("type", "coupon_code").put("coupon_code", button.value());
        } else {
            value.put("type", "text").put("text", button.value());
        }
    }
}
