package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.Timers;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The door for webhooks: each is checked on its raw bytes, stored before it is acknowledged, and processed afterwards.
@Singleton
record Hooks(
        Database database,
        LivePools pools,
        Lines lines,
        HookProcessing processing,
        Uuids uuids,
        Timers timers,
        Clock clock) {

    /// What came of a webhook.
    public enum Accepted {
        KEPT,
        /// There is no such connection.
        UNKNOWN,
        UNSIGNED,
        FORGED,
        /// It could not be stored; the gateway is to repeat it.
        BUSY
    }

    /// Answers a gateway's question whether this address is ours.
    ///
    /// @return the text of the answer; empty to refuse
    public Optional<String> greeting(ConnectionId id, Map<String, String> query) {
        return lines.gateway(id)
                .flatMap(access -> processing
                        .driver(access)
                        .flatMap(driver -> driver.gateway().greeting(access, query)));
    }

    public Accepted accept(ConnectionId id, HookRequest request) {
        Optional<GatewayAccess> access = lines.gateway(id);
        Optional<GatewayDriver> driver = access.flatMap(processing::driver);
        if (access.isEmpty() || driver.isEmpty()) {
            return Accepted.UNKNOWN;
        }
        return switch (driver.get().gateway().isGenuine(access.get(), request)) {
            case UNSIGNED -> Accepted.UNSIGNED;
            case NO -> Accepted.FORGED;
            case YES -> keep(access.get(), driver.get(), request);
        };
    }

    private Accepted keep(GatewayAccess access, GatewayDriver driver, HookRequest request) {
        Instant now = clock.instant();
        var whole = new HookStore.Row(
                uuids.next(),
                access.connection().tenant(),
                access.connection().id(),
                Optional.empty(),
                Optional.empty(),
                driver.gateway().repeatKey(request),
                new String(driver.gateway().stored(request.body()), StandardCharsets.UTF_8),
                0,
                now.plus(HookProcessing.OURS),
                now);
        try {
            List<HookStore.Row> parts = pools.isAlone() ? List.of(whole) : divide(access, driver, whole);
            List<HookStore.Row> here = parts.stream().filter(this::isForUs).toList();
            List<HookStore.Row> taken = processing.hasRoom() ? here : List.of();
            Set<HookStore.Row> kept = database.write(
                    whole.tenant(),
                    tx -> parts.stream()
                            .filter(row ->
                                    new HookStore(tx).insert(row.tenant(), taken.contains(row) ? row : row.dueAt(now)))
                            .collect(Collectors.toSet()));
            taken.stream().filter(kept::contains).forEach(processing::takeUp);
            parts.stream()
                    .filter(row -> !here.contains(row))
                    .flatMap(row -> row.pool().stream())
                    .distinct()
                    .forEach(pool -> pools.tell(pool.asPool(), new HooksWaiting(pool), processing::sweepSoon));
            return Accepted.KEPT;
        } catch (DatabaseUnavailable _) {
            return Accepted.BUSY;
        }
    }

    /// Divides a webhook, whose numbers may be on several servers: a part for each of its numbers, and one for what is
    /// about none. Each part is processed once, and knows by itself which of the events it has.
    private List<HookStore.Row> divide(GatewayAccess access, GatewayDriver driver, HookStore.Row whole) {
        byte[] body = whole.body().getBytes(StandardCharsets.UTF_8);
        return Stream.concat(Stream.of(access), processing.others(access, driver, body))
                .flatMap(each -> driver.gateway().read(each, body).stream()
                        .map(HookEvent::remote)
                        .distinct()
                        .map(remote -> part(each, whole, remote)))
                .toList();
    }

    private HookStore.Row part(GatewayAccess access, HookStore.Row whole, String remote) {
        return new HookStore.Row(
                uuids.next(),
                whole.tenant(),
                access.connection().id(),
                Optional.of(remote),
                lines.pool(access, remote),
                Digests.sha256Hex(whole.repeatKey() + "\n" + remote),
                whole.body(),
                whole.tries(),
                whole.nextAt(),
                whole.createdAt());
    }

    /// What is about no number of ours is done by the server that it came to.
    private boolean isForUs(HookStore.Row row) {
        return row.pool().map(pool -> pools.isOurs(pool.asPool())).orElse(true);
    }

    void waiting(@Observes HooksWaiting news) {
        if (pools.isOurs(news.pool().asPool())) {
            processing.sweepSoon();
        }
    }

    void noticed(@Observes GatewayNoticed news) {
        timers.now(() -> lines.gateway(news.connection())
                .ifPresent(access ->
                        processing.driver(access).ifPresent(driver -> driver.noticed(access, news.notice()))));
    }
}
