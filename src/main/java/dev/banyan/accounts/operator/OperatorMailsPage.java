package dev.banyan.accounts.operator;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The outbox: every mail of this server, the newest first. {@code smtp} says whether there is a mail server. */
@CheckedTemplate(basePath = "accounts")
record OperatorMailsPage(
        PageFrame shell,
        String search,
        String state,
        String kind,
        List<Choice> states,
        List<Choice> kinds,
        List<Row> rows,
        String troubles,
        boolean smtp,
        boolean filtered,
        boolean firstPage,
        Optional<String> next)
        implements TemplateInstance {

    /** {@code tone} is {@code good}, {@code bad} or {@code idle}; {@code error} is what the mail server said last. */
    record Row(
            String id,
            String iso,
            String moment,
            String recipient,
            String subject,
            String kind,
            String state,
            String tone,
            int tries,
            String error) {}
}
