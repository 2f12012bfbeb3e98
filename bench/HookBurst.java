import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Posts signed webhooks of a WAHA server as fast as they are accepted, and prints the median, the p99 and how many a
/// second that were. An answer other than 200 ends it.
final class HookBurst {

    private static final int AT_ONCE = 64;

    /// @param args the address of the door, its secret, how many, of how many numbers
    public static void main(String... args) throws Exception {
        int hooks = Integer.parseInt(args[2]);
        int numbers = Integer.parseInt(args[3]);
        burst(args, 0, hooks / 10, numbers); // for the JIT
        long begin = System.nanoTime();
        long[] micros = burst(args, hooks / 10, hooks, numbers);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Arrays.sort(micros);
        System.out.println(micros[hooks / 2] / 1e3 + " " + micros[hooks * 99 / 100] / 1e3 + " " + hooks / seconds);
        System.exit(0);
    }

    private static long[] burst(String[] args, int first, int hooks, int numbers) throws Exception {
        var door = URI.create(args[0]);
        var micros = new long[hooks];
        var permits = new Semaphore(AT_ONCE);
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < hooks; i++) {
                int hook = i;
                byte[] body = body(first + i, numbers);
                permits.acquire();
                threads.submit(() -> {
                    var request = HttpRequest.newBuilder(door)
                            .header("Content-Type", "application/json")
                            .header("X-Webhook-Request-Id", "bench-" + (first + hook))
                            .header("X-Webhook-Hmac", hmac(args[1], body))
                            .header("X-Webhook-Hmac-Algorithm", "sha512")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build();
                    long begin = System.nanoTime();
                    var answer = client.send(request, BodyHandlers.ofString());
                    micros[hook] = (System.nanoTime() - begin) / 1_000;
                    permits.release();
                    if (answer.statusCode() != 200) {
                        System.err.println(answer + ": " + answer.body());
                        System.exit(1);
                    }
                    return null;
                });
            }
        }
        return micros;
    }

    private static byte[] body(int hook, int numbers) {
        long second = System.currentTimeMillis() / 1_000;
        String contact = "9715" + (30_000_000 + hook % 5_000);
        return ("{\"id\":\"evt_" + hook + "\",\"timestamp\":" + second * 1_000 + ",\"event\":\"message\",\"session\":\"wa_7"
                        + hook % numbers + "\",\"me\":{\"id\":\"9715" + (20_000_000 + hook % numbers)
                        + "@c.us\"},\"payload\":{\"id\":\"false_" + contact + "@c.us_B" + hook + "\",\"timestamp\":" + second
                        + ",\"from\":\"" + contact + "@c.us\",\"fromMe\":false,\"source\":\"app\",\"body\":\"Is the order"
                        + " ready?\",\"hasMedia\":false,\"ack\":2,\"_data\":{\"Info\":{\"Chat\":\"" + contact
                        + "@s.whatsapp.net\",\"Sender\":\"" + contact + ":3@s.whatsapp.net\",\"IsFromMe\":false,\"IsGroup\":false,"
                        + "\"ID\":\"B" + hook + "\",\"PushName\":\"Amal\",\"AddressingMode\":\"pn\"},\"Message\":"
                        + "{\"conversation\":\"Is the order ready?\"}}},\"engine\":\"GOWS\",\"environment\":{\"version\":\"2026.8.1\","
                        + "\"engine\":\"GOWS\",\"tier\":\"CORE\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String hmac(String key, byte[] body) throws java.security.GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
