package dev.banyan.platform;

import module java.base;

/// Shortens IP addresses for people who need not know where a user lives, and maps them to networks for limits.
public final class Networks {

    private static final int GROUPS = 3;

    /// The smallest range that a provider gives one customer, who can change the rest of their address at will.
    private static final int IPV6_NETWORK_BYTES = 8;

    private Networks() {}

    /// Returns `203.0.113.x` or `2001:db8:1:x`; text that is not an address stays as it is.
    public static String shortened(String ip) {
        if (ip.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return ip.substring(0, ip.lastIndexOf('.')) + ".x";
        }
        if (ip.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w-]+)?")) {
            return Arrays.stream(ip.split(":", -1)).limit(GROUPS).collect(Collectors.joining(":")) + ":x";
        }
        return ip;
    }

    /// Returns a key of several words with each IPv6 address replaced by its network.
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

    /// Returns true for `203.0.113.0/24`, `2001:db8::/32` or a single address.
    public static boolean isNetwork(String text) {
        return text.length() <= 45 && AddressRange.parse(text).isPresent();
    }

    /// Returns true if an address lies in a network.
    public static boolean contains(String network, String ip) {
        return AddressRange.parse(network)
                .flatMap(range -> Parse.of(ip, InetAddress::ofLiteral).map(range::contains))
                .orElse(false);
    }

    /// Shortens each word of a key that is an address.
    public static String shortenedIn(String words) {
        return Arrays.stream(words.split(" ", -1)).map(Networks::shortened).collect(Collectors.joining(" "));
    }
}
