package dev.banyan.platform.http;

import module java.base;
import dev.banyan.platform.Idna;
import dev.banyan.platform.Parse;
import dev.banyan.platform.WebAddresses;

/// Reads the addresses that tenants name. What is read here can be called, put together with a path and shown without
/// another check. Whether this server calls it is another question: [OutboundHttp#refused].
public final class OutboundAddress {

    /// What was read.
    public sealed interface Read {

        /// @param uri `http` or `https`, with a host as DNS knows it, without a user; port and path as they were typed
        record Good(URI uri) implements Read {}

        /// @param why what to do, without a full stop
        record Bad(String why) implements Read {}
    }

    public static final int LAST_PORT = 65_535;

    private static final Pattern PARTS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:]+)(?::(.*))?");
    private static final Pattern IP_4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern NAME =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?\\.?");
    private static final int LONGEST_NAME = 253;

    private OutboundAddress() {}

    /// Reads an address of the web.
    public static Read read(String typed) {
        String text = WebAddresses.alone(WebAddresses.seen(typed)).strip();
        if (text.chars()
                .anyMatch(character -> Character.isWhitespace(character) || Character.isISOControl(character))) {
            return new Read.Bad("Enter the address without spaces");
        }
        Matcher parts = PARTS.matcher(text);
        String scheme = parts.matches() ? parts.group(1).toLowerCase(Locale.ROOT) : "";
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return new Read.Bad("Enter an address that begins with https:// or http://");
        }
        if (parts.group(2).indexOf('@') >= 0) {
            return new Read.Bad("Enter the address without a username and a password");
        }
        Matcher authority = AUTHORITY.matcher(parts.group(2));
        Optional<String> host = authority.matches() ? host(authority.group(1)) : Optional.empty();
        if (host.isEmpty()) {
            return new Read.Bad(
                    parts.group(2).indexOf('_') >= 0
                            ? "Enter a host without an underscore, which this server can’t call"
                            : "Enter an address with the name of a host, such as example.com");
        }
        String port = Optional.ofNullable(authority.group(2)).orElse("");
        if (!port.isEmpty() && !isPort(port)) {
            return new Read.Bad("Enter a port from 1 to " + LAST_PORT);
        }
        try {
            String rest = parts.group(3);
            var uri = new URI(scheme + "://" + host.get() + (port.isEmpty() ? "" : ":" + port) + rest);
            return uri.getHost() == null
                    ? new Read.Bad("Enter an address with the name of a host, such as example.com")
                    : new Read.Good(uri);
        } catch (URISyntaxException _) {
            return new Read.Bad("Enter an address without special characters, or write them as %20");
        }
    }

    /// Returns the address; empty if it is none.
    public static Optional<URI> uri(String typed) {
        return read(typed) instanceof Read.Good(URI uri) ? Optional.of(uri) : Optional.empty();
    }

    /// Reads the host of a server, without a port: a name, which may be of one word, or an IP address, which may be in
    /// brackets.
    ///
    /// @return as DNS knows it, an IPv6 address in brackets; empty if it is none. Numbers that stand for an address
    ///     (`2130706433`, `0x7f.1`) are none
    public static Optional<String> host(String typed) {
        String text = typed.strip();
        if (text.startsWith("[") != text.endsWith("]")) {
            return Optional.empty();
        }
        String bare = text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
        if (bare.indexOf(':') >= 0) {
            return isLiteral(bare) && bare.indexOf('%') < 0 ? Optional.of("[" + bare + "]") : Optional.empty();
        }
        if (text.startsWith("[")) {
            return Optional.empty();
        }
        if (IP_4.matcher(text).matches()) {
            return isLiteral(text) ? Optional.of(text) : Optional.empty();
        }
        return Idna.ascii(text)
                .filter(name ->
                        name.length() <= LONGEST_NAME && NAME.matcher(name).matches());
    }

    public static boolean isPort(int port) {
        return port >= 1 && port <= LAST_PORT;
    }

    private static boolean isPort(String digits) {
        return digits.matches("[0-9]{1,9}") && isPort(Integer.parseInt(digits));
    }

    private static boolean isLiteral(String text) {
        return Parse.of(text, InetAddress::ofLiteral).isPresent();
    }
}
