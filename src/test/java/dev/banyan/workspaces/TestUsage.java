package dev.banyan.workspaces;

import module java.base;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.mail.TestMails;
import dev.banyan.workspaces.usage.UsageMeter;
import dev.banyan.workspaces.usage.UsageWarnings;

/// Makes counters of what workspaces use.
public final class TestUsage {

    private TestUsage() {}

    public static UsageMeter on(Database database, Clock clock) {
        Settings settings = Settings.forTests(Path.of("target"));
        return new UsageMeter(
                database,
                new UsageWarnings(TestMails.waitingIn(database, settings, clock), settings),
                new AccountDays(database, clock),
                clock);
    }
}
