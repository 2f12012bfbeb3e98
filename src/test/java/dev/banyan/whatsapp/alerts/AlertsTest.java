package dev.banyan.whatsapp.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestEvents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.mail.TestMails;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.alerts.Alerts.Preferences;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderHoursStore;
import dev.banyan.whatsapp.messages.Outgoing.Order;
import org.junit.jupiter.api.Test;

/// A pool of two numbers, another pool, and a member who wants mails.
@OnEveryDatabase
class AlertsTest {

    private static final AtomicInteger PHONE = new AtomicInteger();

    private final Database database;
    private final AccountContext owner;
    private final AccountId tenant;
    private final TestSenders world;
    private final Sender pool;
    private final Sender servant;
    private final TestEvents<AlertRaised> raised = new TestEvents<>();
    private final Alerts alerts;
    private final AlertMails mails;
    private final QueueAlerts queues;

    AlertsTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.owner(database, Tier.FREE);
        this.tenant = owner.root().id();
        this.world = new TestSenders(database);
        this.alerts = new Alerts(
                database,
                raised,
                TestAudit.on(database, world.clock),
                new Uuids(world.clock),
                world.timers,
                world.clock);
        var settings = Settings.forTests(TestSenders.newFolder());
        this.mails =
                new AlertMails(database, TestMails.waitingIn(database, settings, world.clock), settings, world.clock);
        this.queues = new QueueAlerts(database, alerts, world.numbers, world.watch, world.clock);
        world.judgements.listen(alerts::senderJudged);
        world.poolJudgements.listen(alerts::poolJudged);
        world.poolMoves.listen(alerts::poolMoved);
        this.pool = world.linked(tenant, phone());
        Sender added = world.servant(pool, phone());
        link(added);
        this.servant = world.now(added);
    }

    @Test
    void aFailedNumberIsToldOnceAndEndsWhenItHasRecovered() {
        world.linking.fault(tenant, servant.id(), Fault.BAN);
        run(30);
        assertThat(open()).containsExactlyInAnyOrder(AlertKind.SENDER_FAILED, AlertKind.POOL_DEGRADED);
        Alert failed = alert(AlertKind.SENDER_FAILED);
        assertThat(failed.subject()).isEqualTo(servant.id());
        assertThat(failed.pool()).isEqualTo(pool.id());
        assertThat(failed.details()).isEqualTo("“Support Desk”: WhatsApp has banned it.");
        assertThat(titles()).contains("Pool degraded");

        run(120);
        queues.look();
        assertThat(kinds()).as("told once").hasSize(2);

        link(servant);
        run(40);
        assertThat(open()).isEmpty();
        assertThat(kinds()).contains(AlertKind.SENDER_RECOVERED);
        assertThat(raised.fired()).hasSize(3).allMatch(one -> one.tenant().equals(tenant));
    }

    @Test
    void aFailedPoolAFailoverAndItsEndAreTold() {
        Sender other = world.linked(tenant, phone());
        world.linking.fault(tenant, pool.id(), Fault.BAN);
        world.linking.fault(tenant, servant.id(), Fault.BAN);
        run(40);
        assertThat(kinds()).contains(AlertKind.POOL_FAILED, AlertKind.POOL_FAILED_OVER);
        assertThat(alert(AlertKind.POOL_FAILED_OVER).details()).contains("took over");

        link(pool);
        link(servant);
        run(120);
        assertThat(kinds()).contains(AlertKind.POOL_FAILED_BACK);
        assertThat(open()).isEmpty();
        assertThat(world.now(other).servants()).isZero();
    }

    @Test
    void longAndOldQueuesAreToldAndEnd() {
        world.linking.fault(tenant, pool.id(), Fault.DROP);
        world.linking.fault(tenant, servant.id(), Fault.DROP);
        save(new AlertSettings(3, 2, 0), 0);
        order(3);
        queues.look();
        queues.look();
        assertThat(kinds()).containsExactly(AlertKind.QUEUE_LENGTH);
        assertThat(alert(AlertKind.QUEUE_LENGTH).details()).endsWith("3 or more messages are waiting.");

        world.clock.forward(Duration.ofMinutes(3));
        queues.look();
        assertThat(alert(AlertKind.QUEUE_AGE).details()).endsWith("The oldest message has been waiting for 3 minutes.");

        world.linking.fault(tenant, pool.id(), Fault.HEAL);
        world.linking.fault(tenant, servant.id(), Fault.HEAL);
        run(60);
        queues.look();
        assertThat(open()).isEmpty();
    }

    @Test
    void marksThatAreOffTellNothing() {
        world.linking.fault(tenant, pool.id(), Fault.DROP);
        world.linking.fault(tenant, servant.id(), Fault.DROP);
        save(new AlertSettings(0, 0, 0), 0);
        order(30);
        world.clock.forward(Duration.ofHours(1));
        failing(100, 100);
        queues.look();
        assertThat(kinds()).isEmpty();
    }

    @Test
    void qualityThatGoesDownIsTold() {
        failing(30, 20);
        queues.look();
        assertThat(alert(AlertKind.QUALITY_DOWN).details())
                .endsWith("Only 60% of its messages in the last two hours were sent.");
        world.clock.forward(Duration.ofHours(3));
        queues.look();
        assertThat(open()).isEmpty();
    }

    @Test
    void aMemberGetsOneSummaryInsteadOfAStorm() {
        world.linking.fault(tenant, servant.id(), Fault.BAN);
        run(30);
        save(AlertSettings.DEFAULT, 15);
        mails.send();
        assertThat(mailed()).as("not what was before").isEmpty();

        for (int i = 0; i < 5; i++) {
            link(servant);
            run(40);
            world.linking.fault(tenant, servant.id(), Fault.BAN);
            run(10);
            mails.send();
        }
        assertThat(mailed()).hasSize(1);

        world.clock.forward(Duration.ofMinutes(16));
        mails.send();
        mails.send();
        assertThat(mailed()).hasSize(2);
        assertThat(mailed().getLast()).contains("Number failed", "Number recovered", "/admin/pools/alerts?as=");

        save(AlertSettings.DEFAULT, 0);
        link(servant);
        run(60);
        world.clock.forward(Duration.ofHours(1));
        mails.send();
        assertThat(mailed()).hasSize(2);
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedAndNobodyElseGetsMails() {
        assertThat(alerts.save(
                        tenant, owner.actor(), owner.identity(), new Preferences(new AlertSettings(-1, 0, 101), 2_000)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(alerts.save(
                        tenant,
                        Actor.SERVER,
                        new IdentityId(UUID.randomUUID()),
                        new Preferences(AlertSettings.DEFAULT, 15)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(alerts.preferences(tenant, owner.identity())).isEqualTo(new Preferences(AlertSettings.DEFAULT, 0));
        save(new AlertSettings(7, 8, 9), 20);
        assertThat(alerts.preferences(tenant, owner.identity()))
                .isEqualTo(new Preferences(new AlertSettings(7, 8, 9), 20));
        AccountContext stranger = StoredAccounts.owner(database, Tier.FREE);
        assertThat(alerts.preferences(stranger.root().id(), owner.identity()))
                .isEqualTo(new Preferences(AlertSettings.DEFAULT, 0));
    }

    @Test
    void whatIsOverWhileTheServerIsDownEndsToo() {
        world.linking.fault(tenant, servant.id(), Fault.BAN);
        run(10);
        assertThat(open()).isNotEmpty();
        world.senders.removeServant(tenant, Actor.SERVER, servant.id());
        queues.look();
        queues.look();
        assertThat(open()).isEmpty();
        world.clock.forward(Alerts.KEPT.plusDays(1));
        assertThat(alerts.forgetExpired()).isPositive();
        assertThat(kinds()).isEmpty();
    }

    private void save(AlertSettings settings, int mailMinutes) {
        assertThat(alerts.save(tenant, owner.actor(), owner.identity(), new Preferences(settings, mailMinutes)))
                .isInstanceOf(Outcome.Done.class);
    }

    private void failing(long sent, long failed) {
        database.write(tx -> {
            new SenderHoursStore(tx)
                    .add(
                            tenant,
                            servant.id(),
                            new SenderHours(
                                    world.clock.instant().truncatedTo(ChronoUnit.HOURS),
                                    sent,
                                    0,
                                    0,
                                    failed,
                                    0,
                                    Duration.ZERO));
            return true;
        });
    }

    private void order(int number) {
        for (int i = 0; i < number; i++) {
            var order = new Order(pool.id(), new Phone(phone()), "Hello", Optional.empty(), "key-" + UUID.randomUUID());
            database.write(tx -> world.outgoing.order(tx, tenant, Actor.SERVER, order));
        }
        world.threads.runAll();
    }

    private List<String> mailed() {
        return database.read(tx -> tx.sql()
                .fetch(
                        "SELECT body FROM mails WHERE recipient = ? ORDER BY id",
                        owner.root().username() + "@example.com")
                .getValues(0, String.class));
    }

    private List<String> titles() {
        return database.read(tx -> new SenderEventStore(tx).ofPool(tenant, pool.id(), Optional.empty(), 50)).stream()
                .map(SenderEvent::title)
                .toList();
    }

    private List<AlertKind> kinds() {
        return alerts.list(tenant, false, Optional.empty(), 100).stream()
                .map(Alert::kind)
                .toList();
    }

    private List<AlertKind> open() {
        return alerts.list(tenant, true, Optional.empty(), 100).stream()
                .map(Alert::kind)
                .toList();
    }

    private Alert alert(AlertKind kind) {
        return alerts.list(tenant, false, Optional.empty(), 100).stream()
                .filter(alert -> alert.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private void link(Sender sender) {
        world.linking.link(tenant, Actor.SERVER, sender.id());
        world.linking.scan(
                tenant, sender.id(), sender.phone().or(() -> world.now(sender).phone()));
        world.threads.runAll();
    }

    private static String phone() {
        return "+97150004%04d".formatted(PHONE.incrementAndGet());
    }

    private void run(int seconds) {
        for (int second = 0; second < seconds; second++) {
            world.forward(Duration.ofSeconds(1));
            if (second % 5 == 4) {
                world.liveness.probe();
                world.dispatcher.sweep();
                world.threads.runAll();
            }
        }
    }
}
