package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.whatsapp.drivers.TemplateDraft.Button;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A button of a template, as programs give it.
@Schema(name = "TemplateButtonInput")
record ButtonBody(
        @Schema(description = "`quick_reply`, `url`, `phone_number` or `copy_code`", example = "url")
        Optional<String> kind,

        @Schema(description = "On the button, 25 characters or fewer; WhatsApp writes that of `copy_code`")
        Optional<String> text,

        @Schema(description = "The address, which may end with `{{1}}`, or the phone number")
        Optional<String> value,

        @Schema(description = "Of the field in the address, or of the code to copy")
        Optional<String> example) {

    Button button() {
        return new Button(
                kind.orElse("").strip(),
                text.orElse("").strip(),
                value.orElse("").strip(),
                example.orElse("").strip());
    }
}
