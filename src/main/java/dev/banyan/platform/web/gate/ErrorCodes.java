package dev.banyan.platform.web.gate;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.web.answer.ErrorCode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/// Says the [ErrorCode] of each failure of the API: in a header, and in the body where no contract prescribes that.
record ErrorCodes(ObjectMapper json) {

    static final String HEADER = "Error-Code";

    /// The routes of the contracts, whose failures are to the letter. Below `/api/admin` the names of ours are in lower
    /// case.
    private static final Pattern PRESCRIBED = Pattern.compile(
            "(?:/api)?/(?:admin/(?!(?:api-requests|audit|brand-templates|domains|exports|search|sso|support|webhooks)(?:/|$))|public/"
                    + "|siteadmin/|v1/).*"
                    + "|/api/(?:projects|sub-clients?|login|logout|me|register|whatsapp/(?:client|qr))(?:/.*)?",
            Pattern.CASE_INSENSITIVE);

    @ServerResponseFilter
    void add(ContainerResponseContext response, RoutingContext request) {
        if (response.getStatus() < 400) {
            return;
        }
        body(response).ifPresent(body -> {
            ErrorCode code = ErrorCode.of(response.getStatus(), body::has);
            response.getHeaders().putSingle(HEADER, code.key());
            if (isOurs(request)) {
                response.setEntity(body.put("code", code.key()));
            }
        });
    }

    /// Adds it to a failure that is written before there is a resource.
    static void add(int status, JsonObject body, HttpServerResponse response, RoutingContext request) {
        ErrorCode code = ErrorCode.of(status, body::containsKey);
        response.putHeader(HEADER, code.key());
        if (isOurs(request)) {
            body.put("code", code.key());
        }
    }

    private static boolean isOurs(RoutingContext request) {
        String path = Objects.requireNonNull(request.<String>get(Gate.SENT_PATH));
        return !PRESCRIBED.matcher(path).matches();
    }

    /// Returns the body of a failure in JSON, which has an `error`; pages have none.
    private Optional<ObjectNode> body(ContainerResponseContext response) {
        return tree(response.getEntity(), response.getMediaType())
                .filter(tree -> tree.has("error"))
                .map(ObjectNode.class::cast);
    }

    private Optional<JsonNode> tree(@Nullable Object entity, @Nullable MediaType type) {
        if (entity instanceof String text && MediaType.APPLICATION_JSON_TYPE.isCompatible(type)) {
            try {
                return Optional.of(json.readTree(text));
            } catch (JsonProcessingException failure) {
                throw new IllegalStateException("An answer of ours is no JSON", failure);
            }
        }
        return entity instanceof Record value ? Optional.of(json.valueToTree(value)) : Optional.empty();
    }
}
