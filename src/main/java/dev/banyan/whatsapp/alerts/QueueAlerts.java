package dev.banyan.whatsapp.alerts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.alerts.QueueAlertStore.Quality;
import dev.banyan.whatsapp.failover.Eligibility;
import dev.banyan.whatsapp.failover.NumberWatch;
import dev.banyan.whatsapp.failover.PoolWatch;
import jakarta.inject.Singleton;

/// Raises alerts about long and old queues and about failing messages, and ends alerts whose cause is gone.
@Singleton
record QueueAlerts(Database database, Alerts alerts, NumberWatch numbers, PoolWatch pools, Clock clock)
        implements Recurring {

    private static final int AT_ONCE = 2_000;
    /// A long queue has ended when it is shorter than this part of its mark, so that it is not told again and again.
    private static final double ENDS_AT = 0.8;
    /// Fewer messages say nothing about quality.
    private static final int LEAST = 20;

    /// Called by a job.
    public void look() {
        var settings = new HashMap<AccountId, AlertSettings>();
        List<SenderKey> waitedFor = database.read(tx -> new QueueAlertStore(tx).waitedFor(AT_ONCE));
        Set<SenderKey> isLong = lasting(AlertKind.QUEUE_LENGTH);
        Set<SenderKey> isOld = lasting(AlertKind.QUEUE_AGE);
        for (SenderKey pool : waitedFor) {
            AlertSettings marks = settings.computeIfAbsent(pool.tenant(), this::settings);
            length(pool, marks, isLong.remove(pool));
            age(pool, marks, isOld.remove(pool));
        }
        if (waitedFor.size() < AT_ONCE) {
            end(AlertKind.QUEUE_LENGTH, isLong);
            end(AlertKind.QUEUE_AGE, isOld);
        }
        quality(settings);
        endWhatIsOver();
    }

    @Override
    public Job job() {
        return Job.scheduled("1m", "40s", "watch-queues", "Looks for long queues and failing messages.", this::look);
    }

    private AlertSettings settings(AccountId tenant) {
        return database.read(tenant, tx -> new AlertSettingsStore(tx).find(tenant));
    }

    private Set<SenderKey> lasting(AlertKind kind) {
        return new HashSet<>(database.read(tx -> new AlertStore(tx).lasting(kind, AT_ONCE)));
    }

    private void length(SenderKey pool, AlertSettings marks, boolean lasts) {
        int mark = marks.queueLength();
        int length = mark == 0
                ? 0
                : database.read(pool.tenant(), tx -> new QueueAlertStore(tx).length(pool.tenant(), pool.id(), mark));
        if (mark > 0 && length >= mark && !lasts) {
            raise(AlertKind.QUEUE_LENGTH, pool, Words.count(mark, "message is", "or more messages are") + " waiting.");
        } else if (lasts && length < Math.max(1, mark * ENDS_AT)) {
            end(AlertKind.QUEUE_LENGTH, Set.of(pool));
        }
    }

    private void age(SenderKey pool, AlertSettings marks, boolean lasts) {
        Optional<Duration> age = marks.queueMinutes() == 0
                ? Optional.empty()
                : database.read(pool.tenant(), tx -> new QueueAlertStore(tx).oldest(pool.tenant(), pool.id()))
                        .map(since -> Duration.between(since, clock.instant()))
                        .filter(waits -> waits.toMinutes() >= marks.queueMinutes());
        if (age.isPresent() && !lasts) {
            raise(
                    AlertKind.QUEUE_AGE,
                    pool,
                    "The oldest message has been waiting for "
                            + Words.count(age.get().toMinutes(), "minute", "minutes") + ".");
        } else if (age.isEmpty() && lasts) {
            end(AlertKind.QUEUE_AGE, Set.of(pool));
        }
    }

    private void quality(Map<AccountId, AlertSettings> settings) {
        Instant from = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
        Set<SenderKey> lasting = lasting(AlertKind.QUALITY_DOWN);
        for (Quality quality : database.read(tx -> new QueueAlertStore(tx).failing(from, AT_ONCE))) {
            SenderKey pool = quality.pool();
            AlertSettings marks = settings.computeIfAbsent(pool.tenant(), this::settings);
            boolean isDown = quality.sent() + quality.failed() >= LEAST && quality.percent() < marks.quality();
            if (isDown && !lasting.remove(pool)) {
                raise(
                        AlertKind.QUALITY_DOWN,
                        pool,
                        "Only " + quality.percent() + "% of its messages in the last two hours were sent.");
            }
        }
        end(AlertKind.QUALITY_DOWN, lasting);
    }

    /// Ends alerts about numbers and pools that were removed, turned off or paused, or that recovered while the server
    /// was down.
    private void endWhatIsOver() {
        endIf(
                AlertKind.SENDER_FAILED,
                number -> sender(number)
                        .filter(found -> numbers.fitness(found) != Eligibility.FIT)
                        .filter(Sender::enabled)
                        .isEmpty());
        endIf(AlertKind.POOL_FAILED, pool -> !pools.isFailing(pool));
        endIf(
                AlertKind.POOL_DEGRADED,
                pool -> database.read(
                        tx -> !new AlertStore(tx).lastsInPool(pool.tenant(), AlertKind.SENDER_FAILED, pool.id())));
    }

    private Optional<Sender> sender(SenderKey key) {
        return database.read(tx -> Alerts.find(tx, key));
    }

    private void endIf(AlertKind kind, Predicate<SenderKey> isOver) {
        lasting(kind).stream().filter(isOver).forEach(key -> end(kind, Set.of(key)));
    }

    private void raise(AlertKind kind, SenderKey pool, String sentence) {
        database.write(tx -> {
            Optional<Sender> master = Alerts.find(tx, pool);
            master.ifPresent(found -> raise(tx, kind, found, sentence));
            return master.isPresent();
        });
    }

    private void raise(Tx tx, AlertKind kind, Sender master, String sentence) {
        alerts.raise(tx, master.tenant(), kind, master.id(), master.id(), Alerts.name(master) + ": " + sentence);
    }

    private void end(AlertKind kind, Set<SenderKey> subjects) {
        if (!subjects.isEmpty()) {
            database.write(tx -> {
                subjects.forEach(key -> alerts.end(tx, key.tenant(), kind, key.id()));
                return true;
            });
        }
    }
}
