package dev.banyan.accounts.audit;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Moment;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The audit log: what was done, by whom and when. `path` is the page's address: an agency sees its own entries, an
/// operator all; `file` is the address of the same entries as a file; `people` is empty if an e-mail is typed instead
/// of chosen. `mistakes` are those in the filters; then there are no rows.
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

    /// One act. `account` is a username, or empty for acts on the server itself. `place` is the place in its chain,
    /// once it is sealed.
    record Row(
            String id,
            Moment at,
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

        public String placeText() {
            return place.map(Words::grouped).orElse("");
        }
    }
}
