package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Idna;

/// What an email address looks like: as browsers take it, with a dot in its domain.
public final class MailAddress {

    public static final int LONGEST = 254;

    private static final Pattern FORM = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+");

    /// `Anna <anna@example.com>`, as mail programs copy it.
    private static final Pattern NAMED = Pattern.compile("[^<>]*<\\s*([^<>\\s]+@[^<>\\s]+)\\s*>[\\s,;]*");
    private static final Pattern UNSEEN =
            Pattern.compile("^[\\p{Z}\\p{Cf}]+|[\\p{Z}\\p{Cf}]+$|[\\u200b\\u2060\\ufeff\\u00ad]");

    private MailAddress() {}

    /// Returns the address in a cell of a list: without the name before it, and with the host as DNS knows it. What is
    /// no address stays as it is.
    public static String inList(String cell) {
        String seen = UNSEEN.matcher(cell).replaceAll("");
        Matcher named = NAMED.matcher(seen);
        String address = (named.matches() ? named.group(1) : seen).replaceFirst("(?i)^mailto:", "");
        int at = address.lastIndexOf('@');
        boolean isPlain = address.substring(at + 1).chars().allMatch(one -> one < 0x80);
        return at < 1 || isPlain
                ? address
                : Idna.ascii(address.substring(at + 1))
                        .map(host -> address.substring(0, at + 1) + host)
                        .orElse(address);
    }

    public static boolean isValid(String typed) {
        String address = typed.strip();
        return address.length() <= LONGEST && FORM.matcher(address).matches();
    }
}
