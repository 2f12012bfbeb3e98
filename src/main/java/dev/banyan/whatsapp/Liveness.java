package dev.banyan.whatsapp;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Signs of life, in memory: a start of the server begins anew, for what was alive before proves nothing.
@Singleton
public final class Liveness {

    /// Small, for there is one for every connected sender.
    private record Pulse(Driver driver, Instant since, Instant lastProof, long beats) {}

    private final Clock clock;
    private final Map<SenderKey, Pulse> pulses = new ConcurrentHashMap<>();

    Liveness(Clock clock) {
        this.clock = clock;
    }

    public SenderHealth of(Sender sender) {
        return Optional.ofNullable(pulses.get(sender.key()))
                .map(pulse ->
                        new SenderHealth(Optional.of(pulse.since()), Optional.of(pulse.lastProof()), pulse.beats()))
                .orElse(SenderHealth.NONE);
    }

    public boolean isHealthy(Sender sender) {
        return of(sender).isHealthy(clock.instant());
    }

    /// Asks every connected sender for a sign of life. A job does this; what does not answer grows old.
    public void probe() {
        pulses.forEach((sender, pulse) -> {
            if (pulse.driver().answers(sender)) {
                beat(sender);
            }
        });
    }

    void beat(SenderKey sender) {
        pulses.computeIfPresent(
                sender, (_, pulse) -> new Pulse(pulse.driver(), pulse.since(), clock.instant(), pulse.beats() + 1));
    }

    void connected(SenderKey sender, Driver driver) {
        Instant now = clock.instant();
        pulses.putIfAbsent(sender, new Pulse(driver, now, now, 1));
    }

    void gone(SenderKey sender) {
        pulses.remove(sender);
    }

    Optional<Instant> lastProof(SenderKey sender) {
        return Optional.ofNullable(pulses.get(sender)).map(Pulse::lastProof);
    }
}
