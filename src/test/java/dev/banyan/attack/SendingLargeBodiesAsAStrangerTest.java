package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.RawConnection;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestServer;
import io.quarkus.test.junit.QuarkusTest;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// A stranger fills the memory, or the disk, with bodies that no route would take. So no route reads one: it answers
/// although nothing of the body has come.
@QuarkusTest
class SendingLargeBodiesAsAStrangerTest {

    private static final Set<String> WITHOUT_BODIES = Set.of("GET", "HEAD", "OPTIONS");
    private static final int LARGE = 100_000;
    private static final String FORM = "multipart/form-data; boundary=edge";
    private static final String FILE = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
            + "Content-Type: text/plain\r\n\r\n" + "a".repeat(2_000);

    @Test
    void noRouteWaitsForTheBodyOfAStranger() {
        var softly = new SoftAssertions();
        routes().forEach(route -> Stream.of("application/json", "application/x-www-form-urlencoded", FORM)
                .forEach(type -> {
                    String answer = answerWithoutBody(route, type, "Content-Length: " + LARGE);
                    softly.assertThat(RawConnection.status(answer))
                            .as("%s with %s: %s", route, type, answer)
                            .isBetween(200, 499);
                }));
        softly.assertAll();
    }

    @Test
    void addressesThatAreNoRoutesReadNothingEither() {
        for (String path : List.of("/nothing/here", "/metrics", "/healthz", "/clientbrand1", "/ui/app.css", "/api/x")) {
            String answer = answerWithoutBody("POST", path, "application/json", "Content-Length: " + LARGE);
            assertThat(RawConnection.status(answer)).as("%s: %s", path, answer).isBetween(200, 499);
        }
    }

    @Test
    void aBodyInChunksIsReadAsFarAsAShortOne() {
        String head = "POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n";
        String chunk = "2000\r\n" + " ".repeat(0x2000) + "\r\n";
        assertThat(RawConnection.status(exchange(head + chunk.repeat(9)))).isEqualTo(413);
        String short_ = "{\"emailOrUsername\":\"nobody\",\"password\":\"x\"}";
        assertThat(RawConnection.status(exchange(head.replace("Host", "Connection: close\r\nHost") + chunk
                        + Integer.toHexString(short_.length()) + "\r\n" + short_ + "\r\n0\r\n\r\n")))
                .isEqualTo(401);
    }

    @Test
    void whoseSessionHasEndedLearnsThat() {
        String answer = answerWithoutBody(
                "POST", "/api/login", "application/json", "Authorization: Bearer ended\r\nContent-Length: " + LARGE);
        assertThat(RawConnection.status(answer)).isEqualTo(401);
        assertThat(RawConnection.status(
                        answerWithoutBody("POST", "/api/login", "application/json", "Content-Length: " + LARGE)))
                .isEqualTo(413);
    }

    @Test
    void aWebhookToNoConnectionIsNotRead() {
        String path = "/hooks/whatsapp/0198a7a0-0000-7000-8000-000000000000";
        assertThat(RawConnection.status(answerWithoutBody("POST", path, "application/json", "Content-Length: 4190000")))
                .isEqualTo(404);
    }

    /// Also a small file, and one that is there as a whole.
    @Test
    void noFileOfAStrangerReachesTheDisk() throws IOException {
        Path uploads =
                Path.of(ConfigProvider.getConfig().getValue("quarkus.http.body.uploads-directory", String.class));
        Files.createDirectories(uploads);
        try (var watch = uploads.getFileSystem().newWatchService()) {
            uploads.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            routes().forEach(route -> {
                String answer = answer(route, FORM, "Content-Length: " + LARGE, FILE);
                assertThat(RawConnection.status(answer))
                        .as("%s: %s", route, answer)
                        .isNotZero();
            });
            assertThat(watch.poll()).as("files that were written").isNull();
        }
    }

    @Test
    void nothingIsCountedAfterwards() {
        answerWithoutBody("POST", "/api/login", "application/json", "Content-Length: " + LARGE);
        Eventually.holds(() -> metric("banyan_bodies_bytes") == 0 && metric("banyan_uploads_bytes") == 0);
        assertThat(metric("banyan_bodies_refused_total{reason=\"stranger\"}")).isPositive();
    }

    private static double metric(String name) {
        return TestClient.anonymous()
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Route> routes() {
        return Routes.all().stream().filter(route -> !WITHOUT_BODIES.contains(route.verb()));
    }

    private static String answerWithoutBody(Route route, String type, String length) {
        return answer(route, type, length, "");
    }

    private static String answerWithoutBody(String verb, String path, String type, String length) {
        return answer(verb, path, type, length, "");
    }

    private static String answer(Route route, String type, String length, String body) {
        return answer(route.verb(), route.path().replaceAll("\\{[^/]+}", "x"), type, length, body);
    }

    private static String answer(String verb, String path, String type, String length, String body) {
        return exchange(verb + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\n" + length
                + "\r\n\r\n" + body);
    }

    /// @return the header of the answer, and perhaps more; empty if there is none
    private static String exchange(String request) {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket("127.0.0.1", TestServer.uri().getPort())) {
            socket.setSoTimeout(Eventually.MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            while (!answer.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                answer.write(next);
            }
        } catch (SocketException | SocketTimeoutException _) {
            // What has come counts.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
