package dev.banyan.workspaces;

import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Shell;
import dev.banyan.platform.web.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * Asks before one or several workspaces go, by name. {@code active} are those that cannot go, because they are not
 * suspended; {@code action} is where the form sends, {@code back} where refusing leads.
 */
@CheckedTemplate(basePath = "workspaces")
record DeleteWorkspacesPage(
        Shell shell,
        ProjectHead project,
        List<Item> deletable,
        List<Item> active,
        Optional<FormProblem> problem,
        String action,
        String back,
        boolean many,
        boolean fragment)
        implements TemplateInstance {

    record Item(String id, String name, String path, long users) {
        public String usersText() {
            return Words.count(users, "user", "users");
        }
    }
}
