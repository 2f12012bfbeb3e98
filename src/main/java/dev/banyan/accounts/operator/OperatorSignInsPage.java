package dev.banyan.accounts.operator;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** Who of an account came in, and who tried to. {@code shown} is {@code all}, {@code done} or {@code failed}. */
@CheckedTemplate(basePath = "accounts")
record OperatorSignInsPage(
        PageFrame shell,
        String accountId,
        String accountName,
        String search,
        String shown,
        List<Row> rows,
        boolean firstPage,
        Optional<String> next)
        implements TemplateInstance {

    record Row(
            String iso,
            String moment,
            String email,
            boolean good,
            String outcome,
            String way,
            String device,
            String network) {}
}
