package dev.banyan.accounts.context;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;

/// Who must have two-step verification or a passkey before they can do anything: members of accounts whose owners ask
/// for it, sub-accounts included, and operators where the server's settings do.
@Singleton
public final class RequiredSecondFactor {

    /// Where people set one up.
    public static final String PATH = "/admin/settings/second-factor";

    /// What programs of somebody without one are answered.
    public static final String MISSING = "Two-step verification is required. Set it up at " + PATH + ", then try again";

    /// What is open to somebody who has to set one up first.
    private static final Pattern SETS_UP =
            Pattern.compile("[A-Z]+ (/admin/settings/(second-factor|passkeys)(/.*)?" + "|/api/admin/2fatokensetup)");

    /// What came of asking for it, or of asking no more.
    public sealed interface Changed {

        record Done() implements Changed {}

        record NotOwner() implements Changed {}

        /// The owner has none, and would be the first to be shut out.
        record OwnIsMissing() implements Changed {}
    }

    private final Database database;
    private final Settings settings;
    private final Audit audit;
    private final Clock clock;

    RequiredSecondFactor(Database database, Settings settings, Audit audit, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param route method and canonical path
    static boolean setsUp(String route) {
        return SETS_UP.matcher(route).matches();
    }

    /// Whether the person must set one up before they can act for a root account.
    static boolean isMissing(Tx tx, AccountId root, IdentityId person) {
        return new AccountStore(tx).isSecondFactorRequired(root) && hasNone(tx, person);
    }

    private static boolean hasNone(Tx tx, IdentityId person) {
        SecondFactor factor = new SecondFactorStore(tx).find(person);
        return !factor.isOn() && factor.passkeys() == 0;
    }

    /// Whether the operator must set one up before they can run the server.
    public boolean isMissing(IdentityId operator) {
        return settings.operatorsNeedSecondFactor() && database.read(tx -> hasNone(tx, operator));
    }

    public boolean isRequired(AccountContext context) {
        return database.read(
                tx -> new AccountStore(tx).isSecondFactorRequired(context.root().id()));
    }

    /// Asks all members of the root account for one, from their next request on, or no more.
    public Changed require(AccountContext context, boolean required) {
        if (!context.membership().isOwner()) {
            return new Changed.NotOwner();
        }
        return database.write(tx -> {
            if (required && hasNone(tx, context.identity())) {
                return new Changed.OwnIsMissing();
            }
            Account root = context.root();
            if (new AccountStore(tx).setSecondFactorRequired(root.id(), required, clock.instant())) {
                audit.note(
                        tx,
                        context.actor(),
                        root.owner(),
                        required ? "SecondFactorRequired" : "SecondFactorOptional",
                        root.id().toString(),
                        Map.of());
            }
            return new Changed.Done();
        });
    }
}
