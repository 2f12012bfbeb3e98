package dev.banyan.platform.http;

import module java.base;
import dev.banyan.platform.AddressRange;

/// An HTTP client that may call this machine, as configured for tests.
public final class LocalHttp {

    private static final OutboundHttp ONLY =
            new OutboundHttp(List.of(AddressRange.parse("127.0.0.1").orElseThrow()), InetAddress::getAllByName);

    private static final OutboundHttp NONE = new OutboundHttp(List.of(), InetAddress::getAllByName);

    private static final OutboundHttp HERE =
            new OutboundHttp(List.of(AddressRange.parse("127.0.0.1").orElseThrow()), _ ->
                    new InetAddress[] {InetAddress.getByName("127.0.0.1")});

    private LocalHttp() {}

    /// One for which every host is this machine.
    public static OutboundHttp everyNameIsHere() {
        return HERE;
    }

    /// One that may call public addresses only.
    public static OutboundHttp none() {
        return NONE;
    }

    public static OutboundHttp client() {
        return ONLY;
    }
}
