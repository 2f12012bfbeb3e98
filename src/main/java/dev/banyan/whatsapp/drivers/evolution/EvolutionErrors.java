package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply.Answered;

/// What the gateway's errors mean. It answers 400 for nearly everything, so the text decides (docs/drivers.md).
final class EvolutionErrors {

    static final String NOT_ACTIVATED =
            "Evolution API isn’t activated. Its operator must open its manager page and activate the license.";
    static final String WRONG_KEY = "Evolution API doesn’t accept the API key. Enter the right one in the connection.";
    static final String NO_INSTANCE = "Evolution API doesn’t have this instance.";

    private EvolutionErrors() {}

    /// Returns the gateway's words in lowercase, to be compared and never shown: they may repeat what we sent.
    static String words(Answered answered) {
        JsonNode body = answered.json();
        JsonNode message = body.path("response").path("message");
        if (message.isMissingNode()) {
            message = body.path("message");
        }
        String text = message.isValueNode() ? message.asText() : message.toString();
        return (text + " " + body.path("code").asText("")).toLowerCase(Locale.ROOT);
    }

    static boolean isNotActivated(Answered answered) {
        return answered.status() == 503 && words(answered).contains("license_required");
    }

    static boolean isNoInstance(Answered answered) {
        return answered.status() == 404 && words(answered).contains("does not exist");
    }

    /// Some versions answer HTTP 200 with an error inside.
    static boolean isHidden(JsonNode body) {
        return body.path("error").isBoolean() && body.path("error").asBoolean();
    }

    static Trouble trouble(Answered answered) {
        String words = words(answered);
        int status = answered.status();
        if (isNotActivated(answered)) {
            return new Trouble(Trouble.Kind.OPERATOR, NOT_ACTIVATED);
        }
        if (status == 401 || status == 403) {
            return new Trouble(Trouble.Kind.CREDENTIALS, WRONG_KEY);
        }
        if (status == 404) {
            return words.contains("cannot ")
                    ? new Trouble(Trouble.Kind.UNSUPPORTED, "This version of Evolution API can’t do this.")
                    : new Trouble(Trouble.Kind.UNKNOWN, NO_INSTANCE);
        }
        if (status == 429 || status >= 500 || isSocketClosed(words) || words.contains("overlimit")) {
            return new Trouble(Trouble.Kind.LATER, "Evolution API can’t do this right now. It may work later.");
        }
        if (isTimeout(words)) {
            return new Trouble(Trouble.Kind.TIMED_OUT, "WhatsApp didn’t answer Evolution API in time.");
        }
        return new Trouble(Trouble.Kind.REFUSED, "Evolution API refused this (HTTP " + status + ").");
    }

    /// The instance has no connection to WhatsApp, so nothing was sent.
    static boolean isSocketClosed(String words) {
        return words.contains("connection closed")
                || words.contains("connection terminated")
                || words.contains("not connected")
                || words.contains("cannot read properties of undefined");
    }

    static boolean isTimeout(String words) {
        return words.contains("timed out") || words.contains("timeout");
    }
}
