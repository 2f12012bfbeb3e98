package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.WebAddresses;

/// The addresses that a link of a page may have: those of the web, and `tel:`, `mailto:` and `sms:` in the forms that
/// phones and mail programs understand (RFC 3966, 6068, 5724). Other schemes are never stored.
public final class LinkAddresses {

    private static final Text TEXT = Text.line("url", "URL", 2_048);
    private static final String NUMBER = "\\+?[0-9](?:[-.()]?[0-9]){2,19}";
    private static final String VALUE = "(?:[A-Za-z0-9._~!$'()*+,;:@/?-]|%[0-9A-Fa-f]{2}){0,1000}";
    private static final Pattern TEL = Pattern.compile("tel:" + NUMBER, Pattern.CASE_INSENSITIVE);
    private static final Pattern SMS =
            Pattern.compile("sms:" + NUMBER + "(?:\\?body=" + VALUE + ")?", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAILTO = Pattern.compile(
            "mailto:[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,63}" + "(?:\\?(?:subject|body)=" + VALUE
                    + "(?:&(?:subject|body)=" + VALUE + ")?)?",
            Pattern.CASE_INSENSITIVE);

    private LinkAddresses() {}

    public static Optional<Invalid> broken(String typed) {
        Optional<Invalid> text = TEXT.broken(typed);
        if (text.isPresent()) {
            return text;
        }
        String url = typed.strip();
        return switch (scheme(url)) {
            case "tel" -> rule(TEL, url, "a phone number, such as tel:+14155550100");
            case "sms" -> rule(SMS, url, "a phone number, such as sms:+14155550100");
            case "mailto" -> rule(MAILTO, url, "an email address, such as mailto:hello@example.com");
            default -> WebAddresses.broken(typed);
        };
    }

    private static Optional<Invalid> rule(Pattern rule, String url, String wanted) {
        return rule.matcher(url).matches()
                ? Optional.empty()
                : Optional.of(new Invalid("url", "URL must be " + wanted, "Enter " + wanted + "."));
    }

    private static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /// Returns whether it leads to a page of the web, and not to an app of the visitor's device.
    public static boolean isWeb(String url) {
        return url.regionMatches(true, 0, "http", 0, 4);
    }

    /// Returns what a valid address does, for a button: `Call`.
    public static String verb(String url) {
        return switch (scheme(url)) {
            case "tel" -> "Call";
            case "sms" -> "Send a message";
            case "mailto" -> "Send an email";
            default -> "Open";
        };
    }

    /// Returns a valid address as visitors see it: a host, a phone number, or an email address.
    public static String shown(String url) {
        if (isWeb(url)) {
            return WebAddresses.shownHost(url);
        }
        String rest = url.substring(url.indexOf(':') + 1).split("\\?", 2)[0];
        return URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Returns a valid address as a header may carry it.
    public static String forHeader(String url) {
        return isWeb(url) ? WebAddresses.forHeader(url) : url;
    }

    /// Adds what people leave out: the scheme of a web address, an email address or a phone number.
    public static String withScheme(String url) {
        String typed = url.strip();
        if (typed.matches("[^\\s:/@]+@[^\\s:/@]+\\.[^\\s:/@]+")) {
            return "mailto:" + typed;
        }
        String number = typed.replaceFirst("(?i)^(tel|sms):", "");
        if (number.matches("\\+[0-9][0-9 ().-]{3,30}")) {
            String scheme = typed.regionMatches(true, 0, "sms:", 0, 4) ? "sms:" : "tel:";
            return scheme + number.replaceAll("[ ().-]", "");
        }
        return WebAddresses.withScheme(typed);
    }
}
