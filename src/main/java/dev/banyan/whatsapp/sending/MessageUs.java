package dev.banyan.whatsapp.sending;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;

/// Chooses the number that a visitor of a public page writes to.
@Singleton
public final class MessageUs {

    private final Pools pools;
    private final Liveness liveness;

    MessageUs(Pools pools, Liveness liveness) {
        this.pools = pools;
        this.liveness = liveness;
    }

    /// Chooses a healthy number of a pool, never a restricted one, because a first message opens a chat. A visitor
    /// keeps the same number as long as it is healthy; when another number fails or is added, only that number's
    /// visitors change. Visitors are distributed in proportion to the weights.
    ///
    /// @param visitor any text that identifies the visitor
    /// @return empty if no number is available, or there is no such pool
    public Optional<Phone> number(AccountId tenant, SenderId master, String visitor) {
        return pools.pool(tenant, master).stream()
                .flatMap(Pool::senders)
                .filter(sender ->
                        sender.enabled() && sender.state() == SenderState.LINKED && liveness.isHealthy(sender))
                .filter(sender -> sender.phone().isPresent())
                .max(Comparator.comparingDouble((Sender sender) -> score(sender, visitor))
                        .thenComparing(sender -> sender.id().value()))
                .flatMap(Sender::phone);
    }

    /// Returns the number's score for this visitor; the highest wins (weighted rendezvous hashing).
    private static double score(Sender sender, String visitor) {
        byte[] lot = Digests.sha256((visitor + "\n" + sender.id()).getBytes(StandardCharsets.UTF_8));
        double drawn = ((ByteBuffer.wrap(lot).getLong() >>> 11) + 0.5) / (1L << 53);
        return -sender.traits().weight() / Math.log(drawn);
    }
}
