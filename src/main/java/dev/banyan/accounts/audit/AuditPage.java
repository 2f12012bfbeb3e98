package dev.banyan.accounts.audit;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was done, by whom and when. {@code path} is its address: an agency sees its own, an operator all; {@code file} is where the same
 * rows are as a file; {@code people} is
 * empty where one types an e-mail instead of choosing it. {@code mistakes} are in the filters; then there are no rows.
 */
@CheckedTemplate(basePath = "accounts")
record AuditPage(
        PageFrame shell,
        String path,
        String file,
        boolean ofServer,
        AuditQuery query,
        List<Choice> actions,
        List<String> people,
        List<Row> rows,
        List<String> mistakes,
        boolean firstPage,
        Optional<String> next)
        implements TemplateInstance {

    /**
     * One act. {@code account} is a username, or empty for acts on the server itself. {@code place} is where it stands in
     * its chain, once it is sealed.
     */
    record Row(
            String id,
            Instant at,
            String what,
            String action,
            String target,
            String who,
            String account,
            String ip,
            Map<String, String> facts,
            boolean erased,
            Optional<Long> place,
            Optional<String> hash) {
        public String day() {
            return Words.day(at);
        }

        /** "09:41:07". */
        public String time() {
            return at.toString().substring(11, 19);
        }

        /** For the machine: "2026-11-20T09:41:07.123Z". */
        public String iso() {
            return at.toString();
        }

        public String placeText() {
            return place.map(Words::grouped).orElse("");
        }
    }
}
