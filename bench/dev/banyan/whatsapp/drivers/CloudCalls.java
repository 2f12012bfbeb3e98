package dev.banyan.whatsapp.drivers;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.http.LocalCalls;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.DriverListener.Receipt;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.cloud.CloudDriver;
import dev.banyan.whatsapp.drivers.cloud.CloudGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Texts a second through the driver for Meta's Cloud API, or by a bare client that posts the same requests, with as many
/// on their way at once.
final class CloudCalls {

    private static final int AT_ONCE = 30;
    private static final int WARM_UP_SECONDS = 5;
    private static final Logger LOGS = Logger.getLogger("org.apache.hc");
    private static final String TOKEN = "token-of-the-bench";
    private static final String TEXT = "Good morning, your order is ready to be collected.";
    private static final AccountId TENANT = new AccountId(new UUID(7, 1));
    private static final SenderKey SENDER = new SenderKey(TENANT, new SenderId("wa_70"));
    private static final Phone CONTACT = new Phone("+971500000101");

    /// @param args `driver` or `bare`, the address of a [GatewayStub], and for how many seconds
    public static void main(String... args) throws InterruptedException {
        // As in the server: what the HTTP client could say about every byte is not asked for.
        LOGS.setLevel(Level.WARNING);
        var stub = URI.create(args[1]);
        int seconds = Integer.parseInt(args[2]);
        Sending sending = args[0].equals("driver") ? new Driven(stub) : new Bare(stub);
        rate(sending, WARM_UP_SECONDS);
        System.out.println(rate(sending, seconds));
        System.exit(0);
    }

    /// Sends one text, and says when it was accepted.
    interface Sending {
        void send(Runnable accepted);
    }

    private static double rate(Sending sending, int seconds) throws InterruptedException {
        var permits = new Semaphore(AT_ONCE);
        var accepted = new LongAdder();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
            permits.acquire();
            sending.send(() -> {
                accepted.increment();
                permits.release();
            });
        }
        permits.acquire(AT_ONCE);
        return accepted.sum() * 1e9 / (System.nanoTime() - begin);
    }

    private static final class Bare implements Sending {

        private final HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        private final java.util.concurrent.Executor threads = Executors.newVirtualThreadPerTaskExecutor();
        private final URI stub;

        private Bare(URI stub) {
            this.stub = stub;
        }

        @Override
        public void send(Runnable accepted) {
            threads.execute(() -> {
                String body = "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":\""
                        + CONTACT.digits() + "\",\"type\":\"text\",\"text\":{\"body\":\"" + TEXT
                        + "\",\"preview_url\":true},\"biz_opaque_callback_data\":\"" + UUID.randomUUID() + "\"}";
                HttpRequest request = HttpRequest.newBuilder(stub.resolve("/v26.0/300000000000001/messages"))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                try {
                    String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
                    if (!answer.contains("wamid.")) {
                        throw new IllegalStateException(answer);
                    }
                } catch (java.io.IOException | InterruptedException failure) {
                    throw new IllegalStateException(failure);
                }
                accepted.run();
            });
        }
    }

    private static final class Driven implements Sending {

        private final CloudDriver driver;
        private final java.util.Map<UUID, Runnable> waiting = new java.util.concurrent.ConcurrentHashMap<>();

        private Driven(URI stub) throws InterruptedException {
            var access = new GatewayAccess(
                    new Connection(
                            new ConnectionId(new UUID(7, 2)),
                            TENANT,
                            "Bench",
                            DriverKind.CLOUD,
                            Optional.of(stub),
                            Optional.empty(),
                            false,
                            new Connection.Facts(
                                    Optional.of("v26.0"),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()),
                            Instant.EPOCH,
                            Instant.EPOCH),
                    new Credentials(new Credentials.Cloud(TOKEN, "secret", "verify", Optional.empty()), "hook"),
                    URI.create("http://127.0.0.1/hooks"));
            var line = new Line(SENDER, access, "300000000000001", Optional.empty(), Optional.empty());
            var connected = new Semaphore(0);
            var tools = new GatewayTools(
                    new OneNumber(line),
                    new NoFiles(),
                    Timers.byHand(Clock.systemUTC(), Runnable::run), // no rounds of questions in between
                    Clock.systemUTC(),
                    Executors.newVirtualThreadPerTaskExecutor(),
                    Duration.ofSeconds(5));
            driver = new CloudDriver(
                    new CloudGateway(new GatewayHttp(LocalCalls.client()), Clock.systemUTC()), tools);
            driver.listen(event -> {
                switch (event) {
                    case DriverEvent.Connected _ -> connected.release();
                    case DriverEvent.Sent sent -> waiting.remove(sent.message()).run();
                    default -> throw new IllegalStateException(event.toString());
                }
                return CompletableFuture.completedFuture(Receipt.KEPT);
            });
            driver.connect(SENDER);
            connected.acquire();
        }

        @Override
        public void send(Runnable accepted) {
            var id = UUID.randomUUID();
            waiting.put(id, accepted);
            driver.send(
                    SENDER,
                    new OutgoingMessage(
                            id,
                            TENANT,
                            SENDER.id(),
                            Optional.of(SENDER.id()),
                            CONTACT,
                            TEXT,
                            Optional.empty(),
                            id.toString(),
                            DeliveryState.SENDING,
                            Optional.empty(),
                            Instant.EPOCH,
                            Instant.EPOCH));
        }
    }

    private record OneNumber(Line only) implements GatewayTools.Numbers {

        @Override
        public Optional<Line> line(SenderKey sender) {
            return Optional.of(only);
        }

        @Override
        public Optional<SenderKey> sender(GatewayAccess gateway, String remote) {
            return Optional.of(SENDER);
        }

        @Override
        public Optional<String> address(SenderKey sender, Phone contact) {
            return Optional.empty();
        }

        @Override
        public Optional<Phone> contact(SenderKey sender, String address) {
            return Optional.empty();
        }

        @Override
        public void learn(SenderKey sender, Phone contact, String address) {}

        @Override
        public void remark(SenderKey sender, String title, String details, boolean isBad) {}

        @Override
        public void problem(GatewayAccess gateway, Optional<String> problem) {}
    }

    private static final class NoFiles implements GatewayTools.Files {

        @Override
        public Optional<Upload> upload(Media media) {
            return Optional.empty();
        }

        @Override
        public Media keep(SenderKey sender, String name, String type, byte[] bytes) {
            throw new IllegalStateException("No file comes in");
        }
    }
}
