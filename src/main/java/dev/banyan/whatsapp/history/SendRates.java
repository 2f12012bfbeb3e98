package dev.banyan.whatsapp.history;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderKey;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Counts the messages each number has sent in the last minute, for boards. In memory only: it starts from zero after a
/// restart, and a number that sends nothing uses no memory.
@Singleton
final class SendRates {

    private static final int SECONDS = 60;
    private static final int BUSY_SENDERS = 100_000;

    /// Messages sent in each of the last sixty seconds.
    private static final class Minute {

        private final int[] sent = new int[SECONDS];
        private final long[] second = new long[SECONDS];

        private synchronized void add(long now) {
            int slot = (int) (now % SECONDS);
            if (second[slot] != now) {
                second[slot] = now;
                sent[slot] = 0;
            }
            sent[slot]++;
        }

        private synchronized long sum(long now) {
            long sum = 0;
            for (int slot = 0; slot < SECONDS; slot++) {
                sum += second[slot] > now - SECONDS && second[slot] <= now ? sent[slot] : 0;
            }
            return sum;
        }
    }

    private final Clock clock;
    private final Cache<SenderKey, Minute> minutes;

    SendRates(Clock clock) {
        this.clock = clock;
        this.minutes = Caffeine.newBuilder()
                .maximumSize(BUSY_SENDERS)
                .expireAfterAccess(Duration.ofMinutes(2))
                .build();
    }

    void deliveryChanged(@Observes DeliveryChanged changed) {
        OutgoingMessage message = changed.message();
        if (message.state() == DeliveryState.SENT) {
            message.sender()
                    .map(sender -> new SenderKey(message.tenant(), sender))
                    .ifPresent(sender -> minutes.get(sender, _ -> new Minute())
                            .add(message.changedAt().getEpochSecond()));
        }
    }

    long lastMinute(SenderKey sender) {
        Instant now = clock.instant();
        return Optional.ofNullable(minutes.getIfPresent(sender))
                .map(minute -> minute.sum(now.getEpochSecond()))
                .orElse(0L);
    }
}
