package dev.banyan.workspaces;

import dev.banyan.platform.web.Avatar;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The second tab of a workspace: who exists in it. {@code problem} says why an act was refused. */
@CheckedTemplate(basePath = "workspaces")
record WorkspaceUsersPage(
        Shell shell,
        WorkspaceHead head,
        boolean registrationOpen,
        List<Row> rows,
        boolean firstPage,
        Optional<String> next,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    record Row(int id, String username, String email, boolean admin, String since) {
        public Avatar avatar() {
            return Avatar.of(username, email);
        }
    }
}
