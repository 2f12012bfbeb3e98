package dev.banyan.commands;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartLineTest {

    private static final Settings SETTINGS = Settings.forTests(Path.of("/srv/my data"));

    @Test
    void aFolderIsEnoughWhereTheDataLiesInIt() {
        assertThat(StartLine.of(Settings.forTests(Path.of("/srv/new")), "serve", Map.of()))
                .containsExactly("Start it: ./banyan serve --data /srv/new");
        assertThat(StartLine.of(SETTINGS, "demo", Map.of("BANYAN_DATABASE_URL", " ")))
                .containsExactly("Start it: ./banyan demo --data '/srv/my data'");
    }

    @Test
    void theDatabaseIsNamedWithoutItsPassword() {
        assertThat(StartLine.of(
                        SETTINGS,
                        "serve",
                        Map.of(
                                "BANYAN_DATABASE_URL",
                                "jdbc:postgresql://db.example.com/banyan?user=b&password=s3cret")))
                .first()
                .isEqualTo("Start it: BANYAN_DATABASE_URL='jdbc:postgresql://db.example.com/banyan?user=b&password=…'"
                        + " ./banyan serve --data '/srv/my data'");
        assertThat(StartLine.of(
                        SETTINGS, "serve", Map.of("BANYAN_DATABASE_URL", "jdbc:postgresql://db.example.com/banyan")))
                .containsExactly("Start it: BANYAN_DATABASE_URL=jdbc:postgresql://db.example.com/banyan"
                        + " ./banyan serve --data '/srv/my data'");
    }

    @Test
    void aFileWithTheAddressIsNamedAgain() {
        assertThat(StartLine.of(SETTINGS, "serve", Map.of("BANYAN_DATABASE_URL_FILE", "/run/secrets/url")))
                .containsExactly("Start it: BANYAN_DATABASE_URL_FILE=/run/secrets/url"
                        + " ./banyan serve --data '/srv/my data'");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/b?password=s3cret&user=b, jdbc:postgresql://h/b?password=…&user=b",
        "jdbc:postgresql://h/b?sslpassword=s3cret, jdbc:postgresql://h/b?sslpassword=…",
        "jdbc:postgresql://h/b?PASSWORD=s3cret, jdbc:postgresql://h/b?PASSWORD=…",
        "postgres://banyan:s3cret@h:5432/b, postgres://banyan:…@h:5432/b",
        "jdbc:postgresql://h1:5432/b?user=x, jdbc:postgresql://h1:5432/b?user=x"
    })
    void everyPasswordIsHidden(String url, String shown) {
        assertThat(StartLine.masked(url)).isEqualTo(shown);
    }
}
