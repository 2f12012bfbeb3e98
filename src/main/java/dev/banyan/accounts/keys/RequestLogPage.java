package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The requests that programs made with keys. `file` is the address of the same as a file; `mistake` is what is wrong
/// with the filters, if anything; then there are no rows.
@CheckedTemplate(basePath = "accounts")
record RequestLogPage(
        PageFrame shell,
        RequestFilter filter,
        List<Choice> keys,
        List<Choice> statuses,
        List<Row> rows,
        Optional<String> mistake,
        String file,
        boolean firstPage,
        Optional<String> next)
        implements TemplateInstance {

    /// One request. `tone` is the color of its status.
    record Row(
            String iso,
            String moment,
            String key,
            String route,
            int status,
            String tone,
            String code,
            String took,
            String requestId) {}
}
