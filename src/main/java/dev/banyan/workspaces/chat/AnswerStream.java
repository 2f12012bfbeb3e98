package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.assistant.Answering;
import jakarta.enterprise.event.Event;

/// The answers of one conversation while they are written, one after the other: the text so far for listeners that join
/// in the middle, and a way to stop.
final class AnswerStream {

    private final Participant whose;
    private final ConversationId conversation;
    private final Event<AnswerWritten> written;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final StringBuilder said = new StringBuilder();
    private Answering answering = new Answering(_ -> {});
    private String beginning = "";
    private long covers;
    private boolean writing;
    private boolean more;
    private boolean again;

    AnswerStream(Participant whose, ConversationId conversation, Event<AnswerWritten> written) {
        this.whose = whose;
        this.conversation = conversation;
        this.written = written;
    }

    /// Completes when nothing is left to answer.
    CompletableFuture<Void> end() {
        return end;
    }

    /// Continues with newer messages when this answer is complete.
    ///
    /// @param failed whether to retry failed answers
    synchronized void goOn(boolean failed) {
        more = true;
        again |= failed;
    }

    /// Returns whether [#goOn] was called, and resets it.
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

    /// @param first what comes before the words of the assistant
    /// @return receives the next answer of the assistant
    synchronized Answering begin(long answered, String first) {
        said.setLength(0);
        beginning = first;
        covers = answered;
        answering = new Answering(this::say);
        writing = true;
        written.fire(new AnswerWritten(whose, conversation, covers, "", true));
        return answering;
    }

    private synchronized void say(String words) {
        if (writing) {
            String more = said.isEmpty() ? beginning + words : words;
            said.append(more);
            written.fire(new AnswerWritten(whose, conversation, covers, more, false));
        }
    }

    /// Ends the answer: from here on it is in the database or discarded.
    ///
    /// @return its text
    synchronized String finish() {
        writing = false;
        return said.toString();
    }

    /// Sends the text so far to a listener that joins in the middle; the rest reaches all listeners.
    synchronized void tell(Consumer<AnswerWritten> listener) {
        if (writing) {
            listener.accept(new AnswerWritten(whose, conversation, covers, said.toString(), true));
        }
    }

    /// Stops outside the lock: the writer may be waiting for it.
    void stop() {
        Answering running;
        synchronized (this) {
            running = answering;
        }
        running.stop();
    }
}
