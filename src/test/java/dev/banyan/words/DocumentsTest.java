package dev.banyan.words;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// What the documentation points at is there.
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("(!?)\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.+)$", Pattern.MULTILINE);
    private static final Pattern COMMAND = Pattern.compile("\\./banyan ([a-z][a-z-]*)");
    /// Without what an example keeps in a shell’s variable.
    private static final Pattern SETTING = Pattern.compile("(?<!\\$)\\bBANYAN_[A-Z][A-Z0-9_]*[A-Z0-9]\\b");

    private static final Pattern BOLD = Pattern.compile("\\*\\*([^*]+)\\*\\*");
    private static final long LARGEST_PICTURE = 200_000;

    @Test
    void linksAndPicturesExist() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            String text = Files.readString(document);
            for (MatchResult link : LINK.matcher(text).results().toList()) {
                String target = link.group(2);
                if (!target.matches("[a-z]+:.*") && !exists(document, target)) {
                    broken.add(document + " links to " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean exists(Path document, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
    }

    private static Set<String> anchors(Path file) throws IOException {
        return HEADING.matcher(Files.readString(file))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void picturesAreSmall() throws IOException {
        try (Stream<Path> pictures = Files.walk(Path.of("docs/pictures"))) {
            assertThat(pictures.filter(file -> file.toString().matches(".*\\.(webp|png|jpg|svg)")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(LARGEST_PICTURE));
        }
    }

    @Test
    void commandsOfTheLauncherExist() throws IOException {
        String launcher = Files.readString(Path.of("banyan")) + Files.readString(Path.of("release", "help"));
        for (Path document : documents()) {
            assertThat(COMMAND.matcher(Files.readString(document))
                            .results()
                            .map(command -> command.group(1))
                            .distinct())
                    .as(document.toString())
                    .allMatch(command -> launcher.contains("./banyan " + command) || command.equals("help"));
        }
    }

    @Test
    void settingsExist() throws IOException {
        String known = Files.readString(Path.of("docs", "configuration.md")) // compared with the code elsewhere
                + Files.readString(Path.of("banyan"))
                + textOf(Path.of("src", "main", "java"), ".java");
        List<Path> today = documents().stream()
                .filter(document -> !document.startsWith("docs/decisions")) // they tell of their day
                .toList();
        for (Path document : today) {
            assertThat(SETTING.matcher(Files.readString(document)).results().map(MatchResult::group))
                    .as(document.toString())
                    .allMatch(known::contains);
        }
    }

    /// What a guide tells people to choose, pages call the same.
    @Test
    void guidesNameWhatPagesShow() throws IOException {
        String shown = (textOf(Path.of("src", "main", "resources", "templates"), ".html")
                        + textOf(Path.of("src", "main", "java"), ".java"))
                .replace('’', '\'');
        var unknown = new ArrayList<String>();
        try (Stream<Path> guides = Files.list(Path.of("docs", "guides"))) {
            for (Path guide : Stream.concat(guides, Stream.of(Path.of("docs", "troubleshooting.md")))
                    .toList()) {
                BOLD.matcher(Files.readString(guide))
                        .results()
                        .map(bold -> bold.group(1).replaceAll("\\s+", " ").replace('’', '\''))
                        .filter(bold -> !bold.endsWith(".")) // begins a paragraph
                        .flatMap(bold -> Stream.of(bold.split(" › ")))
                        .filter(name -> !shown.contains(name))
                        .forEach(name -> unknown.add(guide + " names " + name));
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static String textOf(Path folder, String ending) throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(ending)).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
                                    .map(Path::of),
                            docs.filter(file -> file.toString().endsWith(".md")).toList().stream())
                    .toList();
        }
    }
}
