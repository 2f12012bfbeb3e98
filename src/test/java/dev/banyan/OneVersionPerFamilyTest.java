package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// pom.xml overrides versions of Quarkus' platform. A forgotten module would keep its old version with the
/// vulnerabilities that the override fixes.
class OneVersionPerFamilyTest {

    /// Annotations have no patch releases; the OpenSSL bindings have version numbers of their own.
    private static final Pattern JAR =
            Pattern.compile("/(?!jackson-annotations|netty-tcnative)([a-z0-9-]+)-([0-9][^/]*?)\\.jar!");

    @ParameterizedTest
    @CsvSource({
        "io/netty, 4.1.140.Final, 14",
        "io/vertx, 4.5.30, 8",
        "com/fasterxml/jackson, 2.21.8, 7",
    })
    void everyPartOfTheFamilyIsOfTheSameVersion(String family, String version, int parts) {
        List<MatchResult> jars = getClass()
                .getClassLoader()
                .resources("META-INF/MANIFEST.MF")
                .map(URL::toString)
                .filter(manifest -> manifest.contains("/" + family + "/"))
                .flatMap(manifest -> JAR.matcher(manifest).results())
                .toList();
        assertThat(jars).hasSizeGreaterThanOrEqualTo(parts);
        assertThat(jars)
                .allSatisfy(jar -> assertThat(jar.group(2)).as(jar.group(1)).isEqualTo(version));
    }
}
