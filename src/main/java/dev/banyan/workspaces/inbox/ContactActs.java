package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.contacts.ContactMerge;
import dev.banyan.whatsapp.contacts.ContactMergeStore;
import dev.banyan.whatsapp.contacts.ContactMergeStore.Kind;
import dev.banyan.whatsapp.contacts.ContactMerges;
import dev.banyan.whatsapp.contacts.ContactsJoined;
import dev.banyan.whatsapp.contacts.ContactsParted;
import dev.banyan.whatsapp.contacts.PeopleGathered;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.messages.EchoStore;
import dev.banyan.whatsapp.session.ContactActed;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationEvents.Subject;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.inbox.Inbox.Changed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Brings to the inbox what contacts do with messages (edits, deletions, reactions), what is changed or read on the
/// phone, and that two contacts turned out to be one, which can be undone.
@Singleton
record ContactActs(Database database, InboxLines lines, ContactMerges merges) {

    static final String DELETED = "Message deleted";

    private static final Changed NO_MERGE = new Changed.Rejected(
            new Invalid("merge", "This contact wasn’t merged with another one in the last 48 hours"));

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
            case DriverEvent.Edited edited ->
                rewrite(tx, workspace, edited, edited.provider(), edited.text())
                        .ifPresent(in -> new ConversationWordStore(tx)
                                .add(workspace.owner().tenant(), workspace.id(), in, edited.text()));
            case DriverEvent.Deleted deleted -> {
                var _ = rewrite(tx, workspace, deleted, deleted.provider(), DELETED);
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

    /// @return the thread that has the message, which may be one that no longer goes on; empty if none has it: it is of
    ///     a group, or came before the workspace had the number
    private Optional<ConversationId> rewrite(
            Tx tx, Workspace workspace, DriverEvent.OfContact event, String provider, String text) {
        AccountId tenant = event.sender().tenant();
        SenderId number = event.sender().id();
        var messages = new ThreadMessageStore(tx);
        return new IncomingStore(tx)
                .find(tenant, number, provider)
                .map(IncomingMessage::id)
                .or(() -> new EchoStore(tx).find(tenant, number, provider))
                .flatMap(message -> messages.at(tenant, workspace.id(), message))
                .map(place -> {
                    messages.rewrite(tenant, workspace.id(), place.thread(), place.message(), text);
                    lines.changed(tx, workspace, place.thread(), InboxChanged.What.MESSAGE);
                    return place.thread();
                });
    }

    /// Contacts are who they were, under addresses that more numbers know.
    void peopleGathered(@Observes PeopleGathered gathered) {
        new ContactStore(gathered.tx()).rename(gathered.tenant(), gathered.people(), gathered.from(), gathered.to());
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
        Optional<Contact> other = contacts.at(tenant, workspace.id(), joined.to());
        if (other.isEmpty()) {
            contacts.move(tenant, workspace.id(), contact, joined.to());
            note(joined, Kind.CONTACT, contact.id(), true);
            joined.to()
                    .phone()
                    .ifPresent(phone ->
                            lines.add(tx, workspace, thread, "This contact’s phone number is " + phone.shown()));
        } else {
            lines.add(
                    tx,
                    workspace,
                    thread,
                    joined.to()
                            .phone()
                            .map(phone -> "This is " + phone.shown()
                                    + ". The conversation goes on in the thread of that number")
                            .orElse("Another of your numbers knows this contact. The conversation goes on in the"
                                    + " contact’s other thread"));
            note(joined, Kind.CONTACT, other.get().id(), false);
            goOn(joined, workspace, thread, contacts.conversation(tenant, workspace.id(), joined.to()));
        }
    }

    /// A thread that is open goes on in the other one, as it is: its contact may wait for an answer, or for a person.
    private void goOn(ContactsJoined joined, Workspace workspace, ConversationId from, ConversationId in) {
        Tx tx = joined.tx();
        AccountId tenant = joined.tenant();
        var threads = new ThreadStore(tx);
        Optional<InboxThread> open =
                new ThreadListStore(tx).find(tenant, workspace.id(), from).filter(InboxThread::isOpen);
        Optional<InboxThread> other = new ThreadListStore(tx).find(tenant, workspace.id(), in);
        if (open.isPresent() && other.isEmpty()) {
            return; // there is none to go on in
        }
        open.ifPresent(left -> {
            note(
                    joined,
                    Kind.THREAD,
                    from.value(),
                    other.filter(InboxThread::isOpen).isPresent());
            lines.add(
                    tx,
                    workspace,
                    in,
                    "The open conversation with " + joined.from().shown() + " goes on here");
            if (left.handedOver()) {
                threads.setHandedOver(tenant, workspace.id(), in, true);
            }
            left.assignee()
                    .filter(_ -> other.flatMap(InboxThread::assignee).isEmpty())
                    .ifPresent(by -> threads.setAssignee(tenant, workspace.id(), in, Optional.of(by.user())));
        });
        if (threads.goOn(tenant, workspace.id(), from, in)) {
            lines.events().reopened(tx, Subject.with(tenant, workspace.id(), in, joined.to()), Optional.empty());
        }
        lines.changed(tx, workspace, from, InboxChanged.What.THREAD);
        lines.changed(tx, workspace, in, InboxChanged.What.THREAD);
    }

    private static void note(ContactsJoined joined, Kind kind, UUID key, boolean isMoved) {
        new ContactMergeStore(joined.tx()).note(joined.tenant(), joined.merge(), kind, key.toString(), isMoved);
    }

    /// Returns the merge that a thread's contact came out of, while it can be undone.
    Optional<ContactMerge> merge(Member member, InboxThread thread) {
        return thread.contact()
                .flatMap(contact -> database.read(tx -> InboxAccess.to(tx, member)
                        .flatMap(workspace ->
                                merges.find(tx, workspace.owner().tenant(), contact.id(), contact.address()))));
    }

    /// Makes two contacts of one again.
    Changed undoMerge(Member member, ConversationId id) {
        return database.write(tx -> InboxAccess.to(tx, member)
                .flatMap(workspace -> new ThreadListStore(tx)
                        .find(workspace.owner().tenant(), workspace.id(), id)
                        .map(thread -> undoMerge(tx, workspace, member, thread)))
                .orElseGet(Changed.NotFound::new));
    }

    private Changed undoMerge(Tx tx, Workspace workspace, Member member, InboxThread thread) {
        AccountId tenant = workspace.owner().tenant();
        return thread.contact()
                .flatMap(contact -> merges.find(tx, tenant, contact.id(), contact.address()))
                .<Changed>map(merge -> {
                    merges.undo(tx, tenant, merge, member.user().username());
                    return new Changed.Done(new ThreadListStore(tx)
                            .find(tenant, workspace.id(), thread.id())
                            .orElseThrow());
                })
                .orElse(NO_MERGE);
    }

    /// The two were two people after all, in each workspace where they became one.
    void contactsParted(@Observes ContactsParted parted) {
        Tx tx = parted.tx();
        AccountId tenant = parted.tenant();
        ContactMerge merge = parted.merge();
        var contacts = new ContactStore(tx);
        for (WorkspaceId id : contacts.knowing(tenant, merge.contact())) {
            Contact contact = contacts.at(tenant, id, merge.contact()).orElseThrow();
            new ContactMergeStore(tx)
                    .noted(tenant, merge.id(), Kind.CONTACT, contact.id().toString())
                    .ifPresent(isMoved -> new WorkspaceStore(tx)
                            .findById(id)
                            .map(WorkspaceStore.Visited::workspace)
                            .ifPresent(workspace -> part(parted, workspace, contact, isMoved)));
        }
    }

    /// @param isMoved whether the contact had the former address, and no one else had the other
    private void part(ContactsParted parted, Workspace workspace, Contact contact, boolean isMoved) {
        Tx tx = parted.tx();
        AccountId tenant = parted.tenant();
        ContactMerge merge = parted.merge();
        var contacts = new ContactStore(tx);
        ConversationId other = contacts.conversation(tenant, workspace.id(), merge.contact());
        // A former phone number may be someone else's by now.
        boolean goesBack =
                isMoved && contacts.at(tenant, workspace.id(), merge.former()).isEmpty();
        tell(parted, workspace, other, goesBack ? merge.contact() : merge.former());
        if (goesBack) {
            contacts.move(tenant, workspace.id(), contact, merge.former());
        }
        if (isMoved) {
            return;
        }
        ConversationId thread = contacts.conversation(tenant, workspace.id(), merge.former());
        if (new ThreadStore(tx).lock(tenant, workspace.id(), thread).isEmpty()) {
            return;
        }
        new ContactMergeStore(tx)
                .noted(tenant, merge.id(), Kind.THREAD, thread.toString())
                .ifPresent(wasOpen -> {
                    new ThreadStore(tx).setState(tenant, workspace.id(), thread, InboxThread.State.OPEN);
                    waitAgain(tx, tenant, workspace.id(), thread, Instant.EPOCH);
                    waitAgain(tx, tenant, workspace.id(), other, wasOpen ? Instant.EPOCH : merge.mergedAt());
                });
        tell(parted, workspace, thread, merge.contact());
    }

    /// Each contact waits for the answer to what is in its own thread since then.
    private static void waitAgain(Tx tx, AccountId tenant, WorkspaceId workspace, ConversationId id, Instant from) {
        new ThreadListStore(tx)
                .find(tenant, workspace, id)
                .ifPresent(thread -> new ThreadStore(tx)
                        .setWaiting(
                                tenant,
                                workspace,
                                id,
                                new ThreadMessageStore(tx)
                                        .waitsSince(tenant, workspace, id, thread.personWanted(), from)));
    }

    private void tell(ContactsParted parted, Workspace workspace, ConversationId thread, ContactAddress other) {
        lines.add(parted.tx(), workspace, thread, parted.by() + " separated this contact from " + other.shown());
        lines.changed(parted.tx(), workspace, thread, InboxChanged.What.THREAD);
    }
}
