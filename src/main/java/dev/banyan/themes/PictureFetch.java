package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.http.HttpCall;
import dev.banyan.platform.http.HttpOutcome;
import dev.banyan.platform.http.OutboundHttp;
import jakarta.inject.Singleton;

/// Fetches an external picture: through the protected client, with limits on size and time, and a few redirects.
@Singleton
record PictureFetch(OutboundHttp http) {

    private static final int REDIRECTS = 3;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration TOTAL = Duration.ofSeconds(15);
    private static final int LINE_BYTES = 8_192;

    /// The result of fetching.
    sealed interface Fetched {

        record Good(byte[] bytes) implements Fetched {}

        /// @param why a full sentence for people
        record Bad(String why) implements Fetched {}
    }

    /// One response: the bytes, or a redirect.
    private sealed interface Step {

        record Ended(Fetched fetched) implements Step {}

        record Elsewhere(URI address) implements Step {}
    }

    Fetched get(String address, int mostBytes) {
        Optional<URI> next = parse(address);
        for (int hop = 0; hop <= REDIRECTS && next.isPresent(); hop++) {
            switch (ask(next.get(), mostBytes)) {
                case Step.Ended(Fetched fetched) -> {
                    return fetched;
                }
                case Step.Elsewhere(URI other) -> next = Optional.of(other);
            }
        }
        return new Fetched.Bad(
                next.isEmpty() ? "We can’t open this address. Check the spelling." : "Too many redirects.");
    }

    private static Optional<URI> parse(String address) {
        return Parse.of(address, URI::create).filter(PictureFetch::isCallable);
    }

    private static boolean isCallable(URI uri) {
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        return web && uri.getHost() != null;
    }

    private Step ask(URI uri, int mostBytes) {
        var call = new HttpCall(
                "GET",
                uri,
                Map.of("Accept", "image/*,video/*"),
                Optional.empty(),
                new HttpCall.Limits(CONNECT, SILENCE, TOTAL, mostBytes, LINE_BYTES));
        return switch (http.send(call, _ -> {})) {
            case HttpOutcome.Answered answered -> {
                try (answered) {
                    yield read(uri, answered);
                }
            }
            case HttpOutcome.Refused _ -> bad(OutboundHttp.notCalled(uri.getHost()) + ".");
            case HttpOutcome.TimedOut _ -> bad("That server didn’t respond in time. Try again later.");
            case HttpOutcome.Unreachable unreachable -> bad("We can’t reach that server: " + unreachable.why() + ".");
            case HttpOutcome.TooLarge _ -> bad("The file must be 10 MB or smaller.");
            case HttpOutcome.Aborted _ -> bad("The download was stopped. Try again.");
        };
    }

    private static Step read(URI asked, HttpOutcome.Answered answered) {
        int status = answered.status();
        Optional<URI> elsewhere = status >= 300 && status < 400
                ? answered.header("Location").flatMap(location -> resolved(asked, location))
                : Optional.empty();
        if (elsewhere.isPresent()) {
            return new Step.Elsewhere(elsewhere.get());
        }
        if (status != 200) {
            return bad("That server responded with status " + status + ".");
        }
        try {
            return new Step.Ended(new Fetched.Good(answered.body().readAllBytes()));
        } catch (HttpOutcome.BodyTooLarge _) {
            return bad("The file must be 10 MB or smaller.");
        } catch (SocketTimeoutException _) {
            return bad("That server didn’t respond in time. Try again later.");
        } catch (IOException _) {
            return bad("The connection was lost. Try again.");
        }
    }

    private static Optional<URI> resolved(URI asked, String location) {
        return Parse.of(location, asked::resolve).filter(PictureFetch::isCallable);
    }

    private static Step bad(String why) {
        return new Step.Ended(new Fetched.Bad(why));
    }
}
