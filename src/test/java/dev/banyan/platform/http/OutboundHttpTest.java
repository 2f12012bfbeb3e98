package dev.banyan.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.platform.AddressRange;
import dev.banyan.platform.http.HttpCall.Limits;
import dev.banyan.platform.http.HttpOutcome.Answered;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(Eventually.SECONDS)
final class OutboundHttpTest {

    private static final Limits LIMITS =
            new Limits(Eventually.LONGEST, Eventually.LONGEST, Eventually.LONGEST, 10_000, 1_000);
    /// Long enough for the header of an answer.
    private static final Limits IMPATIENT =
            new Limits(Eventually.LONGEST, Duration.ofSeconds(1), Duration.ofSeconds(2), 10_000, 1_000);

    private interface Script {
        void play(Socket client, OutputStream out) throws IOException;
    }

    private final AtomicInteger connections = new AtomicInteger();
    private final List<OutboundHttp> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private ServerSocket server;

    @SuppressWarnings("NullAway.Init")
    private Thread accepting;

    private Script script = (_, _) -> {};

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        accepting = Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        try (client) {
                            client.getInputStream().read(new byte[4_096]);
                            script.play(client, client.getOutputStream());
                        } catch (IOException _) {
                            // The client disconnected.
                        }
                    });
                } catch (IOException _) {
                    // Closed.
                }
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (OutboundHttp client : clients) {
            client.close();
        }
    }

    private OutboundHttp client(List<AddressRange> allowed, OutboundHttp.Names names) {
        var client = new OutboundHttp(allowed, names);
        clients.add(client);
        return client;
    }

    private OutboundHttp local() {
        return client(List.of(AddressRange.parse("127.0.0.1").orElseThrow()), InetAddress::getAllByName);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/path");
    }

    private static HttpCall get(URI uri, Limits limits) {
        return new HttpCall("GET", uri, Map.of("Accept", "text/plain"), Optional.empty(), limits);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void answer(OutputStream out, String body) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /// What a server closes in the moment in which a message is written may have been sent.
    @ParameterizedTest(name = "{0}: {1} ms")
    @CsvSource({
        "'', 3000",
        "timeout=5, 3000",
        "'timeout=75, max=1000', 3000",
        "timeout=3, 2000",
        "timeout=1, 1",
        "timeout=0, 1",
        "nonsense, 3000"
    })
    void aConnectionIsGivenUpBeforeItsServerDoes(String header, long millis) {
        var response = new BasicHttpResponse(200);
        if (!header.isEmpty()) {
            response.addHeader("Keep-Alive", header);
        }
        assertThat(OutboundHttp.keptIdle(response).toMilliseconds()).isEqualTo(millis);
    }

    /// What only waited for its turn was certainly not sent.
    @Test
    void aCallThatGetsNoConnectionHasNotArrived() {
        var ends = new CountDownLatch(1);
        script = (_, _) -> await(ends);
        OutboundHttp client = local();
        var hasty = new Limits(Duration.ofMillis(200), Eventually.LONGEST, Eventually.LONGEST, 10_000, 1_000);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < OutboundHttp.CALLS_TO_ONE_SERVER; i++) {
                callers.execute(() -> client.send(get(url(), LIMITS), _ -> {}));
            }
            Eventually.holds(() -> connections.get() == OutboundHttp.CALLS_TO_ONE_SERVER);

            assertThat(client.send(get(url(), hasty), _ -> {}))
                    .isInstanceOfSatisfying(
                            HttpOutcome.Unreachable.class,
                            outcome -> assertThat(outcome.mayHaveArrived()).isFalse());
            assertThat(connections).hasValue(OutboundHttp.CALLS_TO_ONE_SERVER);
            ends.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void anAnswerIsReadWithStatusHeadersAndLines() throws IOException {
        script = (_, out) -> write(
                out,
                "HTTP/1.1 418 Teapot\r\nX-Kind: green\r\nTransfer-Encoding: chunked\r\n\r\n5\r\none\r\n\r\n4\r\ntwo\n\r\n5\r\nthree\r\n0\r\n\r\n");

        try (Answered answered = (Answered) local().send(get(url(), LIMITS), _ -> {})) {
            assertThat(answered.status()).isEqualTo(418);
            assertThat(answered.header("x-kind")).contains("green");
            assertThat(answered.header("X-None")).isEmpty();
            assertThat(answered.nextLine()).contains("one");
            assertThat(answered.nextLine()).contains("two");
            assertThat(answered.nextLine()).contains("three");
            assertThat(answered.nextLine()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/", "http://localhost:%d/", "http://[::1]:%d/", "http://[::ffff:127.0.0.1]:%d/",
                "http://2130706433:%d/", "http://127.1:%d/", "http://0.0.0.0:%d/", "http://[::]:%d/",
                "http://10.0.0.1:%d/", "http://169.254.169.254:%d/latest/meta-data", "http://[fd00::1]:%d/"
            })
    void privateAddressesAreRefusedHoweverTheyAreWritten(String address) {
        URI uri = URI.create(address.formatted(server.getLocalPort()));

        assertThat(client(List.of(), InetAddress::getAllByName).send(get(uri, LIMITS), _ -> {}))
                .isIn(
                        new HttpOutcome.Refused(),
                        new HttpOutcome.Unreachable("its host name wasn’t found"),
                        new HttpOutcome.Unreachable("its address isn’t valid"));
        assertThat(connections).hasValue(0);
    }

    @Test
    void aNameThatLeadsIntoTheOwnNetworkIsRefused() {
        OutboundHttp client = client(List.of(), _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});

        assertThat(client.send(get(URI.create("http://models.example:" + server.getLocalPort()), LIMITS), _ -> {}))
                .isEqualTo(new HttpOutcome.Refused());
        assertThat(connections).hasValue(0);
    }

    /// The verified address is the one that is called: a second lookup of the name could give another one.
    @Test
    void aNameIsLookedUpOnceForEachConnection() throws IOException {
        script = (_, out) -> answer(out, "hello");
        var looks = new AtomicInteger();
        OutboundHttp client = client(List.of(AddressRange.parse("127.0.0.1").orElseThrow()), _ ->
                new InetAddress[] {InetAddress.ofLiteral(looks.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2")});
        URI uri = URI.create("http://models.example:" + server.getLocalPort());

        try (Answered answered = (Answered) client.send(get(uri, LIMITS), _ -> {})) {
            assertThat(answered.nextLine()).contains("hello");
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void ofSeveralAddressesOnlyAllowedOnesAreCalled() throws IOException {
        script = (_, out) -> answer(out, "hello");
        OutboundHttp client = client(List.of(AddressRange.parse("127.0.0.1").orElseThrow()), _ ->
                new InetAddress[] {InetAddress.ofLiteral("127.0.0.3"), InetAddress.ofLiteral("127.0.0.1")});

        try (Answered answered = (Answered)
                client.send(get(URI.create("http://models.example:" + server.getLocalPort()), LIMITS), _ -> {})) {
            assertThat(answered.status()).isEqualTo(200);
        }
    }

    @Test
    void aRedirectIsAnAnswerAndNobodyFollowsIt() {
        script = (_, out) -> write(
                out,
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + server.getLocalPort()
                        + "/secret\r\nContent-Length: 0\r\n\r\n");

        try (Answered answered = (Answered) local().send(get(url(), LIMITS), _ -> {})) {
            assertThat(answered.status()).isEqualTo(302);
        }
        assertThat(connections).hasValue(1);
    }

    @Test
    void aServerThatSaysNothingTimesOut() {
        script = (client, _) -> client.getInputStream().read();

        assertThat(local().send(get(url(), IMPATIENT), _ -> {})).isEqualTo(new HttpOutcome.TimedOut());
    }

    /// Each byte comes in time, but the headers never end.
    @Test
    void headersThatDripTimeOutByTheWholeCall() {
        script = (client, out) -> {
            write(out, "HTTP/1.1 200 OK\r\n");
            client.setSoTimeout(100);
            while (true) {
                write(out, "X");
                drip(client);
            }
        };

        assertThat(local().send(get(url(), IMPATIENT), _ -> {})).isEqualTo(new HttpOutcome.TimedOut());
    }

    @Test
    void aBodyThatDripsTimesOutByTheWholeCall() {
        script = (client, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            client.setSoTimeout(100);
            while (true) {
                write(out, "x");
                drip(client);
            }
        };

        try (Answered answered = (Answered) local().send(get(url(), IMPATIENT), _ -> {})) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> answered.body().readAllBytes());
        }
    }

    /// Pauses, and returns at once if the client disconnects.
    private static void drip(Socket client) throws IOException {
        try {
            if (client.getInputStream().read() < 0) {
                throw new IOException("gone");
            }
        } catch (SocketTimeoutException _) {
            // Go on.
        }
    }

    @Test
    void aBodyThatStopsInTheMiddleTimesOut() {
        script = (client, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            client.getInputStream().read();
        };

        try (Answered answered = (Answered) local().send(get(url(), IMPATIENT), _ -> {})) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> answered.body().readAllBytes());
        }
    }

    @Test
    void anEndlessBodyIsCutAtTheLimit() {
        script = (_, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while (true) {
                write(out, "x".repeat(1_000));
            }
        };

        try (Answered answered = (Answered) local().send(get(url(), LIMITS), _ -> {})) {
            assertThatExceptionOfType(HttpOutcome.BodyTooLarge.class)
                    .isThrownBy(() -> answered.body().readAllBytes());
        }
    }

    @Test
    void anEndlessLineIsCutAtTheLimit() {
        script = (_, out) -> write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + "x".repeat(5_000));

        try (Answered answered = (Answered) local().send(get(url(), LIMITS), _ -> {})) {
            assertThatExceptionOfType(HttpOutcome.BodyTooLarge.class).isThrownBy(answered::nextLine);
        }
    }

    @Test
    void aBodyThatIsAnnouncedTooLargeIsNotRead() {
        script = (_, out) -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");

        assertThat(local().send(get(url(), LIMITS), _ -> {})).isEqualTo(new HttpOutcome.TooLarge());
    }

    @Test
    void endlessHeadersAreRefused() {
        script = (_, out) -> {
            write(out, "HTTP/1.1 200 OK\r\n");
            while (true) {
                write(out, "X-More: x\r\n");
            }
        };

        assertThat(local().send(get(url(), LIMITS), _ -> {})).isEqualTo(new HttpOutcome.TooLarge());
    }

    @Test
    void aBombStaysPacked() throws IOException {
        script = (_, out) -> write(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc");

        try (Answered answered = (Answered) local().send(get(url(), LIMITS), _ -> {})) {
            assertThat(answered.body().readAllBytes()).hasSize(3);
        }
    }

    @Test
    void whereNobodyListensItSaysSo() throws IOException, InterruptedException {
        server.close();
        accepting.join(); // until then the system keeps listening

        assertThat(local().send(get(url(), LIMITS), _ -> {}))
                .isEqualTo(new HttpOutcome.Unreachable("nothing answers there"));
    }

    @Test
    void anUnknownNameIsSaid() {
        OutboundHttp client = client(List.of(), name -> {
            throw new UnknownHostException(name);
        });

        assertThat(client.send(get(URI.create("https://nowhere.example/"), LIMITS), _ -> {}))
                .isEqualTo(new HttpOutcome.Unreachable("its host name wasn’t found"));
    }

    @Test
    void whatIsNoHttpIsSaid() {
        script = (_, out) -> write(out, "SSH-2.0-OpenSSH_10.0\r\n");

        assertThat(local().send(get(url(), LIMITS), _ -> {})).isInstanceOf(HttpOutcome.Unreachable.class);
    }

    @Test
    void aServerWithoutTlsIsSaid() {
        script = (_, out) -> write(out, "HTTP/1.1 400 Bad Request\r\n\r\n");

        assertThat(local().send(get(URI.create(url().toString().replace("http:", "https:")), LIMITS), _ -> {}))
                .isEqualTo(new HttpOutcome.Unreachable("its certificate isn’t trusted, or it doesn’t use TLS"));
    }

    @Test
    void aCallIsEndedFromOutside() {
        script = (client, _) -> client.getInputStream().read();

        HttpOutcome outcome = local().send(
                        get(url(), LIMITS),
                        abort -> Thread.ofVirtual().start(() -> {
                            Eventually.holds(() -> connections.get() > 0);
                            abort.run();
                        }));

        assertThat(outcome).isEqualTo(new HttpOutcome.Aborted());
    }
}
