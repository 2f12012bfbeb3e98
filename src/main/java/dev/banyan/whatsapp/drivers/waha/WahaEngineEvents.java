package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;

/// The engine’s own events (GOWS passes on those of whatsmeow): the only place that says why a session has failed.
final class WahaEngineEvents {

    /// They tell of a connection that is gone.
    private static final Set<String> DEAD =
            Set.of("disconnected", "keepalivetimeout", "connectfailure", "streamerror", "qrchannelitem");

    private static final Duration LONGEST_BAN = Duration.ofDays(365);

    private WahaEngineEvents() {}

    static boolean provesLife(JsonNode payload) {
        return !DEAD.contains(name(payload)) && status(payload, Instant.EPOCH).isEmpty();
    }

    /// Returns the state that an event means, if it means one.
    static Optional<NumberStatus> status(JsonNode payload, Instant at) {
        JsonNode data = payload.path("data");
        return switch (name(payload)) {
            case "loggedout" -> Optional.of(loggedOut(data.path("Reason").asInt()));
            case "temporaryban" -> Optional.of(banned(data, at));
            case "streamreplaced" ->
                Optional.of(NumberStatus.of(
                        State.BLOCKED,
                        "Another server uses the same session. Stop it there, then connect this number again."));
            case "clientoutdated" ->
                Optional.of(NumberStatus.of(
                        State.BLOCKED, "WhatsApp no longer accepts this version of WAHA. Update WAHA."));
            default -> Optional.empty();
        };
    }

    /// Returns `loggedout` for `events.LoggedOut`.
    private static String name(JsonNode payload) {
        String event = payload.path("event").asText();
        return event.substring(event.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static NumberStatus loggedOut(int code) {
        return switch (code) {
            case 402, 406 -> NumberStatus.of(State.BANNED, "WhatsApp has banned this number (code " + code + ").");
            case 403 ->
                NumberStatus.of(
                        State.BANNED,
                        "WhatsApp has locked this number, or its phone was changed (code 403). Open WhatsApp on the"
                                + " phone to see which.");
            default -> NumberStatus.of(State.UNLINKED, WahaStates.LOGGED_OUT);
        };
    }

    private static NumberStatus banned(JsonNode data, Instant at) {
        return new NumberStatus(
                State.BANNED,
                Optional.empty(),
                "",
                "WhatsApp has banned this number for a while: "
                        + reason(data.path("Code").asInt()) + ".",
                duration(data.path("Expire")).map(at::plus),
                "");
    }

    private static String reason(int code) {
        return switch (code) {
            case 101 -> "too many messages to people who don’t have it in their contacts";
            case 102 -> "too many people have blocked it";
            case 103 -> "too many groups with people who don’t have it in their contacts";
            case 104 -> "the same message to too many people";
            case 106 -> "too many messages to a broadcast list";
            default -> "code " + code;
        };
    }

    /// Reads a duration of Go: nanoseconds, or `23h59m0s`.
    private static Optional<Duration> duration(JsonNode value) {
        try {
            Optional<Duration> read = value.isNumber()
                    ? Optional.of(Duration.ofNanos(value.asLong()))
                    : WahaJson.text(value).map(text -> Duration.parse("PT" + text.toUpperCase(Locale.ROOT)));
            return read.filter(time -> time.isPositive() && time.compareTo(LONGEST_BAN) < 0);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
