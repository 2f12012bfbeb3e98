package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.context.KeyRights;
import dev.banyan.platform.web.json.ApiDescription;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/// Describes in `/openapi.json` which routes programs can use with a key, under which path, and which permission the
/// key needs. It uses [KeyRights], so that the description cannot promise what the guard refuses.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = KeyDescription.BEFORE_OTHERS)
public final class KeyDescription implements OASFilter {

    /// [ApiDescription] writes sentences from what this adds.
    static final int BEFORE_OTHERS = 2;

    private static final String ADMIN = "/api/admin/";
    private static final String KEY = "apiKey";
    private static final String KEY_HEADER = "apiKeyHeader";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getComponents()
                .addSecurityScheme(
                        ApiDescription.SESSION,
                        bearer("A session token; browsers send it as a cookie. Works on every route."))
                .addSecurityScheme(
                        KEY,
                        bearer("A root account's API key (ltm_…), for /v1/… instead of /api/admin/…, and"
                                + " elsewhere where its permission is named."
                                + " Limits: per key and minute, per account and day. See the X-RateLimit headers."))
                .addSecurityScheme(
                        KEY_HEADER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("X-API-Key")
                                .description("The same API key in its own header"));
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) -> KeyRights.ofRoute(method + " " + path)
                                .ifPresent(permission -> open(operation, path, permission.name()))));
    }

    private static SecurityScheme bearer(String description) {
        return OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description(description);
    }

    private static void open(Operation route, String path, String permission) {
        var ways = new ArrayList<SecurityRequirement>();
        ways.add(OASFactory.createSecurityRequirement().addScheme(ApiDescription.SESSION));
        ways.add(OASFactory.createSecurityRequirement().addScheme(KEY, permission));
        if (path.startsWith(ADMIN)) {
            ways.add(OASFactory.createSecurityRequirement().addScheme(KEY_HEADER));
            route.addExtension("x-api-key-path", "/v1/" + path.substring(ADMIN.length()));
        }
        route.setSecurity(ways);
    }
}
