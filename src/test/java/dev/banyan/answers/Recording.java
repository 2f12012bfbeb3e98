package dev.banyan.answers;

import module java.base;
import dev.banyan.Routes.Route;
import dev.banyan.platform.Digests;

/// The answers of one run, and those that were recorded: a status and a digest of each, and the text of those to the
/// caller for whom a route is made.
final class Recording {

    private static final Path RECORDED = Path.of("src", "test", "resources", "answers");
    private static final Path SEEN = Path.of("target", "answers");
    private static final String DIGESTS = "digests.txt";

    /// The part of a page that is its own.
    private static final Pattern MAIN = Pattern.compile("<main.*</main>", Pattern.DOTALL);

    private final Map<String, Map<String, String>> digests = new TreeMap<>();
    private final Map<String, StringBuilder> texts = new TreeMap<>();
    private final StringBuilder all = new StringBuilder();

    void add(Route route, String caller, String input, String answer) {
        digests.computeIfAbsent(route.name() + " | " + caller, _ -> new LinkedHashMap<>())
                .put(
                        input,
                        answer.substring(0, 3) + ":" + Digests.sha256Hex(answer).substring(0, 10));
        all.append("=== ")
                .append(route.name())
                .append(" | ")
                .append(caller)
                .append(" | ")
                .append(input)
                .append('\n')
                .append(answer)
                .append('\n');
        if (caller.equals(route.path().matches("/(s/|api/sub-client/).*") ? "admin" : "owner")) {
            var own = MAIN.matcher(answer);
            texts.computeIfAbsent(file(route), _ -> new StringBuilder())
                    .append("=== ")
                    .append(route.name())
                    .append(" | ")
                    .append(input)
                    .append('\n')
                    .append(own.find() ? answer.substring(0, answer.indexOf("\n\n") + 2) + own.group() : answer)
                    .append('\n');
        }
    }

    /// Answers of `/admin/pools/{masterId}` are in `admin-pools.txt`.
    private static String file(Route route) {
        String[] parts = route.path().replaceAll("[^a-zA-Z/-]", "").split("/");
        return parts.length < 2 ? "root.txt" : parts[1] + (parts.length > 2 ? "-" + parts[2] : "") + ".txt";
    }

    /// Writes this run down as what is expected from now on.
    void record() {
        write(RECORDED);
        writeAll("recorded.txt");
    }

    /// Returns what is another than recorded, a line for each answer, after writing all answers to `target/answers` for
    /// a comparison of the texts.
    List<String> differences() {
        write(SEEN);
        writeAll("all.txt");
        List<String> before = read(RECORDED.resolve(DIGESTS));
        List<String> now = read(SEEN.resolve(DIGESTS));
        var differences = new ArrayList<String>();
        var known = new HashSet<>(before);
        var seen = new HashSet<>(now);
        before.stream().filter(line -> !seen.contains(line)).forEach(line -> differences.add("- " + line));
        now.stream().filter(line -> !known.contains(line)).forEach(line -> differences.add("+ " + line));
        differences.sort(Comparator.comparing((String line) -> line.substring(2)));
        return differences;
    }

    /// Writes the whole of every answer, for whoever looks for what is another.
    private void writeAll(String name) {
        try {
            Files.createDirectories(SEEN);
            Files.writeString(SEEN.resolve(name), all, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void write(Path folder) {
        try {
            Path bodies = folder.resolve("bodies");
            Files.createDirectories(bodies);
            try (var old = Files.list(bodies)) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
            var lines = new ArrayList<String>();
            digests.forEach((asked, inputs) -> {
                var line = new StringBuilder(asked).append(" |");
                inputs.forEach((input, digest) ->
                        line.append(' ').append(input).append('=').append(digest));
                lines.add(line.toString());
            });
            Files.write(folder.resolve(DIGESTS), lines);
            for (Map.Entry<String, StringBuilder> text : texts.entrySet()) {
                Files.writeString(
                        bodies.resolve(text.getKey()), Objects.requireNonNull(text.getValue()), StandardCharsets.UTF_8);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
