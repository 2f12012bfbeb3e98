package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.RequestPath;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/// The maximum size of a request's body: `max-body`, and on the routes of this table, which take files as forms do, a
/// file including the form around it. Files are written to the disk while they are received.
@Singleton
record BodyLimits(Settings settings) {

    private static final List<Pattern> TAKE_FILES = List.of(
            Pattern.compile("/api/sub-client/attachments"),
            Pattern.compile("/api/whatsapp/media"),
            Pattern.compile("/api/whatsapp/connections/[^/]+/templates/files"),
            Pattern.compile("/admin/pools/connections/[^/]+/templates(/[^/]+/edit)?"),
            Pattern.compile("/api/projects/[^/]+/sub-clients/[^/]+/(.+/)?attachments"),
            Pattern.compile("/admin/users/sub-accounts"),
            Pattern.compile("/admin/settings/picture"),
            Pattern.compile("/admin/pages/[^/]+/appearance/pictures"),
            Pattern.compile("/admin/pages/[^/]+/links/[^/]+/picture"),
            Pattern.compile("/s/[^/]+/(chat|inbox)(/.+)?"),
            Pattern.compile("/projects/[^/]+/move-in/(users|conversations)"),
            Pattern.compile("/projects/[^/]+/sub-clients/import"),
            Pattern.compile("(?i)(/api)?/admin/importsubaccount"),
            Pattern.compile("/admin/brands/import"),
            Pattern.compile("/admin/short-links/import"));
    /// Gateways put whole batches into one webhook.
    private static final Pattern WEBHOOKS = Pattern.compile("/hooks/whatsapp/.+");

    private static final long WEBHOOK_BYTES = 4L << 20;

    private static final String FORM_WITH_FILES = "multipart/form-data";

    /// Returns the limit in bytes.
    long of(HttpServerRequest request) {
        if (WEBHOOKS.matcher(RequestPath.of(request)).matches()) {
            return WEBHOOK_BYTES;
        }
        String type = request.getHeader("Content-Type");
        boolean takesFiles = HttpMethod.POST.equals(request.method())
                && type != null
                && type.startsWith(FORM_WITH_FILES)
                && TAKE_FILES.stream()
                        .anyMatch(
                                route -> route.matcher(RequestPath.of(request)).matches());
        return takesFiles ? Math.max(settings.uploadBytes(), settings.maxBodyBytes()) : settings.maxBodyBytes();
    }
}
