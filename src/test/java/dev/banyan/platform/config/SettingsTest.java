package dev.banyan.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.platform.config.Settings.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void everySettingHasAValueWhenNobodySaysOtherwise() {
        Settings settings = Settings.from(Map.of(), new Properties());

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.data()).isAbsolute().hasFileName("data");
        assertThat(settings.baseUrl()).isEqualTo("http://127.0.0.1:8080");
        assertThat(settings.databaseUrl()).isEmpty();
        assertThat(settings.smtp()).isEmpty();
        assertThat(settings.metricsToken()).isEmpty();
        assertThat(settings.trustedProxies()).isEmpty();
        assertThat(settings.rateLimited()).isTrue();
        assertThat(settings.registration()).isEqualTo(Registration.OPEN);
        assertThat(settings.hashThreads()).isPositive();
        assertThat(RateLimit.values()).allMatch(limit -> settings.rate(limit).equals(limit.fallback));
    }

    @Test
    void aFlagBeatsAVariableAndAVariableBeatsTheFile() throws IOException {
        file("port=1001\nhost=192.0.2.1\nregistration=closed\n");
        var environment = Map.of("BANYAN_PORT", "1002", "BANYAN_HOST", "192.0.2.2", "BANYAN_DATA", folder.toString());
        var system = new Properties();
        system.setProperty("banyan.port", "1003");

        Settings settings = Settings.from(environment, system);

        assertThat(settings.port()).isEqualTo(1003);
        assertThat(settings.host()).isEqualTo("192.0.2.2");
        assertThat(settings.registration()).isEqualTo(Registration.CLOSED);
    }

    @Test
    void aNamedFileIsReadInsteadOfTheOneInTheFolder() throws IOException {
        file("port=1001\nhost=192.0.2.1\n");
        Path named = Files.writeString(folder.resolve("other"), "port=1002\n");

        Settings settings = from("BANYAN_DATA", folder.toString(), "BANYAN_SETTINGS_FILE", named.toString());

        assertThat(settings.port()).isEqualTo(1002);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() ->
                        from("BANYAN_SETTINGS_FILE", folder.resolve("none").toString()))
                .withMessageContaining("BANYAN_SETTINGS_FILE: " + folder.resolve("none") + " is not a readable file");
    }

    @Test
    void theFileIsReadAsUtf8() throws IOException {
        file("metrics-token=Schlüssel 🔑\n");

        assertThat(inFolder().metricsToken()).contains("Schlüssel 🔑");
    }

    @Test
    void aFileInAnotherEncodingIsNamed() throws IOException {
        Path file = Files.write(
                folder.resolve("banyan.properties"), "contact=Zürich".getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(this::inFolder)
                .withMessageContaining(file + " cannot be read: it isn't UTF-8");
    }

    /// A server that was to be closed would stay open, and no one would know why.
    @Test
    void aNameThatNoSettingHasIsToldWithTheOneThatIsMeant() throws IOException {
        file(
                "registratoin=closed\nBANYAN_BASE_URL=https://links.example.com\nmetrics-token-file=/run/token\ncolour=red\n"
                        + "limit-login-by-ip=30/1m\n");
        String file = folder.resolve("banyan.properties").toString();

        Settings settings = from(
                "BANYAN_DATA", folder.toString(),
                "BANYAN_METRICS_TOKEN", "t",
                "BANYAN_REGISTRATON", "closed",
                "BANYAN_SMTP_USERNAME_FILE", "/run/user",
                "BANYAN_LIMIT_LOGIN_BY_ID", "5/1m",
                "BANYAN_JAVA_OPTS", "-Xmx1g",
                "BANYAN_SERVICE_HOST", "10.0.0.1",
                "BANYAN_PORT_8080_TCP_ADDR", "10.0.0.1");

        assertThat(settings.registration()).isEqualTo(Registration.OPEN);
        assertThat(settings.unknown())
                .containsExactly(
                        "The variable BANYAN_LIMIT_LOGIN_BY_ID is not a setting and has no effect;"
                                + " did you mean BANYAN_LIMIT_LOGIN_BY_IP?",
                        "The variable BANYAN_REGISTRATON is not a setting and has no effect;"
                                + " did you mean BANYAN_REGISTRATION?",
                        "The variable BANYAN_SMTP_USERNAME_FILE is not a setting and has no effect",
                        "“BANYAN_BASE_URL” in " + file + " is not a setting and has no effect; did you mean base-url?",
                        "“colour” in " + file + " is not a setting and has no effect",
                        "“registratoin” in " + file
                                + " is not a setting and has no effect; did you mean registration?");
    }

    @Test
    void anEmptyVariableTakesBackWhatTheFileSays() throws IOException {
        file("smtp-host=mail.example.com\n");

        assertThat(from("BANYAN_DATA", folder.toString(), "BANYAN_SMTP_HOST", "")
                        .smtp())
                .isEmpty();
    }

    @Test
    void whiteSpaceAroundAValueDoesNotCount() {
        assertThat(from("BANYAN_PORT", " 1234 ").port()).isEqualTo(1234);
    }

    @ParameterizedTest
    @EnumSource
    void everySecretMayComeFromAFile(Secret secret) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), secret.value + "\n");
        var environment = new HashMap<>(Map.of(
                "BANYAN_SMTP_HOST", "mail.example.com",
                "BANYAN_DATABASE_URL", "jdbc:postgresql://db/banyan?user=b",
                "BANYAN_FILES_URL", "s3://s3.example.com/banyan",
                "BANYAN_FILES_KEY", "a key",
                "BANYAN_FILES_SECRET", "a secret"));
        environment.remove(secret.setting.variable());
        environment.put(secret.setting.variable() + "_FILE", file.toString());

        assertThat(secret.setting.isSecret()).isTrue();
        assertThat(secret.read(Settings.from(environment, new Properties()))).isEqualTo(secret.value);
    }

    private enum Secret {
        DATABASE_URL(Setting.DATABASE_URL, "jdbc:postgresql://db/banyan?user=b&password=p") {
            @Override
            String read(Settings settings) {
                return settings.databaseUrl().orElseThrow();
            }
        },
        DATABASE_READ_URL(Setting.DATABASE_READ_URL, "jdbc:postgresql://replica/banyan?user=b&password=p") {
            @Override
            String read(Settings settings) {
                return settings.databaseReadUrl().orElseThrow();
            }
        },
        FILES_KEY(Setting.FILES_KEY, "AKIAEXAMPLE") {
            @Override
            String read(Settings settings) {
                return settings.files().orElseThrow().key();
            }
        },
        FILES_SECRET(Setting.FILES_SECRET, "a long secret") {
            @Override
            String read(Settings settings) {
                return settings.files().orElseThrow().secret();
            }
        },
        METRICS_TOKEN(Setting.METRICS_TOKEN, "a token") {
            @Override
            String read(Settings settings) {
                return settings.metricsToken().orElseThrow();
            }
        },
        CREDENTIALS_KEY(Setting.CREDENTIALS_KEY, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=") {
            @Override
            String read(Settings settings) {
                return settings.credentialsKey().orElseThrow();
            }
        },
        SMTP_PASSWORD(Setting.SMTP_PASSWORD, "a password") {
            @Override
            String read(Settings settings) {
                return settings.smtp().orElseThrow().password().orElseThrow();
            }
        };

        private final Setting setting;
        private final String value;

        Secret(Setting setting, String value) {
            this.setting = setting;
            this.value = value;
        }

        abstract String read(Settings settings);
    }

    @Test
    void allSecretsAreTestedAbove() {
        assertThat(Set.of(Setting.values())).filteredOn(Setting::isSecret).hasSize(Secret.values().length);
    }

    @Test
    void aSecretInTheEnvironmentBeatsItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "from the file");

        assertThat(from("BANYAN_METRICS_TOKEN", "direct", "BANYAN_METRICS_TOKEN_FILE", file.toString())
                        .metricsToken())
                .contains("direct");
    }

    @ParameterizedTest
    @CsvSource({
        "BANYAN_PORT, -1",
        "BANYAN_PORT, 65536",
        "BANYAN_PORT, 80a",
        "BANYAN_PORT, 99999999999",
        "BANYAN_DATABASE_URL, jdbc:mysql://host/db",
        "BANYAN_DATABASE_CONNECTIONS, 1",
        "BANYAN_DATABASE_CONNECTIONS, 201",
        "BANYAN_BASE_URL, links.example.com",
        "BANYAN_BASE_URL, ftp://links.example.com",
        "BANYAN_BASE_URL, https://",
        "BANYAN_BASE_URL, http://a b",
        "BANYAN_REGISTRATION, maybe",
        "BANYAN_TRUSTED_PROXIES, proxy.local",
        "BANYAN_TRUSTED_PROXIES, 10.0.0.0/33",
        "BANYAN_TRUSTED_PROXIES, 10.0",
        "BANYAN_TRUSTED_PROXIES, '10.0.0.1,,999.0.0.1'",
        "BANYAN_RATE_LIMITS, no",
        "BANYAN_MAX_BODY, 1023",
        "BANYAN_MAX_BODY, 104857601",
        "BANYAN_PAGE_CACHE, 4097",
        "BANYAN_HASH_THREADS, 0",
        "BANYAN_HASH_THREADS, 65",
        "BANYAN_HASH_QUEUE, 0",
        "BANYAN_METRICS_TOKEN_FILE, /no/such/file",
        "BANYAN_SMTP_PORT, 0",
        "BANYAN_MAIL_FROM, nobody",
        "BANYAN_MAIL_FROM, Banyan <banyan@example.com>",
        "BANYAN_SECURITY_CONTACT, security",
        "BANYAN_SECURITY_CONTACT, http://example.com/security",
        "BANYAN_SECURITY_CONTACT, ftp:security@example.com",
        "BANYAN_SECURITY_CONTACT, https://",
        "BANYAN_CONTACT, help",
        "BANYAN_CONTACT, http://example.com/help",
        "BANYAN_BILLING, on",
        "BANYAN_DEFAULT_PLAN, gold",
        "BANYAN_DEFAULT_PLAN, 'pro, premium'",
        "BANYAN_DEFAULT_PLAN, agency-pro",
        "BANYAN_DEFAULT_PLAN, 'pro, agency-pro, agency-basic'",
        "BANYAN_DEFAULT_PLAN, 'pro, pack-10'",
        "BANYAN_DEFAULT_PLAN, 'pro, agency-pro, pack-5'",
        "BANYAN_DEFAULT_PLAN, 'pro, agency-pro, pack-10=0'",
        "BANYAN_DEFAULT_PLAN, 'pro, agency-pro, pack-10=100'",
        "BANYAN_DEFAULT_PLAN, 'pro, agency-pro, pack-10, pack-10'",
        "BANYAN_DEFAULT_PLAN, 'unlimited, agency-pro'",
        "BANYAN_DEFAULT_PLAN, 'pro,'",
        "BANYAN_LIMIT_LOGIN_BY_IP, lots",
        "BANYAN_FILES_URL, s3://key:secret@s3.example.com/banyan",
        "BANYAN_FILES_URL, https://s3.example.com/banyan",
        "BANYAN_FILES_URL, s3://s3.example.com",
        "BANYAN_FILES_URL, s3://s3.example.com/",
        "BANYAN_DATABASE_READ_URL, mysql://replica/db",
        "BANYAN_FILES_URL, s3://s3.example.com/banyan?tls=no",
        "BANYAN_FILES_URL, s3://s3.example.com/banyan?acl=public",
        "BANYAN_FILES_URL, s3://s3.example.com/banyan"
    })
    void aBadValueIsRefusedWithOneLineThatNamesTheVariable(String variable, String value) {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> from(variable, value, "BANYAN_SMTP_HOST", "mail.example.com"))
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).startsWith(variable).hasLineCount(1));
    }

    @ParameterizedTest
    @CsvSource({"30/1m, 30, PT1M", "1/1s, 1, PT1S", "999999999/24h, 999999999, PT24H", "5/90s, 5, PT90S"})
    void aRateIsAnAmountAndAWindow(String written, int amount, Duration window) {
        assertThat(from("BANYAN_LIMIT_REGISTER_BY_IP", written).rate(RateLimit.REGISTER_BY_IP))
                .isEqualTo(new RateLimit.Rate(amount, window));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "30/m", "0/1m", "30/0m", "-1/1m", "30/1d", "30/1m ago", "30 / 1m", "1e3/1m", "30/1M"})
    void whatIsNoRateIsRefused(String written) {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> from("BANYAN_LIMIT_REGISTER_BY_IP", written))
                .withMessage("BANYAN_LIMIT_REGISTER_BY_IP must look like 30/1m (amount/window), not “" + written + "”");
    }

    @ParameterizedTest
    @CsvSource({"PT1S, 7/1s", "PT90S, 7/90s", "PT15M, 7/15m", "PT1H, 7/1h", "PT90M, 7/90m"})
    void aRateIsWrittenAsItIsRead(Duration window, String written) {
        assertThat(new RateLimit.Rate(7, window)).hasToString(written);
        assertThat(RateLimit.Rate.parse("any", written)).isEqualTo(new RateLimit.Rate(7, window));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://host/db, jdbc:postgresql://host/db",
        "postgresql://host/db, jdbc:postgresql://host/db",
        "jdbc:postgres://host/db, jdbc:postgresql://host/db",
        "jdbc:postgresql://host/db, jdbc:postgresql://host/db"
    })
    void aDatabaseIsNamedInAnyOfItsUsualSpellings(String typed, String url) {
        assertThat(from("BANYAN_DATABASE_URL", typed).databaseUrl()).contains(url);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://replica/db, jdbc:postgresql://replica/db?user=b&password=p",
        "jdbc:postgresql://replica/db?ssl=true, jdbc:postgresql://replica/db?ssl=true&user=b&password=p",
        "jdbc:postgresql://replica/db?password=q, jdbc:postgresql://replica/db?password=q&user=b",
        "jdbc:postgresql://replica/db?user=c, jdbc:postgresql://replica/db?user=c"
    })
    void aReplicaHasTheCredentialsOfTheDatabaseUnlessItNamesOthers(String typed, String url) {
        String database = "jdbc:postgresql://db/db?user=b&ssl=false&password=p";

        assertThat(from("BANYAN_DATABASE_URL", database, "BANYAN_DATABASE_READ_URL", typed)
                        .databaseReadUrl())
                .contains(url);
    }

    @Test
    void sqliteHasNoReplica() {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> from("BANYAN_DATABASE_READ_URL", "jdbc:postgresql://replica/db"))
                .withMessage("BANYAN_DATABASE_READ_URL needs BANYAN_DATABASE_URL: SQLite has no replicas");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://s3.example.com/banyan, https://s3.example.com, banyan, '', us-east-1",
        "s3://127.0.0.1:9000/banyan/?tls=off, http://127.0.0.1:9000, banyan, '', us-east-1",
        "s3://s3.example.com/banyan/one/two/?region=eu-central-1&tls=on, https://s3.example.com, banyan, one/two/, eu-central-1"
    })
    void aBucketIsNamedByItsPath(String typed, URI endpoint, String name, String prefix, String region) {
        S3Bucket bucket = from("BANYAN_FILES_URL", typed, "BANYAN_FILES_KEY", "k", "BANYAN_FILES_SECRET", "hidden")
                .files()
                .orElseThrow();

        assertThat(bucket).isEqualTo(new S3Bucket(endpoint, name, prefix, region, "k", "hidden"));
        assertThat(bucket.toString()).doesNotContain("hidden");
    }

    @Test
    void theAddressForPeopleHasNoSlashAtItsEndAndSaysWhetherItIsEncrypted() {
        Settings settings = from("BANYAN_BASE_URL", "https://links.example.com/");

        assertThat(settings.baseUrl()).isEqualTo("https://links.example.com");
        assertThat(settings.publicHost()).isEqualTo("links.example.com");
        assertThat(settings.isHttps()).isTrue();
        assertThat(from("BANYAN_PORT", "80").isHttps()).isFalse();
    }

    @Test
    void anAddressThatPeopleCannotOpenIsNotShownToThem() {
        assertThat(from("BANYAN_HOST", "0.0.0.0").baseUrl()).isEqualTo("http://localhost:8080");
        assertThat(from("BANYAN_HOST", "::").baseUrl()).isEqualTo("http://localhost:8080");
        assertThat(from("BANYAN_HOST", "::1").baseUrl()).isEqualTo("http://[::1]:8080");
    }

    @Test
    void thePortThatWasFreeReplacesTheOneThatWasAskedFor() {
        Settings any = from("BANYAN_PORT", "0");

        Settings settings = any.listeningOn(4321);

        assertThat(settings.port()).isEqualTo(4321);
        assertThat(settings.baseUrl()).isEqualTo("http://127.0.0.1:4321");
        assertThat(from("BANYAN_PORT", "0", "BANYAN_BASE_URL", "https://links.example.com")
                        .listeningOn(4321)
                        .baseUrl())
                .isEqualTo("https://links.example.com");
    }

    @Test
    void proxiesAreAddressesAndNetworks() {
        Settings settings = from("BANYAN_TRUSTED_PROXIES", " 192.0.2.1, ::1 ,10.0.0.0/8, fd00:5::/32");
        for (String proxy : List.of("192.0.2.1", "0:0:0:0:0:0:0:1", "::1", "10.255.3.4", "fd00:5::7", "fd00:5:1::")) {
            assertThat(settings.isProxy(proxy)).as(proxy).isTrue();
        }
        for (String other : List.of("192.0.2.2", "::2", "11.0.0.1", "fd00:6::7", "unknown", "", "10.0.0.1:80")) {
            assertThat(settings.isProxy(other)).as(other).isFalse();
        }
    }

    private void file(String lines) throws IOException {
        Files.writeString(folder.resolve("banyan.properties"), lines);
    }

    private Settings inFolder() {
        return from("BANYAN_DATA", folder.toString());
    }

    private static Settings from(String... environment) {
        var map = new java.util.HashMap<String, String>();
        for (int i = 0; i < environment.length; i += 2) {
            map.put(environment[i], environment[i + 1]);
        }
        return Settings.from(map, new Properties());
    }
}
