package dev.banyan.accounts.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Requires a recent proof of identity before any method of [SensitiveRoutes] runs. It checks the matched method and
/// not the address as sent, so another spelling of the address changes nothing.
@Provider
@Singleton
@Priority(Priorities.AUTHORIZATION)
final class RecentProofFilter implements ContainerRequestFilter {

    /// The answer to programs.
    ///
    /// @param success only on routes that answer in the envelope
    /// @param confirmAt the route that takes the password
    @JsonInclude(Include.NON_ABSENT)
    record Refusal(Optional<Boolean> success, String error, boolean reauthenticate, String confirmAt) {}

    private record Method(Class<?> resource, java.lang.reflect.Method method) {}

    private final LoginSessions sessions;
    private final ResourceInfo matched;
    private final CurrentVertxRequest current;
    private final Settings settings;
    /// The declared path of each method; empty if no method with this path is sensitive, as most are.
    private final Map<Method, String> paths = new ConcurrentHashMap<>();

    RecentProofFilter(LoginSessions sessions, ResourceInfo matched, CurrentVertxRequest current, Settings settings) {
        this.sessions = sessions;
        this.matched = matched;
        this.current = current;
        this.settings = settings;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = paths.computeIfAbsent(
                new Method(matched.getResourceClass(), matched.getResourceMethod()),
                method -> Optional.of(declared(method))
                        .filter(SensitiveRoutes::mayAskForProof)
                        .orElse(""));
        if (path.isEmpty()) {
            return;
        }
        var call = new Call(current.getCurrent());
        // HEAD runs the method of GET.
        String verb = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        if (SensitiveRoutes.askForProof(verb + " " + path, call.query("action").orElse(""))
                && !sessions.hasRecentProof(call.caller())) {
            request.abortWith(path.startsWith("/api/") ? json(path) : page(call));
        }
    }

    private static String declared(Method method) {
        return Stream.of(
                        method.resource().getAnnotation(Path.class),
                        method.method().getAnnotation(Path.class))
                .flatMap(Stream::ofNullable)
                .flatMap(path -> Stream.of(path.value().split("/")))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/", "/", ""));
    }

    private Response json(String path) {
        return Response.status(403)
                .entity(new Refusal(
                        path.startsWith("/api/admin/") ? Optional.empty() : Optional.of(false),
                        "Confirm your password first: send it to POST " + ConfirmResource.PATH + " or open "
                                + settings.baseUrl() + RecentProofPageResource.PATH + ", then try again",
                        true,
                        ConfirmResource.PATH))
                .build();
    }

    private static Response page(Call call) {
        boolean opens = call.isGet() && !call.isHtmx();
        Optional<String> back = opens ? Optional.of(call.path()) : call.cameFrom();
        return Html.seeOther(
                call,
                RecentProofPageResource.PATH
                        + back.map(next -> "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8))
                                .orElse(""));
    }
}
