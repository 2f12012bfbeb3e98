package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.RetryingBatch;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderConnected;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderHealth.Checks;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Judges numbers: one has failed after so many failed checks, and has recovered only when it has worked for long
/// enough without a break. Failed checks are forgotten at the same moment and not before, so a number that comes and
/// goes fails once and stays failed; its contacts move once.
///
/// Only memory, and only of numbers in trouble: after a start a number is judged again.
@Singleton
public final class NumberWatch {

    /// The pause between two checks of a number for which there is nothing left to try.
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /// The pause after a look that failed: the database is away.
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /// @param failures failed checks since it last worked for long enough, and the times that it stopped working
    /// @param counted when the last of them was
    /// @param working since when it works without a break
    /// @param failedAt when it was judged as failed
    /// @param tries reconnections since then
    /// @param tried when the last of them was
    private record Trouble(
            int failures,
            Instant counted,
            Optional<Instant> working,
            Optional<Instant> failedAt,
            int tries,
            Instant tried) {

        private static final Trouble NONE =
                new Trouble(0, Instant.EPOCH, Optional.empty(), Optional.empty(), 0, Instant.EPOCH);

        boolean failed() {
            return failedAt.isPresent();
        }

        Trouble works(Instant now) {
            return new Trouble(failures, counted, working.or(() -> Optional.of(now)), failedAt, tries, tried);
        }

        Trouble checkFailed(Instant now, Duration every) {
            boolean counts = !counted.plus(every).isAfter(now);
            return new Trouble(
                    counts ? failures + 1 : failures, counts ? now : counted, Optional.empty(), failedAt, tries, tried);
        }

        Trouble fail(Instant now) {
            return new Trouble(failures, counted, working, Optional.of(now), 0, now);
        }

        Trouble reconnected(Instant now) {
            return new Trouble(failures, counted, working, failedAt, tries + 1, now);
        }
    }

    private record Looked(Sender sender, Detection detection) {}

    private final Database database;
    private final LivePools pools;
    private final Liveness liveness;
    private final Event<SenderHealthDetermined> judged;
    private final Event<ReconnectionDue> reconnections;
    private final Timers timers;
    private final Clock clock;
    private final RepeatedFailures failures;
    private final Map<SenderKey, Trouble> troubled = new ConcurrentHashMap<>();
    private final Map<SenderKey, Timers.Timer> next = new ConcurrentHashMap<>();
    private final Set<SenderKey> probed = ConcurrentHashMap.newKeySet();
    private final RetryingBatch<Sender> connected;

    public NumberWatch(
            Database database,
            LivePools pools,
            Liveness liveness,
            Event<SenderHealthDetermined> judged,
            Event<ReconnectionDue> reconnections,
            Timers timers,
            Clock clock) {
        this.database = database;
        this.pools = pools;
        this.liveness = liveness;
        this.judged = judged;
        this.reconnections = reconnections;
        this.timers = timers;
        this.clock = clock;
        this.failures = new RepeatedFailures(NumberWatch.class, clock);
        this.connected = new RetryingBatch<>(timers, this::connected);
    }

    /// Judges a number from what is known in memory.
    public Eligibility fitness(Sender sender) {
        Trouble trouble = troubled.get(sender.key());
        boolean failed = trouble != null && trouble.failed();
        if (!sender.state().isActive()) {
            return failed ? Eligibility.FAILED : Eligibility.AWAY;
        }
        return switch (liveness.of(sender).level(clock.instant())) {
            case HEALTHY, DEGRADED -> failed ? Eligibility.RECOVERING : Eligibility.FIT;
            case FAILED -> Eligibility.FAILED;
            case OFFLINE -> failed ? Eligibility.FAILED : Eligibility.NOT_SEEN;
        };
    }

    /// Returns the numbers that have failed, and since when: what was handed to them before has no result to come.
    public Map<SenderKey, Instant> failed() {
        return troubled.entrySet().stream()
                .filter(one -> one.getValue().failedAt().isPresent())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().failedAt().orElseThrow()));
    }

    public void healthChanged(@Observes SenderHealthChanged changed) {
        timers.now(() -> check(changed.sender()));
    }

    public void senderChanged(@Observes SenderChanged changed) {
        if (pools.hasSome(changed.tenant())) {
            timers.now(() -> changed(new SenderKey(changed.tenant(), changed.sender())));
        }
    }

    public void connected(@Observes SenderConnected event) {
        connected.add(event.sender());
    }

    /// A number begins with the usual checks, so most need nothing.
    private void connected(List<Sender> senders) {
        senders.stream()
                .collect(Collectors.groupingBy(Sender::tenant, LinkedHashMap::new, Collectors.toList()))
                .forEach((tenant, theirs) -> {
                    Map<SenderId, FailoverSettings> settings =
                            database.read(tenant, tx -> new FailoverSettingsStore(tx).all(tenant));
                    theirs.stream()
                            .filter(sender -> !probed.isEmpty()
                                    || troubled.containsKey(sender.key())
                                    || !isUsual(settings.getOrDefault(pool(sender), FailoverSettings.DEFAULT)
                                            .detection()))
                            .forEach(sender -> changed(sender.key()));
                });
    }

    private void changed(SenderKey key) {
        Optional<Looked> looked;
        try {
            looked = look(key);
        } catch (DatabaseUnavailable _) {
            later(key, AFTER_FAILURE);
            return;
        }
        looked.filter(seen -> seen.sender().isMaster())
                .filter(seen -> !isUsual(seen.detection()) || !probed.isEmpty())
                .ifPresent(seen -> database.read(
                                key.tenant(), tx -> new SenderStore(tx).belonging(key.tenant(), key.id()))
                        .forEach(servant -> probe(new Looked(servant, seen.detection()))));
        looked.ifPresent(this::probe);
        if (troubled.containsKey(key)
                || looked.filter(seen -> seen.sender().state().isDown()).isPresent()) {
            check(key);
        }
    }

    /// Probes a number as often as the settings of its pool say, if that differs from the usual.
    private void probe(Looked looked) {
        SenderKey key = looked.sender().key();
        Detection detection = looked.detection();
        liveness.check(key, new Checks(Duration.ofSeconds(detection.checkSeconds()), detection.failures()));
        if (!isUsual(detection) && probed.add(key)) {
            probeAgain(key);
        }
    }

    private static boolean isUsual(Detection detection) {
        return detection.checkSeconds() == Detection.DEFAULT.checkSeconds()
                && detection.failures() == Detection.DEFAULT.failures();
    }

    private void probeAgain(SenderKey key) {
        Optional<Checks> checks = liveness.checks(key).filter(set -> !set.equals(Checks.DEFAULT));
        if (checks.isEmpty()) {
            probed.remove(key);
            return;
        }
        timers.in(checks.get().every(), () -> {
            liveness.probe(key);
            probeAgain(key);
        });
    }

    private void check(SenderKey key) {
        if (!pools.hasSome(key.tenant())) {
            forget(key);
            return;
        }
        try {
            // The server that has it now judges it.
            Optional<Looked> looked = look(key)
                    .filter(seen -> isWatched(seen.sender())
                            && pools.isOurs(seen.sender().pool().asPool()));
            if (looked.isPresent()) {
                judge(looked.get()).ifPresent(judged::fire);
            } else {
                forget(key);
            }
        } catch (RuntimeException failure) {
            failures.failed("It is looked at again: number", key.id(), failure);
            later(key, AFTER_FAILURE);
        }
    }

    /// Only numbers that have worked, and that nobody has stopped, can fail.
    private static boolean isWatched(Sender sender) {
        return sender.enabled()
                && !sender.isPaused(Pause.HOLD)
                && sender.link().linkedAt().isPresent()
                && (sender.state().isActive() || sender.state().isDown());
    }

    /// @return the verdict, if there is a new one
    private synchronized Optional<SenderHealthDetermined> judge(Looked looked) {
        Sender sender = looked.sender();
        SenderHealth health = liveness.of(sender);
        Instant now = clock.instant();
        return sender.state().isActive() && health.isHealthy(now)
                ? works(sender, looked.detection(), now)
                : fails(sender, looked.detection(), health, now);
    }

    private Optional<SenderHealthDetermined> works(Sender sender, Detection detection, Instant now) {
        SenderKey key = sender.key();
        Trouble before = troubled.getOrDefault(key, Trouble.NONE);
        Trouble after = before.works(now);
        Instant recovers = after.working().orElse(now).plus(detection.recovery());
        if (before.equals(Trouble.NONE) || !recovers.isAfter(now)) {
            forget(key);
            return before.failed()
                    ? Optional.of(verdict(
                            sender, false, "It has worked for " + detection.recoverySeconds() + " s without a break."))
                    : Optional.empty();
        }
        troubled.put(key, after);
        Duration every = Duration.ofSeconds(detection.checkSeconds());
        Duration left = Duration.between(now, recovers);
        later(key, left.compareTo(every) < 0 ? left : every);
        return Optional.empty();
    }

    private Optional<SenderHealthDetermined> fails(
            Sender sender, Detection detection, SenderHealth health, Instant now) {
        SenderKey key = sender.key();
        Duration every = Duration.ofSeconds(detection.checkSeconds());
        boolean isGone = sender.state() == SenderState.BANNED || sender.state() == SenderState.UNLINKED;
        boolean isProved = sender.state().isActive() && health.level(now) == SenderHealth.Level.FAILED;
        Trouble before = troubled.getOrDefault(key, Trouble.NONE).checkFailed(now, every);
        // The first of them was when it stopped working, which is no check.
        boolean fails = !before.failed() && (isGone || isProved || before.failures() > detection.failures());
        Trouble after = fails ? before.fail(now) : before;
        troubled.put(key, after.failed() && !isGone ? reconnect(sender, detection, after, now) : after);
        if (isGone) {
            // A person brings it back, or WhatsApp lifts the ban: either is an event.
            Optional.ofNullable(next.remove(key)).ifPresent(Timers.Timer::cancel);
        } else {
            later(key, after.failed() && after.tries() >= detection.tries() ? LONGEST_PAUSE : every);
        }
        return fails
                ? Optional.of(verdict(sender, true, why(sender, health, now, after.failures() - 1)))
                : Optional.empty();
    }

    /// Tries to connect it again, at first after one check. A number whose driver knows that it is disconnected is
    /// tried later, since the driver tries, too.
    private Trouble reconnect(Sender sender, Detection detection, Trouble trouble, Instant now) {
        Duration pause = sender.state().isActive()
                ? Duration.ofSeconds(detection.checkSeconds()).multipliedBy(trouble.tries() + 1L)
                : detection.recovery();
        boolean isDue = trouble.tries() < detection.tries()
                && sender.mayComeBack()
                && !trouble.tried().plus(pause).isAfter(now);
        if (!isDue) {
            return trouble;
        }
        timers.now(() -> reconnections.fire(new ReconnectionDue(sender.key(), trouble.tries() + 1)));
        return trouble.reconnected(now);
    }

    private static SenderHealthDetermined verdict(Sender sender, boolean failed, String why) {
        return new SenderHealthDetermined(sender.key(), pool(sender), failed, why);
    }

    private static String why(Sender sender, SenderHealth health, Instant now, int failures) {
        return switch (sender.state()) {
            case BANNED -> "WhatsApp has banned it.";
            case UNLINKED -> "It was logged out.";
            case DISCONNECTED ->
                sender.lastError()
                        .map(reason -> "It is disconnected. " + reason)
                        .orElseGet(() -> "It is disconnected; checks failed: " + failures + ".");
            case LINKED, RESTRICTED, PENDING, LINKING, PASSKEY_REQUIRED -> {
                if (health.isStuck(now)) {
                    yield "It appears connected, but its messages are not being sent.";
                }
                yield health.isRefusing(now)
                        ? "It appears connected, but refuses messages."
                        : "It appears connected, but doesn’t respond.";
            }
        };
    }

    private Optional<Looked> look(SenderKey key) {
        return database.read(tx -> new SenderStore(tx)
                .find(key.tenant(), key.id())
                .map(sender -> {
                    return new Looked(
                            sender,
                            new FailoverSettingsStore(tx)
                                    .find(key.tenant(), pool(sender))
                                    .detection());
                }));
    }

    private static SenderId pool(Sender sender) {
        return sender.assignment().home().or(sender::masterId).orElse(sender.id());
    }

    private void later(SenderKey key, Duration wait) {
        Timers.Timer timer = timers.in(wait, () -> timers.now(() -> check(key)));
        Optional.ofNullable(next.put(key, timer)).ifPresent(Timers.Timer::cancel);
    }

    private void forget(SenderKey key) {
        troubled.remove(key);
        Optional.ofNullable(next.remove(key)).ifPresent(Timers.Timer::cancel);
    }
}
