package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.SampleMessages;
import dev.banyan.workspaces.AnswerKey;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.InboxThread.Channel;
import dev.banyan.workspaces.InboxThread.Last;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;

/// Creates invented conversations with customers for the inbox of a sample workspace. They are handed over to people,
/// so that the assistant leaves them alone.
@Singleton
public record SampleThreads(Database database, SampleMessages sent, Uuids uuids, Clock clock) {

    /// A message of a conversation.
    ///
    /// @param by who wrote a reply or a note
    /// @param state how far a reply came
    public record Line(Author author, Optional<Message.By> by, String text, Duration ago, DeliveryState state) {

        public static Line contact(String text, Duration ago) {
            return new Line(Author.CONTACT, Optional.empty(), text, ago, DeliveryState.READ);
        }

        public static Line assistant(String text, Duration ago) {
            return new Line(Author.ASSISTANT, Optional.empty(), text, ago, DeliveryState.READ);
        }

        public static Line reply(Message.By by, String text, Duration ago, DeliveryState state) {
            return new Line(Author.AGENT, Optional.of(by), text, ago, state);
        }

        public static Line note(Message.By by, String text, Duration ago) {
            return new Line(Author.NOTE, Optional.of(by), text, ago, DeliveryState.READ);
        }
    }

    /// A conversation with one customer.
    ///
    /// @param sender the number that the customer writes to
    /// @param about what the team knows about the customer; may be empty
    /// @param waits whether the customer asked for a person
    public record Sample(
            Phone phone,
            String name,
            String about,
            SenderId sender,
            Optional<Message.By> assignee,
            boolean closed,
            boolean waits,
            int unread,
            List<String> tags,
            List<Line> lines) {}

    private static final String NOT_DELIVERED = "The number is not on WhatsApp.";

    /// Attaches the pool to the workspace, and stores its conversations. Does nothing if the workspace has a number.
    ///
    /// @param replies saved replies by name
    public void fill(Workspace workspace, SenderId pool, List<Sample> samples, Map<String, String> replies) {
        if (workspace.whatsappClient().isPresent()) {
            return;
        }
        AccountId tenant = workspace.owner().tenant();
        Instant now = clock.instant();
        database.write(tx -> {
            new WorkspaceStore(tx).setWhatsappClient(tenant, workspace.id(), Optional.of(pool.value()), now);
            samples.forEach(sample -> thread(tx, tenant, workspace.id(), pool, sample, now));
            var saved = new CannedReplyStore(tx);
            replies.forEach((name, text) ->
                    saved.insert(tenant, workspace.id(), new CannedReply(uuids.next(), name, text, now, now)));
            return samples;
        });
    }

    private void thread(Tx tx, AccountId tenant, WorkspaceId workspace, SenderId pool, Sample sample, Instant now) {
        ConversationId id = Contact.conversationOf(workspace, sample.phone());
        Instant first = now.minus(sample.lines().getFirst().ago());
        var threads = new ThreadStore(tx);
        threads.beginConversation(tenant, workspace, id, sample.name(), first);
        Contact contact = Contact.met(workspace, sample.phone(), sample.name(), Optional.empty(), first)
                .described(sample.name(), Optional.of(sample.about()).filter(about -> !about.isEmpty()), first);
        new ContactStore(tx).insert(tenant, workspace, contact);
        var words = new ConversationWordStore(tx);
        words.addContact(tenant, workspace, id, sample.name(), sample.phone());
        long position = 0;
        for (Line line : sample.lines()) {
            boolean inside = line.author() == Author.NOTE;
            position += inside ? 0 : 1;
            long place = inside
                    ? new ThreadMessageStore(tx)
                            .placeBeside(tenant, workspace, id, position)
                            .orElseThrow()
                    : position;
            Message message = message(tx, tenant, pool, sample, line, now, place);
            if (position == 1 && !inside) {
                threads.insert(tenant, workspace, id, Channel.WHATSAPP, Optional.of(contact.id()), Last.of(message));
            }
            threads.append(tenant, workspace, id, message);
            if (line.author() == Author.CONTACT) {
                threads.received(tenant, workspace, id, Last.of(message), Optional.of(sample.sender()));
            } else {
                threads.wrote(tenant, workspace, id, Last.of(message));
            }
            words.add(tenant, workspace, id, line.text());
        }
        threads.setUnread(tenant, workspace, id, sample.unread());
        threads.setAssignee(tenant, workspace, id, sample.assignee().map(Message.By::user));
        threads.setPersonWanted(tenant, workspace, id, sample.waits());
        threads.setHandedOver(tenant, workspace, id, true);
        threads.setState(tenant, workspace, id, sample.closed() ? InboxThread.State.CLOSED : InboxThread.State.OPEN);
        var tags = new ThreadTagStore(tx);
        sample.tags().forEach(tag -> tags.add(tenant, workspace, id, tag));
    }

    private Message message(
            Tx tx, AccountId tenant, SenderId pool, Sample sample, Line line, Instant now, long position) {
        Instant at = now.minus(line.ago());
        Optional<UUID> outgoing = switch (line.author()) {
            case AGENT, ASSISTANT ->
                Optional.of(sent.add(
                        tx,
                        tenant,
                        new SampleMessages.Sample(
                                pool,
                                sample.sender(),
                                sample.phone(),
                                line.text(),
                                line.state(),
                                line.state() == DeliveryState.FAILED ? Optional.of(NOT_DELIVERED) : Optional.empty(),
                                at)));
            case USER, CONTACT, NOTE -> Optional.empty();
        };
        Optional<String> key = switch (line.author()) {
            case AGENT, NOTE -> Optional.of("sample-" + sample.lines().indexOf(line));
            case ASSISTANT -> Optional.of(AnswerKey.of(position - 1));
            case USER, CONTACT -> Optional.empty();
        };
        return new Message(
                uuids.next(), position, line.author(), line.text(), line.by(), key, outgoing, 0, Message.End.WHOLE, at);
    }
}
