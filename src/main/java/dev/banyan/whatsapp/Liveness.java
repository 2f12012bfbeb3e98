package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.SenderHealth.Checks;
import jakarta.inject.Singleton;

/// Tracks signs of life of senders, in memory only: they start from zero after a restart, because earlier signs prove
/// nothing. A sender is healthy when its driver reports it as connected, it has responded recently, and its outgoing
/// messages are not stuck.
@Singleton
public final class Liveness implements Recurring {

    /// How long a driver may take to report the result of a message.
    public static final Duration ANSWERS_WITHIN = Duration.ofMinutes(2);

    public record Change(SenderHealth.Level before, SenderHealth.Level after, SenderHealth health) {}

    public interface Listener {
        void changed(SenderKey sender, Change change);
    }

    /// Asks the server that has a number.
    public interface Elsewhere {

        /// Asks how an account's numbers are, before a transaction in which that has to be known.
        void ask(AccountId account);

        /// @return empty if this server has it, or the other one does not answer
        Optional<SenderHealth> of(Sender sender);
    }

    /// Kept small, because there is one for every connected sender. Times are in epoch milliseconds.
    ///
    /// @param checks how it is probed
    /// @param misses unanswered probes since the last response
    /// @param handed messages that were handed to the driver and have no result yet
    /// @param moved when the driver last reported a result, or when the first message was handed over
    /// @param refusals messages that it refused since the last one that it took
    /// @param refused when it last refused one
    /// @param level the level that was last reported
    private record Pulse(
            Driver driver,
            Checks checks,
            long since,
            long proof,
            int beats,
            int misses,
            int handed,
            long moved,
            int refusals,
            long refused,
            SenderHealth.Level level) {

        Pulse proved(long now, int answers) {
            int left = Math.max(0, handed - answers);
            return new Pulse(
                    driver,
                    checks,
                    since,
                    now,
                    beats + 1,
                    0,
                    left,
                    answers > 0 ? now : moved,
                    refusals,
                    refused,
                    level);
        }

        Pulse missed() {
            int more = Math.min(misses + 1, checks.misses());
            return new Pulse(driver, checks, since, proof, beats, more, handed, moved, refusals, refused, level);
        }

        Pulse given(long now, int messages) {
            return new Pulse(
                    driver,
                    checks,
                    since,
                    proof,
                    beats,
                    misses,
                    handed + messages,
                    handed == 0 ? now : moved,
                    refusals,
                    refused,
                    level);
        }

        /// @param row messages refused since the last one that it took
        Pulse refused(long now, boolean more, int row) {
            return new Pulse(
                    driver, checks, since, proof, beats, misses, handed, moved, row, more ? now : refused, level);
        }

        Pulse checked(Checks other) {
            return new Pulse(driver, other, since, proof, beats, misses, handed, moved, refusals, refused, level);
        }

        Pulse told(SenderHealth.Level now) {
            return new Pulse(driver, checks, since, proof, beats, misses, handed, moved, refusals, refused, now);
        }

        SenderHealth health() {
            return new SenderHealth(
                    Optional.of(Instant.ofEpochMilli(since)),
                    Optional.of(Instant.ofEpochMilli(proof)),
                    beats,
                    misses,
                    handed > 0 ? Optional.of(Instant.ofEpochMilli(moved)) : Optional.empty(),
                    refusals >= SenderHealth.REFUSALS ? Optional.of(Instant.ofEpochMilli(refused)) : Optional.empty(),
                    checks);
        }
    }

    private final Clock clock;
    private final Map<SenderKey, Pulse> pulses = new ConcurrentHashMap<>();
    private volatile Listener listener = (_, _) -> {};
    private volatile Elsewhere elsewhere = new Elsewhere() {
        @Override
        public void ask(AccountId account) {}

        @Override
        public Optional<SenderHealth> of(Sender sender) {
            return Optional.empty();
        }
    };

    Liveness(Clock clock) {
        this.clock = clock;
    }

    /// Sets the listener. Called once, before any other method.
    public void listen(Listener told) {
        listener = told;
    }

    /// Sets who knows the numbers of other servers.
    public void askElsewhere(Elsewhere asked) {
        elsewhere = asked;
    }

    /// Finds out how those numbers of an account are that other servers have, before a transaction in which that has to
    /// be known: no answer is waited for there.
    public void ask(AccountId account) {
        elsewhere.ask(account);
    }

    public SenderHealth of(Sender sender) {
        Pulse pulse = pulses.get(sender.key());
        return pulse == null ? elsewhere.of(sender).orElse(SenderHealth.NONE) : pulse.health();
    }

    /// Returns what this server knows of the numbers of an account.
    public Map<SenderId, SenderHealth> all(AccountId account) {
        return pulses.entrySet().stream()
                .filter(entry -> entry.getKey().tenant().equals(account))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().id(), entry -> entry.getValue().health()));
    }

    public boolean isHealthy(Sender sender) {
        return of(sender).isHealthy(clock.instant());
    }

    /// Probes every connected sender without checks of its own. Called by a job; senders that don't respond
    /// lose their health.
    public void probe() {
        pulses.forEach((sender, pulse) -> {
            if (pulse.checks().equals(Checks.DEFAULT)) {
                probe(sender, pulse);
            }
        });
    }

    /// @return whether it is connected
    public boolean probe(SenderKey sender) {
        Pulse pulse = pulses.get(sender);
        if (pulse != null) {
            probe(sender, pulse);
        }
        return pulse != null;
    }

    private void probe(SenderKey sender, Pulse pulse) {
        if (pulse.driver().answers(sender)) {
            change(sender, Liveness::answered);
        } else {
            change(sender, (missing, _) -> missing.missed());
        }
    }

    /// Sets how a connected sender is checked. Whoever sets other checks than the default probes it.
    public void check(SenderKey sender, Checks checks) {
        change(sender, (pulse, _) -> pulse.checks().equals(checks) ? pulse : pulse.checked(checks));
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "probe-senders", "Checks that senders respond.", this::probe)
                .onEachServer();
    }

    /// Drops messages handed over too long ago: their result is uncertain and proves nothing.
    private static Pulse answered(Pulse pulse, long now) {
        boolean over = pulse.handed() > 0 && pulse.moved() + ANSWERS_WITHIN.toMillis() < now;
        return pulse.proved(now, over ? pulse.handed() : 0);
    }

    /// Records a sign of life.
    ///
    /// @param answers number of messages for which the driver has reported a result
    public void beat(SenderKey sender, int answers) {
        change(sender, (pulse, now) -> pulse.proved(now, answers));
    }

    /// Records that it refused messages although it appears connected, or took one.
    ///
    /// @param took whether it took one before these
    /// @param refused how many it has refused since
    public void refused(SenderKey sender, boolean took, int refused) {
        change(
                sender,
                (pulse, now) -> !took && refused == 0
                        ? pulse
                        : pulse.refused(now, refused > 0, (took ? 0 : pulse.refusals()) + refused));
    }

    /// Records that messages were handed to the driver.
    public void handed(SenderKey sender, int messages) {
        change(sender, (pulse, now) -> pulse.given(now, messages));
    }

    private interface Step {
        Pulse from(Pulse pulse, long now);
    }

    private void change(SenderKey sender, Step step) {
        Instant now = clock.instant();
        var levels = new SenderHealth.Level[2];
        Pulse after = pulses.computeIfPresent(sender, (_, pulse) -> {
            Pulse stepped = step.from(pulse, now.toEpochMilli());
            levels[0] = pulse.level();
            levels[1] = stepped.health().level(now);
            return levels[0] == levels[1] ? stepped : stepped.told(levels[1]);
        });
        if (after != null && levels[0] != levels[1]) {
            listener.changed(sender, new Change(levels[0], levels[1], after.health()));
        }
    }

    /// Starts tracking a new connection from zero. If the number has refused messages, it fails with the next one that
    /// it refuses.
    public void connected(SenderKey sender, Driver driver) {
        long now = clock.instant().toEpochMilli();
        Pulse before = pulses.get(sender);
        int refusals = before == null ? 0 : Math.min(before.refusals(), SenderHealth.REFUSALS - 1);
        var pulse =
                new Pulse(driver, Checks.DEFAULT, now, now, 1, 0, 0, now, refusals, now, SenderHealth.Level.HEALTHY);
        pulses.put(sender, pulse);
        if (before != null && before.level() != pulse.level()) {
            listener.changed(sender, new Change(before.level(), pulse.level(), pulse.health()));
        }
    }

    public void gone(SenderKey sender) {
        pulses.remove(sender);
    }

    public Optional<Checks> checks(SenderKey sender) {
        return Optional.ofNullable(pulses.get(sender)).map(Pulse::checks);
    }

    public Optional<Instant> lastProof(SenderKey sender) {
        return Optional.ofNullable(pulses.get(sender)).map(pulse -> Instant.ofEpochMilli(pulse.proof()));
    }
}
