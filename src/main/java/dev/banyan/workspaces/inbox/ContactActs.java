package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.contacts.ContactsJoined;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.session.ContactActed;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Brings to the inbox what contacts do with messages (edits, deletions, reactions), and that someone read theirs on
/// the phone.
@Singleton
final class ContactActs {

    static final String DELETED = "Message deleted";

    private final InboxLines lines;

    ContactActs(InboxLines lines) {
        this.lines = lines;
    }

    /// Ignores numbers that no workspace uses.
    void contactActed(@Observes ContactActed acted) {
        SenderKey sender = acted.event().sender();
        new WorkspaceStore(acted.tx())
                .findByWhatsappClient(sender.tenant(), acted.pool().value())
                .ifPresent(workspace -> change(acted.tx(), workspace, acted.event()));
    }

    private void change(Tx tx, Workspace workspace, DriverEvent.OfContact event) {
        ConversationId id = new ContactStore(tx).conversation(workspace.owner().tenant(), workspace.id(), event.from());
        switch (event) {
            case DriverEvent.Edited edited -> {
                rewrite(tx, workspace, id, edited.sender(), edited.provider(), edited.text());
                new ConversationWordStore(tx).add(workspace.owner().tenant(), workspace.id(), id, edited.text());
                lines.changed(tx, workspace, id, InboxChanged.What.MESSAGE);
            }
            case DriverEvent.Deleted deleted -> {
                rewrite(tx, workspace, id, deleted.sender(), deleted.provider(), DELETED);
                lines.changed(tx, workspace, id, InboxChanged.What.MESSAGE);
            }
            case DriverEvent.Seen seen -> seen(tx, workspace, id, seen);
            case DriverEvent.Reacted _ -> lines.changed(tx, workspace, id, InboxChanged.What.MESSAGE);
            case DriverEvent.Received _, DriverEvent.Echoed _, DriverEvent.Typing _ -> {}
        }
    }

    /// What the contact wrote after it is still unread.
    private void seen(Tx tx, Workspace workspace, ConversationId id, DriverEvent.Seen seen) {
        AccountId tenant = workspace.owner().tenant();
        new ThreadStore(tx).lock(tenant, workspace.id(), id);
        long unread = new ThreadListStore(tx)
                .find(tenant, workspace.id(), id)
                .map(InboxThread::unread)
                .orElse(0L);
        if (unread == 0) {
            return;
        }
        new IncomingStore(tx)
                .find(tenant, seen.sender().id(), seen.provider())
                .flatMap(message -> new ThreadMessageStore(tx).ofContactAfter(tenant, workspace.id(), id, message.id()))
                .filter(left -> left < unread)
                .ifPresent(left -> {
                    new ThreadStore(tx).setUnread(tenant, workspace.id(), id, left);
                    lines.changed(tx, workspace, id, InboxChanged.What.THREAD);
                });
    }

    private static void rewrite(
            Tx tx, Workspace workspace, ConversationId id, SenderKey sender, String provider, String text) {
        new IncomingStore(tx).find(sender.tenant(), sender.id(), provider).ifPresent(message -> {
            UUID known = message.id();
            new ThreadMessageStore(tx).rewrite(sender.tenant(), workspace.id(), id, known, text);
        });
    }

    /// A contact turned out to be someone who is known by another address.
    void contactsJoined(@Observes ContactsJoined joined) {
        Tx tx = joined.tx();
        new ContactStore(tx)
                .knowing(joined.tenant(), joined.from())
                .forEach(id -> new WorkspaceStore(tx)
                        .findById(id)
                        .map(WorkspaceStore.Visited::workspace)
                        .ifPresent(workspace -> join(tx, workspace, joined)));
    }

    /// The thread goes on under the number. If there is one of that number already, it goes on there: people see both,
    /// and which one is read.
    private void join(Tx tx, Workspace workspace, ContactsJoined joined) {
        AccountId tenant = joined.tenant();
        var contacts = new ContactStore(tx);
        Contact contact = contacts.at(tenant, workspace.id(), joined.from()).orElseThrow();
        ConversationId thread = contacts.conversation(tenant, workspace.id(), joined.from());
        if (contacts.at(tenant, workspace.id(), joined.to()).isEmpty()) {
            contacts.move(tenant, workspace.id(), contact, joined.to());
            lines.add(
                    tx,
                    workspace,
                    thread,
                    "This contact’s phone number is " + joined.to().shown());
        } else {
            lines.add(
                    tx,
                    workspace,
                    thread,
                    "This is " + joined.to().shown() + ". The conversation goes on in the thread of that number");
            new ThreadStore(tx).setState(tenant, workspace.id(), thread, InboxThread.State.CLOSED);
            lines.changed(tx, workspace, thread, InboxChanged.What.THREAD);
        }
    }
}
