package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.banyan.platform.web.MatchedRoute;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

/// What becomes of fields that a request doesn't take: a misspelt name looks like success for as long as its sender
/// doesn't look. Routes of ours refuse it. The clients of contracts send whole objects back, so their routes ignore
/// fields: those that no client sends are named in the answer ([OtherFieldWarnings]), as is a body without any, and a
/// request that has no others is refused.
@Provider
@Singleton
record OtherFields(ResourceInfo matched, CurrentVertxRequest current) implements ReaderInterceptor {

    /// The routes whose requests a contract prescribes.
    static final Set<String> OF_CONTRACTS = Set.of(
            "POST /api/admin/2fatokensetup",
            "POST /api/admin/CreatePage",
            "POST /api/admin/CreateSubAccount",
            "POST /api/admin/DeleteSubAccount",
            "DELETE /api/admin/DeleteSubAccount",
            "POST /api/admin/SwitchToSubAccount",
            "PUT /api/admin/UpdateAppearance",
            "PUT /api/admin/UpdateEmail",
            "PUT /api/admin/UpdateLinks",
            "PUT /api/admin/UpdatePage",
            "PUT /api/admin/UpdatePassword",
            "PUT /api/admin/UpdatePhone",
            "PUT /api/admin/UpdateSubAccount",
            "POST /api/admin/UpdateSubAccountStatus",
            "POST /api/admin/apikeyscreate",
            "PUT /api/admin/apikeysupdate",
            "POST /api/admin/createCheckoutSession",
            "POST /api/admin/executeDowngrade",
            "POST /api/admin/previewDowngrade",
            "PUT /api/admin/updateShortLinks",
            "POST /api/admin/upgradeSubscription",
            "POST /api/public/2fatoken",
            "POST /api/public/Login",
            "POST /api/public/PasswordReset",
            "POST /api/public/Signup",
            "POST /api/public/TrackLinkClick",
            "POST /api/public/VerifyLinkCode",
            "POST /api/siteadmin/runtimer",
            "POST /api/login",
            "POST /api/register",
            "POST /api/projects",
            "PUT /api/projects/{projectId}",
            "POST /api/projects/{projectId}/sub-clients",
            "PUT /api/projects/{projectId}/sub-clients/{subClientId}",
            "POST /api/projects/{projectId}/sub-clients/{subClientId}/users",
            "PUT /api/projects/{projectId}/sub-clients/{subClientId}/users/{userId}/role",
            "POST /api/sub-client/chat/send",
            "POST /api/sub-client/login",
            "POST /api/sub-client/register",
            "POST /api/whatsapp/client");

    /// What the objects have that clients got from here and send back.
    private static final Set<String> SENT_BACK = Set.of(
            "active",
            "agencyPermission",
            "animationExceedsTier",
            "authDisabled",
            "avatar",
            "bio",
            "clicks",
            "clicksTrend",
            "createdAt",
            "createdBy",
            "created_at",
            "custom_domain",
            "deletedAt",
            "description",
            "disabled",
            "disabledReason",
            "email",
            "enabled",
            "exceedsTierLimit",
            "hasAccess",
            "hasPassword",
            "id",
            "isDefault",
            "isSubAccount",
            "is_default",
            "language",
            "lastClickedAt",
            "layoutExceedsTier",
            "limits",
            "linkCount",
            "lockExceedsTier",
            "maxSubAccounts",
            "name",
            "order",
            "pageCount",
            "parentAccountId",
            "pathname",
            "project_id",
            "published",
            "readOnlyUntil",
            "registration_enabled",
            "role",
            "scheduleExceedsTier",
            "short_id",
            "status",
            "sub_client_count",
            "subscriptionQuantity",
            "suspended",
            "suspendedAt",
            "tier",
            "type",
            "updatedAt",
            "updated_at",
            "user_count",
            "userId",
            "UserId",
            "username",
            "users",
            "whatsapp_client_id");

    /// What of a key says nothing about what it opens.
    private static final Set<String> OF_KEYS =
            Set.of("active", "createdAt", "disabledReason", "keyId", "lastUsedAt", "lastUsedIP", "usage");

    /// Routes of ours that answer as those do.
    private static final Set<String> LIKE_THEM =
            Set.of("PUT /api/projects/{projectId}/sub-clients/{subClientId}/assistant", "PUT /api/sub-client/me");

    private static final ScopedValue<Body> READ = ScopedValue.newInstance();
    private static final String NAMED = "banyan.other-fields";
    private static final int NAMED_AT_MOST = 10;
    private static final JsonFactory JSON = new JsonFactory();

    /// A body that is being read.
    ///
    /// @param ignored what it has that its request doesn't take
    /// @param taken what its request takes; empty until something is ignored
    record Body(boolean ofContract, Set<String> ignored, Set<String> taken) {

        /// Handles a field that a body doesn't take.
        ///
        /// @param strict whether the body grants something ([NoOtherFields])
        /// @param beside the names that are known in its place
        boolean ignores(JsonPointer field, boolean strict, Collection<Object> beside) {
            String words = words(field);
            boolean ignores = ofContract && (!strict || OF_KEYS.contains(words));
            if (ignores && ignored.size() < NAMED_AT_MOST) {
                ignored.add(words);
            }
            if (ignores && field.tail().matches()) {
                beside.forEach(name -> taken.add(name.toString()));
            }
            return ignores;
        }

        private static String words(JsonPointer field) {
            return field.toString()
                    .substring(1)
                    .replaceAll("/(\\d+)(?=/|$)", "[$1]")
                    .replace('/', '.');
        }
    }

    /// Returns the body that this thread reads; none while it reads what is stored, or what others answered.
    static Optional<Body> read() {
        return READ.isBound() ? Optional.of(READ.get()) : Optional.empty();
    }

    /// Returns sentences about what of a request did nothing.
    static List<String> withoutEffect(RoutingContext request) {
        List<String> named = request.get(NAMED);
        return named == null ? List.of() : named;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getType() == byte[].class
                || !MatchedRoute.path(matched).startsWith("/api/")
                || !MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType())) {
            return context.proceed();
        }
        RoutingContext request = current.getCurrent();
        String route = MatchedRoute.method(request.request().method().name()) + " " + MatchedRoute.path(matched);
        var body = new Body(OF_CONTRACTS.contains(route), new LinkedHashSet<>(), new TreeSet<>());
        return body.ofContract() || LIKE_THEM.contains(route)
                ? ofContract(context, body, request)
                : read(context, body);
    }

    private static Object read(ReaderInterceptorContext context, Body body) throws IOException {
        return ScopedValue.where(READ, body).call(context::proceed);
    }

    private static Object ofContract(ReaderInterceptorContext context, Body body, RoutingContext request)
            throws IOException {
        byte[] sent = context.getInputStream().readAllBytes();
        context.setInputStream(new ByteArrayInputStream(sent));
        Object read = read(context, body);
        if (request.request().method() == HttpMethod.PUT && names(sent).isEmpty()) {
            request.put(NAMED, List.of("No field was sent, so nothing changed"));
        }
        if (!body.ignored().isEmpty()) {
            if (body.ignored().containsAll(names(sent))) {
                throw new WebApplicationException(
                        "Unknown field: " + body.ignored().iterator().next() + ". This request takes: "
                                + String.join(", ", body.taken()),
                        400);
            }
            request.put(
                    NAMED,
                    body.ignored().stream()
                            .filter(field -> !SENT_BACK.contains(field.substring(field.lastIndexOf('.') + 1)))
                            .map(field -> "Unknown field: " + field)
                            .toList());
        }
        return read;
    }

    /// Returns the names of a body's own fields.
    private static Set<String> names(byte[] body) throws IOException {
        var names = new HashSet<String>();
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                names.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return names;
    }
}
