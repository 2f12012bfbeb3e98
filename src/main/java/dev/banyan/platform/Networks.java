package dev.banyan.platform;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Addresses as people may see them who need not know where somebody lives.
public final class Networks {

    private static final int GROUPS = 3;

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

    /// A key of several words, each of which may be an address.
    public static String shortenedIn(String words) {
        return Arrays.stream(words.split(" ", -1)).map(Networks::shortened).collect(Collectors.joining(" "));
    }
}
