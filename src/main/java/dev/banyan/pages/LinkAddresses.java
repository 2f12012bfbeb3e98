package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Idna;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.WebAddresses;

/// The addresses that a link of a page may have: those of the web, and of what phones and computers open without harm,
/// in the forms that they understand (RFC 3966, 6068, 5724, 5870). Other schemes are never stored.
public final class LinkAddresses {

    private static final Text TEXT = Text.line("url", "URL", 2_048);
    private static final String NUMBER = "\\+?\\(?[0-9](?:[-.()]{0,2}[0-9]){2,19}";
    private static final String VALUE = "(?:[A-Za-z0-9._~!$'()*+,;:@/?=-]|%[0-9A-Fa-f]{2}){0,1000}";
    private static final String MAILBOX =
            "[A-Za-z0-9._%+'!$*=~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.)+" + "(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59})";
    /// Fields of a mail. None adds a receiver, whom its writer might overlook.
    private static final String FIELD = "(?:subject|body)=" + VALUE;

    private static final String PLACE = "-?[0-9]{1,3}(?:\\.[0-9]{1,12})?";

    private static final String WRITE = "Send an email";
    private static final String SHOW = "Show on a map";

    /// A kind of address that is not of the web.
    ///
    /// @param wanted what it must be, for people
    /// @param verb what it does, for a button
    private record Kind(Pattern rule, String wanted, String verb) {

        static Kind of(String rule, String wanted, String verb) {
            return new Kind(Pattern.compile(rule, Pattern.CASE_INSENSITIVE), wanted, verb);
        }
    }

    private static final Kind TEL = Kind.of(
            "tel:" + NUMBER + "(?:(?:;ext=|[,;]{1,4})[0-9*]{1,12}#?)*",
            "a phone number, such as tel:+14155550100",
            "Call");
    private static final Kind SMS = Kind.of(
            "sms(?:to)?:(?://)?(?:" + NUMBER + "(?:,\\+?[0-9]{3,20}){0,9}(?:[?&;]{1,3}body=" + VALUE
                    + ")?|[?&]{1,2}body=" + VALUE + ")",
            "a phone number, such as sms:+14155550100",
            "Send a message");
    private static final Kind MAILTO = Kind.of(
            "mailto:(?:" + MAILBOX + "(?:,(?:%20)*" + MAILBOX + "){0,9}(?:\\?" + FIELD + "(?:&" + FIELD + "){0,3})?|\\?"
                    + FIELD + "(?:&" + FIELD + "){0,3})",
            "an email address, such as mailto:hello@example.com",
            WRITE);
    private static final Kind GEO = Kind.of(
            "geo:" + PLACE + "," + PLACE + "(?:," + PLACE + ")?(?:;[a-z0-9]+=[A-Za-z0-9.-]{1,40}){0,4}(?:\\?(?:[a-z]="
                    + VALUE + ")(?:&[a-z]=" + VALUE + "){0,2})?",
            "a place, such as geo:25.2048,55.2708",
            SHOW);
    private static final Kind FACETIME = Kind.of(
            "facetime(?:-audio)?:(?://)?(?:" + NUMBER + "|" + MAILBOX + ")",
            "a phone number or an email address, such as facetime:+14155550100",
            "Call");
    private static final Map<String, Kind> KINDS = Map.of(
            "tel",
            TEL,
            "sms",
            SMS,
            "smsto",
            SMS,
            "mailto",
            MAILTO,
            "geo",
            GEO,
            "facetime",
            FACETIME,
            "facetime-audio",
            FACETIME);

    /// Calendars that people subscribe to: an address of the web, which a calendar opens.
    private static final Pattern CALENDAR = Pattern.compile("webcals?(?=://)", Pattern.CASE_INSENSITIVE);

    /// `50% off`
    private static final Pattern LONE_PERCENT = Pattern.compile("%(?=\\p{Zs}|$)");

    private static final Pattern OF_NO_QUERY = Pattern.compile("[\"#\\[\\]{|}^\\\\]");
    /// `030/123456`, but not the slashes behind a scheme
    private static final Pattern SLASH = Pattern.compile("(?<=[0-9)])/(?=[0-9(])");

    private static final Pattern EXTENSION = Pattern.compile("[,;]?ext\\.?([0-9]{1,12})$", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAIL_HOST = Pattern.compile("(?<=@)[^@,?]+");

    private LinkAddresses() {}

    /// Returns an address as it is stored ([WebAddresses#clean]); of other kinds also without gaps in a number, and
    /// with the letters of a message encoded.
    public static String clean(String typed) {
        String url = WebAddresses.alone(WebAddresses.seen(typed));
        Kind kind = KINDS.get(scheme(url));
        if (kind == null) {
            return WebAddresses.clean(typed);
        }
        int query = endOfReceiver(url);
        String receiver = url.substring(0, query);
        String plain = switch (kind.verb()) {
            case WRITE -> mailboxes(receiver);
            case SHOW -> receiver.replaceAll("\\p{Zs}", "");
            default -> number(receiver);
        };
        String text = LONE_PERCENT.matcher(url.substring(query)).replaceAll("%25");
        return encoded(
                plain + OF_NO_QUERY.matcher(text.replaceAll("\\p{Zs}", "%20")).replaceAll(LinkAddresses::percented));
    }

    private static String percented(MatchResult sign) {
        return URLEncoder.encode(sign.group(), StandardCharsets.UTF_8);
    }

    /// Returns a number with the digits and signs that phones know: people write it as it is printed.
    private static String number(String typed) {
        String plain = typed.replaceAll("\\p{Zs}", "").replaceAll("[\\p{Pd}\u2212]", "-");
        String digits = plain.codePoints()
                .map(point -> Character.isDigit(point) ? '0' + Character.digit(point, 10) : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return EXTENSION.matcher(SLASH.matcher(digits).replaceAll("-")).replaceFirst(";ext=$1");
    }

    private static String mailboxes(String list) {
        return MAIL_HOST
                .matcher(list.replaceAll("\\p{Zs}*([,:])\\p{Zs}*", "$1"))
                .replaceAll(host ->
                        Matcher.quoteReplacement(Idna.ascii(host.group()).orElse(host.group())));
    }

    private static int endOfReceiver(String url) {
        int end = 0;
        while (end < url.length() && "?&".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String encoded(String url) {
        return url.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> letter.charAt(0) < 0x80 ? letter : URLEncoder.encode(letter, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    public static Optional<Invalid> broken(String typed) {
        String url = clean(typed);
        Kind kind = KINDS.get(scheme(url));
        if (kind == null) {
            return WebAddresses.broken(CALENDAR.matcher(url).replaceFirst("https"));
        }
        return TEXT.broken(url)
                .or(() -> kind.rule().matcher(url).matches()
                        ? Optional.empty()
                        : Optional.of(
                                new Invalid("url", "URL must be " + kind.wanted(), "Enter " + kind.wanted() + ".")));
    }

    private static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /// Returns whether it leads to a page of the web, and not to an app of the visitor's device.
    public static boolean isWeb(String url) {
        return url.regionMatches(true, 0, "http", 0, 4);
    }

    private static boolean isCalendar(String url) {
        return CALENDAR.matcher(url).lookingAt();
    }

    /// Returns what a valid address does, for a button: `Call`.
    public static String verb(String url) {
        Kind kind = KINDS.get(scheme(url));
        return kind == null ? isCalendar(url) ? "Add the calendar" : "Open" : kind.verb();
    }

    /// Returns a valid address as visitors see it: a host, a phone number, an email address, or a place.
    public static String shown(String url) {
        if (isWeb(url) || isCalendar(url)) {
            return WebAddresses.shownHost(url);
        }
        String rest = url.substring(url.indexOf(':') + 1, endOfReceiver(url)).replaceFirst("^//", "");
        return URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Adds what people leave out: the scheme of a web address, an email address or a phone number.
    public static String withScheme(String url) {
        String typed = clean(url);
        if (typed.matches("[^\\s:/@]+@[^\\s:/@]+\\.[^\\s:/@]+")) {
            return "mailto:" + typed;
        }
        String number = typed.replaceFirst("(?i)^(tel|sms):", "");
        if (number.matches("\\+[0-9][0-9\\p{Zs}().-]{3,30}")) {
            String scheme = typed.regionMatches(true, 0, "sms:", 0, 4) ? "sms:" : "tel:";
            return scheme + number.replaceAll("[\\p{Zs}().-]", "");
        }
        return WebAddresses.withScheme(typed);
    }
}
