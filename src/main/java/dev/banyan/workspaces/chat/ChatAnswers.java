package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.assistant.Answering;
import dev.banyan.workspaces.assistant.Assistant;
import io.quarkus.logging.Log;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The assistant's answers in the chat. A conversation has one answer in progress at a time; messages that arrive
/// meanwhile are stored and answered next, also after a crash, because the client asks for the answer when it
/// reconnects.
@Singleton
public final class ChatAnswers {

    /// How many messages back the assistant reads.
    static final int HISTORY = 40;

    static final int ANSWERED_AT_ONCE = 50;

    private record ConversationKey(Participant whose, ConversationId conversation) {}

    /// @param introduction how its answer begins; empty if the assistant has answered before
    private record Asked(Assistant.Question question, String introduction) {

        private long covers() {
            return question.unanswered().getLast().position();
        }
    }

    private final Database database;
    private final Assistant assistant;
    private final AnswerRecorder recorder;
    private final ExecutorService threads;
    private final Event<AnswerWritten> written;
    private final Event<AnswerDropped> dropped;
    private final Map<ConversationKey, AnswerStream> running = new ConcurrentHashMap<>();

    ChatAnswers(
            Database database,
            Assistant assistant,
            AnswerRecorder recorder,
            @VirtualThreads ExecutorService threads,
            Event<AnswerWritten> written,
            Event<AnswerDropped> dropped) {
        this.database = database;
        this.assistant = assistant;
        this.recorder = recorder;
        this.threads = threads;
        this.written = written;
        this.dropped = dropped;
    }

    /// Starts answering what the assistant hasn't tried to answer yet, such as a message from before a crash; does
    /// nothing if everything is answered. If an answer is being written, the rest is answered after it.
    ///
    /// @return completes when nothing is left to answer
    public CompletableFuture<Void> begin(Participant whose, ConversationId id) {
        return begin(whose, id, false);
    }

    /// The same, and also retries answers that failed.
    CompletableFuture<Void> tryAgain(Participant whose, ConversationId id) {
        return begin(whose, id, true);
    }

    /// Waits until everything is answered.
    ///
    /// @return whether it is; otherwise answering continues
    public boolean await(Participant whose, ConversationId id, Duration atMost) {
        try {
            begin(whose, id).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException _) {
            return false; // already logged
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CompletableFuture<Void> begin(Participant whose, ConversationId id, boolean again) {
        var where = new ConversationKey(whose, id);
        var fresh = new AnswerStream(whose, id, written);
        AnswerStream run = running.compute(where, (_, before) -> {
            AnswerStream now = before == null ? fresh : before;
            now.goOn(again);
            return now;
        });
        if (run == fresh) {
            threads.execute(() -> write(where, run));
        }
        return run.end();
    }

    private void write(ConversationKey where, AnswerStream run) {
        try {
            while (running.computeIfPresent(where, (_, now) -> now.takeMore() ? now : null) != null) {
                answer(where, run);
            }
            run.end().complete(null);
        } catch (RuntimeException failure) {
            running.remove(where, run);
            Log.error("An answer failed; the client's next hello tries again", failure);
            run.end().completeExceptionally(failure);
        }
    }

    /// Whether an answer is being written.
    boolean isWriting(Participant whose, ConversationId id) {
        return running.containsKey(new ConversationKey(whose, id));
    }

    /// Stops the answer being written; the text so far is kept.
    void stop(Participant whose, ConversationId id) {
        Optional.ofNullable(running.get(new ConversationKey(whose, id))).ifPresent(AnswerStream::stop);
    }

    /// Sends an answer in progress to a listener that joins in the middle.
    void tell(Participant whose, ConversationId id, Consumer<AnswerWritten> listener) {
        Optional.ofNullable(running.get(new ConversationKey(whose, id))).ifPresent(run -> run.tell(listener));
    }

    private void answer(ConversationKey where, AnswerStream run) {
        boolean again = run.takeAgain();
        Optional<Asked> found = database.read(tx ->
                question(tx, where, again).map(question -> new Asked(question, introduction(tx, where))));
        if (found.isEmpty()) {
            return;
        }
        Asked asked = found.get();
        long covers = asked.covers();
        Answering answering = run.begin(covers, asked.introduction());
        boolean kept = false;
        try {
            Assistant.Answer answer = introduced(asked.introduction(), assistant.answer(asked.question(), answering));
            String said = run.finish();
            kept = answering.isStopped()
                    ? recorder.stopped(where.whose(), where.conversation(), covers, said)
                    : recorder.answered(where.whose(), where.conversation(), covers, answer);
        } finally {
            run.finish();
            if (!kept) {
                dropped.fire(new AnswerDropped(where.whose(), where.conversation()));
            }
        }
    }

    private static String introduction(Tx tx, ConversationKey where) {
        Participant whose = where.whose();
        return new ConversationStore(tx).hasAnswer(whose, where.conversation())
                ? ""
                : new WorkspaceStore(tx)
                        .findById(whose.workspace())
                        .map(found -> Assistant.introduction(found.workspace()))
                        .orElse("");
    }

    /// An answer that failed says only why, and the next one is the first.
    private static Assistant.Answer introduced(String introduction, Assistant.Answer answer) {
        return answer.text().isBlank()
                ? answer
                : switch (answer) {
                    case Assistant.Answer.Said(String text) -> new Assistant.Answer.Said(introduction + text);
                    case Assistant.Answer.HandedOver(String text) ->
                        new Assistant.Answer.HandedOver(introduction + text);
                    case Assistant.Answer.Failed failed -> failed;
                };
    }

    private static Optional<Assistant.Question> question(Tx tx, ConversationKey where, boolean again) {
        Participant whose = where.whose();
        ConversationId id = where.conversation();
        var store = new ConversationStore(tx);
        if (store.find(whose, id).filter(found -> !found.handedOver()).isEmpty()) {
            return Optional.empty();
        }
        List<Message> unanswered = store.unanswered(whose, id, ANSWERED_AT_ONCE);
        if (unanswered.isEmpty() || !again && unanswered.getLast().position() <= store.tried(whose, id)) {
            return Optional.empty();
        }
        var open = new HashSet<>(unanswered);
        List<Message> history = store.history(whose, id, HISTORY + unanswered.size()).stream()
                .filter(message -> !open.contains(message))
                .toList();
        return store.workspaceName(whose)
                .map(name -> new Assistant.Question(
                        whose.tenant(),
                        whose.workspace(),
                        name,
                        history.subList(Math.max(0, history.size() - HISTORY), history.size()),
                        unanswered,
                        store.username(whose)));
    }
}
