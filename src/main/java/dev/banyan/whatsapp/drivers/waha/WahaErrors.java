package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;

/// What WAHA’s errors mean. Their bodies repeat our request, so only the error’s own words are looked at, and they are
/// never passed on.
final class WahaErrors {

    static final String WRONG_KEY = "WAHA refuses the API key. Enter the key that is set as WAHA_API_KEY there.";
    static final String NARROW_KEY = "The API key lacks the right to do this. Enter one with all rights.";
    static final String NO_SESSION = "WAHA doesn’t have this session any more.";
    static final String STARTING = "The session is connecting to WhatsApp.";
    static final String NOT_CONNECTED = "The session is not connected to WhatsApp.";
    static final String TOO_OLD = "This version of WAHA can’t do that. Update it.";
    static final String OTHER_ENGINE = "This engine of WAHA can’t do that. Use the engine GOWS.";
    static final String BUSY = "WhatsApp asks this number to slow down.";
    static final String REFUSED = "WAHA didn’t accept the request.";
    static final String BROKEN = "WAHA reports an internal error.";

    /// Why WAHA refuses something with 422.
    enum Refusal {
        STARTING,
        NOT_CONNECTED,
        NO_SESSION,
        NOT_IN_ENGINE,
        NEEDS_PLUS,
        OTHER
    }

    private WahaErrors() {}

    static Trouble trouble(Reply.Answered answer) {
        int status = answer.status();
        if (status == 401) {
            return new Trouble(Trouble.Kind.CREDENTIALS, WRONG_KEY);
        }
        if (status == 403) {
            return new Trouble(Trouble.Kind.CREDENTIALS, NARROW_KEY);
        }
        if (status == 404) {
            return isMissingCall(answer.json())
                    ? new Trouble(Trouble.Kind.UNSUPPORTED, TOO_OLD)
                    : new Trouble(Trouble.Kind.UNKNOWN, NO_SESSION);
        }
        if (status == 422) {
            return refused(refusal(answer.json()));
        }
        if (status == 429) {
            return new Trouble(Trouble.Kind.LATER, BUSY);
        }
        if (status >= 500) {
            return new Trouble(Trouble.Kind.LATER, BROKEN);
        }
        return status >= 300 && status < 400
                ? new Trouble(
                        Trouble.Kind.REFUSED, "The address of WAHA leads elsewhere. Enter the address it leads to.")
                : new Trouble(Trouble.Kind.REFUSED, REFUSED);
    }

    private static Trouble refused(Refusal why) {
        return switch (why) {
            case STARTING -> new Trouble(Trouble.Kind.LATER, STARTING);
            case NOT_CONNECTED -> new Trouble(Trouble.Kind.LATER, NOT_CONNECTED);
            case NO_SESSION -> new Trouble(Trouble.Kind.UNKNOWN, NO_SESSION);
            case NOT_IN_ENGINE -> new Trouble(Trouble.Kind.UNSUPPORTED, OTHER_ENGINE);
            case NEEDS_PLUS -> new Trouble(Trouble.Kind.UNSUPPORTED, TOO_OLD);
            case OTHER -> new Trouble(Trouble.Kind.LATER, REFUSED);
        };
    }

    static Refusal refusal(JsonNode body) {
        Optional<String> status = WahaJson.text(body.path("status"));
        if (status.isPresent()) {
            return status.get().equals("STARTING") ? Refusal.STARTING : Refusal.NOT_CONNECTED;
        }
        String words = words(body);
        if (words.contains("session is starting")) {
            return Refusal.STARTING;
        }
        if (words.contains("does not exist")) {
            return Refusal.NO_SESSION;
        }
        if (words.contains("not implemented by the engine")) {
            return Refusal.NOT_IN_ENGINE;
        }
        if (words.contains("only in Plus")) {
            return Refusal.NEEDS_PLUS;
        }
        return words.contains("current status is") ? Refusal.NOT_CONNECTED : Refusal.OTHER;
    }

    /// Returns whether there is no such call at all, so that the version is too old for it.
    static boolean isMissingCall(JsonNode body) {
        return words(body).startsWith("Cannot ");
    }

    /// Returns the error’s own words. The rest of the body may be ours.
    static String words(JsonNode body) {
        JsonNode message = body.path("message");
        if (message.isArray()) {
            return StreamSupport.stream(message.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(" "));
        }
        String error = WahaJson.text(body.path("error")).orElse("");
        return WahaJson.text(body.path("exception").path("message"), message)
                .map(words -> error.isEmpty() ? words : words + " " + error)
                .orElse(error);
    }
}
