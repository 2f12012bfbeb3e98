package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.web.MatchedRoute;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.MultiMap;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.Provider;

/// Refuses parameters of an address that a route of ours doesn't take, because a misspelt filter would find everything.
/// The description says what a route takes. Clients of contracts may send others.
@Provider
@Singleton
final class OtherParameters implements ContainerRequestFilter {

    /// Routes that no contract prescribes, and whose addresses have filters.
    private static final Pattern OURS = Pattern.compile(
            "/api/whatsapp/(?!client\\b).*|/api/inboxes|/api/sub-client/inbox/.*"
                    + "|/api/projects/\\{[^/]+}/sub-clients/\\{[^/]+}/(audit|invitations|registrations|sso|usage|webhooks)(/.*)?"
                    + "|/api/admin/(audit|api-requests|brand-templates|domains|exports|search|sso|support|webhooks)(/.*)?");

    /// Whom a request is for; some routes read them before they are matched.
    private static final Set<String> ANYWHERE =
            Set.of("as", "subAccountId", "UserId", "projectId", "subClientId", "clientId", "shortPath");

    /// What programs add to any address: against caches, and for statistics.
    private static final Pattern ADDED = Pattern.compile("_.*|utm_.*");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}:]+)[^}]*}");

    private final ResourceInfo matched;
    private final CurrentVertxRequest current;
    private final ApiDocument document;
    private final ObjectMapper json;
    private volatile Map<String, Set<String>> taken = Map.of();

    OtherParameters(ResourceInfo matched, CurrentVertxRequest current, ApiDocument document, ObjectMapper json) {
        this.matched = matched;
        this.current = current;
        this.document = document;
        this.json = json;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        MultiMap sent = current.getCurrent().queryParams();
        if (sent.isEmpty() || !OURS.matcher(MatchedRoute.path(matched)).matches()) {
            return;
        }
        Set<String> known = taken().get(MatchedRoute.method(request.getMethod()) + " "
                + PLACEHOLDER.matcher(MatchedRoute.path(matched)).replaceAll("{$1}"));
        if (known == null) {
            return; // a page or a file
        }
        for (String name : sent.names()) {
            if (!known.contains(name)
                    && !ANYWHERE.contains(name)
                    && !ADDED.matcher(name).matches()) {
                throw new WebApplicationException(
                        "Unknown parameter: " + name + ". This request takes: "
                                + (known.isEmpty() ? "none" : String.join(", ", known)),
                        400);
            }
        }
    }

    private Map<String, Set<String>> taken() throws IOException {
        if (taken.isEmpty()) {
            JsonNode api = json.readTree(document.json());
            var examples = new JsonExamples(api, json);
            var all = new HashMap<String, Set<String>>();
            api.path("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .properties()
                            .forEach(method -> all.put(
                                    method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                    queryOf(method.getValue(), examples))));
            taken = Map.copyOf(all);
        }
        return taken;
    }

    private static Set<String> queryOf(JsonNode operation, JsonExamples examples) {
        return operation
                .path("parameters")
                .valueStream()
                .map(examples::resolve)
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .map(parameter -> parameter.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
