import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// A Banyan with the demo's data, started by the launcher as an operator would start it.
final class BanyanServer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READY_AT_LATEST = Duration.ofSeconds(120);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Process process;
    private final String base;
    private final String email;
    private final String password;

    private BanyanServer(Process process, String base, String email, String password) {
        this.process = process;
        this.base = base;
        this.email = email;
        this.password = password;
    }

    static BanyanServer start(String name, Map<String, String> environment) throws IOException, InterruptedException {
        return start(name, environment, command -> command);
    }

    /// @param around what the launcher is called by
    private static BanyanServer start(
            String name, Map<String, String> environment, UnaryOperator<List<String>> around)
            throws IOException, InterruptedException {
        int port = Children.freePort();
        Path data = Bench.WORK.resolve(name);
        Process process = launch(name, port, environment, around);
        Ready.await(process, port, "/readyz", READY_AT_LATEST);
        JsonNode agency = JSON.readTree(data.resolve("demo.json").toFile()).path("agency");
        return new BanyanServer(
                process,
                "http://127.0.0.1:" + port,
                agency.path("email").asText(),
                agency.path("password").asText());
    }

    /// From any build, with the limits that a server has by default, and with nothing that the launcher adds.
    static BanyanServer startJar(String name, Path jar) throws IOException, InterruptedException {
        int port = Children.freePort();
        Path data = Bench.WORK.resolve(name);
        Process process = Children.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xmx512m",
                        "-jar",
                        jar.toString(),
                        "demo",
                        "--port=" + port,
                        "--data=" + data),
                Map.of(),
                Bench.WORK.resolve(name + ".log"));
        Ready.await(process, port, "/readyz", READY_AT_LATEST);
        JsonNode agency = JSON.readTree(data.resolve("demo.json").toFile()).path("agency");
        return new BanyanServer(
                process,
                "http://127.0.0.1:" + port,
                agency.path("email").asText(),
                agency.path("password").asText());
    }

    /// What is put into the folder of a server that does not run.
    interface Rows {
        void insert() throws IOException, SQLException;
    }

    /// On a folder that has the demo's data and more.
    static BanyanServer startWith(String name, Rows rows) throws IOException, InterruptedException, SQLException {
        return startWith(name, rows, command -> command);
    }

    static BanyanServer startWith(String name, Rows rows, UnaryOperator<List<String>> around)
            throws IOException, InterruptedException, SQLException {
        start(name, Map.of()).stop();
        rows.insert();
        return start(name, Map.of(), around);
    }

    void stop() {
        Children.stop(process);
    }

    /// As the kernel does when memory is short: nothing is written, nobody is told.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// From the call of the launcher to the first 200 of `/readyz`, on a data folder that is there already.
    static double startMillis(Map<String, String> environment) throws IOException, InterruptedException {
        if (!Files.exists(Bench.WORK.resolve("restarted"))) {
            Children.stop(start("restarted", Map.of()).process);
        }
        int port = Children.freePort();
        long begin = System.nanoTime();
        Process process = launch("restarted", port, environment, command -> command);
        Ready.await(process, port, "/readyz", READY_AT_LATEST);
        double millis = (System.nanoTime() - begin) / 1e6;
        Children.stop(process);
        return millis;
    }

    private static Process launch(
            String name, int port, Map<String, String> environment, UnaryOperator<List<String>> around)
            throws IOException {
        var variables = new HashMap<>(Map.of("BANYAN_RATE_LIMITS", "off"));
        variables.putAll(environment);
        return Children.start(
                around.apply(List.of(
                        Bench.ROOT.resolve("banyan").toString(),
                        "demo",
                        "--port=" + port,
                        "--data=" + Bench.WORK.resolve(name))),
                variables,
                Bench.WORK.resolve(name + ".log"));
    }

    /// Returns what the server has used of all processors, in its own code and in the kernel.
    Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    String url(String path) {
        return base + path;
    }

    int port() {
        return URI.create(base).getPort();
    }

    Load.Request createWorkspace(String project) throws IOException, InterruptedException {
        return new Load.Request(
                url("/api/projects/" + project + "/sub-clients"),
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token()),
                "{\"name\":\"Made by the bench\"}");
    }

    Load.Request login() {
        return new Load.Request(
                url("/api/login"),
                Map.of("Content-Type", "application/json"),
                "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
    }

    String token() throws IOException, InterruptedException {
        var login = login();
        return answer(HttpRequest.newBuilder(URI.create(login.url()))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(login.body())))
                .at("/data/session/token")
                .asText();
    }

    /// Of the agency's own page.
    String firstLink() throws IOException, InterruptedException {
        return get("/api/admin/GetLinks", "/links/0/id");
    }

    /// @param pointer where in the JSON answer
    String get(String path, String pointer) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(url(path))).header("Authorization", "Bearer " + token()))
                .at(pointer)
                .asText();
    }

    /// What all threads have allocated since the start.
    double allocatedKib() throws IOException {
        try {
            var jvm = VirtualMachine.attach(Long.toString(process.pid()));
            try (var connection =
                    JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent()))) {
                var threads = ManagementFactory.newPlatformMXBeanProxy(
                        connection.getMBeanServerConnection(),
                        ManagementFactory.THREAD_MXBEAN_NAME,
                        ThreadMXBean.class);
                return threads.getTotalThreadAllocatedBytes() / 1_024.0;
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException failure) {
            throw new IOException(failure);
        }
    }

    /// Sends one request, whose answer must be good.
    static void sent(Load.Request request) throws IOException, InterruptedException {
        var builder = HttpRequest.newBuilder(URI.create(request.url()));
        request.headers().forEach(builder::header);
        if (!request.body().isEmpty()) {
            builder.POST(HttpRequest.BodyPublishers.ofString(request.body()));
        }
        try (var client = HttpClient.newHttpClient()) {
            int status = client.send(builder.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException(request.url() + ": " + status);
            }
        }
    }

    private static JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response + ": " + response.body());
            }
            return JSON.readTree(response.body());
        }
    }

    /// Resident memory in MiB, some seconds after the start and before the first visitor.
    double idleMemory() throws IOException, InterruptedException {
        Thread.sleep(SETTLING);
        return memory();
    }

    double memory() throws IOException, InterruptedException {
        return Double.parseDouble(Children.output(List.of("ps", "-o", "rss=", "-p", Long.toString(process.pid())))
                        .strip())
                / 1_024;
    }

    /// A counter of `/metrics`; 0 where it has not begun.
    double metric(String name) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url("/metrics"))).build(), BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .sum();
        }
    }

    /// Live objects in MiB: taking their histogram collects the garbage first. Once more, for what finalizing frees.
    double heap() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> histogram = List.of(jcmd, Long.toString(process.pid()), "GC.class_histogram");
        Children.output(histogram);
        String total = Children.output(histogram).lines().toList().getLast();
        return Long.parseLong(total.strip().split("\\s+")[2]) / (double) (1 << 20);
    }
}
