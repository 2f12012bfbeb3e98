package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Decides who must have two-step verification or a passkey before they can do anything: members of accounts whose
/// owners require it, including their sub-accounts, and operators if the server's settings require it.
@Singleton
public record RequiredSecondFactor(Database database, Settings settings, Audit audit, Clock clock) {

    /// The page on which people set one up.
    public static final String PATH = "/admin/settings/second-factor";

    /// The error for programs of a person without a second factor.
    public static final String MISSING = "Two-step verification is required. Set it up at " + PATH + ", then try again";

    /// The routes that are open to a person who must set one up first.
    private static final Pattern SETS_UP =
            Pattern.compile("[A-Z]+ (/admin/settings/(second-factor|passkeys)(/.*)?" + "|/api/admin/2fatokensetup)");

    /// The result of requiring it, or of no longer requiring it.
    public sealed interface Changed {

        record Done() implements Changed {}

        record NotOwner() implements Changed {}

        /// The owner has none, and would be the first to be locked out.
        record OwnIsMissing() implements Changed {}
    }

    /// @param route method and canonical path
    static boolean setsUp(String route) {
        return SETS_UP.matcher(route).matches();
    }

    /// Returns true if the person must set one up before they can act for a root account.
    public static boolean isMissing(Tx tx, AccountId root, IdentityId person) {
        return new RequiredSecondFactorStore(tx).isSecondFactorRequired(root) && hasNone(tx, person);
    }

    private static boolean hasNone(Tx tx, IdentityId person) {
        SecondFactor factor = new SecondFactorStore(tx).find(person);
        return !factor.isOn() && factor.passkeys() == 0;
    }

    /// Returns true if the operator must set one up before they can run the server.
    public boolean isMissing(IdentityId operator) {
        return settings.operatorsNeedSecondFactor() && database.read(tx -> hasNone(tx, operator));
    }

    public boolean isRequired(AccountContext context) {
        return database.read(tx -> new RequiredSecondFactorStore(tx)
                .isSecondFactorRequired(context.root().id()));
    }

    /// Requires a second factor from all members of the root account from their next request on, or stops requiring it.
    public Changed require(AccountContext context, boolean required) {
        if (!context.membership().isOwner()) {
            return new Changed.NotOwner();
        }
        return database.write(tx -> {
            if (required && hasNone(tx, context.identity())) {
                return new Changed.OwnIsMissing();
            }
            Account root = context.root();
            if (new RequiredSecondFactorStore(tx).setSecondFactorRequired(root.id(), required, clock.instant())) {
                audit.note(
                        tx,
                        context.actor(),
                        root,
                        required ? "SecondFactorRequired" : "SecondFactorOptional",
                        Map.of());
            }
            return new Changed.Done();
        });
    }
}
