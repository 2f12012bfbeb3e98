package dev.banyan.workspaces.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.Assistance;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.StoredParticipants;
import org.junit.jupiter.api.Test;

/// A mention is seen and read in its own workspace alone.
@OnEveryDatabase
class NoteMentionContractTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final Database database;
    private final Participant amira;
    private final Participant sister;
    private final Participant stranger;
    private final ConversationId thread;
    private final Message note = Assistance.message(1, Message.Author.NOTE, "Ask @omar", NOW);

    NoteMentionContractTest(Database database) {
        this.database = database;
        var account = StoredAccounts.owner(database, Tier.FREE).owner();
        this.amira = StoredParticipants.in(database, account);
        this.sister = StoredParticipants.in(database, account);
        this.stranger = StoredParticipants.somebody(database);
        String id = UUID.randomUUID().toString();
        database.write(tx -> tx.sql()
                .execute(
                        "INSERT INTO conversations (id, tenant_id, sub_client_id, kind, title, message_count, created_at,"
                                + " updated_at) VALUES (?, ?, ?, 'whatsapp', 'x', 0, 1, 1)",
                        id,
                        amira.tenant().toString(),
                        amira.workspace().value()));
        this.thread = ConversationId.parse(id).orElseThrow();
        database.write(tx -> {
            new NoteMentionStore(tx)
                    .add(amira.tenant(), amira.workspace(), thread, note, new Message.By(amira.user(), "omar"));
            return id;
        });
    }

    @Test
    void aMentionIsReadInItsWorkspaceOnly() {
        assertThat(mentioned(amira)).containsOnlyKeys(note.id());
        assertThat(unread(amira)).isEqualTo(1);
        for (Participant other : List.of(sister, stranger)) {
            var elsewhere = new Participant(other.tenant(), other.workspace(), amira.user());
            assertThat(mentioned(elsewhere)).isEmpty();
            assertThat(unread(elsewhere)).isZero();
            assertThat(isUnread(elsewhere)).isFalse();
            read(elsewhere);
        }
        assertThat(isUnread(amira)).isTrue();

        read(amira);

        assertThat(unread(amira)).isZero();
        assertThat(isUnread(amira)).isFalse();
        assertThat(mentioned(amira)).containsOnlyKeys(note.id());
    }

    private Map<UUID, List<Message.By>> mentioned(Participant who) {
        return ask(store -> store.of(who.tenant(), who.workspace(), thread, List.of(note.id())));
    }

    private int unread(Participant who) {
        return this.<Integer>ask(store -> store.countUnread(who.tenant(), who.workspace(), who.user(), 9));
    }

    private boolean isUnread(Participant who) {
        return this.<Boolean>ask(store -> store.isUnread(who.tenant(), who.workspace(), thread, who.user()));
    }

    private void read(Participant who) {
        database.write(tx -> {
            new NoteMentionStore(tx).markRead(who.tenant(), who.workspace(), thread, who.user(), NOW);
            return who;
        });
    }

    private <T> T ask(Function<NoteMentionStore, T> question) {
        return database.read(tx -> question.apply(new NoteMentionStore(tx)));
    }
}
