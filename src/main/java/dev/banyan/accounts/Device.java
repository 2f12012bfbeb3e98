package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.Call;

/// The device and network of a sign-in.
///
/// @param secret the value of the device's own cookie
/// @param isNew whether the device has no such cookie yet
/// @param userAgent the browser's description of itself; at most 300 characters
/// @param network the address without its last part
@Exempt(from = "onlyResourcesSpeakHttp", because = "is what a request says of the browser, for all ways to sign in")
public record Device(String secret, boolean isNew, String userAgent, String network) {

    public static final Device UNKNOWN = new Device("", false, "", "");
    private static final int LONGEST = 300;
    private static final int LONGEST_SECRET = 100;

    public static Device of(Call call, Optional<String> known) {
        Optional<String> kept = known.filter(secret -> secret.length() <= LONGEST_SECRET);
        String agent = call.header("User-Agent").orElse("").strip();
        return new Device(
                kept.orElseGet(Digests::newToken),
                kept.isEmpty(),
                agent.length() > LONGEST ? agent.substring(0, LONGEST) : agent,
                network(call.ip()));
    }

    /// Returns the network of an address, such as `203.0.113.x` or `2001:db8:1:x`: precise enough to tell home from
    /// elsewhere, too coarse to find a house.
    public static String network(String ip) {
        if (ip.contains(":")) {
            String[] parts = ip.split(":", -1);
            return String.join(":", Arrays.copyOf(parts, Math.min(3, parts.length - 1))) + ":x";
        }
        int last = ip.lastIndexOf('.');
        return last < 0 ? "" : ip.substring(0, last) + ".x";
    }

    /// Identifies a browser that keeps no cookies by its type and network.
    public String print() {
        return Digests.sha256Hex(userAgent + "\n" + network);
    }
}
