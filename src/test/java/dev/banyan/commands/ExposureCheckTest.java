package dev.banyan.commands;

import static dev.banyan.schema.Tables.IDENTITIES;
import static dev.banyan.schema.Tables.OPERATORS;
import static dev.banyan.schema.Tables.SAMPLE_PEOPLE;
import static dev.banyan.schema.Tables.SECOND_FACTORS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.TestClock;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.signin.SamplePeopleFixture;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.accounts.signin.factors.SecondFactorStore.Waiting;
import dev.banyan.commands.Finding.Level;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is dangerous on the internet is a problem for a server with a public address and a warning for others.
@OnEveryDatabase
class ExposureCheckTest {

    private static final String PUBLIC = "https://links.example.com";
    private static final String PRIVATE = "http://localhost:8080";

    private final Database database;
    private final TestClock clock = new TestClock();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    ExposureCheckTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void forgetThePeopleOfOtherTests() {
        database.write(tx -> {
            tx.sql().deleteFrom(OPERATORS).execute();
            tx.sql().deleteFrom(SECOND_FACTORS).execute();
            tx.sql().deleteFrom(SAMPLE_PEOPLE).execute();
            return tx.sql().deleteFrom(IDENTITIES).execute();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BANYAN_RATE_LIMITS    | off                       | Rate limits are off
            BANYAN_OUTBOUND_ALLOW | 0.0.0.0/0                 | (0.0.0.0/0); name only
            BANYAN_OUTBOUND_ALLOW | ::/0                      | name only
            BANYAN_OUTBOUND_ALLOW | 10.0.0.0/8, 128.0.0.0/1   | (128.0.0.0/1); name only
            BANYAN_OUTBOUND_ALLOW | 2000::/3                  | name only
            BANYAN_OUTBOUND_ALLOW | 2001::/16                 | name only
            BANYAN_CONSOLE        | anywhere                  | set BANYAN_CONSOLE=local
            """)
    void aSettingThatOpensTooMuchIsFound(String variable, String value, String told) {
        assertFound(settings(PUBLIC, variable, value), Level.PROBLEM, told);
        assertFound(settings(PRIVATE, variable, value), Level.WARNING, told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "192.168.1.20", "fc00::/7", "172.16.0.0/12, 2001:db8::/32"})
    void aPrivateNetworkMayBeCalled(String ranges) {
        assertThat(ExposureCheck.of(settings(PUBLIC, "BANYAN_OUTBOUND_ALLOW", ranges)))
                .extracting(Finding::level)
                .containsExactly(Level.GOOD);
    }

    @ParameterizedTest
    @CsvSource({
        "http://links.example.com, 127.0.0.1, PROBLEM",
        "http://93.184.216.34:8080, 127.0.0.1, PROBLEM",
        "http://[2606:2800:220:1::1], 127.0.0.1, PROBLEM",
        "http://10.0.0.7:8080, 0.0.0.0, WARNING",
        "http://banyan.lan, 0.0.0.0, WARNING",
        "http://banyan:8080, ::, WARNING",
        "http://localhost:8080, 192.168.1.20, WARNING",
        "'', 0.0.0.0, WARNING",
        "https://links.example.com, 0.0.0.0, GOOD",
        "https://banyan.lan, 0.0.0.0, GOOD",
        "http://localhost:8080, 127.0.0.1, GOOD",
        "http://banyan.localhost, ::1, GOOD",
        "http://10.0.0.7, 127.0.0.1, GOOD",
        "'', 127.0.0.1, GOOD",
    })
    void anAddressWithoutEncryptionIsFound(String baseUrl, String host, Level level) {
        List<Finding> findings = ExposureCheck.of(settings(baseUrl, "BANYAN_HOST", host));
        assertThat(findings).extracting(Finding::level).containsExactly(level);
        if (level != Level.GOOD) {
            assertThat(findings.getFirst().line()).contains("put a proxy with TLS in front");
        }
    }

    @Test
    void aProxyThatIsNotTrustedIsFound() {
        assertFound(settings(PUBLIC, "BANYAN_TRUSTED_PROXIES", ""), Level.WARNING, "set BANYAN_TRUSTED_PROXIES to");
        assertThat(ExposureCheck.of(settings(PRIVATE, "BANYAN_TRUSTED_PROXIES", "")))
                .extracting(Finding::level)
                .containsExactly(Level.GOOD);
    }

    @Test
    void anEmptyServerHasNothingToLose() {
        assertThat(ofData(PUBLIC)).isEmpty();
    }

    @Test
    void anOperatorWithAPasswordAloneIsFound() {
        IdentityId operator = person("op@people.example", "hash");
        database.write(tx -> {
            new IdentityStore(tx).insertOperator(operator, clock.instant());
            return operator;
        });
        person("owner@people.example", "hash");

        assertBoth("Operators without a second step or a passkey: op@people.example;");

        database.write(tx -> {
            var store = new SecondFactorStore(tx);
            store.putWaiting(
                    operator, new Waiting(Optional.of("sealed"), Optional.empty()), clock.instant(), clock.instant());
            return store.enableTotp(operator, "sealed", 1, clock.instant());
        });
        assertThat(ofData(PUBLIC)).isEmpty();
    }

    @Test
    void aPasswordOfTheDemoIsFoundUntilItIsChanged() {
        IdentityId agency = person("agency@demo.example", "printed");
        SamplePeopleFixture.made(database, "agency@demo.example");
        person("maya@people.example", "hash");

        assertBoth("Passwords that the demo printed still work, for agency@demo.example;");

        SamplePeopleFixture.changePassword(database, agency, "her own");
        assertThat(ofData(PUBLIC)).isEmpty();
    }

    @Test
    void aWeekWithoutABackupIsFound() throws IOException {
        person("maya@people.example", "hash");
        clock.forward(Duration.ofDays(7));
        assertThat(ofData(PUBLIC)).isEmpty();

        clock.forward(Duration.ofMinutes(1));
        assertBoth("There is no backup, more than a week after the first start; run ./banyan backup");

        Path last = Files.createFile(data.resolve(".last-backup"));
        Files.setLastModifiedTime(last, FileTime.from(clock.instant()));
        assertThat(ofData(PUBLIC)).isEmpty();

        clock.forward(Duration.ofDays(8));
        assertBoth("The last backup is from 20");
    }

    /// The command itself: what it prints, and its exit code.
    @ParameterizedTest
    @CsvSource({PUBLIC + ", 1, ❌ Rate limits are off", PRIVATE + ", 0, ⚠️ Rate limits are off"})
    void doctorFailsForAPublicServerOnly(String baseUrl, int code, String told) {
        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
            server.stop();
            server.awaitExit();
        }
        try (var doctor = ServerProcess.start(
                Map.of("BANYAN_BASE_URL", baseUrl, "BANYAN_RATE_LIMITS", "off", "BANYAN_PORT", "0"),
                "doctor",
                "--data",
                data.toString())) {
            assertThat(doctor.awaitExit()).as(doctor.out()).isEqualTo(code);
            assertThat(doctor.out()).contains(told);
        }
    }

    private void assertBoth(String told) {
        assertThat(ofData(PUBLIC)).singleElement().satisfies(found -> {
            assertThat(found.level()).isEqualTo(Level.PROBLEM);
            assertThat(found.line()).startsWith(told);
        });
        assertThat(ofData(PRIVATE)).singleElement().satisfies(found -> {
            assertThat(found.level()).isEqualTo(Level.WARNING);
            assertThat(found.line()).startsWith(told);
        });
    }

    private static void assertFound(Settings settings, Level level, String told) {
        assertThat(ExposureCheck.of(settings)).singleElement().satisfies(found -> {
            assertThat(found.level()).isEqualTo(level);
            assertThat(found.line()).contains(told, ";");
        });
    }

    private List<Finding> ofData(String baseUrl) {
        return ExposureCheck.of(database, settings(baseUrl, "BANYAN_DATA", data.toString()), clock);
    }

    private static Settings settings(String baseUrl, String variable, String value) {
        var environment = new HashMap<>(Map.of("BANYAN_TRUSTED_PROXIES", "10.42.0.0/16"));
        environment.put(variable, value);
        if (!baseUrl.isEmpty()) {
            environment.put("BANYAN_BASE_URL", baseUrl);
        }
        return Settings.from(environment, new Properties());
    }

    private IdentityId person(String email, String hash) {
        IdentityId id = StoredAccounts.newIdentityId();
        database.write(tx ->
                new IdentityStore(tx).insert(new Identity(id, email, hash, Optional.empty(), true), clock.instant()));
        return id;
    }
}
