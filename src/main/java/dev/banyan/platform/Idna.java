package dev.banyan.platform;

import module java.base;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.IDNA.Error;

/// Names of hosts in other scripts, as browsers read them: UTS #46, non-transitional, with ICU's tables
/// (docs/decisions/0095).
public final class Idna {

    private static final IDNA RULE = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /// What browsers let pass; rules for hyphens and lengths are the caller's.
    private static final Set<Error> TAKEN = EnumSet.of(
            Error.EMPTY_LABEL,
            Error.LABEL_TOO_LONG,
            Error.DOMAIN_NAME_TOO_LONG,
            Error.LEADING_HYPHEN,
            Error.TRAILING_HYPHEN,
            Error.HYPHEN_3_4);

    private Idna() {}

    /// Returns a name as DNS knows it, in lower case; empty if browsers refuse it.
    public static Optional<String> ascii(String host) {
        if (isPlain(host)) {
            return Optional.of(host.toLowerCase(Locale.ROOT));
        }
        var info = new IDNA.Info();
        String ascii = RULE.nameToASCII(host, new StringBuilder(), info).toString();
        return TAKEN.containsAll(info.getErrors()) ? Optional.of(ascii) : Optional.empty();
    }

    /// Returns an email address with its host as DNS knows it. What is no address stays as it is.
    public static String email(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 || address.substring(at).chars().allMatch(one -> one < 0x80)
                ? address
                : ascii(address.substring(at + 1))
                        .map(host -> address.substring(0, at + 1) + host)
                        .orElse(address);
    }

    private static boolean isPlain(String host) {
        return host.chars().allMatch(one -> one < 0x80)
                && !host.toLowerCase(Locale.ROOT).contains("xn--");
    }

    /// Returns a name as people read it, in its own letters.
    public static String shown(String host) {
        return RULE.nameToUnicode(host, new StringBuilder(), new IDNA.Info()).toString();
    }

    /// Returns what this server made of a name until it read names as browsers do, by the rule of 2003.
    public static Optional<String> formerly(String host) {
        return Parse.of(host, name -> IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES))
                .map(name -> name.toLowerCase(Locale.ROOT));
    }
}
