package dev.banyan.platform.http;

import module java.base;
import dev.banyan.platform.Parse;
import jakarta.inject.Singleton;

/// Fetches what an address of a stranger leads to: through the protected client, with limits on size and time, and a
/// few redirects.
///
/// ```java
/// downloads.get(address, new Wanted("image/*", mostBytes, Duration.ofSeconds(15)), (_, body) -> body.readAllBytes());
/// ```
@Singleton
public record Downloads(OutboundHttp http) {

    private static final int REDIRECTS = 3;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final int LINE_BYTES = 8_192;

    /// @param accept the kinds of content, as in a request's header
    /// @param total until the whole answer is read, after each redirect anew
    public record Wanted(String accept, long mostBytes, Duration total) {}

    /// The result of fetching.
    public sealed interface Fetched<T> {

        record Good<T>(T content) implements Fetched<T> {}

        /// The text is no address that can be called.
        record NoAddress<T>() implements Fetched<T> {}

        record TooLarge<T>() implements Fetched<T> {}

        /// @param why a full sentence for people
        record Bad<T>(String why) implements Fetched<T> {}
    }

    /// Reads the body of the last answer.
    public interface Reading<T> {

        /// @throws IOException only if the body can't be read
        T of(URI address, InputStream body) throws IOException;
    }

    private sealed interface Step<T> {

        record Ended<T>(Fetched<T> fetched) implements Step<T> {}

        record Elsewhere<T>(URI address) implements Step<T> {}
    }

    public <T> Fetched<T> get(String address, Wanted wanted, Reading<T> reading) {
        Optional<URI> next = Parse.of(address, URI::create).filter(Downloads::isCallable);
        for (int hop = 0; hop <= REDIRECTS && next.isPresent(); hop++) {
            switch (ask(next.get(), wanted, reading)) {
                case Step.Ended<T>(Fetched<T> fetched) -> {
                    return fetched;
                }
                case Step.Elsewhere<T>(URI other) -> next = Optional.of(other);
            }
        }
        return next.isEmpty() ? new Fetched.NoAddress<>() : new Fetched.Bad<>("Too many redirects.");
    }

    /// The client takes no name and password before the host.
    private static boolean isCallable(URI uri) {
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        return web && uri.getHost() != null && uri.getUserInfo() == null;
    }

    private <T> Step<T> ask(URI uri, Wanted wanted, Reading<T> reading) {
        var call = new HttpCall(
                "GET",
                uri,
                Map.of("Accept", wanted.accept()),
                Optional.empty(),
                new HttpCall.Limits(CONNECT, SILENCE, wanted.total(), wanted.mostBytes(), LINE_BYTES));
        return switch (http.send(call, _ -> {})) {
            case HttpOutcome.Answered answered -> {
                try (answered) {
                    yield read(uri, answered, reading);
                }
            }
            case HttpOutcome.Refused _ -> bad(OutboundHttp.notCalled(uri.getHost()) + ".");
            case HttpOutcome.TimedOut _ -> bad("That server didn’t respond in time. Try again later.");
            case HttpOutcome.Unreachable unreachable -> bad("We can’t reach that server: " + unreachable.why() + ".");
            case HttpOutcome.TooLarge _ -> new Step.Ended<>(new Fetched.TooLarge<>());
            case HttpOutcome.Aborted _ -> bad("The download was stopped. Try again.");
        };
    }

    private static <T> Step<T> read(URI asked, HttpOutcome.Answered answered, Reading<T> reading) {
        int status = answered.status();
        Optional<URI> elsewhere = status >= 300 && status < 400
                ? answered.header("Location").flatMap(location -> resolved(asked, location))
                : Optional.empty();
        if (elsewhere.isPresent()) {
            return new Step.Elsewhere<>(elsewhere.get());
        }
        if (status != 200) {
            return bad("That server responded with status " + status + ".");
        }
        try {
            return new Step.Ended<>(new Fetched.Good<>(reading.of(asked, answered.body())));
        } catch (HttpOutcome.BodyTooLarge _) {
            return new Step.Ended<>(new Fetched.TooLarge<>());
        } catch (SocketTimeoutException _) {
            return bad("That server didn’t respond in time. Try again later.");
        } catch (IOException _) {
            return bad("The connection was lost. Try again.");
        }
    }

    private static Optional<URI> resolved(URI asked, String location) {
        return Parse.of(location, asked::resolve).filter(Downloads::isCallable);
    }

    private static <T> Step<T> bad(String why) {
        return new Step.Ended<>(new Fetched.Bad<>(why));
    }
}
