package dev.banyan.workspaces.chat;

import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.assistant.Answering;
import jakarta.enterprise.event.Event;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The answers of one conversation while they are written, one after the other: what was said so far, for who comes in
/// the middle of it, and a way to stop.
final class AnswerStream {

    private final Participant whose;
    private final ConversationId conversation;
    private final Event<AnswerWritten> written;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final StringBuilder said = new StringBuilder();
    private Answering answering = new Answering(_ -> {});
    private long covers;
    private boolean writing;
    private boolean more;
    private boolean again;

    AnswerStream(Participant whose, ConversationId conversation, Event<AnswerWritten> written) {
        this.whose = whose;
        this.conversation = conversation;
        this.written = written;
    }

    /// Is done once nothing is left to answer.
    CompletableFuture<Void> end() {
        return end;
    }

    /// Goes on with what has come meanwhile, when this answer is complete.
    ///
    /// @param failed whether what could not be answered is to be tried again
    synchronized void goOn(boolean failed) {
        more = true;
        again |= failed;
    }

    /// What [#goOn] asked for; asks for it once.
    synchronized boolean takeMore() {
        boolean asked = more;
        more = false;
        return asked;
    }

    synchronized boolean takeAgain() {
        boolean asked = again;
        again = false;
        return asked;
    }

    /// @return where the assistant writes the next answer
    synchronized Answering begin(long answered) {
        said.setLength(0);
        covers = answered;
        answering = new Answering(this::say);
        writing = true;
        written.fire(new AnswerWritten(whose, conversation, covers, "", true));
        return answering;
    }

    private synchronized void say(String words) {
        if (writing) {
            said.append(words);
            written.fire(new AnswerWritten(whose, conversation, covers, words, false));
        }
    }

    /// From here on it stands in the database, or nowhere.
    ///
    /// @return what was said
    synchronized String finish() {
        writing = false;
        return said.toString();
    }

    /// Tells all until now to who comes in the middle; what comes then, comes to all.
    synchronized void tell(Consumer<AnswerWritten> listener) {
        if (writing) {
            listener.accept(new AnswerWritten(whose, conversation, covers, said.toString(), true));
        }
    }

    /// Outside of the lock: who writes may wait for it.
    void stop() {
        Answering running;
        synchronized (this) {
            running = answering;
        }
        running.stop();
    }
}
