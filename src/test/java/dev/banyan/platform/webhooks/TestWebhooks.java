package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.TestEvents;
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
                new Listeners(),
                database,
                OtherNodes.NONE,
                clock,
                new Uuids(clock));
    }

    static DeliveryWorker sending(Database database, Clock clock, TestEvents<EndpointDisabled> off) {
        return new DeliveryWorker(database, new WebhookCall(LocalHttp.client()), secrets(), ALL_HEAR, off, clock);
    }

    public static MakerChecks checks(Database database, Audit audit) {
        return new MakerChecks(database, ALL_HEAR, new TestEvents<>(), audit);
    }
}
