package dev.banyan.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.platform.config.InvalidSetting;
import dev.banyan.platform.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountriesTest {

    private static Settings settings(Path file) {
        return Settings.from(Map.of("BANYAN_GEOIP_FILE", file.toString()), new Properties());
    }

    @Test
    void withoutAFileCountriesAreUnknown() {
        var countries = new Countries(Settings.from(Map.of(), new Properties()));

        assertThat(countries.areKnown()).isFalse();
        assertThat(countries.of("203.0.113.7")).isEmpty();
    }

    @Test
    void aFileOfAnotherKindTakesNothingElseWithIt(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("countries.mmdb"), "no such file");

        assertThat(new Countries(settings(file)).areKnown()).isFalse();
    }

    @Test
    void aMissingFileEndsTheStart(@TempDir Path folder) {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> settings(folder.resolve("missing.mmdb")))
                .withMessageContaining("BANYAN_GEOIP_FILE");
    }
}
