package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationEvents;
import dev.banyan.workspaces.ConversationEvents.Subject;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.InboxThread.Last;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.chat.ConversationGrew;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Writes to threads that the caller has locked, and notifies open inboxes.
@Singleton
final class InboxLines {

    static final String BACK = "Our team has closed this conversation. I’m answering again from here.";

    private final Uuids uuids;
    private final Clock clock;
    private final Event<InboxChanged> changed;
    private final Event<ConversationGrew> grew;
    private final ConversationEvents events;

    InboxLines(
            Uuids uuids,
            Clock clock,
            Event<InboxChanged> changed,
            Event<ConversationGrew> grew,
            ConversationEvents events) {
        this.uuids = uuids;
        this.clock = clock;
        this.changed = changed;
        this.grew = grew;
        this.events = events;
    }

    /// What webhooks hear of.
    ConversationEvents events() {
        return events;
    }

    Instant now() {
        return clock.instant();
    }

    void changed(Tx tx, Workspace workspace, ConversationId id, InboxChanged.What what) {
        tx.afterCommit(() -> changed.fire(new InboxChanged(workspace.id(), id, what)));
    }

    /// Adds a line about an action, visible in the inbox only. Left out if there is no room for it.
    void add(Tx tx, Workspace workspace, ConversationId id, String text) {
        beside(tx, workspace, id, Optional.empty(), Optional.empty(), text, 0);
    }

    /// Adds a note, or a system line if it has no author.
    ///
    /// @return empty if there is no room for another one after the last message
    Optional<Message> beside(
            Tx tx,
            Workspace workspace,
            ConversationId id,
            Optional<Message.By> by,
            Optional<String> key,
            String text,
            int attachments) {
        AccountId tenant = workspace.owner().tenant();
        var threads = new ThreadStore(tx);
        long last = threads.lock(tenant, workspace.id(), id).orElseThrow().messages();
        Optional<Message> note = new ThreadMessageStore(tx)
                .placeBeside(tenant, workspace.id(), id, last)
                .map(place -> new Message(
                        uuids.next(),
                        place,
                        Author.NOTE,
                        text,
                        by,
                        key,
                        Optional.empty(),
                        attachments,
                        Message.End.WHOLE,
                        now()));
        note.ifPresent(written -> threads.append(tenant, workspace.id(), id, written));
        changed(tx, workspace, id, InboxChanged.What.MESSAGE);
        return note;
    }

    /// Adds a message to the chat of a user who waits in the inbox, and sends it to their open windows.
    void inChat(Tx tx, Workspace workspace, InboxThread thread, Message message, List<Attachment> attachments) {
        var whose = new Participant(
                workspace.owner().tenant(),
                workspace.id(),
                thread.user().orElseThrow().user());
        var conversations = new ConversationStore(tx);
        conversations.append(whose, thread.id(), message);
        events.written(tx, Subject.of(workspace, thread), message);
        Conversation after = conversations.find(whose, thread.id()).orElseThrow();
        Map<UUID, List<Attachment>> files = attachments.isEmpty() ? Map.of() : Map.of(message.id(), attachments);
        tx.afterCommit(() -> grew.fire(new ConversationGrew(whose, after, List.of(message), files)));
    }

    /// Tells a user that the assistant answers again. Messages so far count as answered.
    void assistantIsBack(Tx tx, Workspace workspace, InboxThread thread) {
        var message = Message.of(uuids.next(), thread.messages() + 1, Author.ASSISTANT, BACK, Optional.empty(), now());
        inChat(tx, workspace, thread, message, List.of());
        new ThreadStore(tx).wrote(workspace.owner().tenant(), workspace.id(), thread.id(), Last.of(message));
    }
}
