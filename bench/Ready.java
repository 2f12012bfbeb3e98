import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/// Waits for a server's first good answer.
final class Ready {

    private static final Duration BETWEEN = Duration.ofMillis(5);

    private Ready() {}

    static void await(Process process, int port, String path, Duration atLatest) throws InterruptedException {
        long deadline = System.nanoTime() + atLatest.toNanos();
        while (!answers(port, path)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("No answer at port " + port + "; see the logs in " + Bench.WORK);
            }
            Thread.sleep(BETWEEN);
        }
    }

    static boolean answers(int port, String path) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == 200;
        } catch (IOException _) {
            return false;
        }
    }
}
