package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;

/// Writes an operation as a command that can be pasted into a shell, with variables for what only the reader knows. Its
/// body has all fields, as in [PostmanCollection].
record CurlExample(JsonExamples examples) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");
    private static final String NEXT = " \\\n  ";

    String of(String method, String path, JsonNode operation) {
        var parts = new ArrayList<String>();
        parts.add("curl" + (method.equals("GET") ? "" : " -X " + method) + " \"$BANYAN_SERVER"
                + PLACEHOLDER
                        .matcher(operation.path("x-api-key-path").asText(path))
                        .replaceAll("\\$$1")
                + query(operation) + "\"");
        switch (operation.path("security").size()) {
            case 0 -> {}
            case 1 -> parts.add("-H \"Authorization: Bearer $BANYAN_SESSION\"");
            default -> parts.add("-H \"Authorization: Bearer $BANYAN_API_KEY\"");
        }
        JsonNode content = operation.at("/requestBody/content");
        JsonNode json = content.at("/application~1json/schema");
        if (!json.isMissingNode()) {
            parts.add("-H \"Content-Type: application/json\"");
            parts.add("-d '" + examples.exampleOf(json).replace("'", "'\\''") + "'");
        } else {
            examples.resolve(content.at("/multipart~1form-data/schema"))
                    .path("properties")
                    .properties()
                    .forEach(field -> parts.add("-F " + field.getKey() + "="
                            + (field.getValue().path("format").asText().equals("binary") ? "@file" : "…")));
        }
        return String.join(NEXT, parts);
    }

    private String query(JsonNode operation) {
        String required = operation
                .path("parameters")
                .valueStream()
                .map(examples::resolve)
                .filter(parameter -> parameter.path("in").asText().equals("query")
                        && parameter.path("required").asBoolean())
                .map(parameter -> parameter.path("name").asText())
                .map(name -> name + "=$" + name)
                .collect(Collectors.joining("&"));
        return required.isEmpty() ? "" : "?" + required;
    }
}
