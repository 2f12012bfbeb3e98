package dev.banyan.words;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// What the documentation points at is there.
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("(!?)\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.+)$", Pattern.MULTILINE);
    private static final Pattern COMMAND = Pattern.compile("\\./banyan ([a-z][a-z-]*)");
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
