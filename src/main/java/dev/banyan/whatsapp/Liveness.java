package dev.banyan.whatsapp;

import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Signs of life, in memory: a start of the server begins anew, for what was alive before proves nothing. A sender is
/// healthy when its driver says that it is connected, it has answered not long ago, and what it was given to send does
/// not get stuck.
@Singleton
public final class Liveness implements Recurring {

    /// How long a driver may take to say what became of a message.
    public static final Duration ANSWERS_WITHIN = Duration.ofMinutes(2);

    /// Another level than before.
    public record Change(SenderHealth.Level before, SenderHealth.Level after, SenderHealth health) {}

    public interface Listener {
        void changed(SenderKey sender, Change change);
    }

    /// Small, for there is one for every connected sender; times in epoch milliseconds.
    ///
    /// @param misses questions without an answer, since the last one that had one
    /// @param handed messages that the driver was given and has not answered for
    /// @param moved when the last of them was answered for, or the first was given
    /// @param level as it was told last
    private record Pulse(
            Driver driver,
            long since,
            long proof,
            int beats,
            int misses,
            int handed,
            long moved,
            SenderHealth.Level level) {

        Pulse proved(long now, int answers) {
            int left = Math.max(0, handed - answers);
            return new Pulse(driver, since, now, beats + 1, 0, left, answers > 0 ? now : moved, level);
        }

        Pulse missed() {
            return new Pulse(
                    driver, since, proof, beats, Math.min(misses + 1, SenderHealth.MISSES), handed, moved, level);
        }

        Pulse given(long now, int messages) {
            return new Pulse(driver, since, proof, beats, misses, handed + messages, handed == 0 ? now : moved, level);
        }

        Pulse told(SenderHealth.Level now) {
            return new Pulse(driver, since, proof, beats, misses, handed, moved, now);
        }

        SenderHealth health() {
            return new SenderHealth(
                    Optional.of(Instant.ofEpochMilli(since)),
                    Optional.of(Instant.ofEpochMilli(proof)),
                    beats,
                    misses,
                    handed > 0 ? Optional.of(Instant.ofEpochMilli(moved)) : Optional.empty());
        }
    }

    private final Clock clock;
    private final Map<SenderKey, Pulse> pulses = new ConcurrentHashMap<>();
    private volatile Listener listener = (_, _) -> {};

    Liveness(Clock clock) {
        this.clock = clock;
    }

    /// Called once, before anything else.
    public void listen(Listener told) {
        listener = told;
    }

    public SenderHealth of(Sender sender) {
        Pulse pulse = pulses.get(sender.key());
        return pulse == null ? SenderHealth.NONE : pulse.health();
    }

    public boolean isHealthy(Sender sender) {
        return of(sender).isHealthy(clock.instant());
    }

    /// Asks every connected sender for a sign of life. A job does this; what does not answer loses its health.
    public void probe() {
        pulses.forEach((sender, pulse) -> {
            if (pulse.driver().answers(sender)) {
                change(sender, Liveness::answered);
            } else {
                change(sender, (missing, _) -> missing.missed());
            }
        });
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "probe-senders", "Asks senders for a sign of life.", this::probe);
    }

    /// What was given too long ago is uncertain, and proves nothing any more.
    private static Pulse answered(Pulse pulse, long now) {
        boolean over = pulse.handed() > 0 && pulse.moved() + ANSWERS_WITHIN.toMillis() < now;
        return pulse.proved(now, over ? pulse.handed() : 0);
    }

    /// Something came from it.
    public void beat(SenderKey sender) {
        beat(sender, 0);
    }

    /// Something came from it.
    ///
    /// @param answers how many of the messages that it was given it has answered for
    public void beat(SenderKey sender, int answers) {
        change(sender, (pulse, now) -> pulse.proved(now, answers));
    }

    /// It was given messages to send.
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

    /// A connection that is made anew begins anew.
    public void connected(SenderKey sender, Driver driver) {
        long now = clock.instant().toEpochMilli();
        var pulse = new Pulse(driver, now, now, 1, 0, 0, now, SenderHealth.Level.HEALTHY);
        Pulse before = pulses.put(sender, pulse);
        if (before != null && before.level() != pulse.level()) {
            listener.changed(sender, new Change(before.level(), pulse.level(), pulse.health()));
        }
    }

    public void gone(SenderKey sender) {
        pulses.remove(sender);
    }

    public Optional<Instant> lastProof(SenderKey sender) {
        return Optional.ofNullable(pulses.get(sender)).map(pulse -> Instant.ofEpochMilli(pulse.proof()));
    }
}
