package dev.banyan.workspaces;

import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.Shell;
import dev.banyan.platform.web.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** How many workspaces an agency has and may have, for those who run the server. {@code max} is what is in the field. */
@CheckedTemplate(basePath = "workspaces")
record OperatorWorkspacesPage(
        Shell shell,
        String accountId,
        String accountName,
        WorkspaceAllowances.Allowance allowance,
        String max,
        FieldErrors errors)
        implements TemplateInstance {

    public String usedText() {
        return Words.count(allowance.used(), "workspace", "workspaces");
    }

    public String maxText() {
        return words(allowance.max());
    }

    public String serverText() {
        return words(allowance.server());
    }

    /** Nothing is deleted, and nothing can be created. */
    public boolean full() {
        return allowance.max() != WorkspaceAllowances.UNLIMITED && allowance.used() >= allowance.max();
    }

    private static String words(long max) {
        return max == WorkspaceAllowances.UNLIMITED ? "any number" : Words.grouped(max);
    }
}
