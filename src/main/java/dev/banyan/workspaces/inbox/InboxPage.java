package dev.banyan.workspaces.inbox;

import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.MemberShell;
import dev.banyan.workspaces.access.WorkspaceDoor;
import dev.banyan.workspaces.chat.ChatPage;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// The inbox of a workspace: a list of threads, one of them, and its contact. `view` is the pane shown on phones:
/// `list`, `thread` or `details`. `filters` is the query string that keeps the list as it is. `number` is the number
/// that replies; empty if there is none. `unread` counts unread conversations and mentions, `mentions` the latter
/// alone.
@CheckedTemplate(basePath = "workspaces")
record InboxPage(
        WorkspaceDoor door,
        MemberShell member,
        String path,
        String view,
        String filters,
        List<Tab> tabs,
        String list,
        Optional<String> tag,
        List<TagLink> tags,
        String search,
        boolean narrowed,
        List<Entry> threads,
        Optional<String> older,
        String unread,
        String mentions,
        Optional<Number> number,
        boolean admin,
        Optional<Open> open,
        boolean openUnread,
        Optional<Begun> begun)
        implements TemplateInstance {

    /// One of the four lists; `count` is "99+" for more.
    record Tab(String key, String label, String count, boolean current) {}

    /// A tag that filters the list; `encoded` for use in addresses.
    record TagLink(String name, String encoded, boolean current) {}

    /// The number that replies are sent from.
    record Number(String name, Optional<String> phone, boolean connected) {}

    /// A thread in the list.
    record Entry(
            String id,
            String name,
            boolean isNumber,
            Avatar avatar,
            String text,
            boolean current,
            String unread,
            boolean personWanted,
            boolean chat,
            List<String> tags,
            Optional<String> assignee,
            ChatPage.At at) {

        public boolean hasUnread() {
            return !unread.isEmpty();
        }
    }

    /// The form for a first message to a new number, with its input and errors.
    record Begun(String phone, String draft, String key, Optional<FormProblem> problem) {}

    /// The open thread.
    record Open(
            String id,
            String name,
            Avatar avatar,
            Optional<Person> contact,
            boolean isOpen,
            boolean hasUnread,
            boolean personWanted,
            boolean handedOver,
            String assignee,
            boolean mine,
            List<Assignable> assignables,
            List<String> tags,
            boolean tagsFull,
            List<Line> lines,
            Optional<Long> earlier,
            boolean later,
            Optional<String> answeredBy,
            List<String> colleagues,
            List<Choice> saved,
            Draft draft) {

        public boolean chat() {
            return contact.isEmpty();
        }
    }

    /// A contact.
    record Person(String phone, String name, String about) {}

    /// A user who can be assigned the thread.
    record Assignable(String value, String label, boolean selected) {}

    /// The content of the reply box.
    record Draft(String key, String text, boolean note, Optional<FormProblem> problem) {}

    /// A file of a message.
    record File(String name, String size, String url, boolean picture) {}

    /// A message, a note or a line about an action. `kind` is `in`, `me`, `assistant`, `note` or `event`; `delivery` is
    /// the delivery state of a reply; `pieces` is the text, split at its mentions.
    record Line(
            String id,
            String kind,
            String who,
            String text,
            List<Mentions.Piece> pieces,
            ChatPage.At at,
            Optional<String> from,
            String delivery,
            boolean bad,
            boolean uncertain,
            List<File> files) {

        public boolean hasText() {
            return !text.isEmpty();
        }
    }
}
