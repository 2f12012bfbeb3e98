package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.PhoneNumbers;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.messages.TemplateBook;
import dev.banyan.whatsapp.messages.TemplateValues;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationEvents.Subject;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.InboxThread.Channel;
import dev.banyan.workspaces.InboxThread.Last;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.MessageStore;
import dev.banyan.workspaces.MessageText;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.chat.Attachments;
import dev.banyan.workspaces.chat.Conversations;
import dev.banyan.workspaces.usage.UsageLimits;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// What agents write in the inbox of a workspace: replies, sent through the workspace's number or to the chat of the
/// waiting user, and notes, which are never sent.
@Singleton
record InboxReplies(
        Database database,
        Attachments attachments,
        InboxLines lines,
        WhatsAppReplies whatsApp,
        TemplateBook templates,
        Event<Mentioned> mentioned,
        Uuids uuids,
        Clock clock) {

    /// Result of writing.
    public sealed interface Sent {

        /// The message is stored, and on its way if it is a reply.
        ///
        /// @param again whether it was stored before with the same key
        record Done(ConversationId thread, Message message, boolean again) implements Sent {}

        record NotFound() implements Sent {}

        record Rejected(Invalid invalid) implements Sent {}

        /// The workspace has no number to send from.
        record NoNumber() implements Sent {}

        /// The limit of notes between two messages is reached.
        record Full() implements Sent {}
    }

    /// A message being written, with its text as it will be stored.
    ///
    /// @param replyTo the message of the thread that it answers
    /// @param detail what it is; plain for most
    private record Writing(
            Member from,
            ConversationId thread,
            String key,
            String text,
            List<UUID> files,
            Optional<UUID> replyTo,
            MessageContent.Detail detail) {

        Writing(Member from, ConversationId thread, String key, String text, List<UUID> files) {
            this(from, thread, key, text, files, Optional.empty(), new MessageContent.Plain());
        }

        Writing with(String filled) {
            return new Writing(from, thread, key, filled, files, replyTo, detail);
        }

        Message.By by() {
            return InboxReplies.by(from);
        }

        boolean isPlain() {
            return detail instanceof MessageContent.Plain;
        }
    }

    /// WhatsApp takes no more beside a button.
    private static final int LONGEST_QUESTION = 1_024;

    /// Replies in a thread. From then on, a person answers there instead of the assistant until the thread is closed.
    ///
    /// @param key the client's id for the reply: the same key in the same thread is the same reply
    /// @param files the member's unsent files in this thread; WhatsApp takes one per message
    Sent reply(Member member, ConversationId id, String key, String text, List<UUID> files) {
        return reply(member, id, key, text, files, Optional.empty());
    }

    /// @param replyTo the message of the thread that it answers
    Sent reply(Member member, ConversationId id, String key, String text, List<UUID> files, Optional<UUID> replyTo) {
        return reply(new Writing(member, id, key, text, files, replyTo, new MessageContent.Plain()));
    }

    private Sent reply(Writing wanted) {
        return write(
                wanted.from(),
                wanted.key(),
                wanted.text(),
                wanted.files(),
                (tx, workspace, good) -> reply(tx, workspace, wanted.with(good)));
    }

    /// Sends a template that the workspace's number offers.
    ///
    /// @param chosen its name and language: `order_ready|en_US`
    /// @param values of its header, body and buttons, in this order
    Sent template(Member member, ConversationId id, String key, String chosen, List<String> values) {
        Optional<TemplateBook.Entry> entry = member.workspace()
                .whatsappClient()
                .flatMap(SenderId::parse)
                .flatMap(pool -> templates.of(member.owner().tenant(), pool).stream()
                        .filter(one -> (one.name() + "|" + one.language()).equals(chosen))
                        .findFirst());
        return entry.map(found -> {
                    Optional<MessageContent.Template> filled = TemplateValues.fill(found, values);
                    return filled.map(template -> reply(new Writing(
                                    member,
                                    id,
                                    key,
                                    found.filled(template.body()),
                                    List.of(),
                                    Optional.empty(),
                                    template)))
                            .orElseGet(() ->
                                    new Sent.Rejected(new Invalid("value", "Fill in all fields of the template")));
                })
                .orElseGet(() -> new Sent.Rejected(new Invalid("template", "Choose a template")));
    }

    /// Asks a contact who hides the phone number for it, with a button that shares it.
    ///
    /// @param text what the contact reads
    Sent askForPhone(Member member, ConversationId id, String key, String text) {
        if (text.length() > LONGEST_QUESTION) {
            return new Sent.Rejected(new Invalid("message", "Message must be 1,024 characters or less"));
        }
        return reply(
                new Writing(member, id, key, text, List.of(), Optional.empty(), new MessageContent.PhoneRequest()));
    }

    private Sent reply(Tx tx, Workspace workspace, Writing wanted) {
        return once(tx, workspace, wanted, thread -> {
            if (wanted.detail() instanceof MessageContent.PhoneRequest && !thread.canBeAskedForPhone()) {
                return new Sent.Rejected(new Invalid("contact", "WhatsApp can’t ask this contact"));
            }
            Optional<Invalid> full =
                    UsageLimits.sending(tx, workspace.owner().tenant(), workspace.id(), clock.instant());
            if (full.isPresent()) {
                return new Sent.Rejected(full.get());
            }
            // Programs, and people without scripts, send a saved reply as it was saved.
            Writing writing = wanted.isPlain()
                    ? wanted.with(CannedReplies.fill(
                            wanted.text(), thread, wanted.by().name(), workspace))
                    : wanted;
            if (MessageText.check(writing.text(), !writing.files().isEmpty()) instanceof MessageText.Checked.Bad bad) {
                return new Sent.Rejected(bad.invalid());
            }
            UUID name = uuids.next();
            return switch (take(tx, workspace, writing, name)) {
                case Attachments.AttachResult.Refused refused -> new Sent.Rejected(refused.invalid());
                case Attachments.AttachResult.Done taken ->
                    switch (thread.channel()) {
                        case WHATSAPP -> overWhatsApp(tx, workspace, thread, writing, name, taken.attachments());
                        case CHAT -> {
                            if (!writing.isPlain()) {
                                yield new Sent.Rejected(new Invalid("template", "Templates are sent on WhatsApp only"));
                            }
                            Message message = message(name, thread, writing, Optional.empty());
                            lines.inChat(tx, workspace, thread, message, taken.attachments());
                            yield answered(tx, workspace, thread, message);
                        }
                    };
            };
        });
    }

    /// Locks the thread, and writes unless a message with this key was written before.
    private static Sent once(Tx tx, Workspace workspace, Writing writing, Function<InboxThread, Sent> work) {
        AccountId tenant = workspace.owner().tenant();
        ConversationId id = writing.thread();
        new ThreadStore(tx).lock(tenant, workspace.id(), id);
        return new ThreadListStore(tx)
                .find(tenant, workspace.id(), id)
                .map(thread -> new MessageStore(tx)
                        .findByKey(tenant, workspace.id(), id, writing.key())
                        .<Sent>map(known -> new Sent.Done(id, known, true))
                        .orElseGet(() -> work.apply(thread)))
                .orElseGet(Sent.NotFound::new);
    }

    private Attachments.AttachResult take(Tx tx, Workspace workspace, Writing writing, UUID message) {
        return attachments.take(
                tx,
                workspace.owner().tenant(),
                workspace.id(),
                writing.thread(),
                Optional.of(writing.by().user()),
                writing.files(),
                message);
    }

    private Sent overWhatsApp(
            Tx tx, Workspace workspace, InboxThread thread, Writing writing, UUID id, List<Attachment> files) {
        return switch (whatsApp.place(
                tx,
                workspace,
                writing.from().actor(),
                thread,
                writing.text(),
                writing.detail(),
                files,
                writing.replyTo(),
                id)) {
            case WhatsAppReplies.Placed.Refused refused -> refused.sent();
            case WhatsAppReplies.Placed.Done placed -> {
                Message message = message(id, thread, writing, Optional.of(placed.outgoing()));
                new ThreadStore(tx).append(workspace.owner().tenant(), workspace.id(), thread.id(), message);
                lines.events().written(tx, Subject.of(workspace, thread), message);
                yield answered(tx, workspace, thread, message);
            }
        };
    }

    private Message message(UUID id, InboxThread thread, Writing writing, Optional<UUID> ordered) {
        return new Message(
                id,
                thread.messages() + 1,
                Author.AGENT,
                writing.text(),
                Optional.of(writing.by()),
                Optional.of(writing.key()),
                ordered,
                writing.files().size(),
                Message.End.WHOLE,
                clock.instant());
    }

    private Sent answered(Tx tx, Workspace workspace, InboxThread thread, Message message) {
        AccountId tenant = workspace.owner().tenant();
        var threads = new ThreadStore(tx);
        threads.wrote(tenant, workspace.id(), thread.id(), Last.of(message));
        threads.setUnread(tenant, workspace.id(), thread.id(), 0);
        threads.setPersonWanted(tenant, workspace.id(), thread.id(), false);
        threads.setHandedOver(tenant, workspace.id(), thread.id(), true);
        threads.setState(tenant, workspace.id(), thread.id(), InboxThread.State.OPEN);
        new ConversationWordStore(tx).add(tenant, workspace.id(), thread.id(), message.text());
        tell(tx, Subject.of(workspace, thread), thread, message.by().map(Message.By::name));
        lines.changed(tx, workspace, thread.id(), InboxChanged.What.MESSAGE);
        return new Sent.Done(thread.id(), message, false);
    }

    private void tell(Tx tx, Subject subject, InboxThread before, Optional<String> by) {
        if (!before.isOpen()) {
            lines.events().reopened(tx, subject, by);
        }
        if (!before.handedOver()) {
            lines.events().handedOver(tx, subject, by);
        }
    }

    /// Writes a note for colleagues only. Those it mentions by `@name` are told.
    public Sent note(Member member, ConversationId id, String key, String text, List<UUID> files) {
        return write(
                member,
                key,
                text,
                files,
                (tx, workspace, good) -> note(tx, workspace, new Writing(member, id, key, good, files)));
    }

    private Sent note(Tx tx, Workspace workspace, Writing writing) {
        return once(tx, workspace, writing, thread -> {
            Optional<Message> written = lines.beside(
                    tx,
                    workspace,
                    thread.id(),
                    Optional.of(writing.by()),
                    Optional.of(writing.key()),
                    writing.text(),
                    writing.files().size());
            if (written.isEmpty()) {
                return new Sent.Full();
            }
            Message note = written.get();
            new ThreadStore(tx).wrote(workspace.owner().tenant(), workspace.id(), thread.id(), Last.of(note));
            Set<Integer> told = Mentions.store(tx, workspace, thread.id(), note);
            if (!told.isEmpty()) {
                tx.afterCommit(() -> mentioned.fire(new Mentioned(workspace.id(), thread.id(), told)));
            }
            return switch (take(tx, workspace, writing, note.id())) {
                case Attachments.AttachResult.Refused refused -> new Sent.Rejected(refused.invalid());
                case Attachments.AttachResult.Done _ -> new Sent.Done(thread.id(), note, false);
            };
        });
    }

    /// Writes to a number, whether or not it has written before.
    public Sent begin(Member member, String phone, String key, String text) {
        if (ContactAddress.parse(phone).isEmpty() && ContactAddress.given(phone).isEmpty()) {
            return new Sent.Rejected(PhoneNumbers.INVALID.in("phone"));
        }
        return write(
                member,
                key,
                text,
                List.of(),
                (tx, workspace, good) -> ContactAliases.find(
                                tx, workspace.owner().tenant(), phone)
                        .map(contact -> {
                            ConversationId id = begin(tx, workspace, contact);
                            return reply(tx, workspace, new Writing(member, id, key, good, List.of()));
                        })
                        .orElseGet(() -> new Sent.Rejected(PhoneNumbers.INVALID.in("phone"))));
    }

    private ConversationId begin(Tx tx, Workspace workspace, ContactAddress address) {
        AccountId tenant = workspace.owner().tenant();
        var contacts = new ContactStore(tx);
        ConversationId id = contacts.conversation(tenant, workspace.id(), address);
        Instant now = clock.instant();
        var threads = new ThreadStore(tx);
        threads.beginConversation(tenant, workspace.id(), id, address.shown(), now);
        workspace
                .whatsappClient()
                .flatMap(SenderId::parse)
                .ifPresent(pool -> InboxArrivals.locked(
                        tx, lines.events(), Subject.with(tenant, workspace.id(), id, address), pool, address, now));
        contacts.insert(
                tenant, workspace.id(), Contact.met(workspace.id(), address, address.shown(), Optional.empty(), now));
        Contact contact = contacts.at(tenant, workspace.id(), address).orElseThrow();
        threads.insert(
                tenant,
                workspace.id(),
                id,
                Channel.WHATSAPP,
                Optional.of(contact.id()),
                new Last(Author.AGENT, "", now));
        new ConversationWordStore(tx).addContact(tenant, workspace.id(), id, "", address);
        return id;
    }

    private interface Work {
        Sent on(Tx tx, Workspace workspace, String text);
    }

    /// Checks the text and the access; rolls back everything if the message is refused.
    private Sent write(Member member, String key, String text, List<UUID> files, Work work) {
        if (!Conversations.isKey(key)) {
            return new Sent.Rejected(Conversations.BAD_KEY);
        }
        return switch (MessageText.check(text, !files.isEmpty())) {
            case MessageText.Checked.Bad bad -> new Sent.Rejected(bad.invalid());
            case MessageText.Checked.Good good ->
                database.write(tx -> InboxAccess.to(tx, member)
                        .map(workspace -> {
                            Sent sent = work.on(tx, workspace, good.text());
                            return sent instanceof Sent.Done ? sent : tx.undone(sent);
                        })
                        .orElseGet(Sent.NotFound::new));
        };
    }

    private static Message.By by(Member member) {
        return new Message.By(member.user().id(), member.user().username());
    }
}
