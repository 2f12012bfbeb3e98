package dev.banyan.whatsapp.drivers.cloud;

import dev.banyan.whatsapp.drivers.GatewayDriver;
import dev.banyan.whatsapp.drivers.GatewayTools;
import jakarta.inject.Singleton;

/// The driver of numbers at [CloudGateway].
@Singleton
public final class CloudDriver extends GatewayDriver {

    public CloudDriver(CloudGateway gateway, GatewayTools tools) {
        super(gateway, tools);
    }
}
