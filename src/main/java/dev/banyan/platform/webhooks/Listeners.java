package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Programs that hear the events of an account for as long as they are connected to this server. Nothing is kept for
/// them.
@Singleton
final class Listeners {

    /// An event as webhooks get it.
    ///
    /// @param body what is signed
    record Told(String id, String type, String body) {}

    interface Listener {

        /// Is told in the transaction of the event.
        void tell(Tx tx, Told event);
    }

    private final Map<AccountId, List<Listener>> byTenant = new ConcurrentHashMap<>();

    /// @return ends it
    Runnable add(AccountId tenant, Listener listener) {
        byTenant.merge(
                tenant,
                List.of(listener),
                (known, more) -> Stream.concat(known.stream(), more.stream()).toList());
        return () -> byTenant.computeIfPresent(tenant, (_, known) -> {
            List<Listener> left =
                    known.stream().filter(other -> !other.equals(listener)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    boolean areThere(AccountId tenant) {
        return byTenant.containsKey(tenant);
    }

    void tell(Tx tx, AccountId tenant, Told event) {
        byTenant.getOrDefault(tenant, List.of()).forEach(listener -> listener.tell(tx, event));
    }
}
