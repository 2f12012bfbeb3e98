package dev.banyan.whatsapp.session;

import dev.banyan.whatsapp.SenderKey;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// The current codes, and their watchers.
@Singleton
public final class LinkWatches {

    private static final Logger LOG = Logger.getLogger(LinkWatches.class);

    /// The state of one sender; immutable, so that readers never see half a change.
    private record Room(Optional<LinkEvent.Code> code, List<Consumer<LinkEvent>> watchers) {

        static final Room EMPTY = new Room(Optional.empty(), List.of());

        boolean isEmpty() {
            return code.isEmpty() && watchers.isEmpty();
        }
    }

    private final Map<SenderKey, Room> rooms = new ConcurrentHashMap<>();

    Optional<LinkEvent.Code> code(SenderKey sender) {
        return rooms.getOrDefault(sender, Room.EMPTY).code();
    }

    /// Reports the current code, if there is one, and all later events in order.
    Runnable watch(SenderKey sender, Consumer<LinkEvent> watcher) {
        change(sender, room -> {
            room.code().ifPresent(code -> tell(watcher, code));
            var more = new ArrayList<>(room.watchers());
            more.add(watcher);
            return new Room(room.code(), List.copyOf(more));
        });
        return () -> change(sender, room -> {
            var fewer = new ArrayList<>(room.watchers());
            fewer.remove(watcher);
            return new Room(room.code(), List.copyOf(fewer));
        });
    }

    void tell(SenderKey sender, LinkEvent event) {
        change(sender, room -> {
            room.watchers().forEach(watcher -> tell(watcher, event));
            return new Room(
                    event instanceof LinkEvent.Code code ? Optional.of(code) : Optional.empty(), room.watchers());
        });
    }

    private interface Step {
        Room from(Room before);
    }

    /// Changes one room at a time; an empty room is removed.
    private void change(SenderKey sender, Step step) {
        rooms.compute(sender, (_, before) -> {
            Room after = step.from(before == null ? Room.EMPTY : before);
            return after.isEmpty() ? null : after;
        });
    }

    private static void tell(Consumer<LinkEvent> watcher, LinkEvent event) {
        try {
            watcher.accept(event);
        } catch (RuntimeException failure) {
            LOG.error("A watcher of a linking failed", failure);
        }
    }
}
