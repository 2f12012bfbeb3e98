package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.access.MemberShell;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A user's conversations and one of them; `conversationId` is empty for a conversation that hasn't started. `view` is
/// the pane shown on phones. `first` and `last` are the positions of the first and last message shown; `earlier` and
/// `later` are the positions where the rest begins, `older` is the cursor of the list's next page. `waiting` are unsent
/// files; `writing` says that an answer is being written, `maxFile` is the largest file size in bytes.
@CheckedTemplate(basePath = "workspaces")
public record ChatPage(
        WorkspaceDoor door,
        MemberShell member,
        String title,
        String view,
        String conversationId,
        boolean handedOver,
        long first,
        long last,
        String search,
        List<Entry> conversations,
        Optional<String> older,
        List<Line> messages,
        Optional<Long> earlier,
        Optional<Long> later,
        boolean writing,
        String key,
        String draft,
        List<File> waiting,
        long maxFile,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /// A time for `<time>`, in the reader's zone.
    public record At(String iso, String brief, String full) {
        public static At day(Instant at) {
            return new At(at.toString(), Words.dayOfYear(at), Words.exact(at));
        }

        public static At time(Instant at) {
            return new At(at.toString(), Words.clock(at), Words.exact(at));
        }
    }

    /// A conversation in the list.
    record Entry(String id, String title, boolean current, At at) {
        static Entry of(Conversation conversation, String current) {
            String id = conversation.id().toString();
            return new Entry(id, conversation.title(), id.equals(current), At.day(conversation.updatedAt()));
        }
    }

    /// A message. `kind` is `me`, `assistant` or `agent`, a person of the workspace named by `author`; `end` is empty,
    /// `stopped` or `failed`.
    record Line(
            long position,
            String kind,
            String author,
            String text,
            String end,
            boolean retry,
            List<File> files,
            At at) {
        /// Builds a line with its files; the last one can be retried if it failed.
        static Line of(Message message, List<Attachment> files, boolean last) {
            String end = ChatFrame.MessageView.endOf(message).orElse("");
            return new Line(
                    message.position(),
                    switch (message.author()) {
                        case USER -> "me";
                        case ASSISTANT -> "assistant";
                        case AGENT, CONTACT, NOTE -> "agent";
                    },
                    message.by().map(Message.By::name).orElse(""),
                    message.text(),
                    end,
                    last && end.equals("failed"),
                    files.stream().map(File::of).toList(),
                    At.time(message.createdAt()));
        }

        public boolean mine() {
            return kind.equals("me");
        }

        public boolean byAssistant() {
            return kind.equals("assistant");
        }
    }

    /// A file of a message, or an unsent one.
    record File(String id, String name, String size, boolean picture) {
        static File of(Attachment attachment) {
            return new File(
                    attachment.id().toString(), attachment.name(), attachment.sizeText(), attachment.isPicture());
        }
    }
}
