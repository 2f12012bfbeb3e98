package dev.banyan.platform;

import module java.base;

/// The rule for addresses that lead visitors elsewhere: http or https to a host with a name, as people paste them. They
/// are stored as [#clean] leaves them, and [#forHeader] makes them safe for any header.
public final class WebAddresses {

    private static final Text TEXT = Text.line("url", "URL", 2_048);
    /// Browsers open names with underscores, too.
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})");

    private static final Pattern NEVER_IN_A_HOST = Pattern.compile("[\\p{Z}!-,;-@^`{-~]");

    /// 1 to 65535, or none, as browsers take it.
    private static final Pattern PORT = Pattern.compile(
            ":(?:0*(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$");
    private static final Pattern ANY_PORT = Pattern.compile(":[0-9]+$");

    /// What comes along when an address is copied, and nobody sees: anywhere, breaks without a width; at the ends also
    /// blanks, and marks that join letters or turn the direction of reading.
    private static final Pattern UNSEEN =
            Pattern.compile("^[\\s\\p{Z}\\p{Cf}]+|[\\s\\p{Z}\\p{Cf}]+$|[\\u00AD\\u200B\\u2060\\uFEFF]");

    /// A host with a dot; `mailto:us@example.com` and `+1.415.555.0100` are something else.
    private static final Pattern WITHOUT_SCHEME = Pattern.compile(
            "(?://)?[^\\s\\p{Punct}][^\\s.:/?#@\\\\]*(?:\\.[^\\s.:/?#@\\\\]+)*\\.[\\p{L}\\p{M}\\p{N}-]{2,}(?::[0-9]+)?(?:[/?#].*)?");

    /// `<https://example.com>`, as mail programs, RFC 3986 and chats set an address off.
    private static final Pattern SET_OFF =
            Pattern.compile("(?i)(?:<(?:url:)?|[\"'“„«`])\\s*([a-z][a-z0-9+-]*:.+?)\\s*[>\"'”“»`]");

    private static final Pattern BLANK = Pattern.compile("\\p{Zs}");
    /// Far longer than any address that is taken.
    private static final int LONGEST_TYPED = 10_000;

    /// Characters that RFC 3986 does not allow, and that could break out of the place where a URL is shown.
    private static final String NEVER_AS_IT_IS = "\"<>\\^`{|}";

    private static final Invalid NO_ADDRESS = invalid(
            "URL must begin with http:// or https:// and name a host such as example.com",
            "Enter a web address, such as https://example.com.");

    private WebAddresses() {}

    /// Returns an address as it is stored: without what is not seen or sets it off from a text, and with its blanks
    /// encoded, as browsers do.
    public static String clean(String typed) {
        String seen = alone(seen(typed));
        int path = afterAuthority(seen);
        return seen.substring(0, path)
                + BLANK.matcher(seen.substring(path)).replaceAll(blank -> percented(blank.group()));
    }

    /// Returns a text that was copied without what is not seen.
    public static String seen(String typed) {
        return typed.length() > LONGEST_TYPED ? typed : UNSEEN.matcher(typed).replaceAll("");
    }

    /// Returns an address without the brackets or quotes around it.
    public static String alone(String address) {
        Matcher setOff = SET_OFF.matcher(address);
        return setOff.matches() ? setOff.group(1) : address;
    }

    /// Returns a text as a part of a query.
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Returns `&name=value` for the end of a query; nothing for an empty value.
    public static String parameter(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + encoded(value);
    }

    /// Returns a text as a part of a path.
    public static String percented(String text) {
        return encoded(text).replace("+", "%20");
    }

    public static Optional<Invalid> broken(String typed) {
        String url = clean(typed);
        return TEXT.broken(url).or(() -> brokenAddress(url));
    }

    private static Optional<Invalid> brokenAddress(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return Optional.of(NO_ADDRESS);
        }
        if (url.indexOf('\\') >= 0) {
            return Optional.of(invalid("URL must not contain \\", "Use / instead of \\ in the address."));
        }
        String authority = authority(url);
        if (authority.indexOf('@') >= 0) {
            return Optional.of(invalid(
                    "URL must not contain a user name or password",
                    "Remove the user name or password, up to the @, from the address."));
        }
        if (ANY_PORT.matcher(authority).find() && !PORT.matcher(authority).find()) {
            return Optional.of(
                    invalid("URL must have a port from 1 to 65535", "Use a port from 1 to 65535, or leave it out."));
        }
        Matcher wrong = NEVER_IN_A_HOST.matcher(authority);
        if (wrong.find()) {
            String what = wrong.group().isBlank() ? "a space" : "“" + wrong.group() + "”";
            return Optional.of(invalid(
                    "URL must not contain " + what + " in its host",
                    "The name of the host, “" + authority + "”, can’t contain " + what + "."));
        }
        if (host(url).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                authority.isEmpty()
                        ? NO_ADDRESS
                        : nameless(PORT.matcher(authority).replaceFirst("")));
    }

    /// Such as a host of the writer's own network, which visitors can't open.
    private static Invalid nameless(String host) {
        return invalid(
                "URL must lead to a name such as example.com, not to " + host,
                "Visitors can’t open “" + host + "”. Enter an address with a full name, such as https://example.com.");
    }

    private static Invalid invalid(String apiMessage, String userMessage) {
        return new Invalid("url", apiMessage, userMessage);
    }

    /// Returns the host of a valid URL in lower case, without `www.`, as shown to visitors.
    public static String shownHost(String url) {
        return host(url)
                .map(host -> host.startsWith("www.") ? host.substring(4) : host)
                .orElse("");
    }

    /// Returns the host of an address as DNS knows it; empty if it has none that can be opened by its name.
    public static Optional<String> host(String url) {
        return Idna.ascii(PORT.matcher(authority(url)).replaceFirst("").replaceFirst("\\.$", ""))
                .filter(host -> HOST.matcher(host).matches());
    }

    /// The path may contain any letters, as people paste them; the authority decides where the link leads.
    private static String authority(String url) {
        return url.substring(authorityStart(url), afterAuthority(url));
    }

    private static int authorityStart(String url) {
        int slashes = url.indexOf("//");
        return slashes < 0 ? 0 : slashes + 2;
    }

    private static int afterAuthority(String url) {
        int end = authorityStart(url);
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /// Returns the host to which a valid URL led by the rule of 2003, if that was another one.
    public static Optional<String> formerHost(String url) {
        String typed = PORT.matcher(authority(url)).replaceFirst("");
        return Idna.formerly(typed).filter(former -> !Idna.ascii(typed).equals(Optional.of(former)));
    }

    /// Returns a valid URL as a header may carry it: only characters that a URL may have, the host as DNS knows it.
    public static String forHeader(String url) {
        int start = authorityStart(url);
        String authority = authority(url);
        var location = new StringBuilder(url.substring(0, start)).append(asciiAuthority(authority));
        for (byte unit : url.substring(start + authority.length()).getBytes(StandardCharsets.UTF_8)) {
            if (unit > 0x20 && unit < 0x7F && NEVER_AS_IT_IS.indexOf(unit) < 0) {
                location.append((char) unit);
            } else {
                location.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
            }
        }
        return location.toString();
    }

    private static String asciiAuthority(String authority) {
        String host = PORT.matcher(authority).replaceFirst("");
        String ascii = Idna.ascii(host).or(() -> Idna.formerly(host)).orElse("");
        return ascii + authority.substring(host.length());
    }

    /// Adds a scheme, because people type `example.com`, as in the address bar of a browser.
    public static String withScheme(String url) {
        String typed = clean(url);
        return WITHOUT_SCHEME.matcher(typed).matches() ? "https://" + typed.replaceFirst("^//", "") : typed;
    }
}
