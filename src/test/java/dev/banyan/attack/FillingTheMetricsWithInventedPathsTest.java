package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.RawConnection;
import dev.banyan.TestClient;
import dev.banyan.platform.web.MeasuredAs;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

/// A stranger invents paths, methods and hosts. Each new label would be a series that stays until the server ends.
@QuarkusTest
class FillingTheMetricsWithInventedPathsTest {

    /// In everything that is invented here.
    private static final String INVENTED = "zq7x";

    private static final int REQUESTS = 3_000;

    private static final List<String> PLACES = List.of(
            "/%s",
            "/api/%s",
            "/api/admin/%s",
            "/v1/%s",
            "/admin/%s",
            "/admin/brands/%s",
            "/s/%s",
            "/s/%s/chat/ws",
            "/l/%s",
            "/go/%s",
            "/ui/%s",
            "/public/%s/x",
            "/hooks/%s",
            "//%s//x",
            "/%%2e/%s",
            "/%s%%ff",
            "/%s;x",
            "http://zq7x.example/%s",
            "/q/%s",
            "/metrics/%s",
            "/api/sub-clients/lookup?shortPath=%s",
            "/api/whatsapp/ws?%s",
            "/files/%s",
            "*%s");

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "ZQ7X%d", "zq7x%d", "CONNECT");

    private static final List<String> HEADERS = List.of(
            "",
            "Host: twice.example\n",
            "Origin: https://zq7x.example\nSec-Fetch-Site: cross-site\n",
            "Content-Length: 1\nTransfer-Encoding: chunked\n",
            "Content-Length: 2\nContent-Type: application/json\nConnection: close\n\n{}",
            "Authorization: Bearer zq7x\n",
            "Origin: https://zq7x.example\nAccess-Control-Request-Method: ZQ7X\nAccess-Control-Request-Headers: zq7x\n",
            "Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n");

    @Inject
    MeterRegistry registry;

    @Test
    void everyLabelIsOneOfOurs() {
        send(PLACES.size() * METHODS.size()); // what is measured at all is known after this
        int before = series().size();
        send(REQUESTS);

        assertThat(series())
                .noneMatch(id -> id.toLowerCase(java.util.Locale.ROOT).contains(INVENTED));
        assertThat(TestClient.anonymous().get("/metrics").text().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(INVENTED);
        assertThat(series().size() - before).as("new series").isLessThan(routes().size());
        assertThat(labels("uri"))
                .allMatch(uri -> !uri.contains("example"))
                .hasSizeLessThanOrEqualTo(routes().size() + METHODS.size());
        assertThat(labels("method"))
                .isSubsetOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "OTHER");
    }

    /// The labels are still of use: what a route answers is counted as this route.
    @Test
    void whatARouteAnswersIsCountedAsThatRoute() {
        TestClient.anonymous().get("/login");
        TestClient.anonymous().get("/api/me");
        TestClient.anonymous().get("/" + INVENTED + "-nobody/page");
        TestClient.anonymous().post("/api/" + INVENTED, "{}");
        assertThat(labels("uri")).contains("/login", "/api/me", "/{username}/{slug}", MeasuredAs.OTHER);
    }

    private static void send(int requests) {
        for (int i = 0; i < requests; i++) {
            String word = INVENTED + i;
            RawConnection.send(METHODS.get(i % METHODS.size()).formatted(i) + " "
                    + PLACES.get(i / METHODS.size() % PLACES.size()).formatted(word) + " HTTP/1.1\nHost: " + word
                    + ".example:" + (1 + i) + "\n"
                    + HEADERS.get(i / METHODS.size() / PLACES.size() % HEADERS.size()) + "X-Forwarded-For: " + word
                    + "\nConnection: close\n\n");
        }
    }

    private Set<String> series() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getName() + id.getTags())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> labels(String key) {
        return registry.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .filter(tag -> tag.getKey().equals(key))
                .map(Tag::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> routes() {
        return Arc.container().beanManager().getBeans(Object.class).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Stream.concat(
                                Stream.of(""),
                                Arrays.stream(type.getMethods())
                                        .filter(method -> method.isAnnotationPresent(Path.class))
                                        .map(method ->
                                                method.getAnnotation(Path.class).value()))
                        .map(path -> type.getAnnotation(Path.class).value() + "/" + path))
                .distinct()
                .toList();
    }
}
