package dev.banyan.platform.webhooks;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestEvents;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.secrets.TestSecrets;

/// Webhooks for tests that create operations manually.
public final class TestWebhooks {

    private static final Path DATA = Path.of("target", "test-webhooks");

    /// Lets everyone hear everything.
    static final Makers ALL_HEAR = (_, places) -> places.stream()
            .distinct()
            .collect(Collectors.toMap(place -> place, _ -> new Makers.Standing.Hears(Optional.empty())));

    private TestWebhooks() {}

    static SealedSecrets secrets() {
        try {
            return TestSecrets.of(Settings.forTests(Files.createDirectories(DATA)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static Webhooks on(Database database, Clock clock) {
        return new Webhooks(
                sending(database, clock, new TestEvents<>()),
                new Listeners(OtherNodes.NONE, database, clock),
                database,
                OtherNodes.NONE,
                clock,
                new Uuids(clock));
    }

    /// Stores an endpoint to which nothing is sent yet: it was asked a moment ago and has failed.
    public static UUID paused(Database database, Owner owner, Instant now, String... events) {
        var endpoint = new Endpoint(
                UUID.randomUUID(),
                EndpointOwner.account(owner),
                "http://127.0.0.1:9/hooks",
                List.of(events),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now);
        return database.write(tx -> {
            var store = new EndpointStore(tx);
            store.insert(owner, endpoint, "sealed");
            store.pause(owner.tenant(), endpoint.id(), now.plus(EndpointStore.LONGEST_PAUSE));
            return endpoint.id();
        });
    }

    /// Returns the bodies of what waits for an endpoint, the oldest first.
    public static List<JsonNode> waiting(Database database, Owner owner, UUID endpoint) {
        return database
                .read(tx -> new DeliveryStore(tx)
                        .list(
                                owner.tenant(),
                                endpoint,
                                List.of(),
                                new Delivery.Wanted(
                                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                                10_000))
                .reversed()
                .stream()
                .map(delivery -> TestClient.parse(delivery.body()))
                .toList();
    }

    static DeliveryWorker sending(Database database, Clock clock, TestEvents<EndpointDisabled> off) {
        return new DeliveryWorker(database, new WebhookCall(LocalHttp.client()), secrets(), ALL_HEAR, off, clock);
    }

    public static MakerChecks checks(Database database, Audit audit) {
        return new MakerChecks(database, ALL_HEAR, new TestEvents<>(), audit);
    }
}
