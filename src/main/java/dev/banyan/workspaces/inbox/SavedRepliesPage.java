package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.Placeholders;
import dev.banyan.workspaces.access.MemberShell;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The saved replies of a workspace; `draft` is the refused form, or an empty one.
@CheckedTemplate(basePath = "workspaces")
record SavedRepliesPage(
        WorkspaceDoor door,
        MemberShell member,
        boolean admin,
        List<Entry> replies,
        Entry draft,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    record Entry(String id, String name, String text) {

        /// What looks like a placeholder and isn't one.
        public List<String> unknown() {
            return Placeholders.unknown(text, CannedReplies.PLACEHOLDERS);
        }

        static final Entry NEW = new Entry("", "", "");

        static Entry of(CannedReply reply) {
            return new Entry(reply.id().toString(), reply.name(), reply.text());
        }
    }
}
