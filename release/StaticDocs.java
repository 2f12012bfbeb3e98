import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// Writes what a server shows at `/docs` as files that need no server: all pages that lead from there, with their
/// pictures, styles and typefaces, and links that lead from file to file. The search is left out, since it is the server's.
/// Fails if a link leads nowhere.
///
/// Run by `./banyan release`: `java release/StaticDocs.java SERVER FOLDER`, with an address such as `http://127.0.0.1:8080`.
final class StaticDocs {

    private static final Pattern LINK = Pattern.compile("(href|src)=\"(/[^\"#?]*)(?:\\?[^\"#]*)?(#[^\"]*)?\"");
    private static final Pattern IN_STYLES = Pattern.compile("url\\(\"?([^\")?:]+)[^)]*\\)");
    private static final Pattern SEARCH = Pattern.compile("<form class=\"search[^>]*>.*?</form>", Pattern.DOTALL);
    private static final String START = "/docs";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String server;
    private final Path folder;
    private final Deque<String> todo = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();

    private StaticDocs(String server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    public static void main(String... args) throws IOException, InterruptedException {
        new StaticDocs(args[0], Path.of(args[1])).write();
    }

    private void write() throws IOException, InterruptedException {
        meet(START);
        while (!todo.isEmpty()) {
            String path = todo.remove();
            HttpResponse<byte[]> answer =
                    client.send(HttpRequest.newBuilder(URI.create(server + path)).build(), BodyHandlers.ofByteArray());
            String type = answer.headers().firstValue("Content-Type").orElse("");
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answers " + answer.statusCode());
            }
            Path file = folder.resolve(fileOf(path));
            Files.createDirectories(file.getParent());
            Files.write(file, type.startsWith("text/html") || type.startsWith("text/css") ? apart(path, answer) : answer.body());
        }
    }

    private void meet(String path) {
        if (seen.add(path)) {
            todo.add(path);
        }
    }

    /// Returns a page or a style with links to files.
    private byte[] apart(String from, HttpResponse<byte[]> answer) {
        String text = SEARCH.matcher(new String(answer.body(), StandardCharsets.UTF_8)).replaceAll("");
        text = LINK.matcher(text)
                .replaceAll(link -> Matcher.quoteReplacement(link.group(1) + "=\"" + relative(from, link.group(2))
                        + Objects.requireNonNullElse(link.group(3), "") + "\""));
        return IN_STYLES.matcher(text)
                .replaceAll(link -> Matcher.quoteReplacement(
                        "url(\"" + relative(from, URI.create(from).resolve(link.group(1)).getPath()) + "\")"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Returns where the file of a path is, seen from another one. What is no document leads to the first one.
    private String relative(String from, String path) {
        String to = isKept(path) ? path : START;
        meet(to);
        Path here = Path.of(fileOf(from)).getParent();
        return (here == null ? Path.of("") : here).relativize(Path.of(fileOf(to))).toString();
    }

    private static boolean isKept(String path) {
        return path.equals(START) || path.startsWith(START + "/") || path.startsWith("/ui/") || path.equals("/openapi.json");
    }

    /// `/docs/guides/numbers` is `guides/numbers.html`.
    private static String fileOf(String path) {
        if (path.equals(START)) {
            return "index.html";
        }
        String name = path.substring(path.startsWith(START + "/") ? START.length() + 1 : 1);
        return name.substring(name.lastIndexOf('/') + 1).contains(".") ? name : name + ".html";
    }
}
