package dev.banyan.workspaces.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.StoredParticipants;
import dev.banyan.workspaces.ThreadStore;
import org.junit.jupiter.api.Test;

/// A thread’s tags are seen in its own workspace alone.
@OnEveryDatabase
class ThreadTagStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final Database database;
    private final Participant amira;
    private final Participant sister;
    private final Participant stranger;

    ThreadTagStoreContractTest(Database database) {
        this.database = database;
        var account = StoredAccounts.owner(database, Tier.FREE).owner();
        this.amira = StoredParticipants.in(database, account);
        this.sister = StoredParticipants.in(database, account);
        this.stranger = StoredParticipants.somebody(database);
    }

    private ConversationId tagged(String... tags) {
        var thread = new ConversationId(UUID.randomUUID());
        database.act(tx -> {
            var threads = new ThreadStore(tx);
            threads.beginConversation(amira.tenant(), amira.workspace(), thread, "Amal", NOW);
            var last = new InboxThread.Last(Message.Author.USER, "Hello", NOW);
            var _ = threads.insert(
                    amira.tenant(), amira.workspace(), thread, InboxThread.Channel.CHAT, Optional.empty(), last);
            for (String tag : tags) {
                new ThreadTagStore(tx).add(amira.tenant(), amira.workspace(), thread, tag);
            }
        });
        return thread;
    }

    private Map<ConversationId, List<String>> tags(Participant whose, ConversationId... threads) {
        return database.read(tx -> new ThreadTagStore(tx).ofAll(whose.tenant(), whose.workspace(), List.of(threads)));
    }

    @Test
    void tagsOfManyThreadsAreReadInTheirWorkspaceOnly() {
        ConversationId first = tagged("silver", "gold");
        ConversationId second = tagged("gold");

        assertThat(tags(amira, first, second))
                .containsExactlyInAnyOrderEntriesOf(Map.of(first, List.of("gold", "silver"), second, List.of("gold")));
        assertThat(tags(sister, first, second)).isEmpty();
        assertThat(tags(stranger, first, second)).isEmpty();
    }
}
