package dev.banyan.platform.http;

import dev.banyan.platform.AddressRange;
import java.net.InetAddress;
import java.util.List;

/// The server's HTTP client, allowed to call this machine.
public final class LocalCalls {

    private LocalCalls() {}

    public static OutboundHttp client() {
        return new OutboundHttp(List.of(AddressRange.parse("127.0.0.1").orElseThrow()), InetAddress::getAllByName);
    }
}
