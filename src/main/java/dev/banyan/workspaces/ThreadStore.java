package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.CONVERSATIONS;
import static dev.banyan.schema.Tables.INBOX_THREADS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.InboxThread.Channel;
import dev.banyan.workspaces.InboxThread.Last;
import dev.banyan.workspaces.InboxThread.State;
import dev.banyan.workspaces.WorkspaceInboxStore.Counted;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Threads of the inbox, one at a time. Callers that change a thread lock its conversation with [#lock], so that
/// messages get their positions one after the other.
public final class ThreadStore extends Store {

    private static final String WITH_CONTACT = "whatsapp";

    /// A locked conversation.
    ///
    /// @param messages the position of its last message
    /// @param updatedAt when its last message was written
    /// @param user the workspace user whose chat it is; empty for a conversation with a contact
    public record Held(
            ConversationId id, long messages, Instant updatedAt, boolean handedOver, Optional<Integer> user) {}

    private final MessageStore messages;
    private final WorkspaceInboxStore inboxes;

    public ThreadStore(Tx tx) {
        super(tx);
        this.messages = new MessageStore(tx);
        this.inboxes = new WorkspaceInboxStore(tx);
    }

    /// Starts a conversation with a contact; does nothing if it exists.
    public void beginConversation(
            AccountId tenant, WorkspaceId workspace, ConversationId id, String title, Instant now) {
        sql.insertInto(CONVERSATIONS)
                .set(CONVERSATIONS.ID, id)
                .set(CONVERSATIONS.TENANT_ID, tenant)
                .set(CONVERSATIONS.SUB_CLIENT_ID, workspace)
                .set(CONVERSATIONS.KIND, WITH_CONTACT)
                .set(CONVERSATIONS.TITLE, title)
                .set(CONVERSATIONS.MESSAGE_COUNT, 0L)
                .set(CONVERSATIONS.CREATED_AT, now)
                .set(CONVERSATIONS.UPDATED_AT, now)
                .onConflictDoNothing()
                .execute();
    }

    /// Puts a conversation into the inbox; does nothing if it is there already.
    ///
    /// @return false if it was
    public boolean insert(
            AccountId tenant,
            WorkspaceId workspace,
            ConversationId id,
            Channel channel,
            Optional<UUID> contact,
            Last last) {
        int inserted = sql.insertInto(INBOX_THREADS)
                .set(INBOX_THREADS.CONVERSATION_ID, id)
                .set(INBOX_THREADS.TENANT_ID, tenant)
                .set(INBOX_THREADS.SUB_CLIENT_ID, workspace)
                .set(INBOX_THREADS.CHANNEL, channel.key())
                .set(INBOX_THREADS.CONTACT_ID, contact.orElse(null))
                .set(INBOX_THREADS.STATE, State.OPEN.key())
                .set(INBOX_THREADS.UNREAD_COUNT, 0L)
                .set(INBOX_THREADS.IS_PERSON_WANTED, false)
                .set(INBOX_THREADS.LAST_TEXT, last.text())
                .set(INBOX_THREADS.LAST_ROLE, last.author().key())
                .set(INBOX_THREADS.LAST_MESSAGE_AT, last.at())
                .set(INBOX_THREADS.CREATED_AT, last.at())
                .onConflictDoNothing()
                .execute();
        if (inserted == 1) {
            inboxes.add(tenant, workspace, new Counted(1, 0, 0), Optional.of(last.at()));
        }
        return inserted == 1;
    }

    /// Locks the conversation until the commit, whether or not it is in the inbox.
    public Optional<Held> lock(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return RowLock.on(
                        sql.select(
                                        CONVERSATIONS.MESSAGE_COUNT,
                                        CONVERSATIONS.UPDATED_AT,
                                        CONVERSATIONS.IS_HANDED_OVER,
                                        CONVERSATIONS.USER_ID)
                                .from(CONVERSATIONS)
                                .where(conversation(tenant, workspace, id)),
                        sql)
                .fetchOptional(row ->
                        new Held(id, row.value1(), row.value2(), row.value3(), Optional.ofNullable(row.value4())));
    }

    /// Adds a message to a conversation that [#lock] holds, which has room at its position. Internal messages such as
    /// notes are not counted.
    public void append(AccountId tenant, WorkspaceId workspace, ConversationId id, Message message) {
        messages.append(tenant, workspace, id, message);
        if (message.position() > 0) {
            sql.update(CONVERSATIONS)
                    .set(
                            CONVERSATIONS.MESSAGE_COUNT,
                            DSL.greatest(CONVERSATIONS.MESSAGE_COUNT, DSL.val(message.position())))
                    .set(
                            CONVERSATIONS.UPDATED_AT,
                            DSL.greatest(
                                    CONVERSATIONS.UPDATED_AT, DSL.val(message.createdAt(), CONVERSATIONS.UPDATED_AT)))
                    .where(conversation(tenant, workspace, id))
                    .execute();
        }
    }

    /// Marks the thread as open and as having one more unread message, whose author waits for an answer.
    ///
    /// @param sender the number that was written to
    /// @return whether it was closed before
    public boolean received(
            AccountId tenant, WorkspaceId workspace, ConversationId id, Last last, Optional<SenderId> sender) {
        return arrived(tenant, workspace, id, last, sender, _ -> true);
    }

    /// The same for a message that comes after later ones. It is the last one of the thread if those don't count.
    public boolean receivedLate(
            AccountId tenant, WorkspaceId workspace, ConversationId id, Last last, Optional<SenderId> sender) {
        return arrived(tenant, workspace, id, last, sender, before -> !last.at().isBefore(before.lastAt()));
    }

    private boolean arrived(
            AccountId tenant,
            WorkspaceId workspace,
            ConversationId id,
            Last last,
            Optional<SenderId> sender,
            Predicate<Tally> isLast) {
        Optional<Tally> was = counted(tenant, workspace, id, Optional.of(last.at()), before -> {
            sql.update(INBOX_THREADS)
                    .set(INBOX_THREADS.STATE, State.OPEN.key())
                    .set(INBOX_THREADS.UNREAD_COUNT, INBOX_THREADS.UNREAD_COUNT.plus(1))
                    .set(INBOX_THREADS.SENDER_ID, sender.orElse(null))
                    .set(INBOX_THREADS.WAITING_AT, before.waitingAt().orElse(last.at()))
                    .set(isLast.test(before) ? shown(last) : Map.of())
                    .where(thread(tenant, workspace, id))
                    .execute();
            return new Counted(1, 1, 1);
        });
        return was.filter(before -> !before.open()).isPresent();
    }

    private static Map<Field<?>, Object> shown(Last last) {
        return Map.of(
                INBOX_THREADS.LAST_TEXT, last.text(),
                INBOX_THREADS.LAST_ROLE, last.author().key(),
                INBOX_THREADS.LAST_MESSAGE_AT, last.at());
    }

    /// Records a message from the workspace's side. A reply ends the customer's wait, and so does the assistant's
    /// unless a person was asked for; a note doesn't.
    public void wrote(AccountId tenant, WorkspaceId workspace, ConversationId id, Last last) {
        counted(tenant, workspace, id, Optional.of(last.at()), before -> {
            boolean answers = switch (last.author()) {
                case AGENT -> true;
                case ASSISTANT -> !before.personWanted();
                case USER, CONTACT, NOTE -> false;
            };
            sql.update(INBOX_THREADS)
                    .set(
                            INBOX_THREADS.WAITING_AT,
                            answers ? null : before.waitingAt().orElse(null))
                    .set(shown(last))
                    .where(thread(tenant, workspace, id))
                    .execute();
            return before.with(before.open(), before.unread(), !answers && before.isWaiting());
        });
    }

    /// Records an answer that comes after later messages.
    ///
    /// @param unread the most that can be unread still
    /// @param waiting since when someone can be waiting still
    public void answeredLate(
            AccountId tenant, WorkspaceId workspace, ConversationId id, long unread, Optional<Instant> waiting) {
        counted(tenant, workspace, id, Optional.empty(), before -> {
            long left = Math.min(before.unread(), unread);
            Optional<Instant> since = waiting.filter(_ -> before.isWaiting());
            sql.update(INBOX_THREADS)
                    .set(INBOX_THREADS.UNREAD_COUNT, left)
                    .set(INBOX_THREADS.WAITING_AT, since.orElse(null))
                    .where(thread(tenant, workspace, id))
                    .execute();
            return before.with(before.open(), left, since.isPresent());
        });
    }

    public void setAssignee(AccountId tenant, WorkspaceId workspace, ConversationId id, Optional<Integer> user) {
        sql.update(INBOX_THREADS)
                .set(INBOX_THREADS.ASSIGNEE_ID, user.orElse(null))
                .where(thread(tenant, workspace, id))
                .execute();
    }

    /// Unassigns all threads that are assigned to this user.
    public void unassign(AccountId tenant, WorkspaceId workspace, int user) {
        sql.update(INBOX_THREADS)
                .setNull(INBOX_THREADS.ASSIGNEE_ID)
                .where(
                        INBOX_THREADS.TENANT_ID.eq(tenant),
                        INBOX_THREADS.SUB_CLIENT_ID.eq(workspace),
                        INBOX_THREADS.ASSIGNEE_ID.eq(user))
                .execute();
    }

    /// Opens or closes a thread; in a closed one, no one waits.
    public void setState(AccountId tenant, WorkspaceId workspace, ConversationId id, State state) {
        become(tenant, workspace, id, state);
    }

    private Optional<Tally> become(AccountId tenant, WorkspaceId workspace, ConversationId id, State state) {
        return counted(tenant, workspace, id, Optional.empty(), before -> {
            boolean open = state == State.OPEN;
            sql.update(INBOX_THREADS)
                    .set(INBOX_THREADS.STATE, state.key())
                    .set(INBOX_THREADS.WAITING_AT, open ? before.waitingAt().orElse(null) : null)
                    .where(thread(tenant, workspace, id))
                    .execute();
            return before.with(open, before.unread(), open && before.isWaiting());
        });
    }

    /// Closes a thread whose contact goes on in another one. If it was open, the other one is: who waits for an
    /// answer waits there, what is unread counts there, and the assistant leaves it alone for as long.
    ///
    /// @return whether the other one was closed before, and is open now
    public boolean goOn(AccountId tenant, WorkspaceId workspace, ConversationId from, ConversationId in) {
        return become(tenant, workspace, from, State.CLOSED)
                .filter(Tally::open)
                .flatMap(left -> counted(tenant, workspace, in, Optional.empty(), before -> {
                    Optional<Instant> waiting = Stream.of(left.waitingAt(), before.waitingAt())
                            .flatMap(Optional::stream)
                            .min(Instant::compareTo);
                    Optional<Instant> resumes = Stream.of(left.resumesAt(), before.resumesAt())
                            .flatMap(Optional::stream)
                            .max(Instant::compareTo);
                    long unread = before.unread() + left.unread();
                    sql.update(INBOX_THREADS)
                            .set(INBOX_THREADS.STATE, State.OPEN.key())
                            .set(INBOX_THREADS.UNREAD_COUNT, unread)
                            .set(INBOX_THREADS.WAITING_AT, waiting.orElse(null))
                            .set(INBOX_THREADS.IS_PERSON_WANTED, before.personWanted() || left.personWanted())
                            .set(INBOX_THREADS.ASSISTANT_RESUMES_AT, resumes.orElse(null))
                            .where(thread(tenant, workspace, in))
                            .execute();
                    return before.with(true, unread, waiting.isPresent());
                }))
                .filter(before -> !before.open())
                .isPresent();
    }

    /// Lets an open thread wait since then, or not at all.
    public void setWaiting(AccountId tenant, WorkspaceId workspace, ConversationId id, Optional<Instant> since) {
        counted(tenant, workspace, id, Optional.empty(), before -> {
            Optional<Instant> waiting = since.filter(_ -> before.open());
            sql.update(INBOX_THREADS)
                    .set(INBOX_THREADS.WAITING_AT, waiting.orElse(null))
                    .where(thread(tenant, workspace, id))
                    .execute();
            return before.with(before.open(), before.unread(), waiting.isPresent());
        });
    }

    public void setUnread(AccountId tenant, WorkspaceId workspace, ConversationId id, long unread) {
        counted(tenant, workspace, id, Optional.empty(), before -> {
            sql.update(INBOX_THREADS)
                    .set(INBOX_THREADS.UNREAD_COUNT, unread)
                    .where(thread(tenant, workspace, id))
                    .execute();
            return before.with(before.open(), unread, before.isWaiting());
        });
    }

    public void setPersonWanted(AccountId tenant, WorkspaceId workspace, ConversationId id, boolean wanted) {
        sql.update(INBOX_THREADS)
                .set(INBOX_THREADS.IS_PERSON_WANTED, wanted)
                .where(thread(tenant, workspace, id))
                .execute();
    }

    /// Keeps the ad that led a contact here; the last one counts.
    public void setAd(AccountId tenant, WorkspaceId workspace, ConversationId id, MessageContent.Ad ad) {
        sql.update(INBOX_THREADS)
                .set(INBOX_THREADS.AD, JsonDocument.write(ad))
                .where(thread(tenant, workspace, id))
                .execute();
    }

    /// Sets whether people answer in this conversation instead of the assistant.
    public void setHandedOver(AccountId tenant, WorkspaceId workspace, ConversationId id, boolean handedOver) {
        sql.update(CONVERSATIONS)
                .set(CONVERSATIONS.IS_HANDED_OVER, handedOver)
                .where(conversation(tenant, workspace, id))
                .execute();
    }

    /// Takes a thread that is about to be deleted out of the counters.
    void forget(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        counted(tenant, workspace, id, Optional.empty(), _ -> Counted.NOTHING);
    }

    /// A locked thread, as far as the counters of its inbox depend on it.
    private record Tally(
            boolean open,
            long unread,
            Optional<Instant> waitingAt,
            boolean personWanted,
            Instant lastAt,
            Optional<Instant> resumesAt) {

        boolean isWaiting() {
            return waitingAt.isPresent();
        }

        Counted counted() {
            return with(open, unread, isWaiting());
        }

        Counted with(boolean open, long unread, boolean waiting) {
            return new Counted(open ? 1 : 0, open && unread > 0 ? 1 : 0, waiting ? 1 : 0);
        }
    }

    /// Changes a thread, and the counters of its inbox with it. Does nothing if there is no such thread.
    ///
    /// @param message when a message was written; empty if none was
    /// @param change returns what the thread counts for afterwards
    /// @return what it was before
    private Optional<Tally> counted(
            AccountId tenant,
            WorkspaceId workspace,
            ConversationId id,
            Optional<Instant> message,
            Function<Tally, Counted> change) {
        Optional<Tally> locked = RowLock.on(
                        sql.select(
                                        INBOX_THREADS.STATE,
                                        INBOX_THREADS.UNREAD_COUNT,
                                        INBOX_THREADS.WAITING_AT,
                                        INBOX_THREADS.IS_PERSON_WANTED,
                                        INBOX_THREADS.LAST_MESSAGE_AT,
                                        INBOX_THREADS.ASSISTANT_RESUMES_AT)
                                .from(INBOX_THREADS)
                                .where(thread(tenant, workspace, id)),
                        sql)
                .fetchOptional(row -> new Tally(
                        row.value1().equals(State.OPEN.key()),
                        row.value2(),
                        Optional.ofNullable(row.value3()),
                        row.value4(),
                        row.value5(),
                        Optional.ofNullable(row.value6())));
        locked.ifPresent(
                before -> inboxes.add(tenant, workspace, change.apply(before).minus(before.counted()), message));
        return locked;
    }

    private static Condition thread(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return INBOX_THREADS
                .TENANT_ID
                .eq(tenant)
                .and(INBOX_THREADS.SUB_CLIENT_ID.eq(workspace))
                .and(INBOX_THREADS.CONVERSATION_ID.eq(id));
    }

    private static Condition conversation(AccountId tenant, WorkspaceId workspace, ConversationId id) {
        return CONVERSATIONS
                .TENANT_ID
                .eq(tenant)
                .and(CONVERSATIONS.SUB_CLIENT_ID.eq(workspace))
                .and(CONVERSATIONS.ID.eq(id));
    }
}
