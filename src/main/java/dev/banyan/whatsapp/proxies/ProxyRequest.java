package dev.banyan.whatsapp.proxies;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.http.OutboundAddress;
import dev.banyan.platform.web.json.NoOtherFields;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A new or changed proxy, as typed. What is absent stays as it is.
@NoOtherFields
@Schema(name = "WhatsAppProxyBody")
public record ProxyRequest(
        @Schema(description = "Unique in the account", example = "Dubai 1")
        Optional<String> name,

        @Schema(description = "`http` (the default), `https`, `socks4` or `socks5`")
        Optional<String> kind,

        @Schema(description = "A host name or an IP address", example = "proxy.example")
        Optional<String> host,

        @Schema(example = "1080") Optional<Integer> port,

        @Schema(description = "An empty string removes it") Optional<String> user,

        @Schema(description = "Never shown again; an empty string removes it")
        Optional<String> password,

        @Schema(description = "How many numbers may use it; 1 by default")
        Optional<Integer> capacity,

        @Schema(description = "If false, it takes no more numbers; true by default")
        Optional<Boolean> enabled) {

    private static final int MOST_NUMBERS = 10_000;
    private static final int LONGEST_LOGIN = 200;
    private static final Text NAME = Text.line("name", "Name", 100);

    /// Keeps the password out of logs.
    @Override
    public String toString() {
        return "ProxyRequest[" + name + "]";
    }

    /// Returns the broken rules of the whole proxy.
    ///
    /// @param proxy as it would be
    static List<Invalid> broken(Proxy proxy, Optional<String> typedPassword) {
        var broken = new ArrayList<Invalid>();
        NAME.broken(proxy.name()).ifPresent(broken::add);
        String host = proxy.host();
        // Without brackets, in lower case: gateways get it as it is.
        if (OutboundAddress.host(host)
                .filter(read -> read.equals(host) || read.equals("[" + host + "]"))
                .isEmpty()) {
            broken.add(new Invalid(
                    "host",
                    "host must be a host name or an IP address",
                    "Enter a host name or an IP address, such as proxy.example."));
        }
        number(broken, "port", "Port", proxy.port(), 65_535);
        number(broken, "capacity", "Numbers", proxy.capacity(), MOST_NUMBERS);
        String password = typedPassword.orElse("");
        if (!isLogin(proxy.user()) || proxy.user().contains(":")) {
            broken.add(new Invalid(
                    "user",
                    "user must be at most 200 characters without a colon",
                    "Use at most 200 characters, without a colon."));
        }
        if (!isLogin(password)) {
            broken.add(
                    new Invalid("password", "password must be at most 200 characters", "Use at most 200 characters."));
        }
        if (proxy.user().isEmpty() && (!password.isEmpty() || proxy.hasPassword())) {
            broken.add(new Invalid("user", "user is required with a password", "Enter the user of this password."));
        }
        if (proxy.kind() == Proxy.Kind.SOCKS4 && (!password.isEmpty() || proxy.hasPassword())) {
            broken.add(new Invalid(
                    "password", "socks4 proxies take no password", "SOCKS4 proxies take no password. Use SOCKS5."));
        }
        return broken;
    }

    private static void number(List<Invalid> broken, String field, String label, int value, int most) {
        if (value < 1 || value > most) {
            String rule = " must be a number from 1 to " + most;
            broken.add(new Invalid(field, field + rule, label + rule + "."));
        }
    }

    private static boolean isLogin(String text) {
        return text.length() <= LONGEST_LOGIN && text.codePoints().noneMatch(Character::isISOControl);
    }
}
