package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.http.Downloads;
import dev.banyan.platform.http.Downloads.Wanted;
import jakarta.inject.Singleton;

/// Fetches the file that a link leads to.
@Singleton
record LinkedFiles(Downloads downloads) {

    private static final Duration TOTAL = Duration.ofSeconds(30);

    /// The result of fetching.
    public sealed interface Fetched {

        /// @param name from the last part of the link
        record Good(Path file, String name) implements Fetched {}

        /// @param why a full sentence for people
        record Bad(String why) implements Fetched {}

        record TooLarge() implements Fetched {}
    }

    /// @param to where the content goes; it is overwritten
    Fetched get(String address, long mostBytes, Path to) {
        return switch (downloads.get(
                address, new Wanted("*/*", mostBytes, TOTAL), (last, body) -> write(body, to, name(last)))) {
            case Downloads.Fetched.Good<Fetched>(Fetched file) -> file;
            case Downloads.Fetched.NoAddress<Fetched> _ ->
                new Fetched.Bad("We can’t open this link. Check the spelling.");
            case Downloads.Fetched.TooLarge<Fetched> _ -> new Fetched.TooLarge();
            case Downloads.Fetched.Bad<Fetched>(String why) -> new Fetched.Bad(why);
        };
    }

    private static Fetched write(InputStream body, Path to, String name) throws IOException {
        try (OutputStream file = open(to)) {
            body.transferTo(file);
            return new Fetched.Good(to, name);
        }
    }

    private static OutputStream open(Path to) {
        try {
            return Files.newOutputStream(to);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String name(URI uri) {
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        String last = path.substring(path.lastIndexOf('/') + 1);
        try {
            return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return last;
        }
    }
}
