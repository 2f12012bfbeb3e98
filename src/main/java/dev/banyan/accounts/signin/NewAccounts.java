package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.ReservedNames;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.signin.Registrations.Applicant;
import dev.banyan.accounts.signin.Registrations.Registered;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Creates root accounts with the people who own them, in the caller's transaction.
@Singleton
public record NewAccounts(Devices devices, EmailConfirmations confirmations, Audit audit, Clock clock, Uuids uuids) {

    /// Registers a person whose fields are valid, and signs them in.
    public Registered register(Tx tx, Actor actor, Device device, Applicant applicant) {
        var identities = new IdentityStore(tx);
        String email = Names.lower(applicant.email());
        if (identities.findByEmail(email).isPresent()) {
            return new Registered.EmailTaken();
        }
        Instant now = clock.instant();
        IdentityId id = uuids.nextIdentityId();
        var self = new Actor(Optional.of(id), actor.ip());
        Optional<Account> account =
                open(tx, self, id, email, applicant.username(), applicant.displayName(), applicant.plan());
        if (account.isEmpty()) {
            return new Registered.UsernameTaken();
        }
        AccountId home = account.get().id();
        var identity = new Identity(id, email, applicant.hash(), Optional.of(home), false);
        if (!identities.insert(identity, now)) {
            return tx.undone(new Registered.EmailTaken()); // another request was faster, since the check above
        }
        identities.insertOwner(home, id, now);
        if (applicant.confirmed()) {
            identities.confirm(id, email, now);
        } else {
            confirmations.send(tx, identity);
        }
        return new Registered.Welcome(id, home, devices.signIn(tx, identity, device));
    }

    /// Creates a root account. The caller also makes `owner` its owner.
    ///
    /// @return empty if the username is taken or reserved
    public Optional<Account> open(
            Tx tx, Actor actor, IdentityId owner, String email, String username, String displayName, Plan plan) {
        Instant now = clock.instant();
        var account = new Account(
                uuids.nextAccountId(),
                Optional.empty(),
                Names.lower(username),
                Text.clean(displayName),
                Optional.of(email),
                Optional.empty(),
                AccountStatus.ACTIVE,
                Optional.empty(),
                plan.tier(),
                Optional.empty(),
                false,
                false,
                Optional.of(owner),
                now);
        var accounts = new AccountStore(tx);
        if (ReservedNames.contains(account.username()) || !accounts.insert(account, now)) {
            return Optional.empty();
        }
        if (!plan.equals(Plan.FREE)) {
            accounts.setPlan(account.id(), plan, now);
        }
        new UsageStore(tx).start(account.owner());
        audit.note(tx, actor, account, "AccountRegistered", Map.of("username", account.username()));
        return Optional.of(account);
    }
}
