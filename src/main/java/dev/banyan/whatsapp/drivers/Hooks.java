package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.cluster.LiveAccounts;
import dev.banyan.platform.cluster.OtherNodes;
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
        LiveAccounts accounts,
        OtherNodes others,
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
        boolean isOurs = accounts.isOurs(access.connection().tenant()) && processing.hasRoom();
        var row = new HookStore.Row(
                uuids.next(),
                access.connection().tenant(),
                access.connection().id(),
                driver.gateway().repeatKey(request),
                new String(driver.gateway().stored(request.body()), StandardCharsets.UTF_8),
                0,
                isOurs ? now.plus(HookProcessing.OURS) : now,
                now);
        try {
            if (database.write(row.tenant(), tx -> new HookStore(tx).insert(row.tenant(), row)) && isOurs) {
                processing.begin(access, driver, row);
            } else if (!accounts.isOurs(row.tenant())) {
                timers.now(() -> passOn(row.tenant()));
            }
            return Accepted.KEPT;
        } catch (DatabaseUnavailable _) {
            return Accepted.BUSY;
        }
    }

    /// Tells the server that has the numbers of an account that webhooks wait for it. If it does not hear that, its job
    /// finds them.
    private void passOn(AccountId account) {
        accounts.elsewhere(account).ifPresentOrElse(_ -> others.tell(new HooksWaiting(account)), processing::sweepSoon);
    }

    void waiting(@Observes HooksWaiting news) {
        if (accounts.isOurs(news.account())) {
            processing.sweepSoon();
        }
    }
}
