package dev.banyan.workspaces.chat;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.access.MemberShell;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A user's conversations and one of them; {@code conversationId} is empty for one that is not begun. {@code view} is
 * what a phone shows, which has room for one of both. {@code first} and {@code last} are the positions of the first and
 * the last message shown; {@code earlier} and {@code later} are positions where the rest begins, {@code older} leads on
 * in the list. {@code waiting} are files that were brought and not sent; {@code writing} says that an answer is on its
 * way, {@code maxFile} how many bytes a file may have.
 */
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

    /** A time for people without script, in UTC; the script writes it in their own. */
    public record At(String iso, String brief, String full) {
        private static final DateTimeFormatter DAY =
                DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
        private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern(
                        "d MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);

        public static At day(Instant at) {
            return new At(at.toString(), DAY.format(at), FULL.format(at));
        }

        public static At time(Instant at) {
            return new At(at.toString(), TIME.format(at), FULL.format(at));
        }
    }

    /** A conversation in the list. */
    record Entry(String id, String title, boolean current, At at) {
        static Entry of(Conversation conversation, String current) {
            String id = conversation.id().toString();
            return new Entry(id, conversation.title(), id.equals(current), At.day(conversation.updatedAt()));
        }
    }

    /**
     * A message. {@code kind} is {@code me}, {@code assistant} or {@code agent}, a person of the workspace whose name is
     * the {@code author}; {@code end} is empty, {@code stopped} or {@code failed}.
     */
    record Line(
            long position,
            String kind,
            String author,
            String text,
            String end,
            boolean retry,
            List<File> files,
            At at) {
        /** With the files that it carries; the last one, if it failed, can be tried again. */
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

    /** A file of a message, or one that waits for it. */
    record File(String id, String name, String size, boolean picture) {
        static File of(Attachment attachment) {
            return new File(
                    attachment.id().toString(), attachment.name(), attachment.sizeText(), attachment.isPicture());
        }
    }
}
