package dev.banyan.platform.web.json;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/// Completes `/openapi.json`: keeps JSON routes only, adds what routes have in common ([CommonResponses]) and the
/// format of failures to each route that can fail.
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    /// The header that makes a request safe to repeat. `@Parameter(ref = IDEMPOTENCY_KEY)` documents it on a route.
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /// The security scheme of a session. Routes without a scheme are open to everyone.
    public static final String SESSION = "session";

    private static final String FAILURE = "Error";

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
                                .properties(Map.of(
                                        "error", text("What went wrong, for people"),
                                        "field", text("The field that is invalid"),
                                        "rule", text("The rule for the field"))));
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> describe(path, operation)));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)).description(description);
    }

    private static void describe(String path, Operation operation) {
        if (path.startsWith("/api/admin/") || path.startsWith("/api/projects")) {
            operation.addParameter(OASFactory.createParameter()
                    .name("subAccountId")
                    .in(Parameter.In.QUERY)
                    .schema(text("An account id"))
                    .description("Acts on this sub-account instead of the session's context; `UserId` means the same"));
        }
        if (operation.getParameters() != null) {
            operation.setParameters(operation.getParameters().stream()
                    .map(ApiDescription::resolve)
                    .toList());
        }
        if (operation.getSecurity() == null && CommonResponses.needsSession(path, operation)) {
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(SESSION)));
        }
        CommonResponses.addTo(path, operation);
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (Integer.parseInt(status) >= 400) {
                response.setContent(json(OASFactory.createSchema().ref("#/components/schemas/" + FAILURE)));
            }
        });
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
