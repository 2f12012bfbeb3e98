package dev.banyan.whatsapp.history;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.TestMessages;
import dev.banyan.whatsapp.history.MessageHistory.IncomingQuery;
import dev.banyan.whatsapp.history.MessageHistory.OutgoingQuery;
import dev.banyan.whatsapp.history.MessageHistory.Page;
import dev.banyan.whatsapp.history.MessageHistory.Sent;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class MessageHistoryContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Phone AMIRA = new Phone("+971500000201");
    private static final Phone OMAR = new Phone("+971500000202");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Database database;
    private final MessageHistory history;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId pool = new SenderId("pool-" + UUID.randomUUID());
    private final SenderId other = new SenderId("other-" + UUID.randomUUID());
    private final SenderId desk = new SenderId("desk-" + UUID.randomUUID());

    MessageHistoryContractTest(Database database) {
        this.database = database;
        this.history = new MessageHistory(database);
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void pagesGoFromTheNewestDownAndStayWhatTheyAreWhileMoreComes() {
        List<UUID> all = Stream.generate(() -> sent(AMIRA, "Hello")).limit(7).toList();

        Page<Sent> first = page(OutgoingQuery.ALL, Optional.empty(), 3);
        sent(AMIRA, "New meanwhile");
        Page<Sent> second = page(OutgoingQuery.ALL, first.next(), 3);
        Page<Sent> third = page(OutgoingQuery.ALL, second.next(), 3);

        assertThat(Stream.of(first, second, third)
                        .flatMap(page -> page.messages().stream())
                        .map(sent -> sent.message().id()))
                .containsExactlyElementsOf(all.reversed());
        assertThat(third.next()).isEmpty();
    }

    @Test
    void aPoolWithMessagesIsKnownToItsOwnerEvenIfItWasRemoved() {
        assertThat(history.isKnown(tenant, pool)).isFalse();
        sent(AMIRA, "Hello");
        received(pool, AMIRA, "Hello");

        assertThat(history.isKnown(tenant, pool)).isTrue();
        assertThat(history.isKnown(stranger, pool)).isFalse();
    }

    @Test
    void theLastFullPageSaysThatNothingFollows() {
        sent(AMIRA, "One");
        sent(AMIRA, "Two");

        assertThat(page(OutgoingQuery.ALL, Optional.empty(), 2).next()).isEmpty();
        assertThat(page(OutgoingQuery.ALL, Optional.empty(), 1).next()).isPresent();
    }

    @Test
    void eachWishNarrowsAndAllOfThemTogether() {
        UUID batch = UUID.randomUUID();
        UUID plain = sent(AMIRA, "Good morning");
        UUID elsewhere = store(other, Optional.empty(), AMIRA, "Good morning", DeliveryState.QUEUED, Optional.empty());
        UUID failed = store(pool, Optional.of(desk), OMAR, "Grüße", DeliveryState.FAILED, Optional.of(batch));
        UUID unsure = store(pool, Optional.of(desk), AMIRA, "Perhaps", DeliveryState.UNCERTAIN, Optional.of(batch));

        assertThat(ids(OutgoingQuery.ALL)).containsExactly(unsure, failed, elsewhere, plain);
        assertThat(ids(query(Optional.of(pool), Optional.empty(), Optional.empty(), Set.of(), "", Optional.empty())))
                .containsExactly(unsure, failed, plain);
        assertThat(ids(query(Optional.empty(), Optional.of(desk), Optional.empty(), Set.of(), "", Optional.empty())))
                .containsExactly(unsure, failed);
        assertThat(ids(query(Optional.empty(), Optional.empty(), Optional.of(OMAR), Set.of(), "", Optional.empty())))
                .containsExactly(failed);
        assertThat(ids(states(DeliveryState.UNCERTAIN))).containsExactly(unsure);
        assertThat(ids(states(DeliveryState.FAILED))).containsExactly(failed);
        assertThat(ids(states(DeliveryState.QUEUED))).containsExactly(elsewhere);
        assertThat(ids(states(DeliveryState.SENT, DeliveryState.FAILED))).containsExactly(failed, plain);
        assertThat(ids(query(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), "", Optional.of(batch))))
                .containsExactly(unsure, failed);
        assertThat(ids(query(
                        Optional.of(pool),
                        Optional.of(desk),
                        Optional.of(AMIRA),
                        Set.of(DeliveryState.UNCERTAIN),
                        "hap",
                        Optional.of(batch))))
                .containsExactly(unsure);
        assertThat(ids(query(
                        Optional.of(other),
                        Optional.of(desk),
                        Optional.empty(),
                        Set.of(DeliveryState.UNCERTAIN),
                        "",
                        Optional.of(batch))))
                .isEmpty();
    }

    @Test
    void whatAnotherPoolSendsIsAlsoAMessageOfThePoolThatItWasOrderedFor() {
        UUID before = sent(AMIRA, "Before");
        UUID lent = store(other, Optional.of(desk), OMAR, "Lent", DeliveryState.FAILED, Optional.empty());
        database.write(tx -> tx.sql()
                .execute(
                        "UPDATE outgoing_messages SET home_master_id = ? WHERE id = ?", pool.value(), lent.toString()));
        UUID after = sent(AMIRA, "After");
        OutgoingQuery own = ofPool(pool, Set.of());

        assertThat(ids(own)).containsExactly(after, lent, before);
        assertThat(ids(ofPool(pool, Set.of(DeliveryState.FAILED)))).containsExactly(lent);
        assertThat(ids(ofPool(other, Set.of()))).containsExactly(lent);
        assertThat(page(own, Optional.of(after), 1).messages())
                .singleElement()
                .extracting(sent -> sent.message().id())
                .isEqualTo(lent);
        assertThat(history.outgoing(stranger, own, Optional.empty(), 9).messages())
                .isEmpty();
    }

    private static OutgoingQuery ofPool(SenderId pool, Set<DeliveryState> states) {
        return query(Optional.of(pool), Optional.empty(), Optional.empty(), states, "", Optional.empty());
    }

    @Test
    void wordsAreFoundWhateverTheirCaseAndAccents() {
        UUID greeting = sent(AMIRA, "Viele GRÜSSE, 50% off");
        sent(AMIRA, "Another");

        assertThat(ids(text("grus"))).containsExactly(greeting);
        assertThat(ids(text("Grüs"))).containsExactly(greeting);
        assertThat(ids(text("50%"))).containsExactly(greeting);
        assertThat(ids(text("%"))).containsExactly(greeting);
        assertThat(ids(text("_"))).isEmpty();
    }

    @Test
    void aSearchLooksThroughSoManyAndSaysWhereItGoesOn() {
        UUID oldest = sent(AMIRA, "needle");
        database.write(tx -> {
            TestMessages.insertAll(
                    tx,
                    Stream.generate(() -> message(pool, Optional.of(pool), AMIRA, "hay", DeliveryState.READ))
                            .limit(MessageHistory.LOOKED_THROUGH)
                            .toList());
            return true;
        });

        Page<Sent> first = page(text("needle"), Optional.empty(), 10);
        assertThat(first.messages()).isEmpty();
        assertThat(first.next()).isPresent();
        Page<Sent> second = page(text("needle"), first.next(), 10);
        assertThat(second.messages()).extracting(sent -> sent.message().id()).containsExactly(oldest);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void anotherTenantSeesNothing() {
        UUID batch = UUID.randomUUID();
        UUID id = store(pool, Optional.of(desk), AMIRA, "Hello", DeliveryState.FAILED, Optional.of(batch));
        received(pool, AMIRA, "Hello");

        for (OutgoingQuery query : List.of(
                OutgoingQuery.ALL,
                states(DeliveryState.FAILED),
                query(
                        Optional.of(pool),
                        Optional.of(desk),
                        Optional.of(AMIRA),
                        Set.of(),
                        "Hello",
                        Optional.of(batch)))) {
            assertThat(history.outgoing(stranger, query, Optional.empty(), 9).messages())
                    .isEmpty();
        }
        assertThat(history.find(stranger, id)).isEmpty();
        assertThat(history.find(tenant, id)).get().extracting(Sent::batch).isEqualTo(Optional.of(batch));
        assertThat(history.incoming(stranger, IncomingQuery.ALL, Optional.empty(), 9)
                        .messages())
                .isEmpty();
    }

    @Test
    void whatCameInIsListedByPoolNumberContactAndWords() {
        UUID hello = received(desk, AMIRA, "Hello");
        UUID question = received(pool, OMAR, "Is the clinic open?");
        UUID again = received(desk, AMIRA, "Hello again");

        assertThat(came(IncomingQuery.ALL)).containsExactly(again, question, hello);
        assertThat(came(new IncomingQuery(Optional.of(pool), Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly(again, question, hello);
        assertThat(came(new IncomingQuery(Optional.of(desk), Optional.empty(), Optional.empty(), Optional.empty())))
                .as("a servant leads no pool")
                .isEmpty();
        assertThat(came(new IncomingQuery(Optional.empty(), Optional.of(desk), Optional.empty(), Optional.empty())))
                .containsExactly(again, hello);
        assertThat(came(new IncomingQuery(Optional.empty(), Optional.empty(), Optional.of(OMAR), Optional.empty())))
                .containsExactly(question);
        assertThat(came(new IncomingQuery(
                        Optional.of(pool), Optional.of(desk), Optional.of(AMIRA), Optional.of("AGAIN"))))
                .containsExactly(again);
        Page<IncomingMessage> first = history.incoming(tenant, IncomingQuery.ALL, Optional.empty(), 2);
        assertThat(history.incoming(tenant, IncomingQuery.ALL, first.next(), 2).messages())
                .extracting(IncomingMessage::id)
                .containsExactly(hello);
    }

    private static OutgoingQuery states(DeliveryState... states) {
        return query(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(states), "", Optional.empty());
    }

    private static OutgoingQuery text(String text) {
        return query(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), text, Optional.empty());
    }

    private static OutgoingQuery query(
            Optional<SenderId> pool,
            Optional<SenderId> sender,
            Optional<ContactAddress> to,
            Set<DeliveryState> states,
            String text,
            Optional<UUID> batch) {
        return new OutgoingQuery(pool, sender, to, states, Optional.of(text), batch);
    }

    private Page<Sent> page(OutgoingQuery query, Optional<UUID> after, int limit) {
        return history.outgoing(tenant, query, after, limit);
    }

    private List<UUID> ids(OutgoingQuery query) {
        return page(query, Optional.empty(), 100).messages().stream()
                .map(sent -> sent.message().id())
                .toList();
    }

    private List<UUID> came(IncomingQuery query) {
        return history.incoming(tenant, query, Optional.empty(), 100).messages().stream()
                .map(IncomingMessage::id)
                .toList();
    }

    private UUID sent(Phone to, String text) {
        return store(pool, Optional.of(pool), to, text, DeliveryState.SENT, Optional.empty());
    }

    private UUID store(
            SenderId master,
            Optional<SenderId> sender,
            Phone to,
            String text,
            DeliveryState state,
            Optional<UUID> batch) {
        OutgoingMessage message = message(master, sender, to, text, state);
        database.write(tx -> {
            assertThat(TestMessages.insert(tx, message)).isTrue();
            batch.ifPresent(together -> tx.sql()
                    .execute(
                            "UPDATE outgoing_messages SET batch_id = ? WHERE id = ?",
                            together.toString(),
                            message.id().toString()));
            return true;
        });
        return message.id();
    }

    private OutgoingMessage message(
            SenderId master, Optional<SenderId> sender, Phone to, String text, DeliveryState state) {
        UUID id = id();
        return new OutgoingMessage(
                id, tenant, master, sender, to, text, Optional.empty(), "key-" + id, state, Optional.empty(), NOW, NOW);
    }

    private UUID received(SenderId sender, Phone from, String text) {
        UUID id = id();
        var message =
                TestMessages.received(id, tenant, sender, pool, "in-" + id, from, "", text, Optional.empty(), NOW);
        assertThat(database.<Boolean>write(tx -> new IncomingStore(tx).insert(tenant, message)))
                .isTrue();
        return id;
    }

    /// Sorted by creation time.
    private static UUID id() {
        return new UUID(
                0x0193_0000_0000_7000L | (long) NUMBER.incrementAndGet() << 16,
                UUID.randomUUID().getLeastSignificantBits());
    }
}
