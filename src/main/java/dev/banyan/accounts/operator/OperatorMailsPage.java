package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The outbox: every mail of this server, newest first. `smtp` is true if there is a mail server.
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

    /// `tone` is `good`, `bad` or `idle`; `error` is the mail server's last message.
    record Row(
            String id,
            TimeText moment,
            String recipient,
            String subject,
            String kind,
            String state,
            String tone,
            int tries,
            String error) {}
}
