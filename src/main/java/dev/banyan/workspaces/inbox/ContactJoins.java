package dev.banyan.workspaces.inbox;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.contacts.ContactsJoined;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What becomes of threads when a contact turns out to be someone who is known by another address.
@Singleton
final class ContactJoins {

    private final InboxLines lines;

    ContactJoins(InboxLines lines) {
        this.lines = lines;
    }

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
