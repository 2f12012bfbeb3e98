package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Text;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.MessageContents;
import dev.banyan.whatsapp.messages.MessagesOrdered;
import dev.banyan.whatsapp.messages.QueueStore;
import dev.banyan.whatsapp.session.WrittenOnPhone;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationEvents;
import dev.banyan.workspaces.ConversationEvents.Subject;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.HandoverRequested;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.InboxThread.Channel;
import dev.banyan.workspaces.InboxThread.Last;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.chat.Attachments;
import dev.banyan.workspaces.chat.ConversationDeleted;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Adds incoming WhatsApp messages and the assistant's handovers to the inbox, in the transaction that stores them, so
/// that neither exists without the other.
@Singleton
record InboxArrivals(
        Attachments attachments, Event<InboxChanged> changed, Event<ContactWrote> wrote, ConversationEvents events) {

    /// The limit of a conversation title.
    private static final int LONGEST_TITLE = 60;

    /// What was sent this long before a conversation begins belongs to it.
    private static final Duration LATELY = Duration.ofDays(7);

    private static final int MOST_LATELY = 20;

    /// Ignores messages to numbers that no workspace uses.
    void messageArrives(@Observes MessageArriving message) {
        new WorkspaceStore(message.tx())
                .findByWhatsappClient(message.tenant(), message.pool().value())
                .ifPresent(workspace -> keep(message.tx(), workspace.id(), message));
    }

    private void keep(Tx tx, WorkspaceId workspace, MessageArriving message) {
        AccountId tenant = message.tenant();
        ConversationId id = new ContactStore(tx).conversation(tenant, workspace, message.from());
        String name = message.name().isBlank() ? message.from().shown() : message.name();
        var threads = new ThreadStore(tx);
        threads.beginConversation(tenant, workspace, id, title(name), message.at());
        Subject subject = Subject.with(tenant, workspace, id, message.from());
        ThreadStore.Held held = locked(tx, events, subject, message.pool(), message.from(), message.at());
        Contact told = Contact.met(workspace, message.from(), name, message.username(), message.at());
        Contact contact = contact(tx, tenant, workspace, id, told);
        var said = new Message(
                message.id(),
                new ThreadMessageStore(tx).makeRoom(tenant, workspace, held, message.at()),
                Author.CONTACT,
                message.text(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                message.media().isPresent() ? 1 : 0,
                Message.End.WHOLE,
                message.at());
        boolean isNew =
                threads.insert(tenant, workspace, id, Channel.WHATSAPP, Optional.of(contact.id()), Last.of(said));
        threads.append(tenant, workspace, id, said);
        Optional<Attachment> file = message.media()
                .map(media -> attachments.adopt(tx, tenant, workspace, id, media, message.mediaBytes(), said.id()));
        boolean reopened = received(tx, tenant, workspace, held, said, message.sender());
        message.content().ad().ifPresent(ad -> threads.setAd(tenant, workspace, id, ad));
        events.written(
                tx, subject, said, held.messages() == 0, message.content().ad(), file);
        if (reopened) {
            events.reopened(tx, subject, Optional.empty());
        }
        var words = new ConversationWordStore(tx);
        if (isNew) {
            words.addContact(tenant, workspace, id, contact.names(), contact.address());
        }
        words.add(tenant, workspace, id, said.text());
        tx.afterCommit(() -> {
            changed.fire(new InboxChanged(workspace, id, InboxChanged.What.MESSAGE));
            wrote.fire(new ContactWrote(tenant, workspace, id));
        });
    }

    /// What was answered on the phone before it came here waits for nobody.
    ///
    /// @return whether the thread was closed before
    private static boolean received(
            Tx tx, AccountId tenant, WorkspaceId workspace, ThreadStore.Held held, Message said, SenderId number) {
        var threads = new ThreadStore(tx);
        if (said.position() > held.messages()) {
            return threads.received(tenant, workspace, held.id(), Last.of(said), Optional.of(number));
        }
        return !new ThreadMessageStore(tx).isAnsweredOnPhone(tenant, workspace, held.id(), said.position())
                && threads.receivedLate(tenant, workspace, held.id(), Last.of(said), Optional.of(number));
    }

    /// Returns the contact; one known only by number gets the name from WhatsApp.
    private static Contact contact(Tx tx, AccountId tenant, WorkspaceId workspace, ConversationId id, Contact told) {
        var store = new ContactStore(tx);
        store.insert(tenant, workspace, told);
        Contact known = store.at(tenant, workspace, told.address()).orElseThrow();
        Contact now = known.told(told.name(), told.username(), told.updatedAt());
        if (!now.equals(known)) {
            store.change(tenant, workspace, now);
            new ConversationWordStore(tx).add(tenant, workspace, id, now.names());
        }
        return now;
    }

    private static String title(String name) {
        return Text.shortened(name, LONGEST_TITLE);
    }

    /// What is written on the phone is an answer, and the assistant stays out of it for a while. It opens no thread:
    /// one that begins with it needs work when the contact writes.
    void writtenOnPhone(@Observes WrittenOnPhone written) {
        new WorkspaceStore(written.tx())
                .findByWhatsappClient(written.message().tenant(), written.pool().value())
                .ifPresent(workspace -> {
                    if (isReaction(written.message())) {
                        reacted(written, workspace.id());
                    } else {
                        keep(written.tx(), workspace.id(), written);
                    }
                });
    }

    /// A reaction is shown at the message that it is for.
    private void reacted(WrittenOnPhone written, WorkspaceId workspace) {
        OutgoingMessage reaction = written.message();
        new ContactStore(written.tx())
                .conversations(reaction.tenant(), workspace, Set.of(reaction.to()))
                .values()
                .forEach(id -> written.tx()
                        .afterCommit(() -> changed.fire(new InboxChanged(workspace, id, InboxChanged.What.MESSAGE))));
    }

    private static boolean isReaction(OutgoingMessage message) {
        return message.content().detail() instanceof MessageContent.Reaction;
    }

    private void keep(Tx tx, WorkspaceId workspace, WrittenOnPhone written) {
        OutgoingMessage sent = written.message();
        AccountId tenant = sent.tenant();
        ConversationId id = new ContactStore(tx).conversation(tenant, workspace, sent.to());
        var threads = new ThreadStore(tx);
        String name = written.name().isBlank() ? sent.to().shown() : written.name();
        threads.beginConversation(tenant, workspace, id, title(name), sent.createdAt());
        Subject subject = Subject.with(tenant, workspace, id, sent.to());
        ThreadStore.Held held = locked(tx, events, subject, written.pool(), sent.to(), sent.createdAt());
        Contact told = Contact.met(workspace, sent.to(), name, Optional.empty(), sent.createdAt());
        Contact contact = contact(tx, tenant, workspace, id, told);
        var said = new Message(
                sent.id(),
                new ThreadMessageStore(tx).makeRoom(tenant, workspace, held, sent.createdAt()),
                Author.AGENT,
                sent.text(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(sent.id()),
                sent.media().isPresent() ? 1 : 0,
                Message.End.WHOLE,
                sent.createdAt(),
                sent.origin());
        boolean isNew =
                threads.insert(tenant, workspace, id, Channel.WHATSAPP, Optional.of(contact.id()), Last.of(said));
        threads.append(tenant, workspace, id, said);
        sent.media()
                .ifPresent(
                        media -> attachments.adopt(tx, tenant, workspace, id, media, written.mediaBytes(), said.id()));
        if (said.position() > held.messages()) {
            threads.wrote(tenant, workspace, id, Last.of(said));
            threads.setUnread(tenant, workspace, id, 0);
            threads.setPersonWanted(tenant, workspace, id, false);
        } else { // only what came after it is unread, and waits
            var messages = new ThreadMessageStore(tx);
            threads.answeredLate(
                    tenant,
                    workspace,
                    id,
                    messages.ofContactAfter(tenant, workspace, id, said.id()).orElseThrow(),
                    messages.waitsSince(tenant, workspace, id, true, Instant.EPOCH));
        }
        if (isNew) {
            threads.setState(tenant, workspace, id, InboxThread.State.CLOSED);
        }
        new ThreadMessageStore(tx).pauseAssistant(tenant, workspace, id, said.createdAt());
        events.written(tx, subject, said, held.messages() == 0, Optional.empty(), Optional.empty());
        var words = new ConversationWordStore(tx);
        if (isNew) {
            words.addContact(tenant, workspace, id, contact.name(), contact.address());
        }
        words.add(tenant, workspace, id, said.text());
        tx.afterCommit(() -> changed.fire(new InboxChanged(workspace, id, InboxChanged.What.MESSAGE)));
    }

    /// What programs, campaigns and members send past the inbox is added to the threads that have begun. It doesn't
    /// count as an answer: no wait ends, nothing is unread, no assistant pauses, and the thread keeps its place in
    /// the list.
    void ordered(@Observes MessagesOrdered ordered) {
        ordered.messages().stream()
                .filter(message -> !isReaction(message))
                .collect(Collectors.groupingBy(OutgoingMessage::orderedFor))
                .forEach((pool, messages) -> new WorkspaceStore(ordered.tx())
                        .findByWhatsappClient(ordered.tenant(), pool.value())
                        .ifPresent(workspace -> keep(ordered.tx(), workspace.id(), messages)));
    }

    private void keep(Tx tx, WorkspaceId workspace, List<OutgoingMessage> messages) {
        AccountId tenant = messages.getFirst().tenant();
        Map<ContactAddress, List<OutgoingMessage>> byContact =
                messages.stream().collect(Collectors.groupingBy(OutgoingMessage::to));
        Map<ContactAddress, ConversationId> begun =
                new ContactStore(tx).conversations(tenant, workspace, byContact.keySet());
        // All lock their threads in the same order.
        begun.entrySet().stream()
                .sorted(Comparator.comparing(one -> one.getValue().value()))
                .forEach(one -> {
                    ConversationId id = one.getValue();
                    byContact
                            .getOrDefault(one.getKey(), List.of())
                            .forEach(message -> append(tx, workspace, id, message, events));
                    tx.afterCommit(() -> changed.fire(new InboxChanged(workspace, id, InboxChanged.What.MESSAGE)));
                });
    }

    private static void append(
            Tx tx, WorkspaceId workspace, ConversationId id, OutgoingMessage sent, ConversationEvents events) {
        AccountId tenant = sent.tenant();
        var threads = new ThreadStore(tx);
        var said = new Message(
                sent.id(),
                threads.lock(tenant, workspace, id).orElseThrow().messages() + 1,
                Author.AGENT,
                text(sent),
                Optional.empty(),
                Optional.empty(),
                Optional.of(sent.id()),
                0,
                Message.End.WHOLE,
                sent.schedule().sendAt().orElse(sent.createdAt()),
                sent.origin());
        threads.append(tenant, workspace, id, said);
        events.written(tx, Subject.with(tenant, workspace, id, sent.to()), said);
        if (sent.campaign().isEmpty()) { // its words would find everyone
            new ConversationWordStore(tx).add(tenant, workspace, id, said.text());
        }
    }

    private static String text(OutgoingMessage sent) {
        return Stream.of(
                        sent.text(),
                        MessageContents.summary(sent.content().detail()),
                        sent.media().map(Media::name).orElse(""))
                .filter(words -> !words.isBlank())
                .findFirst()
                .orElse("");
    }

    /// Locks a conversation. If it has just begun, what the contact was sent lately is put into it first.
    ///
    /// @param pool which has sent it
    static ThreadStore.Held locked(
            Tx tx, ConversationEvents events, Subject subject, SenderId pool, ContactAddress contact, Instant now) {
        var threads = new ThreadStore(tx);
        Supplier<ThreadStore.Held> lock = () -> threads.lock(subject.tenant(), subject.workspace(), subject.id())
                .orElseThrow();
        ThreadStore.Held held = lock.get();
        if (held.messages() > 0) {
            return held;
        }
        new QueueStore(tx)
                .orderedFor(subject.tenant(), pool, contact, now.minus(LATELY), MOST_LATELY).reversed().stream()
                        .filter(sent -> sent.origin().isPresent() && !sent.isFromPhone() && !isReaction(sent))
                        .forEach(sent -> append(tx, subject.workspace(), subject.id(), sent, events));
        return lock.get();
    }

    /// The code that fires the event holds the conversation's lock.
    void personAwaited(@Observes HandoverRequested awaited) {
        Participant whose = awaited.whose();
        ConversationId id = awaited.conversation().id();
        var threads = new ThreadStore(awaited.tx());
        Last last = Last.of(awaited.message());
        threads.insert(whose.tenant(), whose.workspace(), id, Channel.CHAT, Optional.empty(), last);
        boolean reopened = threads.received(whose.tenant(), whose.workspace(), id, last, Optional.<SenderId>empty());
        Subject subject = Subject.chat(whose, awaited.conversation());
        if (reopened) {
            events.reopened(awaited.tx(), subject, Optional.empty());
        }
        if (awaited.message().author() == Author.ASSISTANT) {
            events.handedOver(awaited.tx(), subject, Optional.empty());
        }
        threads.setPersonWanted(whose.tenant(), whose.workspace(), id, true);
        awaited.tx()
                .afterCommit(() -> changed.fire(new InboxChanged(whose.workspace(), id, InboxChanged.What.MESSAGE)));
    }

    /// A user deleted a conversation that was in the inbox.
    void conversationDeleted(@Observes ConversationDeleted deleted) {
        changed.fire(new InboxChanged(deleted.whose().workspace(), deleted.conversation(), InboxChanged.What.THREAD));
    }
}
