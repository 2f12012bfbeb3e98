package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.Markup;
import io.quarkus.qute.RawString;

/// Text that other people wrote, whose web addresses can be followed. Only http and https are: whatever else a text
/// looks like, it stays text.
public final class LinkedText {

    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\w@/.-])(?:https?://|www\\.)[^\\s<>\"]+", Pattern.CASE_INSENSITIVE);

    /// What ends a sentence, or a quotation, rather than an address.
    private static final String AFTER = ".,;:!?'’”»*_~";

    private LinkedText() {}

    /// Returns the text as HTML.
    public static RawString of(String text) {
        var html = new StringBuilder();
        Matcher found = ADDRESS.matcher(text);
        int at = 0;
        while (found.find()) {
            String address = withoutEnd(found.group());
            if (address.length() <= found.group().indexOf("/") + 2 && !isNamed(address)) {
                continue; // a scheme alone
            }
            String whole = isNamed(address) ? "https://" + address : address;
            html.append(Markup.escaped(text.substring(at, found.start())))
                    .append("<a href=\"")
                    .append(Markup.escaped(whole))
                    .append("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\" dir=\"ltr\">")
                    .append(Markup.escaped(address))
                    .append("</a>");
            at = found.start() + address.length();
        }
        return new RawString(html.append(Markup.escaped(text.substring(at))).toString());
    }

    private static boolean isNamed(String address) {
        return address.regionMatches(true, 0, "www.", 0, 4);
    }

    /// Brackets belong to an address if they are opened in it.
    private static String withoutEnd(String address) {
        int end = address.length();
        while (end > 0) {
            char last = address.charAt(end - 1);
            String before = address.substring(0, end);
            boolean closes = last == ')' && count(before, ')') > count(before, '(')
                    || last == ']' && count(before, ']') > count(before, '[');
            if (AFTER.indexOf(last) < 0 && !closes) {
                break;
            }
            end--;
        }
        return address.substring(0, end);
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(character -> character == wanted).count();
    }
}
