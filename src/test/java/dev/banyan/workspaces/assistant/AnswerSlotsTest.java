package dev.banyan.workspaces.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.assistant.Assistant.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One workspace with many slow answers must leave capacity for others.
@Timeout(Eventually.SECONDS)
final class AnswerSlotsTest {

    private static final WorkspaceId SALES =
            WorkspaceId.parse("scl_1700000000000_abcdefghi").orElseThrow();
    private static final WorkspaceId CARE =
            WorkspaceId.parse("scl_1700000000001_abcdefghi").orElseThrow();
    private static final Answer SAID = new Answer.Said("yes");

    private final AnswerSlots turns = new AnswerSlots();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Integer> begun = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private CompletableFuture<Optional<Answer>> ask(int number, Answering answering) {
        var asked = CompletableFuture.supplyAsync(
                () -> turns.take(SALES, answering, () -> {
                    begun.add(number);
                    try {
                        ends.take();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                    return SAID;
                }),
                threads);
        int waiting = Math.max(0, number - AnswerSlots.AT_ONCE);
        become(() -> waiting == 0 ? begun.contains(number) : turns.waiting(SALES) == waiting);
        return asked;
    }

    private static void become(Supplier<Boolean> condition) {
        Eventually.until(condition, Boolean::booleanValue);
    }

    private CompletableFuture<Optional<Answer>> ask(int number) {
        return ask(number, new Answering(_ -> {}));
    }

    @Test
    void aWorkspaceHasFiveAtOnceAndTheOthersComeInTheirOrder() {
        for (int number = 1; number <= 8; number++) {
            ask(number);
        }
        assertThat(begun).hasSize(5);
        assertThat(turns.take(CARE, new Answering(_ -> {}), () -> SAID))
                .as("another workspace does not wait")
                .contains(SAID);

        for (int number = 6; number <= 8; number++) {
            ends.add("one");
            int next = number;
            become(() -> begun.contains(next));
            assertThat(begun).hasSize(number);
        }
        ends.addAll(List.of("1", "2", "3", "4", "5"));
        become(turns::areIdle);
    }

    @Test
    void whoIsStoppedWhileWaitingIsLeftOut() {
        for (int number = 1; number <= 5; number++) {
            ask(number);
        }
        var stopped = new Answering(_ -> {});
        var sixth = ask(6, stopped);
        var seventh = ask(7);

        stopped.stop();

        assertThat(sixth.join()).isEmpty();
        ends.addAll(List.of("1", "2", "3", "4", "5", "6"));
        assertThat(seventh.join()).contains(SAID);
        assertThat(begun).doesNotContain(6);
        become(turns::areIdle);
    }

    @Test
    void aFailureGivesTheTurnBack() {
        for (int number = 0; number <= AnswerSlots.AT_ONCE; number++) {
            assertThatThrownBy(() -> turns.take(SALES, new Answering(_ -> {}), () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(turns.areIdle()).isTrue();
    }
}
