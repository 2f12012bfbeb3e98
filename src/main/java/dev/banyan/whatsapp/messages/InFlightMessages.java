package dev.banyan.whatsapp.messages;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.whatsapp.OutboxStore.Provided;
import dev.banyan.whatsapp.OutgoingMessage;
import jakarta.inject.Singleton;

/// Caches recently handed-over messages as last stored, which saves three queries per message when a driver reports on
/// it. Only a cache: a caller that takes a message from here must make its update conditional on the state, and read
/// the row if that fails.
@Singleton
public final class InFlightMessages {

    private static final long BYTES = 32L << 20;
    /// Memory for one message without its text, in bytes.
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

    /// @param name WhatsApp's id of the message
    Optional<OutgoingMessage> find(Provided name) {
        return Optional.ofNullable(names.getIfPresent(name)).flatMap(this::find);
    }

    /// Adds a message as stored; to be called after the commit.
    void keep(OutgoingMessage message) {
        switch (message.state()) {
            case SENDING, SENT, DELIVERED -> messages.put(message.id(), message);
            case SCHEDULED, QUEUED, READ, FAILED, UNCERTAIN, CANCELED -> messages.invalidate(message.id());
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
