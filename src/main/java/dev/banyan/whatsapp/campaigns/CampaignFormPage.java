package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.MessageContent.Template;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.campaigns.Campaigns.Wanted;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form that creates a campaign, or changes a draft. `id` is that of the draft.
@CheckedTemplate(basePath = "whatsapp")
record CampaignFormPage(
        PageFrame shell, Optional<String> id, String action, Form form, FieldErrors errors, List<Choice> pools)
        implements TemplateInstance {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

    /// The typed values.
    ///
    /// @param values of the template, one on each line
    /// @param startAt in the time zone of the pool
    record Form(
            String name,
            String master,
            String kind,
            String text,
            String templateName,
            String language,
            String values,
            String category,
            String startAt,
            String csv,
            String tag) {

        static final Form EMPTY = new Form("", "", "text", "", "", "en", "", "", "", "", "");

        static Form ofTemplate(String name, String language) {
            return new Form("", "", "template", "", name, language, "", "", "", "", "");
        }

        static Form of(Campaign campaign, ZoneId zone) {
            Optional<Template> template = campaign.message().template();
            return new Form(
                    campaign.name(),
                    campaign.pool().value(),
                    template.isPresent() ? "template" : "text",
                    template.isPresent() ? "" : campaign.message().text(),
                    template.map(Template::name).orElse(""),
                    template.map(Template::language).orElse("en"),
                    template.map(one -> String.join("\n", one.body())).orElse(""),
                    campaign.message().category().orElse(""),
                    campaign.startAt()
                            .map(time -> MINUTE.format(time.atZone(zone)))
                            .orElse(""),
                    "",
                    "");
        }

        public boolean isTemplate() {
            return kind.equals("template");
        }

        CampaignMessage message() {
            return isTemplate()
                    ? CampaignMessage.template(
                            new Template(
                                    templateName.strip(),
                                    language.strip(),
                                    List.of(),
                                    values.lines()
                                            .map(String::strip)
                                            .filter(line -> !line.isEmpty())
                                            .toList(),
                                    List.of(),
                                    List.of()),
                            Optional.of(category).filter(word -> !word.isEmpty()))
                    : CampaignMessage.text(text.replace("\r\n", "\n").strip());
        }

        /// @return empty if the time can't be read
        Optional<Optional<Instant>> start(ZoneId zone) {
            if (startAt.isBlank()) {
                return Optional.of(Optional.empty());
            }
            return Parse.of(startAt.strip(), LocalDateTime::parse)
                    .map(time -> Optional.of(time.atZone(zone).toInstant()));
        }

        Wanted wanted(SenderId pool, Optional<Instant> start) {
            return new Wanted(name, pool, message(), start);
        }
    }
}
