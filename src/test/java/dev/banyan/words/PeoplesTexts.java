package dev.banyan.words;

import module java.base;

/// Collects the texts that people read: templates, string literals of the program, scripts in the browser, the launcher
/// and the documentation.
final class PeoplesTexts {

    /// A text and where it is.
    record Found(Path file, int line, String text) {

        boolean isCode() {
            return Stream.of(".java", ".js", ".properties").anyMatch(file.toString()::endsWith);
        }

        @Override
        public String toString() {
            return file + ":" + line + ": " + text.strip();
        }
    }

    static final Path TEMPLATES = Path.of("src/main/resources/templates");
    private static final Path CODE = Path.of("src/main/java");
    private static final Path SENTENCES = Path.of("src/main/resources/dev/banyan");
    private static final Path SCRIPTS = Path.of("src/main/resources/META-INF/resources");

    /// Attributes whose value is shown or read aloud.
    private static final String SHOWN =
            "aria-label|aria-description|placeholder|title|alt|label|hint|data-announce|data-confirm|content";

    /// What programs read: `email-cancelled`.
    private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9_.:/-]*");

    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(?:" + SHOWN + ")=\"([^\"]*)\"");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^'\\n]*)'");
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SCRIPT_STRING = Pattern.compile("[\"'`]((?:[^\"'`\\\\]|\\\\.)*)[\"'`]");

    private PeoplesTexts() {}

    static List<Found> all() {
        return Stream.of(templates(), code(), sentences(), scripts(), documents())
                .flatMap(List::stream)
                .toList();
    }

    static List<Found> templates() {
        return files(TEMPLATES, ".html")
                .flatMap(file -> lines(file, PeoplesTexts::ofTemplate).stream())
                .toList();
    }

    /// Keeps what stays visible of a line: text between tags, attributes that are shown, and texts given to Qute's
    /// tags.
    private static String ofTemplate(String line) {
        String expressions = Pattern.compile("\\{[^{}]*}")
                .matcher(line)
                .replaceAll(found -> Matcher.quoteReplacement(" " + all(QUOTED, found.group()) + " "));
        return Pattern.compile("<[^<>]*>")
                .matcher(expressions)
                .replaceAll(found -> Matcher.quoteReplacement(" " + all(ATTRIBUTE, found.group()) + " "));
    }

    private static List<Found> code() {
        return files(CODE, ".java").flatMap(file -> ofCode(file).stream()).toList();
    }

    /// Comments and what annotations say to developers are left out.
    private static List<Found> ofCode(Path file) {
        var found = new ArrayList<Found>();
        boolean block = false;
        List<String> lines = read(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String stripped = line.strip();
            boolean edge = line.contains("\"\"\"");
            if (block || edge) {
                found.add(new Found(file, i + 1, line));
                block = edge ? !block : block;
            } else if (!stripped.startsWith("//")
                    && !stripped.startsWith("*")
                    && !stripped.startsWith("@AllTenants")
                    && !stripped.startsWith("@Exempt")
                    && !stripped.startsWith("@SuppressWarnings")) {
                found.add(new Found(file, i + 1, all(STRING, line)));
            }
        }
        return found;
    }

    private static List<Found> sentences() {
        return files(SENTENCES, ".properties")
                .flatMap(file ->
                        lines(file, line -> line.startsWith("#") ? "" : line.substring(line.indexOf('=') + 1)).stream())
                .toList();
    }

    private static List<Found> scripts() {
        return files(SCRIPTS, ".js")
                .filter(file -> !file.toString().contains(".min."))
                .flatMap(file ->
                        lines(file, line -> line.strip().startsWith("//") ? "" : all(SCRIPT_STRING, line)).stream())
                .toList();
    }

    /// Decisions are the developers' diary and are left out.
    private static List<Found> documents() {
        return Stream.of(
                        Stream.of("README.md", "CHANGELOG.md", "SECURITY.md", "banyan")
                                .map(Path::of),
                        files(Path.of("docs"), ".md")
                                .filter(file -> !file.toString().contains("decisions")))
                .flatMap(files -> files)
                .flatMap(file -> lines(file, line -> isComment(file, line) ? "" : line).stream())
                .toList();
    }

    private static boolean isComment(Path file, String line) {
        return file.endsWith("banyan") && line.matches(".*(^|\\s)# .*");
    }

    private static List<Found> lines(Path file, UnaryOperator<String> kept) {
        var found = new ArrayList<Found>();
        List<String> lines = read(file);
        for (int i = 0; i < lines.size(); i++) {
            found.add(new Found(file, i + 1, kept.apply(lines.get(i))));
        }
        return found;
    }

    private static String all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .filter(found -> !KEY.matcher(found).matches())
                .collect(Collectors.joining(" "));
    }

    static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
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
}
