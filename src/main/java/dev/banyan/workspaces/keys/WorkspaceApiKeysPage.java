package dev.banyan.workspaces.keys;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The keys of a workspace. `fresh` is the whole text of a key that was just created, which no other page shows;
/// `open` is true if another key can be created, `proved` if the reader may create and delete keys now.
@CheckedTemplate(basePath = "workspaces")
record WorkspaceApiKeysPage(
        AdminFrame frame,
        List<Row> rows,
        Optional<String> fresh,
        boolean open,
        boolean proved,
        String room,
        List<Permission> permissions,
        String name,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /// One key; `problem` says why it doesn’t work.
    record Row(String id, String name, Optional<String> problem, String permissions, String created, String used) {

        public boolean works() {
            return problem.isEmpty();
        }
    }

    record Permission(String key, String label, String hint, boolean picked) {}
}
