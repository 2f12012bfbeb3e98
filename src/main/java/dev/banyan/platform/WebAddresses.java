package dev.banyan.platform;

import module java.base;

/// The addresses that links and short links may lead to: http and https, to a host with a dot and a top-level domain
/// (LinkToMe contract 4). Other schemes are never stored, so they are never shown.
public final class WebAddresses {

    private static final Text TEXT = Text.line("url", "URL", 2_048);
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})");

    /// 1 to 65535.
    private static final Pattern PORT = Pattern.compile(
            ":(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$");

    /// Characters that RFC 3986 does not allow, and that could break out of the place where a URL is shown.
    private static final String NEVER_AS_IT_IS = "\"<>\\^`{|}";

    private WebAddresses() {}

    public static Optional<Invalid> broken(String typed) {
        return TEXT.broken(typed)
                .or(() -> isFit(typed.strip())
                        ? Optional.empty()
                        : Optional.of(new Invalid(
                                "url",
                                "URL must begin with http:// or https:// and name a host such as example.com",
                                "Enter a web address, such as https://example.com.")));
    }

    private static boolean isFit(String url) {
        return host(url).isPresent();
    }

    /// Returns the host of a valid URL in lower case, without `www.`, as shown to visitors.
    public static String shownHost(String url) {
        return host(url)
                .map(host -> host.startsWith("www.") ? host.substring(4) : host)
                .orElse("");
    }

    private static Optional<String> host(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://") || url.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        try {
            // The path may contain any letters, as people paste them; the authority decides where the link leads.
            String authority = authority(url);
            String ascii = Idna.ascii(PORT.matcher(authority).replaceFirst("")).orElse("");
            if (authority.indexOf('@') >= 0 || !HOST.matcher(ascii).matches()) {
                return Optional.empty();
            }
            new URI("http", ascii, null, null);
            boolean blank = url.chars().anyMatch(Character::isWhitespace);
            return blank ? Optional.empty() : Optional.of(ascii);
        } catch (IllegalArgumentException | URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static String authority(String url) {
        int start = url.indexOf("//") + 2;
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return url.substring(start, end);
    }

    /// Returns the host to which a valid URL led by the rule of 2003, if that was another one.
    public static Optional<String> formerHost(String url) {
        String typed = PORT.matcher(authority(url)).replaceFirst("");
        return Idna.formerly(typed).filter(former -> !Idna.ascii(typed).equals(Optional.of(former)));
    }

    /// Returns a valid URL as a header may carry it: only characters that a URL may have, the host as DNS knows it.
    public static String forHeader(String url) {
        int start = url.indexOf("//") + 2;
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
        String typed = url.strip();
        return typed.matches("(?i)[a-z0-9-]+(\\.[a-z0-9-]+)+([/?#].*)?") ? "https://" + typed : typed;
    }
}
