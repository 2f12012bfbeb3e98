package dev.banyan.platform.mail;

import module java.base;

/// Masks secrets in a mail, so that readers of the outbox can't set a new password in another user's name. Masks too
/// much rather than too little.
final class MailMask {

    static final String MASK = "••••••";

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]+");
    /// The query and fragment of an address, which are masked.
    private static final Pattern CARRIED = Pattern.compile("[?#].*$");
    private static final Pattern LONG = Pattern.compile("[A-Za-z0-9_~.+=-]*[A-Za-z0-9_-]{16,}[A-Za-z0-9_~.+=-]*");
    /// Six to ten digits, or as many letters and digits, in one or in groups, as people type codes.
    private static final Pattern DIGITS = Pattern.compile("(?<![\\w-])(?:\\d[ \\u00a0-]?){5,9}\\d(?![\\w-])");
    private static final Pattern GROUPS =
            Pattern.compile("(?<![\\w-])(?=[A-Z0-9-]*\\d)[A-Z0-9]{3,6}(?:-[A-Z0-9]{3,6})+(?![\\w-])");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private MailMask() {}

    static String of(String text) {
        String addresses = ADDRESS.matcher(text).replaceAll(found -> Matcher.quoteReplacement(address(found.group())));
        String tokens = LONG.matcher(addresses)
                .replaceAll(found -> Matcher.quoteReplacement(
                        isWord(found.group()) || found.group().contains(MASK) ? found.group() : MASK));
        String groups = GROUPS.matcher(tokens).replaceAll(MailMask::unlessDay);
        return DIGITS.matcher(groups).replaceAll(MailMask::unlessDay);
    }

    private static String unlessDay(java.util.regex.MatchResult found) {
        return Matcher.quoteReplacement(DAY.matcher(found.group()).matches() ? found.group() : MASK);
    }

    /// Keeps the host and the readable parts of the path: they say what the link is for.
    private static String address(String address) {
        String bare = CARRIED.matcher(address).replaceAll("");
        var shown = new StringBuilder();
        int host = bare.indexOf('/', bare.indexOf("//") + 2);
        shown.append(host < 0 ? bare : bare.substring(0, host));
        if (host >= 0) {
            for (String part : bare.substring(host + 1).split("/", -1)) {
                shown.append('/').append(LONG.matcher(part).find() && !isWord(part) ? MASK : part);
            }
        }
        return bare.length() < address.length()
                ? shown + address.substring(bare.length(), bare.length() + 1) + MASK
                : shown.toString();
    }

    /// Returns true for a name such as `confirm-email`, a long word, or a host name: letters alone, in one case.
    private static boolean isWord(String text) {
        return text.matches("[a-z.-]+|[A-Z.-]+|[A-Z]?[a-z.-]+");
    }
}
