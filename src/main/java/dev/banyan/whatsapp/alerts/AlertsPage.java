package dev.banyan.whatsapp.alerts;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.access.SenderView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Alerts about numbers and pools, and the settings for them. `first` and `older` are the addresses of other pages of
/// the list.
@CheckedTemplate(basePath = "whatsapp")
public record AlertsPage(
        PageFrame shell,
        List<AlertView> alerts,
        Optional<String> first,
        Optional<String> older,
        Form form,
        FieldErrors errors)
        implements TemplateInstance {

    /// The typed values.
    record Form(String queueLength, String queueMinutes, String quality, boolean mail, String mailMinutes) {}

    /// An alert as shown to people.
    ///
    /// @param isOpen whether it lasts
    public record AlertView(
            String time, String full, String machine, String tone, String title, String details, boolean isOpen) {

        public static AlertView of(Alert alert, Instant now) {
            return new AlertView(
                    SenderView.shortTime(alert.at(), now),
                    SenderView.fullTime(alert.at()),
                    alert.at().toString(),
                    alert.kind().tone.key(),
                    alert.kind().title,
                    alert.details(),
                    alert.isOpen());
        }
    }
}
