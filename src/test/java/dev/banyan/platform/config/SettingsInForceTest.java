package dev.banyan.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsInForceTest {

    @Test
    void eachSettingSaysWhereItComesFromAndSecretsAreMasked(@TempDir Path data) throws IOException {
        Files.writeString(data.resolve("banyan.properties"), "smtp-host=mail.example\nport=9000\n");
        Path secret = Files.writeString(data.resolve("secret"), "hunter2-from-file");
        var system = new Properties();
        system.setProperty("banyan.data", data.toString());
        Map<String, String> environment = Map.of(
                "BANYAN_METRICS_TOKEN", "hunter2",
                "BANYAN_SMTP_PASSWORD_FILE", secret.toString(),
                "BANYAN_LIMIT_LOGIN_BY_IP", "60/1m",
                "BANYAN_CONSOLE", " ");
        var inForce = new SettingsInForce(Settings.from(environment, system));

        assertThat(inForce.settings()).hasSameSizeAs(Setting.values());
        assertThat(row(inForce, "data"))
                .extracting("value", "source")
                .containsExactly(data.toString(), SettingSource.FLAG);
        assertThat(row(inForce, "port")).extracting("value", "source").containsExactly("9000", SettingSource.FILE);
        assertThat(row(inForce, "console"))
                .extracting("value", "source")
                .containsExactly("local", SettingSource.DEFAULT);
        assertThat(row(inForce, "metrics-token").source()).isEqualTo(SettingSource.ENVIRONMENT);
        assertThat(row(inForce, "smtp-password").source()).isEqualTo(SettingSource.SECRET_FILE);
        assertThat(row(inForce, "credentials-key").value()).isEmpty();
        assertThat(inForce.settings().toString()).doesNotContain("hunter2");
        assertThat(inForce.limits())
                .filteredOn(limit -> limit.limit() == RateLimit.LOGIN_BY_IP)
                .singleElement()
                .extracting("rate", "fallback", "source")
                .containsExactly("60/1m", "30/1m", SettingSource.ENVIRONMENT);
    }

    private static SettingsInForce.Row row(SettingsInForce inForce, String key) {
        return inForce.settings().stream()
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
