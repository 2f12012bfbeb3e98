package dev.banyan.workspaces;

import dev.banyan.platform.web.FormProblem;
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
 * what a phone shows, which has room for one of both. {@code last} is the position of the last message shown;
 * {@code earlier} and {@code later} are positions where the rest begins, {@code older} leads on in the list.
 */
@CheckedTemplate(basePath = "workspaces")
record ChatPage(
        WorkspaceDoor door,
        MemberShell member,
        String title,
        String view,
        String conversationId,
        long last,
        List<Entry> conversations,
        Optional<String> older,
        List<Line> messages,
        Optional<Long> earlier,
        Optional<Long> later,
        String key,
        String draft,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /** A time for people without script, in UTC; the script writes it in their own. */
    record At(String iso, String brief, String full) {
        private static final DateTimeFormatter DAY =
                DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
        private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern(
                        "d MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);

        static At day(Instant at) {
            return new At(at.toString(), DAY.format(at), FULL.format(at));
        }

        static At time(Instant at) {
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

    /** A message. */
    record Line(long position, boolean mine, String text, At at) {
        static Line of(Message message) {
            return new Line(
                    message.position(),
                    message.author() == Message.Author.USER,
                    message.text(),
                    At.time(message.createdAt()));
        }
    }
}
