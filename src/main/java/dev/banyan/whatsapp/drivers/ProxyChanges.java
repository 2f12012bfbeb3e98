package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.proxies.ProxyChanged;
import io.quarkus.arc.All;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Tells gateways at once when a number is to use another proxy.
@Singleton
final class ProxyChanges {

    private final Lines lines;
    private final List<GatewayDriver> drivers;

    ProxyChanges(Lines lines, @All List<GatewayDriver> drivers) {
        this.lines = lines;
        this.drivers = List.copyOf(drivers);
    }

    void proxyChanged(@Observes ProxyChanged changed) {
        lines.forget(changed.sender());
        drivers.forEach(driver -> driver.proxyChanged(changed.sender()));
    }
}
