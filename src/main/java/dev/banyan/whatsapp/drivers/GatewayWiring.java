package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.jobs.OwnWork;
import dev.banyan.whatsapp.Timers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts together what the drivers of gateways work with.
final class GatewayWiring {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Produces
    @Singleton
    GatewayTools tools(
            GatewayNumbers numbers, GatewayFiles files, Timers timers, Clock clock, @OwnWork ExecutorService threads) {
        return new GatewayTools(numbers, files, timers, clock, threads, PATIENCE);
    }
}
