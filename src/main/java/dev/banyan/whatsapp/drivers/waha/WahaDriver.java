package dev.banyan.whatsapp.drivers.waha;

import dev.banyan.whatsapp.drivers.GatewayDriver;
import dev.banyan.whatsapp.drivers.GatewayTools;
import jakarta.inject.Singleton;

/// The driver of numbers at [WahaGateway].
@Singleton
public final class WahaDriver extends GatewayDriver {

    public WahaDriver(WahaGateway gateway, GatewayTools tools) {
        super(gateway, tools);
    }
}
