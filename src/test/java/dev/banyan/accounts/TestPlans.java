package dev.banyan.accounts;

import module java.base;
import dev.banyan.TestEvents;
import dev.banyan.accounts.brands.NotificationRecipients;
import dev.banyan.accounts.brands.SubAccountLife;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.plans.GraceMails;
import dev.banyan.accounts.plans.GracePeriods;
import dev.banyan.accounts.plans.PlanPrices;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.accounts.subscription.PlanPreviews;
import dev.banyan.accounts.subscription.Subscriptions;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.mail.TestMails;

/// The operations on plans and related data, created manually for tests with their own settings or clock.
public final class TestPlans {

    private final Database database;
    private final Clock clock;
    private final Settings settings;
    private final TestEvents<AccountChanged> changed = new TestEvents<>();
    private final TestEvents<AccountStatusChanging> changing = new TestEvents<>();

    public TestPlans(Database database, Clock clock) {
        this(database, clock, Map.of());
    }

    /// @param environment settings as variables, such as `BANYAN_QUOTA`
    public TestPlans(Database database, Clock clock, Map<String, String> environment) {
        this.database = database;
        this.clock = clock;
        var all = new HashMap<>(environment);
        all.putIfAbsent("BANYAN_DATA", "target");
        this.settings = Settings.from(all, new Properties());
    }

    public Plans plans() {
        return new Plans(settings, clock);
    }

    public Quotas quotas() {
        return new Quotas(plans());
    }

    public GracePeriods graces() {
        return new GracePeriods(
                database,
                plans(),
                new GraceMails(TestMails.waitingIn(database, settings, clock), settings),
                states(),
                audit(),
                List.of(),
                clock);
    }

    SubAccountStates states() {
        return new SubAccountStates(changing, changed, clock);
    }

    public SubAccountLife life() {
        return new SubAccountLife(
                database,
                plans(),
                quotas(),
                graces(),
                states(),
                new NotificationRecipients(TestMails.waitingIn(database, settings, clock), settings),
                audit(),
                clock);
    }

    public Subscriptions subscriptions() {
        return new Subscriptions(
                database, graces(), plans(), new PlanPrices(settings), quotas(), audit(), states(), clock);
    }

    public PlanPreviews previews() {
        return new PlanPreviews(database, plans(), new PlanPrices(settings), clock);
    }

    public SubAccounts subAccounts() {
        return new SubAccounts(database, plans(), quotas(), states(), audit(), clock, new Uuids(clock));
    }

    public TestEvents<AccountChanged> changed() {
        return changed;
    }

    private Audit audit() {
        return TestAudit.on(database, clock);
    }
}
