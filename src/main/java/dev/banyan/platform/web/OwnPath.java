package dev.banyan.platform.web;

import module java.base;
import dev.banyan.platform.Parse;

/// A path to return to, as a form or a link carries it. Only paths of this server count: a link must not make our login
/// redirect to another site.
public final class OwnPath {

    private static final int LONGEST = 2_000;
    /// Browsers send these unescaped; they must not appear in an address that we write.
    private static final Pattern ESCAPED = Pattern.compile("[\"<>^`{|}]");

    private OwnPath() {}

    public static Optional<String> of(String path) {
        boolean ours = path.length() <= LONGEST
                && path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().allMatch(character -> character > 0x20 && character < 0x7F && character != '\\');
        return ours && RequestPath.isDecodable(path)
                ? Optional.of(escaped(path))
                        .filter(address -> Parse.of(address, URI::create).isPresent())
                : Optional.empty();
    }

    /// Returns the query of a sign-in that leads on to this path; empty without one.
    public static String asNext(Optional<String> path) {
        return path.map(OwnPath::asNext).orElse("");
    }

    /// As above.
    public static String asNext(String path) {
        return "?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    private static String escaped(String path) {
        return ESCAPED.matcher(path)
                .replaceAll(found ->
                        String.format(Locale.ROOT, "%%%02X", (int) found.group().charAt(0)));
    }
}
