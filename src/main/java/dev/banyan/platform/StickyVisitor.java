package dev.banyan.platform;

import module java.base;

/// A visitor who should meet the same choice again, known only from a cookie of their own: a random token, and marks of
/// what was chosen for them. The server stores nothing about them.
///
/// @param marks the latest first
public record StickyVisitor(String token, List<String> marks) {

    /// The name of the cookie.
    public static final String COOKIE = "banyan_visitor";
    /// How long the cookie lives after the last visit.
    public static final Duration REMEMBERED = Duration.ofDays(1);

    private static final int TOKEN = 43;
    private static final int MARK = 11;
    /// One address may serve several pools, for example the pages of an agency.
    private static final int MOST_MARKS = 4;
    private static final Pattern WRITTEN =
            Pattern.compile("[A-Za-z0-9_-]{" + TOKEN + "}(?:[A-Za-z0-9_-]{" + MARK + "}){0," + MOST_MARKS + "}");

    public StickyVisitor {
        marks = List.copyOf(marks);
    }

    /// @param cookie the value of the cookie; empty for a new visitor
    public static StickyVisitor of(Optional<String> cookie) {
        return cookie.filter(text -> WRITTEN.matcher(text).matches())
                .map(StickyVisitor::read)
                .orElseGet(() -> new StickyVisitor(Digests.newToken(), List.of()));
    }

    private static StickyVisitor read(String written) {
        String marks = written.substring(TOKEN);
        return new StickyVisitor(
                written.substring(0, TOKEN),
                IntStream.range(0, marks.length() / MARK)
                        .mapToObj(i -> marks.substring(i * MARK, (i + 1) * MARK))
                        .toList());
    }

    /// Returns the value of the cookie.
    public String written() {
        return token + String.join("", marks);
    }

    /// Returns how many other choices have been made for the visitor since this one; empty if this was none.
    public OptionalInt since(String choice) {
        int at = marks.indexOf(mark(choice));
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
    }

    /// Returns the visitor after this was chosen.
    public StickyVisitor with(String choice) {
        String mark = mark(choice);
        return new StickyVisitor(
                token,
                Stream.concat(Stream.of(mark), marks.stream().filter(other -> !other.equals(mark)))
                        .limit(MOST_MARKS)
                        .toList());
    }

    private String mark(String choice) {
        byte[] digest = Digests.sha256((token + "\n" + choice + "\nmark").getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, MARK);
    }
}
