package dev.banyan.whatsapp.campaigns;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutSettings;
import dev.banyan.whatsapp.optouts.OptOutStore;
import org.junit.jupiter.api.Test;

/// Campaigns over time: restarts, failovers, opt-outs and the limit for contacts who never wrote.
@OnEveryDatabase
class CampaignRunnerTest {

    private final Database database;
    private final AccountId tenant;
    private final TestCampaigns server;
    private final Sender pool;

    CampaignRunnerTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.server = new TestCampaigns(database, tenant);
        this.pool = server.world.linked(tenant, "+971500000101");
    }

    @Test
    void resultsFollowTheMessages() {
        server.withoutLimit();
        Campaign campaign = server.started(pool.id(), 3);
        server.run(Duration.ofSeconds(60));

        assertThat(server.counts(campaign).of(RecipientState.READ)).isEqualTo(3);
        assertThat(server.recipients(campaign))
                .allMatch(one -> one.sender().equals(Optional.of(pool.id()))
                        && one.message().isPresent()
                        && one.reason().isEmpty());
        assertThat(server.now(campaign).endedAt()).isPresent();
        assertThat(messages().values()).containsOnly("Hello Contact 0", "Hello Contact 1", "Hello Contact 2");
    }

    @Test
    void aRestartInTheMiddleSendsNothingTwiceAndNothingIsLost() {
        server.withoutLimit();
        slow(60);
        Campaign campaign = server.started(pool.id(), 150);
        server.run(Duration.ofSeconds(40));
        Map<ContactAddress, Integer> before = server.sent();
        assertThat(before.size()).isBetween(20, 120);
        // Stops without a warning: whatever threads had to do is lost, among it the results of messages.
        server.world.threads.shutdown();

        var next = new TestCampaigns(database, tenant);
        next.world.clock.forward(Duration.ofMinutes(5));
        next.world.dispatcher.restore();
        next.world.resumption.begin();
        next.world.threads.runAll();
        next.run(Duration.ofMinutes(5));

        Map<ContactAddress, Integer> all = new HashMap<>(before);
        next.sent().forEach((phone, count) -> all.merge(phone, count, Integer::sum));
        assertThat(all.values()).containsOnly(1);
        assertThat(next.now(campaign).state()).isEqualTo(CampaignState.DONE);
        RecipientCounts counts = next.counts(campaign);
        assertThat(counts.sent() + counts.of(RecipientState.UNCERTAIN)).isEqualTo(150);
        assertThat(all.size() + counts.of(RecipientState.UNCERTAIN)).isGreaterThanOrEqualTo(150);
        assertThat(messages()).hasSize(150);
    }

    @Test
    void twoServersSendNothingTwice() {
        server.withoutLimit();
        Campaign campaign = server.started(pool.id(), 50);
        var other = new TestCampaigns(database, tenant);
        server.runner.run();
        other.runner.run();
        server.run(Duration.ofSeconds(20));
        other.runner.run();

        assertThat(server.sent()).hasSize(50);
        assertThat(server.sent().values()).containsOnly(1);
        assertThat(server.counts(campaign).sent()).isEqualTo(50);
    }

    @Test
    void aFailoverInTheMiddleSendsNothingTwiceAndNothingIsLost() {
        server.withoutLimit();
        slow(60);
        Sender other = server.world.linked(tenant, "+971500000103");
        Campaign campaign = server.started(pool.id(), 120);
        server.run(Duration.ofSeconds(30));
        int before = server.sent().size();
        assertThat(before).isBetween(10, 100);

        server.world.linking.fault(tenant, pool.id(), Fault.BAN);
        server.world.threads.runAll();
        for (int round = 0; round < 60; round++) {
            server.world.liveness.probe();
            server.run(Duration.ofSeconds(5));
        }

        assertThat(server.sent().values()).containsOnly(1);
        assertThat(server.sent().size() + server.counts(campaign).of(RecipientState.UNCERTAIN))
                .isEqualTo(120);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
        assertThat(server.recipients(campaign).stream().map(Recipient::sender).collect(Collectors.toSet()))
                .contains(Optional.of(pool.id()), Optional.of(other.id()));
    }

    @Test
    void aCampaignWaitsWhileAPoolOfCodesStandsIn() {
        server.withoutLimit();
        slow(60);
        Sender codes = server.world.linked(tenant, "+971500000103");
        PoolSettings is = PoolSettings.DEFAULT;
        server.world.tuning.tunePool(
                tenant,
                Actor.SERVER,
                codes.id(),
                new PoolSettings(
                        is.strategy(),
                        is.uncertain(),
                        is.pace(),
                        is.pair(),
                        is.quiet(),
                        is.zone(),
                        is.mostWaiting(),
                        is.groups(),
                        PoolSettings.PoolClass.CODES,
                        is.receiptWithin()));
        Campaign campaign = server.started(pool.id(), 300);
        server.run(Duration.ofSeconds(10));

        server.world.linking.fault(tenant, pool.id(), Fault.BAN);
        server.world.threads.runAll();
        for (int round = 0; round < 36; round++) {
            server.world.liveness.probe();
            server.run(Duration.ofSeconds(5));
        }

        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.RUNNING);
        assertThat(server.now(campaign).note()).contains(CampaignSteps.CODES_STAND_IN);
        assertThat(server.check.run(tenant, campaign.id()).orElseThrow().warnings())
                .contains(CampaignSteps.CODES_STAND_IN);
    }

    @Test
    void theCampaignsOfAnAccountThatIsSwitchedOffWait() {
        server.withoutLimit();
        slow(60);
        Campaign campaign = server.started(pool.id(), 300);
        server.run(Duration.ofSeconds(10));
        long left = server.counts(campaign).of(RecipientState.PENDING);
        assertThat(left).isPositive();

        become("suspended");
        server.run(Duration.ofMinutes(5));
        assertThat(server.counts(campaign).of(RecipientState.PENDING)).isEqualTo(left);
        assertThat(server.now(campaign).note().orElseThrow()).contains("switched off");

        become("active");
        server.run(Duration.ofMinutes(8));
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
        assertThat(server.sent()).hasSize(300);
    }

    private void become(String status) {
        database.write(tx -> tx.sql()
                .update(ACCOUNTS)
                .set(ACCOUNTS.STATUS, status)
                .where(ACCOUNTS.ID.eq(tenant))
                .execute());
    }

    /// A hidden contact may turn out to have a number that is on the list, too.
    @Test
    void twoRecipientsWhoTurnOutToBeOnePersonGetOneMessage() {
        server.withoutLimit();
        Campaign campaign = server.draft(pool.id(), "Hello");
        server.add(campaign, 2);
        database.write(tx -> {
            ContactAddress first = TestCampaigns.contact(0);
            Recipient other = new RecipientStore(tx)
                    .list(tenant, campaign.id(), Optional.empty(), 1, 1)
                    .getFirst();
            new RecipientStore(tx).deleteSome(tenant, campaign.id(), 2);
            new RecipientStore(tx)
                    .insert(
                            tenant,
                            campaign.id(),
                            Stream.of(1L, 2L)
                                    .map(position -> new Recipient(
                                            position,
                                            Optional.of(first),
                                            other.typed(),
                                            other.name(),
                                            other.fields(),
                                            RecipientState.PENDING,
                                            Optional.empty(),
                                            false,
                                            Optional.empty(),
                                            Optional.empty(),
                                            other.changedAt(),
                                            Recipient.Returned.NEVER))
                                    .toList());
            return true;
        });
        server.acts.start(tenant, Actor.SERVER, campaign.id());
        server.run(Duration.ofSeconds(60));

        assertThat(server.sent().values()).containsExactly(1);
        assertThat(server.recipients(campaign))
                .extracting(Recipient::state)
                .containsExactly(RecipientState.READ, RecipientState.DUPLICATE);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
    }

    @Test
    void aContactWhoOptsOutBetweenOrderAndSendingGetsNothing() {
        server.withoutLimit();
        slow(1);
        Campaign campaign = server.started(pool.id(), 15);
        server.runner.run();
        assertThat(server.counts(campaign).of(RecipientState.WAITING)).isEqualTo(15);
        ContactAddress contact = TestCampaigns.contact(9);

        server.writes(pool.id(), pool.id(), contact, " Stop! ");
        server.run(Duration.ofMinutes(30));

        assertThat(messages().get(contact)).isNotNull();
        assertThat(campaignMessagesSent()).hasSize(14).doesNotContain(contact);
        Recipient recipient = server.recipient(campaign, contact);
        assertThat(recipient.state()).isEqualTo(RecipientState.OPTED_OUT);
        assertThat(recipient.reason()).contains(OptOut.SENTENCE);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
    }

    @Test
    void anOptOutThatCameTooLateToCancelCountsBeforeTheMessageIsHandedOver() {
        server.withoutLimit();
        slow(1);
        Campaign campaign = server.started(pool.id(), 15);
        server.runner.run();
        ContactAddress contact = TestCampaigns.contact(9);
        // As if the word had arrived at the same moment: nothing is canceled, the row alone is there.
        database.write(tx -> new OptOutStore(tx)
                .insert(
                        tenant,
                        new OptOut(
                                contact,
                                OptOut.Cause.WORD,
                                Optional.empty(),
                                Optional.of("stop"),
                                "",
                                server.world.clock.instant())));
        server.run(Duration.ofMinutes(30));

        assertThat(campaignMessagesSent()).hasSize(14).doesNotContain(contact);
        assertThat(server.recipient(campaign, contact).state()).isEqualTo(RecipientState.OPTED_OUT);
    }

    @Test
    void aContactWhoOptsOutBeforeTheOrderIsNeverOrdered() {
        server.withoutLimit();
        Campaign campaign = server.started(pool.id(), 5);
        database.write(tx -> server.optOuts.add(tx, tenant, TestCampaigns.contact(3), "WhatsApp said so (131050)."));
        server.run(Duration.ofSeconds(10));

        assertThat(messages()).hasSize(4);
        assertThat(server.recipient(campaign, TestCampaigns.contact(3)).state()).isEqualTo(RecipientState.OPTED_OUT);
        assertThat(server.optOuts.find(tenant, TestCampaigns.contact(3).key()).orElseThrow())
                .satisfies(one -> assertThat(one.cause()).isEqualTo(OptOut.Cause.WHATSAPP))
                .satisfies(one -> assertThat(one.note()).isEqualTo("WhatsApp said so (131050)."));
    }

    @Test
    void anOptOutIsAnsweredOnceAndEndsOnlyWithAWordOrAPerson() {
        ContactAddress contact = TestCampaigns.contact(1);
        server.writes(pool.id(), pool.id(), contact, "Arrêt");
        server.writes(pool.id(), pool.id(), contact, "STOP");
        server.writes(pool.id(), pool.id(), contact, "Hello again");
        server.world.threads.runAll();

        OptOut optOut = server.optOuts.find(tenant, contact.key()).orElseThrow();
        assertThat(optOut.cause()).isEqualTo(OptOut.Cause.WORD);
        assertThat(optOut.word()).contains("Arrêt");
        assertThat(optOut.sender()).contains(pool.id());
        assertThat(texts(contact)).containsExactly(OptOutSettings.DEFAULT.outAnswer());

        server.writes(pool.id(), pool.id(), contact, "start");
        server.writes(pool.id(), pool.id(), contact, "start");
        assertThat(server.optOuts.find(tenant, contact.key())).isEmpty();
        assertThat(texts(contact))
                .containsExactly(OptOutSettings.DEFAULT.outAnswer(), OptOutSettings.DEFAULT.inAnswer());

        server.optOuts.save(tenant, Actor.SERVER, new OptOutSettings(List.of("basta"), List.of("start"), "", "", 20));
        server.writes(pool.id(), pool.id(), contact, "stop");
        assertThat(server.optOuts.find(tenant, contact.key())).isEmpty();
        server.writes(pool.id(), pool.id(), contact, "Basta!");
        assertThat(server.optOuts.find(tenant, contact.key())).isPresent();
        assertThat(texts(contact)).as("no answer is set").hasSize(2);
        server.optOuts.remove(tenant, Actor.SERVER, contact.key());
        assertThat(server.optOuts.find(tenant, contact.key())).isEmpty();
    }

    @Test
    void contactsWhoNeverWroteAreLimitedPerDayAndNumberAndTheRestGoesOnTheNextDay() {
        Sender servant = server.world.servant(pool, "+971500000102");
        server.world.linking.link(tenant, Actor.SERVER, servant.id());
        server.world.linking.scan(tenant, servant.id(), servant.phone());
        server.world.threads.runAll();
        server.firstContacts(4);
        server.writes(pool.id(), pool.id(), TestCampaigns.contact(18), "Hello");
        server.writes(servant.id(), pool.id(), TestCampaigns.contact(19), "Hello");
        Campaign campaign = server.started(pool.id(), 20);

        server.run(Duration.ofMinutes(10));

        assertThat(server.recipients(campaign).stream().filter(Recipient::isFirst))
                .hasSize(18);
        assertThat(server.sent()).as("eight strangers and two who wrote").hasSize(10);
        assertThat(server.sent()).containsKeys(TestCampaigns.contact(18), TestCampaigns.contact(19));
        assertThat(strangersByNumber(campaign)).isEqualTo(Map.of(pool.id(), 4L, servant.id(), 4L));
        assertThat(server.now(campaign).note().orElseThrow()).contains("4 new contacts per number", "463");
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.RUNNING);

        server.writes(pool.id(), pool.id(), TestCampaigns.contact(17), "Hi, any offers?");
        server.run(Duration.ofMinutes(2));
        assertThat(server.sent()).as("one more has written").hasSize(11);

        server.world.clock.forward(Duration.ofHours(14));
        server.world.liveness.probe();
        server.run(Duration.ofMinutes(2));
        assertThat(server.sent()).as("the next day").hasSize(19);
        assertThat(strangersByNumber(campaign).values()).allMatch(count -> count <= 8);

        server.world.clock.forward(Duration.ofDays(1));
        server.world.liveness.probe();
        server.run(Duration.ofMinutes(2));
        assertThat(server.sent()).hasSize(20);
        assertThat(server.sent().values()).containsOnly(1);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
    }

    @Test
    void twoCampaignsShareTheLimit() {
        server.firstContacts(3);
        Campaign first = server.started(pool.id(), 2);
        Campaign second = server.draft(pool.id(), "Hello");
        server.lists.add(
                tenant,
                second.id(),
                List.of(
                        new NewRecipient("+971500050050", "", Map.of()),
                        new NewRecipient("+971500050051", "", Map.of())));
        server.acts.start(tenant, Actor.SERVER, second.id());
        server.run(Duration.ofMinutes(1));

        assertThat(server.sent()).hasSize(3);
        assertThat(server.counts(first).left() + server.counts(second).left()).isEqualTo(1);
    }

    @Test
    void aFullQueueHoldsTheCampaignUntilThereIsRoom() {
        server.withoutLimit();
        PoolSettings is = PoolSettings.DEFAULT;
        tune(new PoolSettings(
                is.strategy(),
                is.uncertain(),
                new Pace(Optional.of(30), Optional.empty(), Optional.empty()),
                is.pair(),
                is.quiet(),
                is.zone(),
                4));
        Campaign campaign = server.started(pool.id(), 10);
        server.runner.run();
        assertThat(server.counts(campaign).of(RecipientState.WAITING)).isEqualTo(2);
        server.run(Duration.ofMinutes(2));
        assertThat(server.sent()).hasSize(10);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
    }

    private Map<SenderId, Long> strangersByNumber(Campaign campaign) {
        return server.recipients(campaign).stream()
                .filter(one -> one.isFirst() && one.state().hasLeft())
                .collect(Collectors.groupingBy(one -> one.sender().orElseThrow(), Collectors.counting()));
    }

    private List<ContactAddress> campaignMessagesSent() {
        return server.world.deliveryEvents.fired().stream()
                .map(event -> event.message())
                .filter(message ->
                        message.state() == DeliveryState.SENT && message.key().startsWith(OptOut.KEYS))
                .map(message -> message.to())
                .toList();
    }

    /// Returns the texts of all messages of campaigns, by contact; a second one to a contact fails the test.
    private Map<ContactAddress, String> messages() {
        return database.read(tx -> tx
                .sql()
                .fetch(
                        "SELECT phone, body FROM outgoing_messages WHERE tenant_id = ? AND idempotency_key LIKE"
                                + " 'campaign:%'",
                        tenant.toString())
                .stream()
                .collect(
                        Collectors.toMap(row -> new Phone(row.get(0, String.class)), row -> row.get(1, String.class))));
    }

    private List<String> texts(ContactAddress contact) {
        return database.read(tx -> tx.sql()
                .fetch(
                        "SELECT body FROM outgoing_messages WHERE tenant_id = ? AND phone = ? ORDER BY id",
                        tenant.toString(),
                        contact.key())
                .getValues(0, String.class));
    }

    private void slow(int perMinute) {
        PoolSettings is = PoolSettings.DEFAULT;
        tune(new PoolSettings(
                is.strategy(),
                is.uncertain(),
                new Pace(Optional.of(perMinute), Optional.empty(), Optional.empty()),
                is.pair(),
                is.quiet(),
                is.zone(),
                is.mostWaiting()));
    }

    private void tune(PoolSettings settings) {
        server.world.tuning.tunePool(tenant, Actor.SERVER, pool.id(), settings);
    }
}
