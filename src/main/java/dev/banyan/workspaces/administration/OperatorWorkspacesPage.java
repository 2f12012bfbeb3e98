package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.access.WorkspaceAllowances;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// An agency's workspace limit and usage, for operators. `max` is the value of the field.
@CheckedTemplate(basePath = "workspaces")
record OperatorWorkspacesPage(
        PageFrame shell, String accountId, String accountName, Limit limit, String max, FieldErrors errors)
        implements TemplateInstance {

    /// In words: "12 workspaces", "none". `full` means that no more can be created.
    record Limit(String used, String max, String server, boolean full) {

        static Limit of(WorkspaceAllowances.Allowance allowance) {
            return new Limit(
                    Words.count(allowance.used(), "workspace", "workspaces"),
                    words(allowance.max()),
                    words(allowance.server()),
                    allowance.max().isFull(allowance.used()));
        }

        private static String words(dev.banyan.platform.Limit max) {
            return max.isUnlimited() ? "none" : max.text();
        }
    }
}
