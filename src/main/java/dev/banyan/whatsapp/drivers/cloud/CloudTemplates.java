package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.drivers.TemplateDraft;

/// The templates of a business, as Meta lists them, and what is done to them.
final class CloudTemplates {

    private static final int MOST = 2_000;
    private static final String EDGE = "/message_templates";
    private static final String LIST = EDGE + "?fields=id,name,language,status,category,parameter_format,"
            + "components,quality_score,rejected_reason&limit=100";

    private record Named(ConnectionId connection, String name, String language) {}

    private final GraphCalls graph;
    private final Cache<Named, MessageTemplate> recent = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    CloudTemplates(GraphCalls graph) {
        this.graph = graph;
    }

    GatewayAnswer<List<MessageTemplate>> list(GatewayAccess gateway) {
        return nodes(gateway, "", MOST)
                .map(nodes -> nodes.stream().map(CloudTemplates::template).toList());
    }

    /// Finds a template that a message names. A few minutes old at most: each message asks.
    GatewayAnswer<Optional<MessageTemplate>> find(GatewayAccess gateway, MessageContent.Template named) {
        var key = new Named(gateway.connection().id(), named.name(), named.language());
        Optional<MessageTemplate> read = Optional.ofNullable(recent.getIfPresent(key));
        return read.isPresent()
                ? GatewayAnswer.done(read)
                : nodes(gateway, "&name=" + GraphCalls.encoded(named.name()), MOST)
                        .map(nodes -> nodes.stream()
                                .map(CloudTemplates::template)
                                // Meta finds templates by a part of their name.
                                .filter(template -> template.name().equals(named.name())
                                        && template.language().equals(named.language()))
                                .findFirst())
                        .map(found -> {
                            found.ifPresent(template -> recent.put(key, template));
                            return found;
                        });
    }

    private GatewayAnswer<List<JsonNode>> nodes(GatewayAccess gateway, String filter, int most) {
        return account(gateway).then(path -> graph.list(gateway, path + LIST + filter, most, _ -> false));
    }

    private static GatewayAnswer<String> account(GatewayAccess gateway) {
        return GraphCalls.waba(gateway)
                .map(waba -> GatewayAnswer.done("/" + GraphCalls.encoded(waba)))
                .orElseGet(() -> GatewayAnswer.failed(
                        Trouble.Kind.OPERATOR,
                        "Enter the WhatsApp Business Account ID in the connection: templates belong to it."));
    }

    /// Submits a template, or changes one.
    ///
    /// @return its id
    GatewayAnswer<String> save(GatewayAccess gateway, Optional<MessageTemplate> before, TemplateDraft draft) {
        recent.invalidate(new Named(gateway.connection().id(), draft.name(), draft.language()));
        return before.map(template -> CloudTemplateErrors.answer(graph.send(
                                gateway,
                                "/" + GraphCalls.encoded(template.id()),
                                CloudTemplateParts.changed(template, draft)))
                        .map(_ -> template.id()))
                .orElseGet(() -> account(gateway)
                        .then(path -> CloudTemplateErrors.answer(
                                graph.send(gateway, path + EDGE, CloudTemplateParts.created(draft))))
                        .map(created -> GraphJson.text(created, "id")));
    }

    /// @param id of the only one that is deleted; empty: the template in all languages
    GatewayAnswer<Boolean> delete(GatewayAccess gateway, String name, Optional<String> id) {
        recent.asMap().keySet().removeIf(named -> named.name().equals(name));
        String only = id.map(one -> "&hsm_id=" + GraphCalls.encoded(one)).orElse("");
        return account(gateway)
                .then(path -> CloudTemplateErrors.answer(
                        graph.delete(gateway, path + EDGE + "?name=" + GraphCalls.encoded(name) + only)))
                .map(_ -> true);
    }

    static MessageTemplate template(JsonNode node) {
        JsonNode header = component(node, "HEADER");
        String headerText = GraphJson.text(header, "text");
        String body = GraphJson.text(component(node, "BODY"), "text");
        List<String> names = TemplateDraft.fields(body);
        boolean isNamed = GraphJson.text(node, "parameter_format").equalsIgnoreCase("NAMED");
        return new MessageTemplate(
                GraphJson.text(node, "id"),
                GraphJson.text(node, "name"),
                GraphJson.text(node, "language"),
                GraphJson.text(node, "category"),
                GraphJson.text(node, "status"),
                headerKind(header),
                headerText,
                body,
                GraphJson.text(component(node, "FOOTER"), "text"),
                isNamed ? names : numbered(names),
                isNamed,
                buttons(component(node, "BUTTONS")),
                new MessageTemplate.Examples(headerExamples(header), bodyExamples(component(node, "BODY"), names)),
                rejected(GraphJson.text(node, "rejected_reason")),
                quality(node.path("quality_score")),
                new TemplateDraft.Code(
                        component(node, "BODY")
                                .path("add_security_recommendation")
                                .asBoolean(false),
                        component(node, "FOOTER")
                                .path("code_expiration_minutes")
                                .asInt(0)),
                CloudTemplateParts.isSimple(node));
    }

    private static JsonNode component(JsonNode node, String type) {
        for (JsonNode component : node.path("components")) {
            if (GraphJson.text(component, "type").equalsIgnoreCase(type)) {
                return component;
            }
        }
        return node.path("no component");
    }

    private static String headerKind(JsonNode header) {
        if (header.isMissingNode()) {
            return "NONE";
        }
        String format = GraphJson.text(header, "format");
        return format.isEmpty() ? "TEXT" : format;
    }

    /// Values of numbered placeholders are given by number, wherever these are in the text.
    static List<String> numbered(List<String> names) {
        return names.stream().allMatch(TemplateDraft::isNumber)
                ? names.stream()
                        .sorted(Comparator.comparingInt(Integer::parseInt))
                        .toList()
                : names;
    }

    private static List<MessageTemplate.Button> buttons(JsonNode component) {
        var buttons = new ArrayList<MessageTemplate.Button>();
        for (JsonNode button : component.path("buttons")) {
            String kind = GraphJson.text(button, "type");
            buttons.add(new MessageTemplate.Button(
                    kind,
                    GraphJson.text(button, "text"),
                    takesValue(kind, button),
                    GraphJson.first(GraphJson.text(button, "url"), GraphJson.text(button, "phone_number")),
                    example(button.path("example"))));
        }
        return buttons;
    }

    private static String example(JsonNode given) {
        return given.isArray() ? given.path(0).asText("") : given.asText("");
    }

    /// Examples of files are addresses of Meta's that soon expire: only those of texts are kept.
    private static List<String> headerExamples(JsonNode header) {
        JsonNode example = header.path("example");
        var examples = new ArrayList<String>();
        example.path("header_text").forEach(text -> examples.add(text.asText()));
        example.path("header_text_named_params").forEach(named -> examples.add(GraphJson.text(named, "example")));
        return examples;
    }

    /// @param names of the placeholders, in the order of the text
    private static Map<String, String> bodyExamples(JsonNode body, List<String> names) {
        JsonNode example = body.path("example");
        var examples = new LinkedHashMap<String, String>();
        JsonNode numbered = example.path("body_text").path(0);
        List<String> inOrder = numbered(names);
        for (int i = 0; i < inOrder.size() && i < numbered.size(); i++) {
            examples.put(inOrder.get(i), numbered.path(i).asText());
        }
        example.path("body_text_named_params")
                .forEach(named -> examples.put(GraphJson.text(named, "param_name"), GraphJson.text(named, "example")));
        return examples;
    }

    private static String rejected(String reason) {
        return reason.equals("NONE") ? "" : reason;
    }

    private static boolean takesValue(String kind, JsonNode button) {
        return switch (kind) {
            case "URL" -> !TemplateDraft.fields(GraphJson.text(button, "url")).isEmpty();
            case "COPY_CODE", "OTP" -> true;
            default -> false;
        };
    }

    private static String quality(JsonNode score) {
        return GraphJson.first(GraphJson.text(score, "score"), "UNKNOWN");
    }
}
