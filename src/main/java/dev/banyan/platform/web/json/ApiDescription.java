package dev.banyan.platform.web.json;

import module java.base;
import dev.banyan.platform.web.answer.ErrorCode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/// Completes `/openapi.json`: keeps JSON routes only, adds what routes have in common ([CommonResponses]) and the
/// format of failures to each route that can fail.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    /// The header that makes a request safe to repeat. `@Parameter(ref = IDEMPOTENCY_KEY)` documents it on a route.
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /// What an operation says that says nothing else: by how many ways its callers prove who they are.
    static final List<String> ACCESS = List.of("Needs no session.", "For sessions.", "Takes keys.");

    /// An extension of a value's schema that names its envelope, where that isn't called after the value. Not shown.
    public static final String ENVELOPE = "x-envelope";

    /// The security scheme of a session. Routes without a scheme are open to everyone.
    public static final String SESSION = "session";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}:]+)[^}]*}");
    private static final List<String> ENVELOPED =
            List.of("/api/projects", "/api/whatsapp/", "/api/sub-client/", "/api/inboxes");
    private static final String FAILURE = "Error";
    private static final String SCHEMAS = "#/components/schemas/";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        List<String> pages = api.getPaths().getPathItems().keySet().stream()
                .filter(path -> !path.startsWith("/api/"))
                .toList();
        pages.forEach(api.getPaths()::removePathItem);
        api.getComponents()
                .addSchema(
                        FAILURE,
                        OASFactory.createSchema()
                                .type(List.of(Schema.SchemaType.OBJECT))
                                .required(List.of("error"))
                                // In one order: two builds are the same.
                                .properties(new TreeMap<>(Map.of(
                                        "code", code(),
                                        "error", text("What went wrong, for people"),
                                        "field", text("The field that is invalid"),
                                        "rule", text("The rule for the field")))));
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    describe(path, operation);
                    operation.setOperationId(OperationIds.of(method.name(), path));
                }));
        api.getPaths().getPathItems().forEach((path, item) -> {
            if (ENVELOPED.stream().anyMatch(path::startsWith)) {
                item.getOperations().values().forEach(operation -> envelop(api, operation));
            }
        });
        api.getComponents().getSchemas().values().forEach(schema -> schema.removeExtension(ENVELOPE));
        new AnswerFields(api).require();
        new FieldTypes(api).complete();
        new SharedParts(api).share();
        api.addServer(OASFactory.createServer().url("/").description("This server"));
    }

    /// Describes the envelope around values: a method returns the value itself.
    private static void envelop(OpenAPI api, Operation operation) {
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2") && response.getContent() != null) {
                response.getContent().getMediaTypes().values().stream()
                        .map(MediaType::getSchema)
                        .filter(schema -> schema != null && schema.getRef() != null)
                        .forEach(schema -> schema.setRef(enveloped(api, schema.getRef())));
            }
        });
    }

    private static String enveloped(OpenAPI api, String ref) {
        String name = ref.substring(SCHEMAS.length());
        Schema value = api.getComponents().getSchemas().get(name);
        if (value == null
                || value.getProperties() == null
                || value.getProperties().containsKey("success")) {
            return ref;
        }
        if (name.equals("DoneMessage")) {
            return SCHEMAS + "Envelope";
        }
        String envelope = envelopeOf(name, value);
        api.getComponents()
                .addSchema(
                        envelope,
                        OASFactory.createSchema()
                                .type(List.of(Schema.SchemaType.OBJECT))
                                .properties(new TreeMap<>(Map.of(
                                        "success",
                                        OASFactory.createSchema().type(List.of(Schema.SchemaType.BOOLEAN)),
                                        "data",
                                        OASFactory.createSchema().ref(ref)))));
        return SCHEMAS + envelope;
    }

    private static String envelopeOf(String name, Schema value) {
        if (value.getExtensions() != null && value.getExtensions().get(ENVELOPE) instanceof String own) {
            return own;
        }
        return name.endsWith("Answer")
                ? name.replaceFirst("Answer$", "Envelope")
                : name.replaceFirst("^Wire", "").replaceFirst("View$", "") + "Answer";
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)).description(description);
    }

    private static Schema code() {
        return text("What went wrong, for programs. Where a contract prescribes the body, only in the header"
                        + " `Error-Code`")
                .enumeration(Stream.of(ErrorCode.values())
                        .<Object>map(ErrorCode::key)
                        .toList());
    }

    private static void describe(String path, Operation operation) {
        if (path.startsWith("/api/admin/") || path.startsWith("/api/projects")) {
            operation.addParameter(OASFactory.createParameter()
                    .name("subAccountId")
                    .in(Parameter.In.QUERY)
                    .schema(text("An account id"))
                    .description("Acts on this sub-account instead of the session's context; `UserId` means the same"));
        }
        List<Parameter> declared =
                Optional.ofNullable(operation.getParameters()).orElse(List.of());
        // What a request is about is found before it: such a method names no ids of its owner.
        Stream<Parameter> ofOwner = PLACEHOLDER
                .matcher(path)
                .results()
                .map(placeholder -> placeholder.group(1))
                .filter(name -> declared.stream().noneMatch(parameter -> name.equals(parameter.getName())))
                .map(name -> OASFactory.createParameter()
                        .name(name)
                        .in(Parameter.In.PATH)
                        .required(true)
                        .schema(OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING))));
        List<Parameter> all = Stream.concat(ofOwner, declared.stream().map(ApiDescription::resolve))
                .toList();
        if (!all.isEmpty()) {
            operation.setParameters(all);
        }
        if (operation.getSecurity() == null) {
            operation.setSecurity(
                    CommonResponses.needsSession(path, operation)
                            ? List.of(OASFactory.createSecurityRequirement().addScheme(SESSION))
                            : List.of());
        }
        CommonResponses.addTo(path, operation);
        operation.setDescription(described(operation));
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (Integer.parseInt(status) >= 400) {
                response.setContent(json(OASFactory.createSchema().ref(SCHEMAS + FAILURE)));
            }
        });
    }

    /// Returns what the route says itself and how it is called again, or else who may call it.
    private static String described(Operation operation) {
        var sentences = new ArrayList<String>();
        Optional.ofNullable(operation.getDescription())
                .map(own -> own.endsWith(".") ? own : own + ".")
                .ifPresent(sentences::add);
        List<String> names = Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .map(Parameter::getName)
                .toList();
        if (names.contains("limit") && names.contains("after")) {
            sentences.add("Paged by `after`.");
        }
        if (names.contains(IDEMPOTENCY_KEY)) {
            sentences.add("Repeatable with `Idempotency-Key`.");
        }
        if (sentences.isEmpty()) {
            sentences.add(access(operation)); // `security` says it, and every operation says something
        }
        return String.join(" ", sentences);
    }

    private static String access(Operation operation) {
        return ACCESS.get(Math.min(operation.getSecurity().size(), 2));
    }

    /// Replaces a reference to the idempotency header with its full description.
    private static Parameter resolve(Parameter parameter) {
        if (parameter.getRef() == null || !parameter.getRef().endsWith("/" + IDEMPOTENCY_KEY)) {
            return parameter;
        }
        return OASFactory.createParameter()
                .name(IDEMPOTENCY_KEY)
                .in(Parameter.In.HEADER)
                .schema(OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)))
                .description("Repeated requests get the first response for 24 hours");
    }

    private static Content json(Schema schema) {
        return OASFactory.createContent()
                .addMediaType("application/json", OASFactory.createMediaType().schema(schema));
    }
}
