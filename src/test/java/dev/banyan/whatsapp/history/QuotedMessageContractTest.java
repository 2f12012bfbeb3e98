package dev.banyan.whatsapp.history;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.TestMessages;
import dev.banyan.whatsapp.history.MessageDetails.Details;
import dev.banyan.whatsapp.history.MessageDetails.Reacted;
import org.junit.jupiter.api.Test;

/// What messages refer to: quoted messages, reactions, edits and deletions.
@OnEveryDatabase
class QuotedMessageContractTest {

    private static final AtomicLong ORDER = new AtomicLong(System.nanoTime());
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Phone AMIRA = new Phone("+971500000201");
    private static final Phone OMAR = new Phone("+971500000202");

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId desk = new SenderId("desk-" + UUID.randomUUID());

    QuotedMessageContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void aMessageIsFoundByOurIdAndByWhatsAppsInItsOwnChat() {
        OutgoingMessage sent = sent(AMIRA, MessageContent.PLAIN, "wamid.out");
        IncomingMessage received = received(AMIRA, MessageContent.PLAIN, "wamid.in");

        assertThat(find(tenant, AMIRA, sent.id().toString())).hasValueSatisfying(found -> {
            assertThat(found.quoted()).contains(new Quoted("wamid.out", true));
            assertThat(found.pool()).isEqualTo(desk);
        });
        assertThat(find(tenant, AMIRA, "wamid.out").map(QuotedMessage::id)).contains(sent.id());
        assertThat(find(tenant, AMIRA, received.id().toString()).flatMap(QuotedMessage::quoted))
                .contains(new Quoted("wamid.in", false));
        assertThat(find(tenant, AMIRA, "wamid.in").map(QuotedMessage::text)).contains("Hello");
        assertThat(find(tenant, OMAR, "wamid.in")).isEmpty();
        assertThat(find(tenant, OMAR, sent.id().toString())).isEmpty();
        assertThat(find(stranger, AMIRA, "wamid.in")).isEmpty();
        assertThat(find(stranger, AMIRA, received.id().toString())).isEmpty();
    }

    @Test
    void whatWasNotSentYetHasNoIdOfWhatsApp() {
        OutgoingMessage waiting = sent(AMIRA, MessageContent.PLAIN, Optional.empty());

        assertThat(find(tenant, AMIRA, waiting.id().toString()).orElseThrow().quoted())
                .isEmpty();
        assertThat(database.<Map<UUID, QuotedMessageStore.OnWhatsApp>>read(
                        tx -> new QuotedMessageStore(tx).onWhatsApp(tenant, List.of(waiting.id()))))
                .isEmpty();
    }

    @Test
    void detailsNameTheQuotedMessageAndTheReactionsOfBothSides() {
        IncomingMessage question = received(AMIRA, MessageContent.PLAIN, "wamid.q");
        OutgoingMessage answer = sent(AMIRA, MessageContent.PLAIN.answering(new Quoted("wamid.q", false)), "wamid.a");
        sent(AMIRA, reaction("👍", "wamid.q"), "wamid.r1");
        sent(AMIRA, reaction("🎉", "wamid.q"), "wamid.r2");
        database.write(tx -> new ReactionStore(tx).put(tenant, desk, "wamid.a", AMIRA, "❤️", NOW));

        Map<UUID, Details> details = new MessageDetails(database).of(tenant, List.of(answer), List.of(question));

        assertThat(details.getOrDefault(answer.id(), Details.NONE).quoted().map(QuotedMessage::id))
                .contains(question.id());
        assertThat(details.getOrDefault(answer.id(), Details.NONE).provider()).contains("wamid.a");
        assertThat(details.getOrDefault(answer.id(), Details.NONE).reactions())
                .containsExactly(new Reacted("❤️", false));
        assertThat(details.getOrDefault(question.id(), Details.NONE).reactions())
                .containsExactly(new Reacted("🎉", true));
        sent(AMIRA, reaction("", "wamid.q"), "wamid.r3");
        assertThat(new MessageDetails(database)
                        .of(tenant, List.of(), List.of(question))
                        .getOrDefault(question.id(), Details.NONE)
                        .reactions())
                .isEmpty();
        assertThat(new MessageDetails(database)
                        .of(stranger, List.of(), List.of(question))
                        .getOrDefault(question.id(), Details.NONE)
                        .reactions())
                .isEmpty();
    }

    private static MessageContent reaction(String emoji, String to) {
        return MessageContent.of(new MessageContent.Reaction(emoji)).answering(new Quoted(to, false));
    }

    @Test
    void thePriceOfAMessageIsKeptWithIt() {
        OutgoingMessage sent = sent(AMIRA, MessageContent.PLAIN, "wamid.p");
        var price = new MessagePrice("marketing", true);
        var priced = new MessagePriceStore.Priced(desk, "wamid.p", price);
        database.write(tx -> {
            new MessagePriceStore(tx)
                    .put(
                            stranger,
                            List.of(new MessagePriceStore.Priced(desk, "wamid.p", new MessagePrice("no", true))));
            new MessagePriceStore(tx).put(tenant, List.of(priced));
            return true;
        });

        assertThat(prices(tenant, sent)).containsExactlyEntriesOf(Map.of(sent.id(), price));
        assertThat(prices(stranger, sent)).isEmpty();
        assertThat(new MessageDetails(database)
                        .of(tenant, List.of(sent), List.of())
                        .getOrDefault(sent.id(), Details.NONE)
                        .price())
                .contains(price);
    }

    private Map<UUID, MessagePrice> prices(AccountId who, OutgoingMessage sent) {
        return database.read(tx -> new MessagePriceStore(tx).of(who, List.of(sent.id())));
    }

    @Test
    void aLaterReactionWinsWhateverTheOrderTheyArriveIn() {
        sent(AMIRA, MessageContent.PLAIN, "wamid.a");
        assertThat(react("❤️", NOW.plusSeconds(2))).isTrue();
        assertThat(react("👍", NOW)).isFalse();
        assertThat(reactions(tenant)).containsExactlyEntriesOf(Map.of("wamid.a", "❤️"));
        assertThat(reactions(stranger)).isEmpty();
        assertThat(react("", NOW.plusSeconds(3))).isTrue();
        assertThat(reactions(tenant)).isEmpty();
    }

    private boolean react(String emoji, Instant at) {
        return database.write(tx -> new ReactionStore(tx).put(tenant, desk, "wamid.a", AMIRA, emoji, at));
    }

    private Map<String, String> reactions(AccountId who) {
        return database.read(tx -> new ReactionStore(tx).of(who, desk, List.of("wamid.a")));
    }

    @Test
    void anEditAndADeletionAreKept() {
        IncomingMessage message = received(AMIRA, MessageContent.PLAIN, "wamid.e");
        database.write(tx -> {
            var store = new IncomingStore(tx);
            assertThat(store.edit(stranger, desk, "wamid.e", "Stolen", NOW)).isFalse();
            assertThat(store.edit(tenant, desk, "wamid.e", "Hello again", NOW.plusSeconds(1)))
                    .isTrue();
            assertThat(store.delete(tenant, desk, "wamid.e", NOW.plusSeconds(2)))
                    .isTrue();
            return store.delete(stranger, desk, "wamid.e", NOW);
        });
        IncomingMessage after = database.<Optional<IncomingMessage>>read(
                        tx -> new IncomingStore(tx).find(tenant, desk, "wamid.e"))
                .orElseThrow();
        assertThat(after.text()).isEqualTo("Hello again");
        assertThat(after.editedAt()).contains(NOW.plusSeconds(1));
        assertThat(after.deletedAt()).contains(NOW.plusSeconds(2));
        assertThat(database.<List<IncomingMessage>>read(
                        tx -> new IncomingStore(tx).findAll(tenant, List.of(message.id()))))
                .containsExactly(after);
        assertThat(database.<List<IncomingMessage>>read(
                        tx -> new IncomingStore(tx).findAll(stranger, List.of(message.id()))))
                .isEmpty();
        assertThat(database.<Optional<Instant>>read(tx -> new IncomingStore(tx).lastFrom(tenant, desk, AMIRA)))
                .contains(NOW);
        assertThat(database.<Optional<Instant>>read(tx -> new IncomingStore(tx).lastFrom(tenant, desk, OMAR)))
                .isEmpty();
    }

    private Optional<QuotedMessage> find(AccountId who, Phone contact, String id) {
        return database.read(tx -> new QuotedMessageStore(tx).find(who, contact, id));
    }

    private IncomingMessage received(Phone from, MessageContent content, String provider) {
        var message = TestMessages.received(
                UUID.randomUUID(),
                tenant,
                desk,
                desk,
                provider,
                from,
                "Amira",
                "Hello",
                Optional.empty(),
                content,
                NOW);
        database.write(tx -> new IncomingStore(tx).insert(tenant, message));
        return message;
    }

    private OutgoingMessage sent(Phone to, MessageContent content, String provider) {
        return sent(to, content, Optional.of(provider));
    }

    private OutgoingMessage sent(Phone to, MessageContent content, Optional<String> provider) {
        var message = new OutgoingMessage(
                new UUID(0x018F_0000_0000_7000L, ORDER.incrementAndGet()),
                tenant,
                desk,
                Optional.empty(),
                Optional.of(desk),
                to,
                "Hi",
                Optional.empty(),
                content,
                "k-" + UUID.randomUUID(),
                MessageSchedule.NONE,
                DeliveryState.SENT,
                Optional.empty(),
                Optional.empty(),
                NOW,
                NOW);
        database.write(tx -> {
            TestMessages.insert(tx, message);
            return tx.sql()
                    .update(OUTGOING_MESSAGES)
                    .set(OUTGOING_MESSAGES.PROVIDER_ID, provider.orElse(null))
                    .where(OUTGOING_MESSAGES.ID.eq(message.id()))
                    .execute();
        });
        return message;
    }
}
