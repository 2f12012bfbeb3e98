package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.pages.LinkAddresses;
import dev.banyan.pages.LinkChange;
import dev.banyan.pages.LinkStep;
import dev.banyan.pages.Links;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.WebAddresses;

/// Links pasted as text, one in a line: a title and a URL with a tab or spaces between them, or a URL alone.
///
/// @param lines those that are not blank
record PastedLinks(List<Line> lines) {

    static final int MOST = Links.MOST_IN_A_BATCH;

    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]{2,}([/:?#].*)?");
    private static final Pattern SEPARATOR = Pattern.compile("[\\s:|–—-]+$");

    /// @param number of the line in the text, from 1
    /// @param error why it can't be added; empty if it can
    record Line(int number, String title, String url, String error) {
        public boolean good() {
            return error.isEmpty();
        }
    }

    static PastedLinks of(String text) {
        var lines = new ArrayList<Line>();
        String[] all = text.split("\\R", -1);
        for (int i = 0; i < all.length; i++) {
            if (!all[i].isBlank()) {
                lines.add(line(i + 1, all[i].strip()));
            }
        }
        return new PastedLinks(List.copyOf(lines));
    }

    private static Line line(int number, String text) {
        int cut = text.lastIndexOf('\t');
        if (cut < 0) {
            cut = lastBlank(text);
        }
        String url = text.substring(cut + 1).strip();
        if (!isAddress(url)) {
            return new Line(number, text, "", "This line has no URL. Add one at its end.");
        }
        String full = LinkAddresses.withScheme(url);
        String named =
                SEPARATOR.matcher(text.substring(0, Math.max(cut, 0)).strip()).replaceFirst("");
        String title = named.isEmpty() ? orSame(WebAddresses.shownHost(full), url) : named;
        Optional<Invalid> invalid = LinkChange.broken(title, full).stream().findFirst();
        return new Line(
                number, title, full, invalid.map(one -> one.userMessage()).orElse(""));
    }

    private static String orSame(String host, String url) {
        return host.isEmpty() ? url : host;
    }

    private static int lastBlank(String text) {
        for (int i = text.length() - 1; i >= 0; i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAddress(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.contains("://")
                || lower.startsWith("mailto:")
                || lower.startsWith("tel:")
                || lower.startsWith("sms:")
                || HOST.matcher(lower).matches();
    }

    long broken() {
        return lines.stream().filter(line -> !line.good()).count();
    }

    List<LinkStep> steps() {
        return lines.stream()
                .<LinkStep>map(line -> new LinkStep.Add(LinkChange.plain(line.title(), line.url())))
                .toList();
    }
}
