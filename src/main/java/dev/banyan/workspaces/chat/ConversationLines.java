package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationEvents;
import dev.banyan.workspaces.ConversationEvents.Subject;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Adds messages to conversations that the caller has locked, updates the search index, tells webhooks, and notifies
/// open sockets after the commit.
@Singleton
record ConversationLines(Event<ConversationGrew> grew, ConversationEvents events) {

    /// Appends a message.
    ///
    /// @param to as locked in this transaction
    /// @return the updated conversation
    Conversation append(Tx tx, Participant whose, Conversation to, Message message, List<Attachment> files) {
        new ConversationStore(tx).append(whose, to.id(), message);
        new ConversationWordStore(tx).add(whose.tenant(), whose.workspace(), to.id(), message.text());
        events.written(tx, Subject.chat(whose, to), message);
        Conversation after = to.with(message);
        Map<UUID, List<Attachment>> attachments = files.isEmpty() ? Map.of() : Map.of(message.id(), files);
        tx.afterCommit(() -> grew.fire(new ConversationGrew(whose, after, List.of(message), attachments)));
        return after;
    }

    /// Sets a title.
    ///
    /// @param stays whether a person chose it
    Conversation title(Tx tx, Participant whose, Conversation to, String title, boolean stays) {
        var store = new ConversationStore(tx);
        if (stays) {
            store.name(whose, to.id(), title);
        } else {
            store.setTitle(whose, to.id(), title);
        }
        new ConversationWordStore(tx).add(whose.tenant(), whose.workspace(), to.id(), title);
        return store.find(whose, to.id()).orElseThrow();
    }

    /// Notifies sockets of a new title.
    void changed(Tx tx, Participant whose, Conversation now) {
        tx.afterCommit(() -> grew.fire(new ConversationGrew(whose, now, List.of(), Map.of())));
    }
}
