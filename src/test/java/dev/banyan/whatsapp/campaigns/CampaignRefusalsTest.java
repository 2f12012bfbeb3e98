package dev.banyan.whatsapp.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverReport;
import dev.banyan.whatsapp.OutgoingMessage.Refusal;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.messages.QueueAction;
import dev.banyan.whatsapp.simulator.DeliveryBehavior;
import org.junit.jupiter.api.Test;

/// What campaigns do when WhatsApp refuses their messages.
@OnEveryDatabase
class CampaignRefusalsTest {

    private static final Refusal UNKNOWN = new Refusal("139999", false);
    private static final Refusal OTHER = new Refusal("132015", false);
    private static final Refusal NOT_ON_WHATSAPP = new Refusal("131026", true);
    private static final Refusal ENOUGH = new Refusal("131049", true);

    private final Database database;
    private final AccountId tenant;
    private final TestCampaigns server;
    private final Sender pool;

    CampaignRefusalsTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.server = new TestCampaigns(database, tenant);
        this.pool = server.world.linked(tenant, "+971500000101");
        server.withoutLimit();
    }

    @Test
    void fiveRefusalsOfOneKindPauseItAndWhatWaitsComesBackToTheList() {
        Campaign campaign = startedSlowly(100);
        List<ContactAddress> sent = sent();
        assertThat(sent.size()).isBetween(12, 60);
        for (int i = 0; i < 4; i++) {
            refuse(server, sent.get(i), UNKNOWN);
            refuse(server, sent.get(5 + i), OTHER);
        }
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.RUNNING);
        refuse(server, sent.get(4), UNKNOWN);

        Campaign paused = server.now(campaign);
        assertThat(paused.state()).isEqualTo(CampaignState.PAUSED);
        assertThat(paused.note().orElseThrow()).contains("5 messages", "Error 139999");
        assertThat(audited()).contains("\"code\":\"139999\"").contains("Error 139999");

        server.run(Duration.ofMinutes(3));
        assertThat(sent()).as("nothing more").hasSameSizeAs(sent);
        assertThat(server.counts(campaign).of(RecipientState.FAILED)).isEqualTo(9);
        assertThat(server.counts(campaign).of(RecipientState.PENDING)).isEqualTo(100 - sent.size());

        server.acts.resume(tenant, Actor.SERVER, campaign.id());
        server.run(Duration.ofSeconds(20));
        refuse(server, sent().getLast(), UNKNOWN);
        assertThat(server.now(campaign).state()).as("counted again").isEqualTo(CampaignState.RUNNING);
        server.run(Duration.ofMinutes(4));
        assertThat(server.sent()).hasSize(100);
        assertThat(server.sent().values()).containsOnly(1);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
    }

    @Test
    void severalServersCountTogether() {
        Campaign campaign = startedSlowly(60);
        var other = new TestCampaigns(database, tenant);
        List<ContactAddress> sent = sent();
        for (int i = 0; i < 5; i++) {
            assertThat(server.now(campaign).state()).isEqualTo(CampaignState.RUNNING);
            refuse(i % 2 == 0 ? server : other, sent.get(i), UNKNOWN);
        }
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.PAUSED);
    }

    @Test
    void whatIsAMatterOfContactsPausesNothing() {
        Campaign campaign = startedSlowly(60);
        List<ContactAddress> sent = sent();
        sent.subList(0, 7).forEach(contact -> refuse(server, contact, NOT_ON_WHATSAPP));
        assertThat(server.counts(campaign).of(RecipientState.FAILED)).isEqualTo(7);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.RUNNING);
    }

    @Test
    void aCanceledCampaignKeepsNothingOnItsList() {
        Campaign campaign = startedSlowly(60);
        sent().subList(0, 5).forEach(contact -> refuse(server, contact, UNKNOWN));
        refuse(server, sent().get(5), ENOUGH);
        assertThat(server.recipient(campaign, sent().get(5)).state()).isEqualTo(RecipientState.PENDING);

        server.acts.cancel(tenant, Actor.SERVER, campaign.id());
        server.run(Duration.ofMinutes(1));
        assertThat(server.counts(campaign).left()).isZero();
        assertThat(server.recipient(campaign, sent().get(5)).state()).isEqualTo(RecipientState.CANCELED);
    }

    @Test
    void whatComesBackAfterTheCampaignWasCanceledIsNotSent() {
        Campaign campaign = startedSlowly(60);
        ContactAddress contact = sent().getFirst();
        server.acts.cancel(tenant, Actor.SERVER, campaign.id());
        server.run(Duration.ofSeconds(10));

        takeBack(server, contact, UNKNOWN, true);
        server.run(Duration.ofMinutes(2));

        assertThat(server.sent().get(contact)).isEqualTo(1);
        assertThat(server.recipient(campaign, contact).state()).isEqualTo(RecipientState.CANCELED);
        assertThat(server.recipient(campaign, contact).reason()).contains(CampaignActs.CANCELED);
    }

    @Test
    void aContactWhoHasHadEnoughMarketingGetsItADayLaterOnce() {
        Campaign campaign = startedSlowly(3);
        server.run(Duration.ofMinutes(1));
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
        ContactAddress contact = TestCampaigns.contact(1);

        refuse(server, contact, ENOUGH);
        assertThat(server.recipient(campaign, contact).state()).isEqualTo(RecipientState.PENDING);
        assertThat(server.recipient(campaign, contact).reason().orElseThrow()).contains("131049");
        pass(Duration.ofHours(23));
        assertThat(server.sent().get(contact)).isEqualTo(1);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.RUNNING);
        assertThat(server.now(campaign).note().orElseThrow()).contains("how much marketing");

        pass(Duration.ofHours(1));
        assertThat(server.sent().get(contact)).isEqualTo(2);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
        refuse(server, contact, ENOUGH);
        assertThat(server.recipient(campaign, contact).state()).isEqualTo(RecipientState.FAILED);
        pass(Duration.ofHours(25));
        assertThat(server.sent().get(contact)).isEqualTo(2);
        assertThat(server.counts(campaign).sent()).isEqualTo(2);
    }

    @Test
    void whomAPersonWroteToAgainGetsNothingADayLater() {
        Campaign campaign = startedSlowly(2);
        server.run(Duration.ofMinutes(1));
        ContactAddress contact = TestCampaigns.contact(0);
        refuse(server, contact, ENOUGH);
        UUID message = server.recipient(campaign, contact).message().orElseThrow();
        database.write(tx -> server.world.outgoing.decide(tx, tenant, Actor.SERVER, message, QueueAction.REQUEUE));
        server.run(Duration.ofMinutes(1));
        assertThat(server.recipient(campaign, contact).state()).isEqualTo(RecipientState.SENT);

        pass(Duration.ofHours(25));
        assertThat(server.sent().get(contact)).as("by the person").isEqualTo(2);
    }

    /// Starts a campaign to contacts whose phones are off, and lets it run for a while.
    private Campaign startedSlowly(int contacts) {
        PoolSettings is = PoolSettings.DEFAULT;
        server.world.tuning.tunePool(
                tenant,
                Actor.SERVER,
                pool.id(),
                new PoolSettings(
                        is.strategy(),
                        is.uncertain(),
                        new Pace(Optional.of(60), Optional.empty(), Optional.empty()),
                        is.pair(),
                        is.quiet(),
                        is.zone(),
                        is.mostWaiting()));
        for (int i = 0; i < contacts; i++) {
            server.world.phones.setMood(tenant, (Phone) TestCampaigns.contact(i), DeliveryBehavior.OFF);
        }
        Campaign campaign = server.started(pool.id(), contacts);
        server.run(Duration.ofSeconds(30));
        return campaign;
    }

    private void pass(Duration time) {
        server.world.clock.forward(time);
        server.world.liveness.probe();
        server.run(Duration.ofMinutes(2));
    }

    private List<ContactAddress> sent() {
        return List.copyOf(server.sent().keySet());
    }

    private void refuse(TestCampaigns at, ContactAddress contact, Refusal why) {
        takeBack(at, contact, why, false);
    }

    /// WhatsApp takes back the last message to a contact; a server hears it.
    private void takeBack(TestCampaigns at, ContactAddress contact, Refusal why, boolean again) {
        String provider = value(
                "SELECT provider_id FROM outgoing_messages WHERE tenant_id = ? AND phone = ? ORDER BY id DESC LIMIT 1",
                tenant.toString(),
                contact.key());
        at.world.deliveries.reported(new DriverReport(new DriverEvent.Undeliverable(
                pool.key(), provider, "WhatsApp refused this. (Error " + why.kind() + ")", again, Optional.of(why))));
        at.world.threads.runAll();
    }

    private String audited() {
        return value(
                "SELECT details FROM audit_events WHERE tenant_id = ? AND action = 'CampaignPaused'",
                tenant.toString());
    }

    private String value(String select, Object... values) {
        return database.read(
                tx -> String.valueOf(tx.sql().fetchSingle(select, values).get(0)));
    }
}
