package dev.banyan.platform.files;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.platform.config.S3Bucket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Adobe's S3Mock as a process, started by the first test that needs a bucket and shared by all of this JVM. It is
/// killed when the JVM ends. It does not check signatures.
public final class S3Mock {

    public static final String KEY = "banyan-key";
    public static final String SECRET = "banyan-secret";

    private static final String BUCKET = "banyan-test";
    private static final Path JAR = Path.of("target", "s3mock", "s3mock.jar").toAbsolutePath();
    private static final Pattern READY = Pattern.compile("Tomcat started on ports (\\d+) \\(http\\)");

    private static final class Shared {
        static final int PORT = start();
    }

    private S3Mock() {}

    /// Returns an address with a prefix of its own.
    public static String newUrl() {
        return url(BUCKET, "test-" + UUID.randomUUID());
    }

    /// Returns the address of a bucket that does not exist.
    public static String missingUrl() {
        return url("no-such-bucket", "");
    }

    /// Returns the keys of files whose parts are neither put together nor given up.
    static List<String> unfinished() throws IOException, InterruptedException {
        var ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Shared.PORT + "/" + BUCKET + "?uploads"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer = client.send(ask.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            if (!answer.contains("ListMultipartUploadsResult")) {
                throw new AssertionError("not a list of uploads: " + answer);
            }
            return Pattern.compile("<Key>([^<]+)</Key>")
                    .matcher(answer)
                    .results()
                    .map(key -> key.group(1))
                    .toList();
        }
    }

    private static String url(String bucket, String prefix) {
        return "s3://127.0.0.1:" + Shared.PORT + "/" + bucket + "/" + prefix + "?tls=off";
    }

    /// Returns the settings of a server with its files there.
    public static Map<String, String> environment(String url) {
        return Map.of("BANYAN_FILES_URL", url, "BANYAN_FILES_KEY", KEY, "BANYAN_FILES_SECRET", SECRET);
    }

    private static int start() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "s3mock-run");
            Path log = folder.resolve("log");
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx192m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            JAR.toString(),
                            // Plain HTTP on this machine; a second port, which can't be switched off, is not used.
                            "--server.ssl.enabled=false",
                            "--server.address=127.0.0.1",
                            "--server.port=0",
                            "--http.port=0",
                            "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET,
                            "--com.adobe.testing.s3mock.store.root=" + Files.createDirectory(folder.resolve("store"))))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            String ready = Eventually.until(
                    () -> read(log), text -> READY.matcher(text).find() || !process.isAlive());
            Matcher port = READY.matcher(ready);
            if (!port.find()) {
                throw new AssertionError("S3Mock did not start:\n" + ready);
            }
            int number = Integer.parseInt(port.group(1));
            answerOnce(number);
            return number;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The first answer takes by far the longest, on a busy machine more than the ten seconds that our servers grant.
    private static void answerOnce(int port) {
        var bucket = new S3Bucket(URI.create("http://127.0.0.1:" + port), BUCKET, "first/", "us-east-1", KEY, SECRET);
        try (S3Files files = S3Files.of(bucket, Eventually.LONGEST, 10)) {
            files.put("first", StoredFile.of(new byte[] {1}));
            files.find("first");
            files.all();
            files.remove("first");
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
