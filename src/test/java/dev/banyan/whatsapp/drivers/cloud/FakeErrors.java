package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Meta's errors as they come: a code, an HTTP status that nobody may rely on, and words that repeat what was sent.
final class FakeErrors {

    /// Refuses a request.
    static final class Refused extends RuntimeException {

        private final int code;
        private final int subcode;
        private final String details;

        Refused(int code, String details) {
            this(code, 0, details);
        }

        Refused(int code, int subcode, String details) {
            super(code + ": " + details);
            this.code = code;
            this.subcode = subcode;
            this.details = details;
        }

        int code() {
            return code;
        }

        FakeResponse response() {
            return new FakeResponse(
                    status(code), envelope(code, subcode, details).toString());
        }
    }

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(1, "An unknown error occurred"),
            Map.entry(2, "Service temporarily unavailable"),
            Map.entry(4, "Application request limit reached"),
            Map.entry(10, "Application does not have permission for this action"),
            Map.entry(100, "Invalid parameter"),
            Map.entry(190, "Error validating access token: Session has expired"),
            Map.entry(368, "Temporarily blocked for policies violations"),
            Map.entry(80007, "Rate limit issues"),
            Map.entry(130429, "Rate limit hit"),
            Map.entry(131000, "Something went wrong"),
            Map.entry(131016, "Service unavailable"),
            Map.entry(131026, "Message undeliverable"),
            Map.entry(131031, "Business Account locked"),
            Map.entry(131047, "Re-engagement message"),
            Map.entry(131048, "Spam rate limit hit"),
            Map.entry(131050, "User has stopped receiving marketing messages"),
            Map.entry(131053, "Media upload error"),
            Map.entry(131056, "(Business Account, Consumer Account) pair rate limit hit"),
            Map.entry(132000, "Template Param Count Mismatch"),
            Map.entry(132001, "Template name does not exist in the translation"),
            Map.entry(132015, "Template is Paused"));

    private FakeErrors() {}

    static String title(int code) {
        return TITLES.getOrDefault(code, "Error " + code);
    }

    static int status(int code) {
        return switch (code) {
            case 190, 0 -> 401;
            case 3, 10, 200, 131005, 368 -> 403;
            case 130429 -> 429;
            case 1, 2, 131000, 133000 -> 500;
            case 131016, 133004 -> 503;
            default -> 400;
        };
    }

    static ObjectNode envelope(int code, int subcode, String details) {
        ObjectNode root = GraphJson.object();
        ObjectNode error = root.putObject("error")
                .put("message", "(#" + code + ") " + title(code))
                .put("type", "OAuthException")
                .put("code", code);
        if (subcode != 0) {
            error.put("error_subcode", subcode)
                    .put("error_user_title", "Something is wrong")
                    .put("error_user_msg", details);
        }
        error.putObject("error_data").put("messaging_product", "whatsapp").put("details", details);
        error.put("is_transient", code == 1 || code == 2 || code == 131000 || code == 131016);
        error.put("fbtrace_id", "A1b2C3");
        return root;
    }
}
