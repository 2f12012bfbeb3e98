package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.http.HttpCall;
import dev.banyan.platform.http.HttpOutcome;
import dev.banyan.platform.http.OutboundHttp;
import jakarta.inject.Singleton;

/// Fetches the file that a link leads to: through the protected client, with limits on size and time, and
/// a few redirects.
@Singleton
record LinkedFiles(OutboundHttp http) {

    private static final int REDIRECTS = 3;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration TOTAL = Duration.ofSeconds(30);
    private static final int LINE_BYTES = 8_192;

    /// The result of fetching.
    public sealed interface Fetched {

        /// @param name from the last part of the link
        record Good(Path file, String name) implements Fetched {}

        /// @param why a full sentence for people
        record Bad(String why) implements Fetched {}

        record TooLarge() implements Fetched {}
    }

    private sealed interface Step {

        record Ended(Fetched fetched) implements Step {}

        record Elsewhere(URI address) implements Step {}
    }

    /// @param to where the content goes; it is overwritten
    Fetched get(String address, long mostBytes, Path to) {
        Optional<URI> next = parse(address);
        for (int hop = 0; hop <= REDIRECTS && next.isPresent(); hop++) {
            switch (ask(next.get(), mostBytes, to)) {
                case Step.Ended(Fetched fetched) -> {
                    return fetched;
                }
                case Step.Elsewhere(URI other) -> next = Optional.of(other);
            }
        }
        return new Fetched.Bad(next.isEmpty() ? "We can’t open this link. Check the spelling." : "Too many redirects.");
    }

    private static Optional<URI> parse(String address) {
        return Parse.of(address, URI::create).filter(LinkedFiles::isCallable);
    }

    private static boolean isCallable(URI uri) {
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        return web && uri.getHost() != null && uri.getUserInfo() == null;
    }

    private Step ask(URI uri, long mostBytes, Path to) {
        var call = new HttpCall(
                "GET",
                uri,
                Map.of("Accept", "*/*"),
                Optional.empty(),
                new HttpCall.Limits(CONNECT, SILENCE, TOTAL, mostBytes, LINE_BYTES));
        return switch (http.send(call, _ -> {})) {
            case HttpOutcome.Answered answered -> {
                try (answered) {
                    yield read(uri, answered, to);
                }
            }
            case HttpOutcome.Refused _ -> bad(OutboundHttp.notCalled(uri.getHost()) + ".");
            case HttpOutcome.TimedOut _ -> bad("That server didn’t respond in time. Try again later.");
            case HttpOutcome.Unreachable unreachable -> bad("We can’t reach that server: " + unreachable.why() + ".");
            case HttpOutcome.TooLarge _ -> new Step.Ended(new Fetched.TooLarge());
            case HttpOutcome.Aborted _ -> bad("The download was stopped. Try again.");
        };
    }

    private static Step read(URI asked, HttpOutcome.Answered answered, Path to) {
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
        try (OutputStream file = open(to)) {
            answered.body().transferTo(file);
            return new Step.Ended(new Fetched.Good(to, name(asked)));
        } catch (HttpOutcome.BodyTooLarge _) {
            return new Step.Ended(new Fetched.TooLarge());
        } catch (SocketTimeoutException _) {
            return bad("That server didn’t respond in time. Try again later.");
        } catch (IOException _) {
            return bad("The connection was lost. Try again.");
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

    private static Optional<URI> resolved(URI asked, String location) {
        return Parse.of(location, asked::resolve).filter(LinkedFiles::isCallable);
    }

    private static Step bad(String why) {
        return new Step.Ended(new Fetched.Bad(why));
    }
}
