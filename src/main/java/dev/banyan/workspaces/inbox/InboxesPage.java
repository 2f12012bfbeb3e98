package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.chat.ChatPage;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The inboxes of an account's workspaces. `next` is the address of the next part; empty at the end.
@CheckedTemplate(basePath = "workspaces")
record InboxesPage(
        PageFrame shell,
        List<Choice> choices,
        String shown,
        String search,
        List<Row> rows,
        boolean firstPage,
        Optional<String> next)
        implements TemplateInstance {

    /// One choice of what the list shows.
    record Choice(String label, String href, boolean current) {}

    /// The inbox of a workspace. `path` leads into it; `brand` is the account that it belongs to, if it is another one.
    record Row(
            String id,
            String name,
            String project,
            Optional<String> brand,
            String path,
            String settings,
            boolean open,
            long openCount,
            long unread,
            long waiting,
            Optional<ChatPage.At> at) {

        public Avatar avatar() {
            return Avatar.of(name, id);
        }

        public String unreadText() {
            return Words.grouped(unread);
        }

        public String openText() {
            return Words.count(openCount, "open conversation", "open conversations");
        }

        public String waitingText() {
            return Words.grouped(waiting) + " waiting";
        }
    }
}
