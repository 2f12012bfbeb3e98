package dev.banyan.platform;

import module java.base;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;

/// Parses phone numbers of any country.
public final class PhoneNumbers {

    public static final Invalid INVALID = new Invalid(
            "phoneNumber", "Invalid phone number format. Use the international form, such as +971500000101");

    private static final int LONGEST_TYPED = 40;
    private static final Pattern E164 = Pattern.compile("\\+[0-9]{7,15}"); // as programs write most
    private static final Pattern TYPED = Pattern.compile("[ (]*\\+?[0-9 ().\\-/]+");
    /// What no one sees, such as the marks of direction around a number that was copied from a chat; what keeps
    /// a spreadsheet from reading a number as one (an apostrophe, or `="…"`); and what makes a link or an address
    /// of one: `tel:`, `wa.me/`, `@c.us`.
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}"
            + "|^(?:['’]|=\"|(?i:tel:|whatsapp:|(?:https?://)?wa\\.me/))"
            + "|(?:\"|@c\\.us|@s\\.whatsapp\\.net)$");
    /// How programs write whole numbers: `971500001001.0`, which would be another number with its last zero.
    private static final Pattern DECIMALS = Pattern.compile("(?<=[0-9]{7})[.,]0{1,2}$");
    private static final String NO_COUNTRY = "ZZ"; // so that the server's location does not influence the result
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private PhoneNumbers() {}

    /// Parses a typed number: with spaces or hyphens, after `+`, `00` or nothing, but with the country code. Where a
    /// country has several forms of a number ([PhoneForms]), each is valid.
    ///
    /// @return the number in E.164: a plus and at most fifteen digits
    public static Optional<String> e164(String typed) {
        String text = plain(typed);
        if (text.length() > LONGEST_TYPED || !TYPED.matcher(text).matches()) {
            return Optional.empty();
        }
        String digits = digits(text);
        boolean dialled = text.indexOf('+') < 0 && digits.startsWith("00");
        String written = "+" + (dialled ? digits.substring(2) : digits);
        return valid(written).or(() -> valid(PhoneForms.kept(written)).map(_ -> written));
    }

    private static Optional<String> valid(String written) {
        try {
            var number = NUMBERS.parse(written, NO_COUNTRY);
            return NUMBERS.isValidNumber(number)
                    ? Optional.of(NUMBERS.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException _) {
            return Optional.empty();
        }
    }

    /// Returns a typed number in ASCII: digits of other scripts, wide signs, and spaces and hyphens of all kinds are
    /// those of ASCII, and what no one sees is left out.
    private static String plain(String typed) {
        if (typed.length() > 3 * LONGEST_TYPED || E164.matcher(typed).matches()) {
            return typed;
        }
        var plain = new StringBuilder();
        Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .codePoints()
                .map(point -> switch (Character.getType(point)) {
                    case Character.DECIMAL_DIGIT_NUMBER -> '0' + Character.digit(point, 10);
                    case Character.SPACE_SEPARATOR -> ' ';
                    case Character.DASH_PUNCTUATION -> '-';
                    default -> point == '−' ? '-' : point;
                })
                .forEach(plain::appendCodePoint);
        String seen = UNSEEN.matcher(plain.toString().strip()).replaceAll("").strip();
        return DECIMALS.matcher(seen).replaceFirst("");
    }

    /// Returns the digits of a text that could be a part of a phone number: digits with spaces, hyphens and the like.
    public static Optional<String> part(String typed) {
        return Optional.of(plain(typed))
                .filter(text ->
                        text.length() <= LONGEST_TYPED && TYPED.matcher(text).matches())
                .map(PhoneNumbers::digits)
                .filter(digits -> !digits.isEmpty());
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    /// Returns a number as people read it: `+971 50 000 0101`.
    ///
    /// @param e164 as returned by [#e164]
    public static String spaced(String e164) {
        try {
            return NUMBERS.format(NUMBERS.parse(e164, NO_COUNTRY), PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException _) {
            return e164;
        }
    }

    /// Returns the digits of a number as people dial it in its own country: `0500000101` for `+971500000101`.
    ///
    /// @param e164 as returned by [#e164]
    public static String local(String e164) {
        try {
            return digits(NUMBERS.format(NUMBERS.parse(e164, NO_COUNTRY), PhoneNumberFormat.NATIONAL));
        } catch (NumberParseException _) {
            return "";
        }
    }

    /// Returns true for countries that have phone numbers, as ISO 3166 codes such as `AE`.
    public static boolean isRegion(String code) {
        return NUMBERS.getSupportedRegions().contains(code);
    }

    /// Returns the country of a number as an ISO 3166 code; empty for numbers of no country.
    ///
    /// @param e164 as returned by [#e164]
    public static Optional<String> region(String e164) {
        try {
            return Optional.ofNullable(NUMBERS.getRegionCodeForNumber(NUMBERS.parse(e164, NO_COUNTRY)))
                    .filter(PhoneNumbers::isRegion);
        } catch (NumberParseException _) {
            return Optional.empty();
        }
    }
}
