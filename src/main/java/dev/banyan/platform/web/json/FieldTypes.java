package dev.banyan.platform.web.json;

import module java.base;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/// Says in `/openapi.json` which values texts can have: `enum` where a description lists all words, as in
/// "`open` or `closed`", and `format` where the name of a field tells it. `OpenApiTest` compares the words with the
/// enums of the program, and both with recorded answers.
///
/// A field whose words need no description names the enum itself: `@Schema(implementation = Tier.class) String tier`.
record FieldTypes(OpenAPI api) {

    private static final String WORD = "`([^` ]+)`(?: \\([^)]*\\))?";

    /// Words that are all there are: no "or another", and not several in one text.
    private static final Pattern WORDS =
            Pattern.compile("(?:[^`]*: )?(" + WORD + "(?:, " + WORD + ")* or " + WORD + ")(?![^;.:,])(?!.*several).*");

    private static final Pattern ONE = Pattern.compile(WORD);
    private static final Pattern ADDRESS = Pattern.compile("url|uri|.*(Url|Uri)");
    private static final String SCHEMAS = "#/components/schemas/";

    void complete() {
        api.getComponents().getSchemas().values().forEach(schema -> {
            keys(schema);
            Optional.ofNullable(schema.getRequired()).orElse(List.of()).stream()
                    .map(properties(schema)::get)
                    .forEach(FieldTypes::refuseNull);
            properties(schema).forEach(this::complete);
        });
        api.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .map(Operation::getParameters)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .forEach(this::complete);
        schema("JsonNode").ifPresent(tree -> tree.setProperties(null));
        api.getComponents().removeSchema("JsonNodeType");
    }

    /// Writes the constants of an enum as `Keyed` does by itself. An enum with other keys has `@JsonValue`.
    private static void keys(Schema schema) {
        if (schema.getEnumeration() != null) {
            schema.setEnumeration(schema.getEnumeration().stream()
                    .map(constant -> String.valueOf(constant).matches("[A-Z0-9_]+")
                            ? String.valueOf(constant).toLowerCase(Locale.ROOT).replace('_', '-')
                            : constant)
                    .toList());
        }
    }

    /// A field that is needed can't be null, which is the same as leaving it out.
    private static void refuseNull(Schema field) {
        if (field.getType() != null) {
            field.setType(types(field).stream()
                    .filter(type -> type != Schema.SchemaType.NULL)
                    .toList());
        }
    }

    private void complete(String name, Schema field) {
        simplify(field);
        if (field.getItems() != null
                && (SCHEMAS + "JsonNode").equals(field.getItems().getRef())) {
            // A tree of Jackson, which SmallRye takes for a list.
            field.setItems(null);
            field.setType(List.of(Schema.SchemaType.OBJECT, Schema.SchemaType.NULL));
        }
        if (field.getItems() != null && isText(field.getItems())) {
            words(field.getDescription()).ifPresent(field.getItems()::setEnumeration);
        }
        if (!isText(field)) {
            return;
        }
        words(field.getDescription()).ifPresent(words -> {
            boolean saysNoMore = words.stream()
                    .map(word -> "`" + word + "`")
                    .collect(Collectors.joining(", "))
                    .equals(field.getDescription().replace(" or ", ", "));
            field.setEnumeration(canBeNull(field) ? withNull(words) : words);
            if (saysNoMore) {
                field.setDescription(null);
            }
        });
        if (field.getFormat() == null && field.getEnumeration() == null) {
            format(name).filter(_ -> !canBeEmpty(field)).ifPresent(field::setFormat);
        }
    }

    private void complete(Parameter parameter) {
        Schema schema = parameter.getSchema();
        if (schema == null || !isText(schema)) {
            return;
        }
        words(parameter.getDescription()).ifPresent(schema::setEnumeration);
        String id = parameter.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                + parameter.getName().substring(1);
        // The id of a thing, such as `PageId`, says what it looks like.
        schema(id).map(Schema::getFormat).ifPresent(schema::setFormat);
    }

    /// Undoes what SmallRye adds to texts of a type of their own: the type `object` next to an enum, and a reference
    /// next to the type where it can be null.
    private void simplify(Schema field) {
        if (field.getRef() != null) {
            named(field).ifPresent(ref -> {
                if (canBeNull(field)) {
                    field.setRef(null);
                    field.setAnyOf(List.of(
                            OASFactory.createSchema().ref(ref),
                            OASFactory.createSchema().type(List.of(Schema.SchemaType.NULL))));
                }
                field.setType(null);
            });
        } else if (field.getAnyOf() != null && canBeNull(field)) {
            field.getAnyOf().stream()
                    .flatMap(one -> named(one).stream())
                    .findFirst()
                    .flatMap(this::referred)
                    .filter(text -> text.getFormat() != null)
                    .ifPresent(text -> {
                        field.setAnyOf(null);
                        field.setType(List.of(Schema.SchemaType.STRING, Schema.SchemaType.NULL));
                        field.setFormat(text.getFormat());
                    });
            if (field.getAnyOf() != null) {
                field.setType(null); // those say it
            }
        }
    }

    /// Returns the reference of a field, if it leads to a text.
    private Optional<String> named(Schema field) {
        return Optional.ofNullable(field.getRef())
                .filter(ref -> referred(ref).filter(FieldTypes::isText).isPresent());
    }

    private Optional<Schema> referred(String ref) {
        return schema(ref.substring(SCHEMAS.length()));
    }

    private Optional<Schema> schema(String name) {
        return Optional.ofNullable(api.getComponents().getSchemas().get(name));
    }

    private static Map<String, Schema> properties(Schema schema) {
        return Optional.ofNullable(schema.getProperties()).orElse(Map.of());
    }

    private static Optional<List<Object>> words(String description) {
        return Optional.ofNullable(description)
                .map(WORDS::matcher)
                .filter(Matcher::matches)
                .map(list -> ONE.matcher(list.group(1))
                        .results()
                        .map(word -> (Object) word.group(1))
                        .toList());
    }

    private static List<Object> withNull(List<Object> words) {
        var all = new ArrayList<>(words);
        all.add(null);
        return all;
    }

    private static Optional<String> format(String name) {
        if (name.equals("email") || name.endsWith("Email")) {
            return Optional.of("email");
        }
        return ADDRESS.matcher(name).matches() ? Optional.of("uri") : Optional.empty();
    }

    private static boolean canBeEmpty(Schema field) {
        return field.getDescription() != null
                && field.getDescription().toLowerCase(Locale.ROOT).contains("empty");
    }

    private static boolean isText(Schema schema) {
        return types(schema).contains(Schema.SchemaType.STRING)
                && !types(schema).contains(Schema.SchemaType.ARRAY)
                && !types(schema).contains(Schema.SchemaType.OBJECT);
    }

    private static boolean canBeNull(Schema schema) {
        return types(schema).contains(Schema.SchemaType.NULL)
                || Optional.ofNullable(schema.getAnyOf()).orElse(List.of()).stream()
                        .anyMatch(FieldTypes::canBeNull);
    }

    private static List<Schema.SchemaType> types(Schema schema) {
        return Optional.ofNullable(schema.getType()).orElse(List.of());
    }
}
