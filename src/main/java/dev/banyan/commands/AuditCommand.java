package dev.banyan.commands;

import module java.base;
import dev.banyan.accounts.audit.AuditNames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.OwnCommand;
import dev.banyan.platform.audit.AuditVerification;
import dev.banyan.platform.audit.AuditVerification.Chain;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseHealth;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.db.DatabaseView;
import dev.banyan.platform.db.SqliteLibrary;

/// `./banyan audit verify`: verifies the integrity of the audit log, with or without a running server, without changing
/// anything.
public final class AuditCommand {

    private final Database database;
    private final Map<AccountId, String> names;

    private long chains;
    private long rows;
    private long broken;

    private AuditCommand(Database database) {
        this.database = database;
        this.names = new AuditNames(database).ofRoots();
    }

    /// @param task the subcommand; there is only one
    /// @return the exit code: 0 if every chain is intact, 1 if one is not
    public static int run(Settings settings, String task) {
        if (!task.equals("verify")) {
            throw new CommandLine.Wrong("unknown task “" + task + "”; try " + OwnCommand.NAME + " audit verify");
        }
        Boot.requireReadable(settings.data());
        SqliteLibrary.useUnpacked(settings.runFolder());
        var place = DatabasePlace.of(settings.databaseUrl(), DataFolder.database(settings.data()));
        requireOurSchema(place);
        System.out.println("Audit log of " + settings.data());
        return new AuditCommand(new DatabaseView(place)).verify();
    }

    static void requireOurSchema(DatabasePlace place) {
        if (DatabaseHealth.schemaOf(place) != DatabaseHealth.Schema.CURRENT) {
            throw new Boot.Refused(
                    place.name() + " has no tables of this version; run " + OwnCommand.NAME + " doctor for details");
        }
    }

    private int verify() {
        AuditVerification.run(database, this::tell);
        System.out.println(
                broken == 0
                        ? String.format(Locale.ROOT, "No changes found. Chains: %,d, rows: %,d.", chains, rows)
                        : String.format(
                                Locale.ROOT, "Broken chains: %,d of %,d. Keep this folder as it is.", broken, chains));
        return broken == 0 ? 0 : 1;
    }

    private void tell(Chain chain) {
        chains++;
        rows += chain.sealed();
        String name = nameOf(chain.tenant());
        if (chain.broken().isPresent()) {
            broken++;
            var found = chain.broken().get();
            System.out.printf(
                    Locale.ROOT, "❌ %s: broken at row %d of its chain: %s%n", name, found.sequence(), found.what());
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "✅ %s: rows: %,d, waiting to be sealed: %,d, ends with %s%n",
                name,
                chain.sealed(),
                chain.unsealed(),
                chain.end().substring(0, 16));
    }

    private String nameOf(AccountId tenant) {
        return tenant.equals(AccountId.SERVER) ? "this server" : names.getOrDefault(tenant, "account " + tenant);
    }
}
