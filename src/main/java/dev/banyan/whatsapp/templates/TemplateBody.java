package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.platform.web.json.NoOtherFields;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A template, as programs give it. In a change, what is left out stays.
@NoOtherFields
@Schema(name = "TemplateInput")
record TemplateBody(
        @Schema(description = "Can’t be changed", example = "order_ready")
        Optional<String> name,

        @Schema(description = "Can’t be changed; `en` if omitted. The same name in another language is a translation")
        Optional<String> language,

        @Schema(description = "`marketing`, `utility` or `authentication`; `utility` if omitted", example = "utility")
        Optional<String> category,

        @Schema(description = "`none`, `text`, `image`, `video` or `document`")
        Optional<String> headerKind,

        @Schema(description = "60 characters or fewer, with one field at most")
        Optional<String> header,

        @Schema(description = "An example for the field of the header, or the handle of an uploaded file")
        Optional<String> headerExample,

        @Schema(
                description = "1,024 characters or fewer; its fields have numbers or names",
                example = "Hi {{customer}}, your order is ready.")
        Optional<String> body,

        @Schema(description = "Of the body’s fields, by their numbers or names", example = "{\"customer\": \"Amal\"}")
        Optional<Map<String, String>> examples,

        @Schema(description = "60 characters or fewer") Optional<String> footer,

        Optional<List<ButtonBody>> buttons,

        @Schema(description = "Authentication only: whether the message advises not to share the code")
        Optional<Boolean> securityAdvice,

        @Schema(
                description =
                        "Authentication only: after how many minutes the message says that the code expires, 1 to 90")
        Optional<Integer> expiryMinutes) {}
