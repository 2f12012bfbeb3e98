package dev.banyan.platform.web;

import java.util.Optional;

/// An address to go back to, as a form or a link carries it. Only paths of this server count: a link must not make our
/// login lead to somebody else's page.
public final class OwnPath {

    private static final int LONGEST = 2_000;

    private OwnPath() {}

    public static Optional<String> of(String path) {
        boolean ours = path.length() <= LONGEST
                && path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().allMatch(character -> character > 0x20 && character < 0x7F && character != '\\');
        return ours && Gate.isDecodable(path) ? Optional.of(path) : Optional.empty();
    }
}
