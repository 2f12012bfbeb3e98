package dev.banyan.platform.web.json;

import module java.base;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/// Says in `/openapi.json` which fields of answers are always there: those that can’t be null. Clients that are made
/// from it need no check for them. What only requests have stays as it is: there a field is optional unless its absence
/// is refused. `OpenApiTest` compares with recorded answers.
record AnswerFields(OpenAPI api) {

    /// Left out when they are empty, or in one of two forms of an answer.
    private static final Set<String> SOMETIMES = Set.of(
            "AnalyticsView.topCampaigns",
            "AnalyticsView.topMediums",
            "AnalyticsView.topSources",
            "AppearanceDone.firstFrameOnly",
            "CannedReplyView.unknownPlaceholders",
            "ChatMessage.attachments",
            "LinkCount.pageId",
            "LinksDone.firstFrameOnly",
            "LinksDone.warnings",
            "MessageAd.click",
            "MessageAd.headline",
            "MessageAd.id",
            "MessageAd.type",
            "MessageAd.url",
            "ShortLinkAnalyticsView.topCampaigns",
            "ShortLinkAnalyticsView.topMediums",
            "ShortLinkAnalyticsView.topSources",
            "ShortLinksDone.warnings",
            "WorkspaceList.enabled");

    /// A tree, of which anything may be missing or null.
    private static final String TREE = "AppearanceShape";

    void require() {
        var answered = new HashSet<String>();
        var others = new HashSet<String>();
        api.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(operation -> collect(operation, answered, others));
        var ofTree = new HashSet<String>();
        reach(TREE, ofTree);
        ofTree.forEach(name -> schema(name).ifPresent(AnswerFields::allowNull));
        answered.removeAll(others);
        answered.removeAll(ofTree);
        answered.forEach(name -> schema(name).ifPresent(schema -> require(name, schema)));
    }

    private void collect(Operation operation, Set<String> answered, Set<String> asked) {
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                schemas(response.getContent()).forEach(schema -> reach(schema, answered));
            }
        });
        if (operation.getRequestBody() != null) {
            schemas(operation.getRequestBody().getContent()).forEach(schema -> reach(schema, asked));
        }
        Optional.ofNullable(operation.getParameters())
                .orElse(List.of())
                .forEach(parameter ->
                        Optional.ofNullable(parameter.getSchema()).ifPresent(schema -> reach(schema, asked)));
    }

    private static Stream<Schema> schemas(Content content) {
        return Optional.ofNullable(content).map(Content::getMediaTypes).orElse(Map.of()).values().stream()
                .map(MediaType::getSchema)
                .filter(Objects::nonNull);
    }

    private Optional<Schema> schema(String name) {
        return Optional.ofNullable(api.getComponents().getSchemas().get(name));
    }

    private void reach(String name, Set<String> found) {
        schema(name).filter(_ -> found.add(name)).ifPresent(schema -> reach(schema, found));
    }

    private void reach(Schema schema, Set<String> found) {
        if (schema.getRef() != null) {
            reach(schema.getRef().substring(schema.getRef().lastIndexOf('/') + 1), found);
        }
        Stream.of(
                        Optional.ofNullable(schema.getProperties()).map(Map::values).stream()
                                .flatMap(Collection::stream),
                        Stream.of(Optional.ofNullable(schema.getAnyOf()), Optional.ofNullable(schema.getOneOf()))
                                .flatMap(Optional::stream)
                                .flatMap(List::stream),
                        Stream.of(
                                        Optional.ofNullable(schema.getItems()),
                                        Optional.ofNullable(schema.getAdditionalPropertiesSchema()))
                                .flatMap(Optional::stream))
                .flatMap(Function.identity())
                .forEach(part -> reach(part, found));
    }

    private static void require(String name, Schema schema) {
        Optional.ofNullable(schema.getProperties()).orElse(Map.of()).forEach((field, value) -> {
            boolean isRequired =
                    schema.getRequired() != null && schema.getRequired().contains(field);
            if (!isRequired && !canBeNull(value) && !SOMETIMES.contains(name + "." + field)) {
                schema.addRequired(field);
            }
        });
    }

    private static void allowNull(Schema schema) {
        Optional.ofNullable(schema.getProperties()).orElse(Map.of()).values().stream()
                .filter(value -> value.getType() != null && !canBeNull(value))
                .forEach(value -> value.addType(Schema.SchemaType.NULL));
    }

    private static boolean canBeNull(Schema schema) {
        return Optional.ofNullable(schema.getType()).orElse(List.of()).contains(Schema.SchemaType.NULL)
                || Stream.of(Optional.ofNullable(schema.getAnyOf()), Optional.ofNullable(schema.getOneOf()))
                        .flatMap(Optional::stream)
                        .flatMap(List::stream)
                        .anyMatch(AnswerFields::canBeNull);
    }
}
