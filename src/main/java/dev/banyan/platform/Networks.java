package dev.banyan.platform;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Addresses as people may see them who need not know where somebody lives, and as limits count them.
public final class Networks {

    private static final int GROUPS = 3;

    /// What a provider gives one customer at least: they change the rest of their address at will.
    private static final int IPV6_NETWORK_BYTES = 8;

    private Networks() {}

    /// `203.0.113.x`, `2001:db8:1:x`; what is no address stays as it is.
    public static String shortened(String ip) {
        if (ip.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return ip.substring(0, ip.lastIndexOf('.')) + ".x";
        }
        if (ip.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w-]+)?")) {
            return Arrays.stream(ip.split(":", -1)).limit(GROUPS).collect(Collectors.joining(":")) + ":x";
        }
        return ip;
    }

    /// A key of several words, in which the network stands for each IPv6 address.
    public static String countedIn(String words) {
        return words.indexOf(':') < 0
                ? words
                : Arrays.stream(words.split(" ", -1)).map(Networks::counted).collect(Collectors.joining(" "));
    }

    private static String counted(String word) {
        if (word.indexOf(':') < 0) {
            return word;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(word);
            if (!(address instanceof Inet6Address)) {
                return address.getHostAddress(); // IPv4, written as IPv6
            }
            byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES), 16);
            return InetAddress.getByAddress(network).getHostAddress();
        } catch (IllegalArgumentException | UnknownHostException _) {
            return word;
        }
    }

    /// A key of several words, each of which may be an address.
    public static String shortenedIn(String words) {
        return Arrays.stream(words.split(" ", -1)).map(Networks::shortened).collect(Collectors.joining(" "));
    }
}
