package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The templates of a business, how they are submitted, changed and deleted, and whether a message fills one in
/// correctly.
public final class FakeTemplates {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]+)}}");
    private static final Set<String> FILES = Set.of("IMAGE", "VIDEO", "DOCUMENT");

    private final List<ObjectNode> templates = new ArrayList<>();
    private final FakeTemplateFiles files = new FakeTemplateFiles();
    private final FakeTemplateReview review;
    private long last = 900_000_000_000_000L;

    FakeTemplates(Clock clock) {
        this.review = new FakeTemplateReview(clock, files);
    }

    FakeTemplateFiles files() {
        return files;
    }

    /// Returns a template as it was submitted.
    public synchronized Optional<ObjectNode> find(String name, String language) {
        return templates.stream()
                .filter(one -> one.path("name").asText().equals(name)
                        && one.path("language").asText().equals(language))
                .findFirst();
    }

    synchronized boolean has(String id) {
        return templates.stream().anyMatch(one -> one.path("id").asText().equals(id));
    }

    synchronized void become(String name, String language, String status, String reason) {
        find(name, language).ifPresent(one -> one.put("status", status).put("rejected_reason", reason));
    }

    synchronized FakeResponse answer(FakeRequest request, String address) {
        return switch (request.method()) {
            case "POST" -> create(request.json());
            case "DELETE" -> delete(request.query());
            default -> list(address, request.query());
        };
    }

    private FakeResponse create(JsonNode wanted) {
        String name = wanted.path("name").asText();
        String language = wanted.path("language").asText();
        review.named(name, language);
        if (find(name, language).isPresent()) {
            throw new FakeErrors.Refused(100, 2388024, "Content in this language already exists");
        }
        review.components(wanted.path("category").asText(), wanted.path("components"));
        ObjectNode template = GraphJson.object()
                .put("id", String.valueOf(++last))
                .put("name", name)
                .put("language", language)
                .put("status", "PENDING")
                .put("category", wanted.path("category").asText())
                .put("parameter_format", wanted.path("parameter_format").asText("POSITIONAL"));
        template.set("components", wanted.path("components"));
        templates.add(template);
        return FakeResponse.ok(GraphJson.object()
                .put("id", template.path("id").asText())
                .put("status", "PENDING")
                .put("category", template.path("category").asText()));
    }

    synchronized FakeResponse change(String id, JsonNode wanted) {
        ObjectNode template = templates.stream()
                .filter(one -> one.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
        String status = template.path("status").asText();
        if (!Set.of("APPROVED", "REJECTED", "PAUSED").contains(status)) {
            throw new FakeErrors.Refused(100, 2388003, "Message template can not be edited in its status");
        }
        if (status.equals("APPROVED") && wanted.has("category")) {
            throw new FakeErrors.Refused(100, 2388005, "Category of approved templates can't be edited");
        }
        String category =
                wanted.path("category").asText(template.path("category").asText());
        review.components(category, wanted.path("components"));
        template.put("status", "PENDING").put("category", category).remove("rejected_reason");
        template.set("components", wanted.path("components"));
        return FakeResponse.success();
    }

    private FakeResponse delete(Map<String, String> query) {
        String name = query.getOrDefault("name", "");
        List<ObjectNode> gone = templates.stream()
                .filter(one -> one.path("name").asText().equals(name))
                .filter(one ->
                        !query.containsKey("hsm_id") || one.path("id").asText().equals(query.get("hsm_id")))
                .toList();
        if (gone.isEmpty()) {
            throw new FakeErrors.Refused(100, 2593002, "Message template not found");
        }
        gone.forEach(one -> review.deleted(name, one.path("language").asText()));
        templates.removeAll(gone);
        return FakeResponse.success();
    }

    /// @param header empty, a text, or `IMAGE`, `VIDEO`, `DOCUMENT`
    /// @param buttons as Meta writes them
    public synchronized ObjectNode add(
            String name, String language, String category, String header, String body, JsonNode buttons) {
        boolean isNamed = PLACEHOLDER
                .matcher(body)
                .results()
                .anyMatch(match -> !match.group(1).matches("[0-9]+"));
        ObjectNode template = GraphJson.object()
                .put("id", String.valueOf(++last))
                .put("name", name)
                .put("language", language)
                .put("status", "APPROVED")
                .put("category", category)
                .put("parameter_format", isNamed ? "NAMED" : "POSITIONAL");
        template.putObject("quality_score").put("score", "GREEN").put("date", 1784105000);
        ArrayNode components = template.putArray("components");
        if (!header.isEmpty()) {
            ObjectNode part = components.addObject().put("type", "HEADER");
            if (FILES.contains(header)) {
                part.put("format", header);
            } else {
                part.put("format", "TEXT").put("text", header);
            }
        }
        components.addObject().put("type", "BODY").put("text", body);
        components.addObject().put("type", "FOOTER").put("text", "Marina Sweets");
        if (!buttons.isEmpty()) {
            components.addObject().put("type", "BUTTONS").set("buttons", buttons);
        }
        templates.add(template);
        return template;
    }

    synchronized FakeResponse list(String address, Map<String, String> query) {
        List<ObjectNode> found = templates.stream()
                .filter(template -> template.path("name").asText().contains(query.getOrDefault("name", "")))
                .filter(template -> !query.containsKey("status")
                        || template.path("status").asText().equals(query.get("status")))
                .toList();
        return page(found, address, query);
    }

    static FakeResponse page(List<ObjectNode> all, String address, Map<String, String> query) {
        int limit = Integer.parseInt(query.getOrDefault("limit", "25"));
        int start = query.containsKey("after") ? Integer.parseInt(decoded(query.get("after"))) : 0;
        int end = Math.min(start + limit, all.size());
        ObjectNode answer = GraphJson.object();
        ArrayNode data = answer.putArray("data");
        all.subList(Math.min(start, end), end).forEach(data::add);
        if (start < end) {
            ObjectNode paging = answer.putObject("paging");
            paging.putObject("cursors").put("before", encoded(start)).put("after", encoded(end));
            if (end < all.size()) {
                paging.put("next", address + "?limit=" + limit + "&after=" + encoded(end));
            }
        }
        return FakeResponse.ok(answer);
    }

    private static String encoded(int index) {
        return Base64.getEncoder().encodeToString(String.valueOf(index).getBytes(StandardCharsets.US_ASCII));
    }

    private static String decoded(String cursor) {
        return new String(Base64.getDecoder().decode(cursor), StandardCharsets.US_ASCII);
    }

    synchronized boolean isMarketing(JsonNode sent) {
        return templates.stream()
                .anyMatch(one -> one.path("name").equals(sent.path("name"))
                        && one.path("category").asText().equals("MARKETING"));
    }

    /// Returns the category that is billed.
    synchronized String verify(JsonNode sent) {
        ObjectNode template = templates.stream()
                .filter(one -> one.path("name")
                                .asText()
                                .equals(sent.path("name").asText())
                        && one.path("language")
                                .asText()
                                .equals(sent.path("language").path("code").asText()))
                .findFirst()
                .orElseThrow(() -> new FakeErrors.Refused(132001, "template name does not exist in the translation"));
        switch (template.path("status").asText()) {
            case "APPROVED" -> {}
            case "PAUSED" -> throw new FakeErrors.Refused(132015, "Template is paused due to low quality");
            case "DISABLED" -> throw new FakeErrors.Refused(132016, "Template is disabled");
            default -> throw new FakeErrors.Refused(132001, "Template is not approved");
        }
        for (JsonNode component : template.path("components")) {
            boolean isNamed = template.path("parameter_format").asText().equals("NAMED");
            switch (component.path("type").asText()) {
                case "HEADER" -> header(component, of(sent, "header"), isNamed);
                case "BODY" -> texts(component.path("text").asText(), of(sent, "body"), isNamed);
                case "BUTTONS" -> buttons(component.path("buttons"), sent);
                default -> {}
            }
        }
        return template.path("category").asText();
    }

    private static JsonNode of(JsonNode sent, String type) {
        for (JsonNode component : sent.path("components")) {
            if (component.path("type").asText().equals(type)) {
                return component.path("parameters");
            }
        }
        return GraphJson.object().path("nothing");
    }

    private static void header(JsonNode component, JsonNode values, boolean isNamed) {
        String format = component.path("format").asText();
        if (FILES.contains(format)) {
            String kind = format.toLowerCase(Locale.ROOT);
            if (!values.path(0).path("type").asText().equals(kind)
                    || values.path(0).path(kind).path("id").asText().isEmpty()) {
                throw new FakeErrors.Refused(132012, "header: Format mismatch, expected " + format);
            }
        } else {
            texts(component.path("text").asText(), values, isNamed);
        }
    }

    private static void texts(String text, JsonNode values, boolean isNamed) {
        List<String> wanted =
                PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).toList();
        if (values.size() != wanted.size()) {
            throw new FakeErrors.Refused(
                    132000, "number of parameters (" + values.size() + ") does not match (" + wanted.size() + ")");
        }
        for (JsonNode value : values) {
            if (isNamed && !wanted.contains(value.path("parameter_name").asText())) {
                throw new FakeErrors.Refused(132012, "Parameter name is missing or unknown");
            }
            if (!isNamed && value.has("parameter_name")) {
                throw new FakeErrors.Refused(132012, "Unexpected parameter_name");
            }
            if (value.path("text").asText().matches("(?s).*([\\n\\t]| {5}).*")) {
                throw new FakeErrors.Refused(132018, "Param text cannot have new-line/tab characters");
            }
        }
    }

    private static void buttons(JsonNode buttons, JsonNode sent) {
        for (int i = 0; i < buttons.size(); i++) {
            JsonNode button = buttons.path(i);
            boolean isDynamic = button.path("type").asText().equals("OTP")
                    || PLACEHOLDER.matcher(button.path("url").asText()).find();
            int index = i;
            boolean isFilled = StreamSupport.stream(sent.path("components").spliterator(), false)
                    .anyMatch(part -> part.path("type").asText().equals("button")
                            && part.path("sub_type").asText().equals("url")
                            && part.path("index").asText().equals(String.valueOf(index))
                            && part.path("parameters")
                                    .path(0)
                                    .path("type")
                                    .asText()
                                    .equals("text"));
            if (isDynamic && !isFilled) {
                throw new FakeErrors.Refused(132000, "Button at index " + i + " of type Url requires a parameter");
            }
        }
    }
}
