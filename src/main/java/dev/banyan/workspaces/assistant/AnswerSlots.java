package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.assistant.Assistant.Answer;

/// Limits how many answers of a workspace language models write at once; others wait in line. A model server accepts a
/// limited number of calls from here, and one workspace must not use them all.
final class AnswerSlots {

    static final int AT_ONCE = 5;

    /// The slots of one workspace. Changed only while its entry in the map is locked.
    private static final class Turns {
        private final Queue<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();
        private int writing;
    }

    private final Map<WorkspaceId, Turns> turns = new ConcurrentHashMap<>();

    /// Runs `write` when its turn comes.
    ///
    /// @return empty if it was stopped before
    Optional<Answer> take(WorkspaceId workspace, Answering answering, Supplier<Answer> write) {
        CompletableFuture<Boolean> turn = queue(workspace);
        answering.onStop(() -> turn.complete(false));
        if (!turn.join()) {
            return Optional.empty();
        }
        try {
            return Optional.of(write.get());
        } finally {
            passOn(workspace);
        }
    }

    private CompletableFuture<Boolean> queue(WorkspaceId workspace) {
        var turn = new CompletableFuture<Boolean>();
        turns.compute(workspace, (_, before) -> {
            Turns now = before == null ? new Turns() : before;
            if (now.writing < AT_ONCE) {
                now.writing++;
                turn.complete(true);
            } else {
                now.waiting.add(turn);
            }
            return now;
        });
        return turn;
    }

    /// Gives the slot to the next in line; answers that were stopped while waiting are skipped here.
    private void passOn(WorkspaceId workspace) {
        turns.computeIfPresent(workspace, (_, now) -> {
            for (var next = now.waiting.poll(); next != null; next = now.waiting.poll()) {
                if (next.complete(true)) {
                    return now;
                }
            }
            now.writing--;
            return now.writing == 0 ? null : now;
        });
    }

    /// How many answers of a workspace are waiting, including stopped ones that haven't been skipped yet.
    int waiting(WorkspaceId workspace) {
        var number = new AtomicInteger();
        turns.computeIfPresent(workspace, (_, now) -> {
            number.set(now.waiting.size());
            return now;
        });
        return number.get();
    }

    /// Whether no answer is being written or waiting, and no state is left.
    boolean areIdle() {
        return turns.isEmpty();
    }
}
