package dev.banyan.whatsapp.drivers;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;

/// Writes the answers of a form in lines that people read.
public final class FormAnswers {

    /// What the builder of forms puts around the names of fields and before the ids of choices.
    private static final Pattern AROUND = Pattern.compile("^screen_[0-9]+_|_[0-9]+$");

    private static final Pattern CHOICE = Pattern.compile("[0-9]+_(.+)");
    private static final Set<String> NO_ANSWERS = Set.of("flow_token", "wa_flow_response_params");

    private FormAnswers() {}

    /// Returns a line for each answer; empty if there is none that can be read.
    ///
    /// @param answers as JSON
    public static String lines(String answers) {
        try {
            return answers(GatewayHttp.JSON.readTree(answers), "\n");
        } catch (IOException _) {
            return "";
        }
    }

    private static String answers(JsonNode fields, String separator) {
        return fields.properties().stream()
                .filter(answer -> !NO_ANSWERS.contains(answer.getKey())
                        && !value(answer.getValue()).isBlank())
                .map(answer -> words(AROUND.matcher(answer.getKey()).replaceAll("")) + ": " + value(answer.getValue()))
                .collect(Collectors.joining(separator));
    }

    /// Addresses and spans of days are objects. Of a file, the name says enough; what people wrote stays as it is.
    private static String value(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(FormAnswers::value).collect(Collectors.joining(", "));
        }
        if (value.isObject()) {
            return value.path("file_name").asText(answers(value, ", "));
        }
        String text = value.asText("");
        Matcher choice = CHOICE.matcher(text);
        return choice.matches() ? words(choice.group(1)) : text;
    }

    private static String words(String name) {
        return name.replace('_', ' ').strip();
    }
}
