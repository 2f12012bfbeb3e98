package dev.banyan.workspaces.migration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.sun.management.ThreadMXBean;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.migration.ConversationFile.Read;
import dev.banyan.workspaces.migration.ConversationFile.Said;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationFileTest {

    private static final Instant FALLBACK = Instant.ofEpochMilli(1_600_000_000_000L);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void whatIsNotKeptIsReadOver() throws IOException {
        ConversationFile file = conversation("""
                {"more": [[{}]], "metadata": {"createdAt": {"no": "time"}, "lastUpdatedAt": "2026-01-02T03:04:05Z",
                  "userId": " leila ", "tags": [[], {"x": [1]}]},
                 "messages": [1, [[]], null, {"content": {"text": "odd"}, "role": "user"},
                  {"content": [1, {"text": {"x": 1}}, {"text": "one", "more": []}, {"text": "two"}], "role": "user"},
                  {"role": ["user"], "content": "x"}, {"role": "assistant", "content": "Yes", "calls": [{"a": []}]}]}
                """);

        assertThat(file.userId()).contains("leila");
        assertThat(file.createdAt()).isEqualTo(FALLBACK);
        assertThat(file.updatedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(file.said()).containsExactly(new Said(Author.USER, "one\ntwo"), new Said(Author.ASSISTANT, "Yes"));
        assertThat(file.leftOut()).isEqualTo(7);
    }

    /// Ten kilobytes of ZIP can contain megabytes of brackets, and an object for each would fill the memory.
    @Test
    void bracketsCostNoMemory() throws IOException {
        String brackets = "[" + "[],".repeat(1_000_000) + "[]]";
        Path path = written("{\"metadata\": {\"more\": " + brackets + "}, \"messages\": [{\"role\": \"user\","
                + " \"content\": \"Hello\", \"more\": " + brackets + "}, {\"role\": \"user\", \"content\": "
                + brackets + "}]}");
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        Read read = ConversationFile.read(path, FALLBACK);
        long cost = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(read).isInstanceOf(Read.Conversation.class);
        assertThat(cost).isLessThan(Files.size(path));
    }

    @Test
    void aTimeThatIsNoneIsNone() throws IOException {
        for (String time : new String[] {"1e400", "123456789012345678901234567890", "-5", "\"soon\"", "[]"}) {
            assertThat(conversation("{\"metadata\": {\"createdAt\": " + time + "}, \"messages\": []}")
                            .createdAt())
                    .as(time)
                    .isEqualTo(FALLBACK);
        }
    }

    private ConversationFile conversation(String text) throws IOException {
        return Optional.of(ConversationFile.read(written(text), FALLBACK))
                .map(read -> switch (read) {
                    case Read.Conversation(ConversationFile file) -> file;
                    case Read other -> throw new AssertionError(other);
                })
                .orElseThrow();
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("conversation.json"), text);
    }
}
