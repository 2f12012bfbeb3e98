package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.InboxQuery.Cursor;
import dev.banyan.workspaces.InboxQuery.Shown;
import dev.banyan.workspaces.InboxThread.Channel;
import dev.banyan.workspaces.InboxThread.Last;
import dev.banyan.workspaces.InboxThread.State;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.WorkspaceInboxStore.Counted;
import org.junit.jupiter.api.Test;

/// The counters of inboxes follow their threads, on both databases.
@OnEveryDatabase
class WorkspaceInboxStoreContractTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Database database;
    private final Owner owner;
    private final Participant amira;
    private final Participant sister;
    private final Participant stranger;
    private final ConversationId chat = ConversationId.of(UUID.randomUUID().toString());

    WorkspaceInboxStoreContractTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.owner(database, Tier.FREE).owner();
        this.amira = StoredParticipants.in(database, owner);
        this.sister = StoredParticipants.in(database, owner);
        this.stranger = StoredParticipants.somebody(database);
    }

    @Test
    void aCustomerWaitsFromTheirMessageToTheAnswer() {
        received(chat, NOON);
        assertThat(counted(amira)).isEqualTo(new Counted(1, 1, 1));
        received(chat, NOON.plusSeconds(1));
        assertThat(counted(amira)).as("one thread, whatever it holds").isEqualTo(new Counted(1, 1, 1));

        on(threads -> threads.setUnread(amira.tenant(), amira.workspace(), chat, 0));
        assertThat(counted(amira)).isEqualTo(new Counted(1, 0, 1));
        wrote(Author.NOTE);
        assertThat(counted(amira)).as("a note answers nothing").isEqualTo(new Counted(1, 0, 1));
        wrote(Author.AGENT);
        assertThat(counted(amira)).isEqualTo(new Counted(1, 0, 0));
        recountedAlike();
    }

    @Test
    void anAssistantsWordsAreNoAnswerToWhoAskedForAPerson() {
        received(chat, NOON);
        on(threads -> threads.setPersonWanted(amira.tenant(), amira.workspace(), chat, true));
        wrote(Author.ASSISTANT);
        assertThat(counted(amira).waiting()).isEqualTo(1);
        on(threads -> threads.setPersonWanted(amira.tenant(), amira.workspace(), chat, false));
        wrote(Author.ASSISTANT);
        assertThat(counted(amira).waiting()).isZero();
    }

    @Test
    void aClosedThreadCountsForNothingUntilTheNextMessage() {
        received(chat, NOON);
        on(threads -> threads.setState(amira.tenant(), amira.workspace(), chat, State.CLOSED));
        assertThat(counted(amira)).isEqualTo(Counted.NOTHING);
        received(chat, NOON.plusSeconds(9));
        assertThat(counted(amira)).isEqualTo(new Counted(1, 1, 1));
        recountedAlike();
    }

    @Test
    void aDeletedConversationIsTakenOut() {
        received(chat, NOON);
        boolean ofAnother = database.write(tx -> new ConversationStore(tx).delete(sister, chat));
        assertThat(ofAnother).isFalse();
        assertThat(counted(amira)).isEqualTo(new Counted(1, 1, 1));

        database.write(tx -> new ConversationStore(tx).delete(amira, chat));

        assertThat(counted(amira)).isEqualTo(Counted.NOTHING);
    }

    @Test
    void theListBeginsWithTheLastUsedAndGoesOnBehindACursor() {
        received(chat, NOON);
        assertThat(list(owner, Shown.ALL, "", Optional.empty(), 9))
                .containsExactly(amira.workspace(), sister.workspace());
        assertThat(list(owner, Shown.WAITING, "", Optional.empty(), 9)).containsExactly(amira.workspace());
        assertThat(list(owner, Shown.UNREAD, "", Optional.empty(), 9)).containsExactly(amira.workspace());
        assertThat(list(owner, Shown.ALL, "", Optional.of(new Cursor(NOON, amira.workspace())), 9))
                .containsExactly(sister.workspace());
        assertThat(list(owner, Shown.ALL, "no such name", Optional.empty(), 9)).isEmpty();
    }

    @Test
    void strangersAndSiblingsSeeNothingOfIt() {
        received(chat, NOON);
        Owner other = new Owner(stranger.tenant(), stranger.tenant());
        assertThat(list(other, Shown.ALL, "", Optional.empty(), 9)).containsExactly(stranger.workspace());
        Owner brand = new Owner(owner.tenant(), stranger.tenant());
        assertThat(list(brand, Shown.ALL, "", Optional.empty(), 9)).isEmpty();
        long waiting = database.read(tx -> new WorkspaceInboxStore(tx).waiting(owner, 9));
        long ofOther = database.read(tx -> new WorkspaceInboxStore(tx).waiting(other, 9));
        long ofBrand = database.read(tx -> new WorkspaceInboxStore(tx).unread(brand, 9));
        assertThat(List.of(waiting, ofOther, ofBrand)).containsExactly(1L, 0L, 0L);
    }

    private void received(ConversationId id, Instant at) {
        database.write(tx -> {
            var conversations = new ConversationStore(tx);
            if (conversations.find(amira, id).isEmpty()) {
                conversations.insert(amira, new Conversation(id, Conversation.NEW, 0, at, at, false, false));
            }
            var threads = new ThreadStore(tx);
            var last = new Last(Author.USER, "Hello", at);
            threads.insert(amira.tenant(), amira.workspace(), id, Channel.CHAT, Optional.empty(), last);
            threads.received(amira.tenant(), amira.workspace(), id, last, Optional.empty());
            return id;
        });
    }

    private void wrote(Author author) {
        on(threads ->
                threads.wrote(amira.tenant(), amira.workspace(), chat, new Last(author, "Words", NOON.plusSeconds(5))));
    }

    private void on(Consumer<ThreadStore> work) {
        database.write(tx -> {
            work.accept(new ThreadStore(tx));
            return "done";
        });
    }

    private void recountedAlike() {
        Counted before = counted(amira);
        database.write(tx -> {
            new WorkspaceInboxStore(tx).recount(amira.tenant(), amira.workspace());
            return "counted";
        });
        assertThat(counted(amira)).isEqualTo(before);
    }

    private Counted counted(Participant whose) {
        return database.read(tx -> new WorkspaceInboxStore(tx).find(whose.tenant(), whose.workspace()));
    }

    private List<WorkspaceId> list(Owner of, Shown shown, String search, Optional<Cursor> after, int limit) {
        return database.read((Tx tx) -> new WorkspaceInboxStore(tx)
                .list(of, new InboxQuery(shown, search, after, limit)).stream()
                        .map(WorkspaceInboxStore.Row::workspace)
                        .toList());
    }
}
