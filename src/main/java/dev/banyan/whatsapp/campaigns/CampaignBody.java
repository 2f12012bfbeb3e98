package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.MessageContent.Template;
import dev.banyan.whatsapp.MessageContent.TemplateButton;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.campaigns.Campaigns.Wanted;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A campaign as a program wants it.
@NoOtherFields
@Schema(requiredProperties = {"name", "master"})
record CampaignBody(
        @Schema(example = "Eid greetings") Optional<String> name,

        @Schema(description = "The master whose pool sends it", example = "sales")
        Optional<String> master,

        @Schema(
                description = "May contain fields of the recipients, with a default after a bar",
                example = "Hello {{name|there}}")
        Optional<String> text,

        @Schema(description = "Instead of a text; its values may contain fields")
        Optional<TemplateOfCampaign> template,

        @Schema(
                description = "When it starts; at once if omitted. It starts only after POST …/start",
                example = "2026-11-23T09:00:00+04:00")
        Optional<String> startAt) {

    record TemplateOfCampaign(
            @Schema(example = "eid_offer") Optional<String> name,

            @Schema(example = "en") Optional<String> language,

            Optional<List<String>> header,

            @Schema(example = "[\"{{name|there}}\"]") Optional<List<String>> body,

            @Schema(description = "The names of the values of the body, if the template names them")
            Optional<List<String>> names,

            Optional<List<ButtonOfCampaign>> buttons,

            @Schema(description = "`marketing`, `utility` or `authentication`: what WhatsApp charges it as")
            Optional<String> category) {

        CampaignMessage message() {
            return CampaignMessage.template(
                    new Template(
                            name.orElse(""),
                            language.orElse(""),
                            header.orElse(List.of()),
                            body.orElse(List.of()),
                            names.orElse(List.of()),
                            buttons.orElse(List.of()).stream()
                                    .map(ButtonOfCampaign::button)
                                    .toList()),
                    category);
        }
    }

    record ButtonOfCampaign(
            @Schema(description = "Counted from 0") Optional<Integer> index,

            @Schema(description = "`url`, `quick_reply` or `copy_code`")
            Optional<String> kind,

            Optional<String> value) {

        TemplateButton button() {
            return new TemplateButton(index.orElse(0), kind.orElse("url"), value.orElse(""));
        }
    }

    /// @throws Refused for what can't be read; [dev.banyan.whatsapp.campaigns.Campaigns] checks the rest
    Wanted read() {
        SenderId pool = master.flatMap(SenderId::parse)
                .orElseThrow(() -> Refused.invalid(new Invalid("master", "Missing master")));
        if (text.isPresent() && template.isPresent()) {
            throw Refused.invalid(new Invalid("template", "Send either text or template"));
        }
        CampaignMessage message =
                template.map(TemplateOfCampaign::message).orElseGet(() -> CampaignMessage.text(text.orElse("")));
        Optional<String> typed = startAt.map(String::strip).filter(time -> !time.isEmpty());
        try {
            Optional<Instant> start =
                    typed.map(time -> OffsetDateTime.parse(time).toInstant());
            return new Wanted(name.orElse(""), pool, message, start);
        } catch (DateTimeParseException _) {
            throw Refused.invalid(new Invalid(
                    "startAt", "startAt must be a time with its offset, such as 2026-11-23T09:00:00+04:00"));
        }
    }
}
