package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.http.HttpCall;
import dev.banyan.platform.http.HttpOutcome;
import dev.banyan.platform.http.OutboundHttp;
import jakarta.inject.Singleton;

/// One try to deliver an event.
@Singleton
record WebhookCall(OutboundHttp http) {

    private static final int ANSWER_BYTES = 65_536;
    private static final int ANSWER_SHOWN = 2_000;
    /// The body is cut by us, not refused.
    private static final HttpCall.Limits LIMITS = new HttpCall.Limits(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15), Long.MAX_VALUE, ANSWER_BYTES);

    /// What came of it.
    ///
    /// @param status what the receiver answered; empty without an answer
    /// @param error in plain words, if it has not arrived
    /// @param answer its beginning
    record Result(
            boolean arrived,
            Optional<Integer> status,
            Optional<String> error,
            Optional<String> answer,
            Duration took) {}

    /// @param secrets the newest first; none if they can't be opened
    Result send(String url, List<String> secrets, String id, Instant at, String body) {
        if (secrets.isEmpty()) {
            return unanswered("The server’s key for its secret is missing.", Duration.ZERO);
        }
        var call = new HttpCall(
                "POST",
                URI.create(url),
                Map.of(
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        Long.toString(at.getEpochSecond()),
                        "webhook-signature",
                        Signature.of(secrets, id, at, body)),
                Optional.of(body.getBytes(StandardCharsets.UTF_8)),
                LIMITS);
        long begin = System.nanoTime();
        HttpOutcome outcome = http.send(call, _ -> {});
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return switch (outcome) {
            case HttpOutcome.Answered answered -> answered(answered, begin);
            case HttpOutcome.Refused _ ->
                unanswered(OutboundHttp.notCalled(call.uri().getHost()) + ".", took);
            case HttpOutcome.TimedOut _ -> unanswered("It did not answer within 10 seconds.", took);
            case HttpOutcome.Unreachable lost -> unanswered("It can’t be reached: " + lost.why() + ".", took);
            case HttpOutcome.TooLarge _ -> unanswered("Its answer is not HTTP.", took);
            case HttpOutcome.Aborted _ -> unanswered("The server stopped.", took);
        };
    }

    private static Result unanswered(String error, Duration took) {
        return new Result(false, Optional.empty(), Optional.of(error), Optional.empty(), took);
    }

    private static Result answered(HttpOutcome.Answered answered, long begin) {
        try (answered) {
            int status = answered.status();
            String text = beginning(answered);
            boolean arrived = status / 100 == 2;
            return new Result(
                    arrived,
                    Optional.of(status),
                    arrived ? Optional.empty() : Optional.of(why(status)),
                    Optional.of(text).filter(found -> !found.isBlank()),
                    Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private static String why(int status) {
        return status / 100 == 3
                ? "It redirects (" + status + "), which is not followed. Enter the address that it leads to."
                : "It answered " + status + ".";
    }

    /// Reads some of the answer; one that breaks off has arrived all the same.
    private static String beginning(HttpOutcome.Answered answered) {
        try {
            var bytes = answered.body().readNBytes(ANSWER_BYTES);
            String text = new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
            return text.substring(0, Math.min(text.length(), ANSWER_SHOWN));
        } catch (IOException _) {
            return "";
        }
    }
}
