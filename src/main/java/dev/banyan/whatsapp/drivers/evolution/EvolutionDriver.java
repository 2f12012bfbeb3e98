package dev.banyan.whatsapp.drivers.evolution;

import dev.banyan.whatsapp.drivers.GatewayDriver;
import dev.banyan.whatsapp.drivers.GatewayTools;
import jakarta.inject.Singleton;

/// The driver of numbers at [EvolutionGateway].
@Singleton
public final class EvolutionDriver extends GatewayDriver {

    public EvolutionDriver(EvolutionGateway gateway, GatewayTools tools) {
        super(gateway, tools);
    }
}
