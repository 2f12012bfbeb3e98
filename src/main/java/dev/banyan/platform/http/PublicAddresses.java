package dev.banyan.platform.http;

import module java.base;
import dev.banyan.platform.AddressRange;

/// The addresses that may be called: those of the public internet (IANA's registries list the special addresses that
/// are not), and those that the operator allows.
public final class PublicAddresses {

    private static final List<AddressRange> SPECIAL = ranges(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // behind a provider's NAT
            "127.0.0.0/8", // this machine
            "169.254.0.0/16", // link-local, and the metadata of clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocols
            "192.0.2.0/24", // examples
            "192.88.99.0/24", // relays to IPv6
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // examples
            "203.0.113.0/24", // examples
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
            "2001::/23", // protocols, tunnels
            "2001:db8::/32", // examples
            "2002::/16", // tunnels that carry any IPv4 address
            "3fff::/20"); // examples

    /// All public IPv6 addresses begin like this; unique-local, link-local, mapped and the others do not.
    private static final List<AddressRange> GLOBAL = ranges("2000::/3");
    /// The last four bytes are the actual IPv4 address.
    private static final List<AddressRange> NAT64 = ranges("64:ff9b::/96");

    private final List<AddressRange> allowed;

    PublicAddresses(List<AddressRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    private static List<AddressRange> ranges(String... texts) {
        return Arrays.stream(texts)
                .map(text -> AddressRange.parse(text).orElseThrow())
                .toList();
    }

    boolean mayBeCalled(InetAddress address) {
        return isIn(allowed, address) || isPublic(address);
    }

    /// Returns true for an address on the internet: neither private nor of a special kind.
    public static boolean isPublic(InetAddress address) {
        return switch (address) {
            case Inet4Address _ -> !isIn(SPECIAL, address);
            case Inet6Address six when isIn(NAT64, six) -> isPublic(embedded(six));
            case Inet6Address _ -> isIn(GLOBAL, address) && !isIn(SPECIAL, address);
            default -> false;
        };
    }

    private static InetAddress embedded(Inet6Address address) {
        byte[] bytes = address.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length));
        } catch (UnknownHostException impossible) {
            throw new AssertionError("Four bytes are an address", impossible);
        }
    }

    private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
