import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends the same request, or one of many, over and over on connections that are kept open: wrk where it is installed, else our own
/// [LoadGenerator]. Either runs in a process of its own and may use one processor.
final class Load {

    private static final boolean WRK = Children.isInstalled("wrk");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern WRONG = Pattern.compile("(Non-2xx or 3xx responses|Socket errors).*");

    record Request(String url, Map<String, String> headers, String body) {

        Request(String url, Map<String, String> headers) {
            this(url, headers, "");
        }

        Request(String url) {
            this(url, Map.of());
        }

        Request with(String name, String value) {
            var more = new HashMap<>(headers);
            more.put(name, value);
            return new Request(url, more, body);
        }

        /// As it goes over the wire.
        byte[] bytes() {
            URI to = URI.create(url);
            var text = new StringBuilder(body.isEmpty() ? "GET " : "POST ")
                    .append(to.getRawPath())
                    .append(to.getRawQuery() == null ? "" : "?" + to.getRawQuery())
                    .append(" HTTP/1.1\r\nHost: ")
                    .append(to.getAuthority())
                    .append("\r\n");
            headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
            if (!body.isEmpty()) {
                text.append("Content-Length: ").append(body.length()).append("\r\n");
            }
            return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private Load() {}

    static String describe() {
        return "Load generator: " + (WRK ? "wrk with one thread" : "our own (wrk is not installed)")
                + "; our own for what has a body";
    }

    static double perSecond(Request request, int connections, int seconds) throws IOException, InterruptedException {
        return WRK ? withWrk(request, connections, seconds) : postsPerSecond(request, connections, seconds);
    }

    /// Asks for the paths of a file in random order.
    static double randomPerSecond(Request base, Path paths, int connections, int seconds)
            throws IOException, InterruptedException {
        if (!WRK) {
            return postsPerSecond(new Request(base.url(), base.headers(), "@" + paths), connections, seconds);
        }
        String script = Bench.ROOT.resolve("bench/random.lua").toString();
        return rate(Children.output(wrk(base, connections, seconds, "-s", script, base.url(), "--", paths.toString())));
    }

    /// Asks for each path of a file once.
    static void each(Request base, Path paths, int connections) throws IOException, InterruptedException {
        postsPerSecond(new Request(base.url(), base.headers(), "@" + paths), connections, 0);
    }

    private static double withWrk(Request request, int connections, int seconds)
            throws IOException, InterruptedException {
        return rate(Children.output(wrk(request, connections, seconds, request.url())));
    }

    private static List<String> wrk(Request request, int connections, int seconds, String... more) {
        var command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
        request.headers().forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
        command.addAll(List.of(more));
        return command;
    }

    /// Our own generator, which also sends bodies.
    static double postsPerSecond(Request request, int connections, int seconds)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<Object>(List.of(request.url(), connections, seconds, request.body()));
        request.headers().forEach((name, value) -> arguments.add(name + ": " + value));
        return rate(Children.output(Children.java("LoadGenerator", arguments.toArray())));
    }

    /// What requests at a fixed rate waited, in milliseconds.
    record Latency(double p50, double p99, double p999, double worst) {}

    static Latency atRate(Request request, int connections, int perSecond, int seconds)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<Object>(List.of(request.url(), connections, perSecond, seconds));
        request.headers().forEach((name, value) -> arguments.add(name + ": " + value));
        String said = Children.output(Children.java("SteadyLoad", arguments.toArray()));
        String[] numbers = said.lines().toList().getLast().split(" ");
        if (!numbers[4].equals("0")) {
            throw new IllegalStateException("Not every answer was good:\n" + said);
        }
        return new Latency(
                Double.parseDouble(numbers[0]),
                Double.parseDouble(numbers[1]),
                Double.parseDouble(numbers[2]),
                Double.parseDouble(numbers[3]));
    }

    private static double rate(String output) {
        Matcher rate = RATE.matcher(output);
        if (!rate.find() || WRONG.matcher(output).find()) {
            throw new IllegalStateException("Not every answer was good:\n" + output);
        }
        return Double.parseDouble(rate.group(1));
    }
}
