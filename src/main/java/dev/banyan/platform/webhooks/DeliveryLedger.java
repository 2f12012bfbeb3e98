package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.webhooks.EndpointStore.Key;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Event;

/// What this node may send to which endpoints, and what came of it. Many endpoints share a transaction: three for each
/// event would cost more than sending it (bench/FINDINGS.md).
record DeliveryLedger(Database database, Makers makers, Event<EndpointDisabled> off, Clock clock) {

    static final Duration OFF_AFTER = Duration.ofDays(5);
    private static final int DOUBLED_AT_MOST = 9;
    static final int AT_ONCE = 50;
    private static final String NOT_READ = "Not sent: the API key of this webhook can’t read it.";

    /// Stores what has arrived, and claims what is due at these endpoints. Those that are paused or off, or at which
    /// nothing is due or another node is sending, are left out. What those may not read any more who answer for an
    /// endpoint is not sent.
    List<Batch> next(List<Batch.Ended> arrived, List<Key> asking) {
        Instant now = clock.instant();
        return database.write(tx -> {
            var endpoints = new EndpointStore(tx);
            List<Key> ended = keys(arrived);
            endpoints.lock(Stream.concat(ended.stream(), asking.stream()).toList());
            store(tx, arrived);
            endpoints.succeeded(ended);
            List<EndpointStore.Claimed> claimed = endpoints.claim(asking, now);
            var due = new DeliveryStore(tx)
                    .due(claimed.stream().map(one -> one.endpoint().id()).toList(), now, AT_ONCE);
            var batches = new ArrayList<Batch>();
            var standing = makers.standing(
                    tx,
                    claimed.stream()
                            .map(one -> one.endpoint().at(one.endpoint().maker()))
                            .toList());
            for (EndpointStore.Claimed one : claimed) {
                Endpoint endpoint = one.endpoint();
                List<Delivery> some = heard(
                        tx,
                        endpoint,
                        Objects.requireNonNull(standing.get(endpoint.at(endpoint.maker()))),
                        due.getOrDefault(endpoint.id(), List.of()));
                if (some.isEmpty()) { // deleted a moment ago
                    endpoints.release(endpoint.tenant(), endpoint.id());
                } else {
                    batches.add(new Batch(endpoint, one.secrets(), some));
                }
            }
            return batches;
        });
    }

    /// Returns what may be sent. The rest fails here, without a try.
    private List<Delivery> heard(Tx tx, Endpoint endpoint, Makers.Standing standing, List<Delivery> due) {
        var store = new EndpointStore(tx);
        return switch (standing) {
            case Makers.Standing.Hears hears -> {
                new DeliveryStore(tx)
                        .tried(due.stream()
                                .filter(one -> !hears.hears(one.type()))
                                .map(one -> new DeliveryStore.Tried(endpoint.tenant(), one.refused(NOT_READ)))
                                .toList());
                yield due.stream().filter(one -> hears.hears(one.type())).toList();
            }
            case Makers.Standing.Waits _ -> {
                store.pause(endpoint.tenant(), endpoint.id(), clock.instant().plus(EndpointStore.LONGEST_PAUSE));
                yield List.of();
            }
            case Makers.Standing.Ended(String reason) -> {
                switchOff(tx, endpoint, reason, off);
                yield List.of();
            }
        };
    }

    static void switchOff(Tx tx, Endpoint endpoint, String reason, Event<EndpointDisabled> off) {
        new EndpointStore(tx).switchOff(endpoint.tenant(), endpoint.id(), reason);
        off.fire(new EndpointDisabled(tx, endpoint, reason));
    }

    /// Stores each alone, after they could not be stored together.
    void storeEach(List<Batch.Ended> arrived) {
        for (Batch.Ended one : arrived) {
            try {
                database.write(one.endpoint().tenant(), tx -> {
                    store(tx, List.of(one));
                    new EndpointStore(tx).succeeded(keys(List.of(one)));
                    return one;
                });
            } catch (RuntimeException failure) {
                Log.warnf("What a webhook was sent is not stored, and will be sent again: %s", failure.getMessage());
            }
        }
    }

    /// Stores what came of a batch of which nothing has arrived, and pauses its endpoint.
    void failed(Batch.Ended ended) {
        Endpoint endpoint = ended.endpoint();
        database.write(endpoint.tenant(), tx -> {
            store(tx, List.of(ended));
            pause(tx, endpoint);
            new EndpointStore(tx).release(endpoint.tenant(), endpoint.id());
            return ended;
        });
    }

    private static void store(Tx tx, List<Batch.Ended> ended) {
        new DeliveryStore(tx)
                .tried(ended.stream()
                        .flatMap(one -> one.tried().stream()
                                .map(after ->
                                        new DeliveryStore.Tried(one.endpoint().tenant(), after)))
                        .toList());
    }

    private static List<Key> keys(List<Batch.Ended> ended) {
        return ended.stream()
                .map(one -> new Key(one.endpoint().tenant(), one.endpoint().id()))
                .toList();
    }

    /// A new address doesn’t wait for what failed at the old one.
    private void pause(Tx tx, Endpoint endpoint) {
        var store = new EndpointStore(tx);
        Instant now = clock.instant();
        store.failed(endpoint.tenant(), endpoint.id(), endpoint.url(), now).ifPresent(failures -> {
            Duration pause = Duration.ofSeconds(1L << Math.min(failures, DOUBLED_AT_MOST));
            store.pause(
                    endpoint.tenant(),
                    endpoint.id(),
                    now.plus(pause.compareTo(EndpointStore.LONGEST_PAUSE) < 0 ? pause : EndpointStore.LONGEST_PAUSE));
            if (endpoint.failingSince()
                    .filter(since -> since.plus(OFF_AFTER).isBefore(now))
                    .isPresent()) {
                switchOff(tx, endpoint, "Nothing has arrived there for five days.", off);
            }
        });
    }
}
