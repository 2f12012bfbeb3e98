package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.AnswerKey;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.HandoverRequested;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.assistant.Assistant;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Stores the assistant's answers in their conversations.
@Singleton
record AnswerRecorder(
        Database database, ConversationLines lines, Event<HandoverRequested> awaited, Uuids uuids, Clock clock) {

    private static final int LONGEST = 8_000;

    /// @param text the text to store in the conversation
    private record Ended(String text, Message.End end, boolean handsOver) {}

    /// Stores what was written until a person stopped it.
    ///
    /// @return whether it was stored; false if the conversation is gone, a person answers, or another node was
    ///     faster
    boolean stopped(Participant whose, ConversationId conversation, long covers, String said) {
        return keep(whose, conversation, covers, new Ended(cut(said), Message.End.STOPPED, false));
    }

    /// Stores a whole answer, or that there is none, in the same way.
    boolean answered(Participant whose, ConversationId conversation, long covers, Assistant.Answer answer) {
        String text = cut(answer.text());
        return keep(
                whose,
                conversation,
                covers,
                switch (answer) {
                    case Assistant.Answer.Said _ -> new Ended(text, Message.End.WHOLE, false);
                    case Assistant.Answer.HandedOver _ -> new Ended(text, Message.End.WHOLE, true);
                    case Assistant.Answer.Failed _ -> new Ended(text, Message.End.FAILED, false);
                });
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return text.substring(0, end) + "…";
    }

    private boolean keep(Participant whose, ConversationId conversation, long covers, Ended ended) {
        return database.write(tx -> {
            var store = new ConversationStore(tx);
            Optional<Conversation> locked = store.lock(whose, conversation)
                    .filter(found -> !found.handedOver() && isOpen(store, whose, found, covers));
            locked.ifPresent(to -> keep(tx, whose, to, covers, ended));
            return locked.isPresent();
        });
    }

    private static boolean isOpen(ConversationStore store, Participant whose, Conversation to, long covers) {
        return store.unanswered(whose, to.id(), ChatAnswers.ANSWERED_AT_ONCE).stream()
                .anyMatch(message -> message.position() <= covers);
    }

    private void keep(Tx tx, Participant whose, Conversation to, long covers, Ended ended) {
        long position = to.messages() + 1;
        var message = new Message(
                uuids.next(),
                position,
                Author.ASSISTANT,
                ended.text(),
                Optional.empty(),
                Optional.of(
                        ended.end() == Message.End.FAILED ? AnswerKey.failed(covers, position) : AnswerKey.of(covers)),
                Optional.empty(),
                0,
                ended.end(),
                clock.instant());
        Conversation after = lines.append(tx, whose, to, message, List.of());
        if (ended.handsOver()) {
            new ConversationStore(tx).setHandedOver(whose, to.id(), true);
            awaited.fire(new HandoverRequested(tx, whose, after, message));
        }
    }
}
