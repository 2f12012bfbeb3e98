package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.http.Downloads;
import dev.banyan.platform.http.Downloads.Wanted;
import jakarta.inject.Singleton;

/// Fetches an external picture.
@Singleton
record PictureFetch(Downloads downloads) {

    private static final Duration TOTAL = Duration.ofSeconds(15);

    /// The result of fetching.
    sealed interface Fetched {

        record Good(byte[] bytes) implements Fetched {}

        /// @param why a full sentence for people
        record Bad(String why) implements Fetched {}
    }

    Fetched get(String address, int mostBytes) {
        return switch (downloads.get(
                address, new Wanted("image/*,video/*", mostBytes, TOTAL), (_, body) -> body.readAllBytes())) {
            case Downloads.Fetched.Good<byte[]>(byte[] bytes) -> new Fetched.Good(bytes);
            case Downloads.Fetched.NoAddress<byte[]> _ ->
                new Fetched.Bad("We can’t open this address. Check the spelling.");
            case Downloads.Fetched.TooLarge<byte[]> _ -> new Fetched.Bad("The file must be 10 MB or smaller.");
            case Downloads.Fetched.Bad<byte[]>(String why) -> new Fetched.Bad(why);
        };
    }
}
