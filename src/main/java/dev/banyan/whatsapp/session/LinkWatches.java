package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The current codes of linkings, and their watchers, on all servers.
@Singleton
public final class LinkWatches {
    /// The state of one sender; immutable, so that readers never see half a change.
    private record Room(Optional<LinkEvent.Code> code, Optional<String> pairing, List<Consumer<LinkEvent>> watchers) {

        static final Room EMPTY = new Room(Optional.empty(), Optional.empty(), List.of());

        boolean isEmpty() {
            return code.isEmpty() && pairing.isEmpty() && watchers.isEmpty();
        }

        Room with(List<Consumer<LinkEvent>> others) {
            return new Room(code, pairing, List.copyOf(others));
        }
    }

    private final Database database;
    private final OtherNodes others;
    private final Clock clock;
    private final Map<SenderKey, Room> rooms = new ConcurrentHashMap<>();

    public LinkWatches(Database database, OtherNodes others, Clock clock) {
        this.database = database;
        this.others = others;
        this.clock = clock;
    }

    Optional<LinkEvent.Code> code(SenderKey sender) {
        return rooms.getOrDefault(sender, Room.EMPTY).code();
    }

    /// Returns the pairing code that someone has asked for in this linking.
    Optional<String> pairing(SenderKey sender) {
        return rooms.getOrDefault(sender, Room.EMPTY).pairing();
    }

    void pairing(SenderKey sender, Optional<String> pairing) {
        others.tell(
                new LinkEventPublished(sender, LinkEventPublished.Kind.PAIRING, Optional.empty(), pairing.orElse("")));
        pairingHere(sender, pairing);
    }

    private void pairingHere(SenderKey sender, Optional<String> pairing) {
        change(sender, room -> new Room(room.code(), pairing, room.watchers()));
    }

    /// Reports the current code, if there is one, and all later events in order.
    Runnable watch(SenderKey sender, Consumer<LinkEvent> watcher) {
        change(sender, room -> {
            room.code().ifPresent(code -> tell(watcher, code));
            var more = new ArrayList<>(room.watchers());
            more.add(watcher);
            return room.with(more);
        });
        return () -> change(sender, room -> {
            var fewer = new ArrayList<>(room.watchers());
            fewer.remove(watcher);
            return room.with(fewer);
        });
    }

    void tell(SenderKey sender, LinkEvent event) {
        others.tell(LinkEventPublished.of(sender, event));
        tellHere(sender, event);
    }

    /// Gives up all linkings that the last stop has interrupted.
    void giveUp() {
        database.write(tx -> new LinkingStore(tx).giveUpLinkings(clock.instant()));
    }

    /// Gives up linkings that another server has left.
    void giveUp(Collection<SenderKey> senders) {
        database.write(tx -> {
            new LinkingStore(tx).giveUpLinkings(senders, clock.instant());
            return true;
        });
        senders.forEach(sender -> tell(sender, new LinkEvent.Stopped()));
    }

    void told(@Observes LinkEventPublished told) {
        if (told.kind() == LinkEventPublished.Kind.PAIRING) {
            pairingHere(told.sender(), Optional.of(told.text()).filter(code -> !code.isEmpty()));
        } else {
            told.event(() -> database.read(
                            told.sender().tenant(),
                            tx -> new SenderStore(tx)
                                    .find(told.sender().tenant(), told.sender().id())))
                    .ifPresent(event -> tellHere(told.sender(), event));
        }
    }

    private void tellHere(SenderKey sender, LinkEvent event) {
        change(sender, room -> {
            room.watchers().forEach(watcher -> tell(watcher, event));
            return event instanceof LinkEvent.Code code
                    ? new Room(Optional.of(code), room.pairing(), room.watchers())
                    : new Room(Optional.empty(), Optional.empty(), room.watchers());
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
            Log.error("A watcher of a linking failed", failure);
        }
    }
}
