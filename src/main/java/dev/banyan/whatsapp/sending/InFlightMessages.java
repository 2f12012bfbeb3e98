package dev.banyan.whatsapp.sending;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.whatsapp.OutboxStore.Provided;
import dev.banyan.whatsapp.OutgoingMessage;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/// Messages that were lately handed over, as they were last written, so that what a driver tells of one needs no look
/// at the database: three looks per message, otherwise. A memory and no truth: whoever takes a message from here writes
/// only if the row still is in that state, and reads it if not.
@Singleton
public final class InFlightMessages {

    private static final long BYTES = 32L << 20;
    /// A message with all that belongs to it, without its text.
    private static final int BYTES_OF_ONE = 700;
    private static final int NAMES = 60_000;

    private final Cache<UUID, OutgoingMessage> messages = Caffeine.newBuilder()
            .maximumWeight(BYTES)
            .weigher((UUID _, OutgoingMessage message) ->
                    BYTES_OF_ONE + message.text().length())
            .build();
    private final Cache<Provided, UUID> names =
            Caffeine.newBuilder().maximumSize(NAMES).build();

    Optional<OutgoingMessage> find(UUID id) {
        return Optional.ofNullable(messages.getIfPresent(id));
    }

    /// @param name what WhatsApp calls it
    Optional<OutgoingMessage> find(Provided name) {
        return Optional.ofNullable(names.getIfPresent(name)).flatMap(this::find);
    }

    /// It stands there as it is here; to be called after the commit.
    void keep(OutgoingMessage message) {
        switch (message.state()) {
            case SENDING, SENT, DELIVERED -> messages.put(message.id(), message);
            case QUEUED, READ, FAILED, UNCERTAIN -> messages.invalidate(message.id());
        }
    }

    void keep(Provided name, UUID id) {
        names.put(name, id);
    }

    void forget(UUID id) {
        messages.invalidate(id);
    }

    void forget(Provided name) {
        names.invalidate(name);
    }
}
