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

/// The templates of a business, as Meta lists them.
final class CloudTemplates {

    private static final int MOST = 2_000;
    private static final String LIST = "/message_templates?fields=id,name,language,status,category,parameter_format,"
            + "components,quality_score,rejected_reason&limit=100";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}]{1,80}?)\\s*}}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

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
        return GraphCalls.waba(gateway)
                .map(waba -> graph.list(gateway, "/" + GraphCalls.encoded(waba) + LIST + filter, most, _ -> false))
                .orElseGet(() -> GatewayAnswer.failed(
                        Trouble.Kind.OPERATOR,
                        "Enter the WhatsApp Business Account ID in the connection: templates belong to it."));
    }

    static MessageTemplate template(JsonNode node) {
        JsonNode header = component(node, "HEADER");
        String headerText = GraphJson.text(header, "text");
        String body = GraphJson.text(component(node, "BODY"), "text");
        List<String> names = placeholders(body);
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
                quality(node.path("quality_score")));
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

    static List<String> placeholders(String text) {
        var names = new LinkedHashSet<String>();
        var matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return List.copyOf(names);
    }

    /// Values of numbered placeholders are given by number, wherever these are in the text.
    private static List<String> numbered(List<String> names) {
        return names.stream().allMatch(name -> NUMBER.matcher(name).matches())
                ? names.stream()
                        .sorted(Comparator.comparingInt(Integer::parseInt))
                        .toList()
                : names;
    }

    private static List<MessageTemplate.Button> buttons(JsonNode component) {
        var buttons = new ArrayList<MessageTemplate.Button>();
        for (JsonNode button : component.path("buttons")) {
            String kind = GraphJson.text(button, "type");
            buttons.add(new MessageTemplate.Button(kind, GraphJson.text(button, "text"), takesValue(kind, button)));
        }
        return buttons;
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
            case "URL" -> PLACEHOLDER.matcher(GraphJson.text(button, "url")).find();
            case "COPY_CODE", "OTP" -> true;
            default -> false;
        };
    }

    private static String quality(JsonNode score) {
        return GraphJson.first(GraphJson.text(score, "score"), "UNKNOWN");
    }
}
