package dev.banyan.accounts.signin;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.IDENTITIES;
import static dev.banyan.schema.Tables.MAILS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.TestPasswords;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.signin.Registrations.Registered;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.limits.TestRateLimits;
import dev.banyan.platform.mail.TestMails;
import dev.banyan.platform.secrets.TestSecrets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@OnEveryDatabase
class RegistrationsTest {

    private final AtomicInteger newcomers = new AtomicInteger();

    private static final Actor VISITOR = new Actor(Optional.empty(), "192.0.2.1");
    private static final String PASSWORD = "correct horse battery";

    private final Database database;
    private final TestClock clock = new TestClock();

    RegistrationsTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void setUpTheServer() {
        if (!new ServerOwner(database).exists()) {
            TestDatabases.own(database);
        }
    }

    @Test
    void aRegistrationMakesAPersonAnAccountASessionAndAMail() {
        Registered answer = registrations().register(VISITOR, Device.UNKNOWN, " Maya@Example.com ", "Maya", PASSWORD);

        assertThat(answer).isInstanceOf(Registered.Welcome.class);
        Account account = database.<Optional<Account>>read(tx -> new AccountStore(tx).findByUsername("maya"))
                .orElseThrow();
        assertThat(account.displayName()).isEqualTo("Maya");
        assertThat(account.ownTier()).isEqualTo(Tier.FREE);
        assertThat(count("maya@example.com", "maya")).isEqualTo(new Rows(1, 1, 1));
    }

    @Test
    void ofManyRegistrationsWithOneEmailAtOnceOneIsWelcomeAndNothingIsLeftOfTheOthers() {
        Registrations registrations = registrations();

        List<Registered> answers = AtOnce.run(
                8,
                number -> registrations.register(
                        VISITOR, Device.UNKNOWN, "twin@example.com", "twin-" + number, PASSWORD));

        assertThat(answers).filteredOn(Registered.Welcome.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Registered.EmailTaken.class::isInstance).hasSize(7);
        assertThat(count("twin@example.com", "twin-%")).isEqualTo(new Rows(1, 1, 1));
    }

    @Test
    void ofManyRegistrationsWithOneUsernameAtOnceOneIsWelcomeAndNothingIsLeftOfTheOthers() {
        Registrations registrations = registrations();

        List<Registered> answers = AtOnce.run(
                8,
                number -> registrations.register(
                        VISITOR, Device.UNKNOWN, "same-" + number + "@example.com", "same", PASSWORD));

        assertThat(answers).filteredOn(Registered.Welcome.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Registered.UsernameTaken.class::isInstance)
                .hasSize(7);
        assertThat(count("same-%@example.com", "same")).isEqualTo(new Rows(1, 1, 1));
    }

    @Test
    void everyBrokenFieldIsNamed() {
        assertThat(registrations().register(VISITOR, Device.UNKNOWN, "nobody", "a b", "short"))
                .isInstanceOfSatisfying(
                        Registered.Rejected.class,
                        rejected -> assertThat(rejected.invalid())
                                .extracting(Invalid::field)
                                .containsExactly("email", "username", "password"));
    }

    @Test
    void aReservedNameIsTaken() {
        assertThat(registrations().register(VISITOR, Device.UNKNOWN, "admin@example.com", "Admin", PASSWORD))
                .isEqualTo(new Registered.UsernameTaken());
    }

    @ParameterizedTest
    @EnumSource(names = {"INVITE", "CLOSED"})
    void whereRegistrationIsNotOpenNobodyRegisters(Settings.Registration registration) {
        var settings = Settings.from(Map.of("BANYAN_REGISTRATION", registration.name()), new Properties());

        assertThat(registrations(settings).register(VISITOR, Device.UNKNOWN, "late@example.com", "late", PASSWORD))
                .isEqualTo(new Registered.Closed());
    }

    @Test
    void aNewAccountGetsTheDefaultPlan() {
        assertThat(planOfNewcomer("")).isEqualTo(Plan.FREE);
        assertThat(planOfNewcomer("premium, agency-pro, pack-10=2, pack-3"))
                .isEqualTo(
                        new Plan(Tier.PREMIUM, Optional.of(AgencyPermission.PRO), Map.of(Pack.TEN, 2, Pack.THREE, 1)));
        assertThat(planOfNewcomer("unlimited")).isEqualTo(Plan.UNLIMITED);
    }

    private Plan planOfNewcomer(String defaultPlan) {
        var settings = Settings.from(Map.of("BANYAN_DEFAULT_PLAN", defaultPlan), new Properties());
        String name = "planned" + newcomers.incrementAndGet();
        return switch (registrations(settings)
                .register(VISITOR, Device.UNKNOWN, name + "@example.com", name, PASSWORD)) {
            case Registered.Welcome welcome ->
                database.read(tx -> new AccountStore(tx)
                        .plan(new AccountStore(tx).find(welcome.account()).orElseThrow()));
            case Registered other -> throw new AssertionError(other);
        };
    }

    /// @param accounts with the username or pattern
    private record Rows(int accounts, int identities, int mails) {}

    private Rows count(String email, String username) {
        return database.read(tx -> new Rows(
                tx.sql().fetchCount(ACCOUNTS, ACCOUNTS.USERNAME.like(username)),
                tx.sql().fetchCount(IDENTITIES, IDENTITIES.EMAIL.like(email)),
                tx.sql().fetchCount(MAILS, MAILS.RECIPIENT.like(email))));
    }

    private Registrations registrations() {
        return registrations(settings());
    }

    private Registrations registrations(Settings settings) {
        return new Registrations(
                database,
                passwords(),
                new NewAccounts(
                        new Devices(
                                database,
                                new LoginSessions(database, settings, new TestEvents<>(), clock),
                                TestMails.waitingIn(database, settings, clock),
                                TestSecrets.of(settings),
                                settings,
                                clock),
                        new EmailConfirmations(
                                database,
                                TestMails.waitingIn(database, settings, clock),
                                settings,
                                TestElsewhere.NOWHERE,
                                audit(),
                                clock),
                        audit(),
                        clock,
                        new Uuids(clock)),
                new Plans(settings, clock),
                new ServerOwner(database),
                TestRateLimits.on(settings, clock),
                settings);
    }

    private Audit audit() {
        return TestAudit.on(database, clock);
    }

    private static Passwords passwords() {
        return TestPasswords.real();
    }

    private static Settings settings() {
        return Settings.forTests(Path.of("target"));
    }
}
