package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class DependenciesDocTest {

    private static final Path REFERENCE = Path.of("docs/dependencies.md");
    /// Those of the program, and those of a profile.
    private static final Pattern OUR_DEPENDENCIES = Pattern.compile(
            "(?:</dependencyManagement>|</activation>)\\s*<dependencies>(.*?)</dependencies>", Pattern.DOTALL);
    private static final Pattern EXCLUSIONS = Pattern.compile("<exclusions>.*?</exclusions>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

    @Test
    void everyDependencyIsExplainedAndNothingElse() throws IOException {
        assertThat(explained())
                .as(REFERENCE + " has a row for each dependency of pom.xml")
                .hasSameElementsAs(inPom());
    }

    /// They are most of it: Playwright, Keycloak, PostgreSQL and a storage.
    @Test
    void whoRunsBanyanDownloadsNothingOfItsTests() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String without = Pattern.compile("<profile>\\s*<id>tests</id>.*?</profile>", Pattern.DOTALL)
                .matcher(pom)
                .replaceFirst("");

        assertThat(without).hasSizeLessThan(pom.length());
        assertThat(without)
                .doesNotContain("<scope>test</scope>", "generate-test-resources", "keycloak-quarkus-dist", "s3mock</");
        assertThat(pom).contains("<name>!maven.test.skip</name>");
        assertThat(Files.readString(Path.of("banyan"))).contains("-Dmaven.test.skip -Dnochecks package");
    }

    private static List<String> inPom() throws IOException {
        return OUR_DEPENDENCIES
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(block -> EXCLUSIONS.matcher(block.group(1)).replaceAll(""))
                .flatMap(block -> ARTIFACT.matcher(block).results())
                .map(DependenciesDocTest::name)
                .toList();
    }

    private static List<String> explained() throws IOException {
        return ROW.matcher(Files.readString(REFERENCE))
                .results()
                .map(DependenciesDocTest::name)
                .toList();
    }

    private static String name(MatchResult found) {
        return found.group(1);
    }
}
