import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes the pictures of README and guides from a running demo, with an installed Chromium and nothing else:
/// `java docs/pictures/Pictures.java URL DEMO_JSON FOLDER`. Start it with `docs/pictures/make`.
final class Pictures implements AutoCloseable {

    private static final int MOST_BYTES = 200_000;
    private static final int SECONDS = 30;

    private final String base;
    private final Path folder;
    private final Process chromium;
    private final Path profile;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    private Pictures(String base, Path folder) throws Exception {
        this.base = base;
        this.folder = folder;
        this.profile = Files.createTempDirectory("banyan-pictures");
        this.chromium = new ProcessBuilder(
                        chromium(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                        "--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-port=0",
                        "--user-data-dir=" + profile, "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String port = firstLine(profile.resolve("DevToolsActivePort"));
        String tabs = get("http://127.0.0.1:" + port + "/json/list");
        var address = Pattern.compile("\"webSocketDebuggerUrl\": *\"(ws:[^\"]*/page/[^\"]*)\"").matcher(tabs);
        if (!address.find()) {
            throw new IOException("Chromium shows no tab");
        }
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address.group(1)), new Answers())
                .get(SECONDS, TimeUnit.SECONDS);
        ask("Page.enable", "{}");
    }

    public static void main(String[] arguments) throws Exception {
        String demo = Files.readString(Path.of(arguments[1]));
        try (var pictures = new Pictures(arguments[0], Path.of(arguments[2]))) {
            if (System.getenv("SHEET") == null) {
                pictures.all(demo);
            } else {
                pictures.sheet(demo);
            }
        }
    }

    private void all(String demo) throws Exception {
        String shortPath = field(demo, "shortPath", 0);
        byte[][] phones = {
            phone("/clientbrand1"), phone("/clientbrand2"), phone("/clientbrand3"), phone("/creativeagency")
        };
        compose(1400, 760, Stream.of(phones).map(Pictures::phoneImage).collect(Collectors.joining()));
        save("pages");

        signIn("/login", Map.of("email", field(demo, "email", 1), "password", field(demo, "password", 1)));
        open("/admin/dashboard", 1440, 900); // says once that the checklist is done
        open("/admin/dashboard", 1440, 900);
        byte[] dashboard = shot("png", 100);
        save("dashboard");
        compose(
                1400,
                800,
                "<div class=wide><img src='" + data(dashboard) + "'></div><div class=over>" + phoneImage(phones[0])
                        + "</div>");
        save("hero");
        save("brands", "/admin/brands");
        save("analytics", "/admin/analytics?days=90");
        save("numbers", "/admin/pools");
        save("number", "/admin/pools/senders/amira-nasser");
        save("api-keys", "/admin/api-keys");

        signIn("/login", Map.of("email", field(demo, "email", 0), "password", field(demo, "password", 0)));
        save("operator", "/operator");

        signIn(
                "/s/" + shortPath + "/login",
                Map.of("usernameOrEmail", field(demo, "username", 1), "password", field(demo, "password", 2)));
        open("/s/" + shortPath + "/inbox", 1440, 900);
        String thread = evaluate("[...document.querySelectorAll('a')].find(a=>a.textContent.includes('Rana'))"
                + ".getAttribute('href')");
        save("inbox", thread);
        save("workspace-users", "/s/" + shortPath + "/users");
        save("api", "/docs/api");
    }

    /// Draws the ten most used pages side by side, as a designer looks at them.
    private void sheet(String demo) throws Exception {
        var rows = new StringBuilder();
        for (String path : List.of("/clientbrand1", "/login")) {
            rows.append(row(path));
        }
        signIn("/login", Map.of("email", field(demo, "email", 1), "password", field(demo, "password", 1)));
        open("/admin/pages?as=clientbrand1", 1440, 900);
        String editor = evaluate("document.querySelector('main .rows a, main a[href*=\"/admin/pages/0\"]').getAttribute('href')");
        for (String path : List.of(
                "/admin/dashboard",
                "/admin/brands",
                editor,
                editor.replace("?", "/appearance?"),
                "/admin/analytics?days=90",
                "/admin/pools",
                "/admin/pools/senders/amira-nasser")) {
            rows.append(row(path));
        }
        String entrance = "/s/" + field(demo, "shortPath", 0);
        signIn(
                entrance + "/login",
                Map.of("usernameOrEmail", field(demo, "username", 1), "password", field(demo, "password", 2)));
        rows.append(row(entrance + "/inbox"));
        compose(
                1340,
                10 * 326,
                "<style>body{display:block;background:#777;padding:8px}.row{display:flex;gap:8px;height:322px}"
                        + "img{width:auto;height:306px}p{writing-mode:vertical-rl;font:12px sans-serif}</style>" + rows);
        Files.write(folder.resolve("contact-sheet.webp"), shot("webp", 85));
    }

    private String row(String path) throws Exception {
        var row = new StringBuilder("<div class=row><p>" + path.replaceFirst("\\?.*", "") + "</p>");
        for (int[] size : new int[][] {{1440, 900}, {390, 844}}) {
            for (String scheme : List.of("light", "dark")) {
                ask("Emulation.setEmulatedMedia", "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":"
                        + quoted(scheme) + "}]}");
                open(path, size[0], size[1]);
                row.append("<img src='").append(data(shot("png", 100))).append("'>");
            }
        }
        return row + "</div>";
    }

    private byte[] phone(String path) throws Exception {
        open(path, 390, 780);
        return shot("png", 100);
    }

    private void compose(int width, int height, String inside) throws Exception {
        size(width, height);
        String page = "<style>*{box-sizing:border-box;margin:0}body{height:100vh;display:flex;gap:24px;align-items:center;"
                + "justify-content:center;background:linear-gradient(135deg,#f3ece4,#e3d9e6);overflow:hidden}"
                + ".phone{width:300px;height:600px;border-radius:36px;border:9px solid #1c1a22;overflow:hidden;"
                + "box-shadow:0 24px 48px -20px #0007}img{width:100%;display:block}.wide{width:1120px;border-radius:14px;"
                + "overflow:hidden;box-shadow:0 24px 60px -24px #0006;margin-right:120px}"
                + ".over{position:absolute;right:64px;bottom:44px}</style>" + inside;
        ask("Page.navigate", "{\"url\":\"about:blank\"}");
        Thread.sleep(300);
        evaluate("document.open();document.write(" + quoted(page) + ");document.close();'ok'");
        Thread.sleep(500);
    }

    private static String phoneImage(byte[] picture) {
        return "<div class=phone><img src='" + data(picture) + "'></div>";
    }

    private static String data(byte[] picture) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
    }

    private void open(String path, int width, int height) throws Exception {
        size(width, height);
        ask("Page.navigate", "{\"url\":" + quoted(base + path) + "}");
        for (int tries = 0; tries < 100; tries++) {
            Thread.sleep(100);
            if (evaluate("document.readyState + (document.fonts.status)").equals("completeloaded")
                    && !evaluate("location.href").startsWith("about:")) {
                break;
            }
        }
        if (evaluate("document.title").startsWith("Page not found")) {
            throw new IOException("There is no page at " + path);
        }
        Thread.sleep(400); // for sockets that fill in live figures
    }

    private void size(int width, int height) throws Exception {
        ask("Emulation.setDeviceMetricsOverride", "{\"width\":" + width + ",\"height\":" + height
                + ",\"deviceScaleFactor\":1,\"mobile\":false}");
    }

    private byte[] shot(String format, int quality) throws Exception {
        String answer = ask("Page.captureScreenshot", "{\"format\":\"" + format + "\""
                + (format.equals("png") ? "" : ",\"quality\":" + quality) + "}");
        return Base64.getDecoder().decode(value(answer, "data"));
    }

    /// Saves what the browser shows, in a quality that keeps the picture small.
    private void save(String name) throws Exception {
        for (int quality = 88; quality >= 40; quality -= 8) {
            byte[] webp = shot("webp", quality);
            if (webp.length <= MOST_BYTES) {
                Files.write(folder.resolve(name + ".webp"), webp);
                System.out.println(name + ".webp  " + webp.length / 1_000 + " KB");
                return;
            }
        }
        throw new IOException(name + " stays larger than " + MOST_BYTES + " bytes");
    }

    private void save(String name, String path) throws Exception {
        open(path, 1440, 900);
        save(name);
    }

    /// Signs in over HTTP and gives the browser the cookies.
    private void signIn(String path, Map<String, String> form) throws Exception {
        var cookies = new CookieManager();
        try (var http = HttpClient.newBuilder().cookieHandler(cookies).build()) {
            String body = form.entrySet().stream()
                    .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(base + path))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Origin", base)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.discarding());
            if (answer.statusCode() >= 400) {
                throw new IOException("Signing in at " + path + " was answered with " + answer.statusCode());
            }
        }
        ask("Network.clearBrowserCookies", "{}");
        for (var cookie : cookies.getCookieStore().getCookies()) {
            ask("Network.setCookie", "{\"name\":" + quoted(cookie.getName()) + ",\"value\":"
                    + quoted(cookie.getValue()) + ",\"url\":" + quoted(base) + ",\"path\":"
                    + quoted(cookie.getPath() == null ? "/" : cookie.getPath()) + "}");
        }
    }

    private String evaluate(String script) throws Exception {
        return value(ask("Runtime.evaluate", "{\"expression\":" + quoted(script) + ",\"returnByValue\":true}"), "value");
    }

    private String ask(String method, String parameters) throws Exception {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<String>();
        answers.put(id, answer);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .get(SECONDS, TimeUnit.SECONDS);
        return answer.get(SECONDS, TimeUnit.SECONDS);
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                var id = Pattern.compile("^\\{\"id\":(\\d+)").matcher(text);
                if (id.find()) {
                    answers.remove(Integer.valueOf(id.group(1))).complete(text.toString());
                }
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static String value(String json, String name) {
        int begin = json.indexOf("\"" + name + "\":\"");
        if (begin < 0) {
            return "";
        }
        int at = begin + name.length() + 4;
        return json.substring(at, json.indexOf('"', at));
    }

    /// Returns the n-th value of this field in a file of ours.
    private static String field(String json, String name, int n) {
        return Pattern.compile("\"" + name + "\" *: *\"([^\"]*)\"")
                .matcher(json)
                .results()
                .skip(n)
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String get(String url) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static String firstLine(Path file) throws Exception {
        for (int tries = 0; tries < 300; tries++) {
            if (Files.exists(file) && Files.size(file) > 0) {
                return Files.readAllLines(file).getFirst();
            }
            Thread.sleep(100);
        }
        throw new IOException("Chromium does not start");
    }

    private static String chromium() {
        return Stream.of("/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Install Chromium"));
    }

    @Override
    public void close() {
        socket.abort();
        chromium.descendants().forEach(ProcessHandle::destroy); // Debian's is a script that starts it
        chromium.destroy();
    }
}
