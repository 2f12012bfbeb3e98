package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;

/// What Meta refuses in templates at once, before a person reviews them.
final class FakeTemplateReview {

    private static final Pattern FIELD = Pattern.compile("\\{\\{([^}]+)}}");
    private static final Duration HELD = Duration.ofDays(30);

    private final Clock clock;
    private final FakeTemplateFiles files;
    private final Map<String, Instant> deleted = new HashMap<>();

    FakeTemplateReview(Clock clock, FakeTemplateFiles files) {
        this.clock = clock;
        this.files = files;
    }

    void deleted(String name, String language) {
        deleted.put(name + " " + language, clock.instant());
    }

    void named(String name, String language) {
        if (!name.matches("[a-z0-9_]{1,512}")) {
            throw new FakeErrors.Refused(100, 2388041, "The name has characters that are not allowed");
        }
        Instant before = deleted.getOrDefault(name + " " + language, Instant.MIN);
        if (clock.instant().minus(HELD).isBefore(before)) {
            throw new FakeErrors.Refused(100, 2388023, "Message template language is being deleted");
        }
    }

    void components(String category, JsonNode components) {
        boolean hasBody = false;
        for (JsonNode part : components) {
            switch (part.path("type").asText()) {
                case "HEADER" -> header(part);
                case "BODY" -> {
                    hasBody = true;
                    body(category, part);
                }
                case "FOOTER" -> {
                    longest(part, 60);
                    if (FIELD.matcher(part.path("text").asText()).find()) {
                        throw new FakeErrors.Refused(100, 2388073, "Footer format is incorrect");
                    }
                }
                case "BUTTONS" -> part.path("buttons").forEach(FakeTemplateReview::button);
                default -> throw new FakeErrors.Refused(100, "Unknown component");
            }
        }
        if (!hasBody) {
            throw new FakeErrors.Refused(100, "A component of type BODY is missing");
        }
    }

    private static void longest(JsonNode part, int most) {
        if (part.path("text").asText().length() > most) {
            throw new FakeErrors.Refused(100, 2388040, "Character limit exceeded");
        }
    }

    private static List<String> fields(JsonNode part) {
        return FIELD.matcher(part.path("text").asText())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private void header(JsonNode part) {
        JsonNode example = part.path("example");
        if (!part.path("format").asText().equals("TEXT")) {
            if (!files.knows(example.path("header_handle").path(0).asText())) {
                throw new FakeErrors.Refused(100, 2388047, "Header example is missing");
            }
            return;
        }
        longest(part, 60);
        List<String> fields = fields(part);
        int examples = example.path("header_text").size()
                + example.path("header_text_named_params").size();
        if (fields.size() > 1 || examples != fields.size()) {
            throw new FakeErrors.Refused(100, 2388047, "Header format is incorrect");
        }
    }

    private static void body(String category, JsonNode part) {
        if (category.equals("AUTHENTICATION")) {
            if (part.has("text")) {
                throw new FakeErrors.Refused(100, "Authentication templates have a fixed body");
            }
            return;
        }
        longest(part, 1_024);
        String text = part.path("text").asText().strip();
        List<String> fields = fields(part);
        if (text.startsWith("{{") || text.endsWith("}}")) {
            throw new FakeErrors.Refused(100, 2388299, "Variables can't be at the start or end");
        }
        if (fields.size() * 3L > text.split("\\s+").length) {
            throw new FakeErrors.Refused(100, 2388293, "Too many variables for the length");
        }
        JsonNode example = part.path("example");
        int examples = example.path("body_text").path(0).size()
                + example.path("body_text_named_params").size();
        if (examples != Set.copyOf(fields).size()) {
            throw new FakeErrors.Refused(100, 2388072, "Body examples are missing");
        }
    }

    private static void button(JsonNode button) {
        boolean isMissing = switch (button.path("type").asText()) {
            case "QUICK_REPLY" -> !button.has("text");
            case "URL" ->
                FIELD.matcher(button.path("url").asText()).find()
                        && button.path("example").path(0).asText().isEmpty();
            case "PHONE_NUMBER" -> !button.path("phone_number").asText().startsWith("+");
            case "COPY_CODE" -> button.path("example").asText().isEmpty();
            case "OTP" -> !button.has("otp_type");
            default -> true;
        };
        if (isMissing) {
            throw new FakeErrors.Refused(100, "A button has a missing or wrong value");
        }
    }
}
