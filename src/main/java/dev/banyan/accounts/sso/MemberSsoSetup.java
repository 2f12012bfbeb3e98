package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.IdentityStore.Person;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.domains.Domain;
import dev.banyan.accounts.domains.DomainUse;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.sso.ProviderSetup;
import dev.banyan.platform.sso.ProviderTests;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.platform.sso.SsoAddresses;
import dev.banyan.platform.sso.SsoBody;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoRules.Wish;
import dev.banyan.platform.sso.SsoView;
import dev.banyan.platform.sso.realm.SsoCutLinkStore.CutLink;
import jakarta.inject.Singleton;

/// Setting up single sign-on for the members of an account. Only owners may. Domains for whose emails the provider
/// speaks are in use: without one, its people can't sign in any more.
@Singleton
public record MemberSsoSetup(
        Database database, AccountSsoSecrets secrets, MemberDoors doors, ProviderSetup setup, Audit audit, Clock clock)
        implements DomainUse {

    /// The settings as shown.
    ///
    /// @param emergency the email of the owner who may sign in with a password
    /// @param addresses what the provider must know
    /// @param others what it would be told now; empty if that is the same
    /// @param signInPath where members sign in
    /// @param cut people who have to sign in at the provider once more
    /// @param proved the domains of the account that can be bound
    record View(
            Optional<AccountSso> stored,
            Optional<String> emergency,
            SsoAddresses addresses,
            Optional<SsoAddresses> others,
            String signInPath,
            List<String> proved,
            List<CutLink<IdentityId>> cut) {

        Optional<SsoView> sso() {
            return stored.map(
                    found -> SsoView.of(found, AccountSso.reach(found.settings(), found.emailDomains()), emergency));
        }

        List<String> emailDomains() {
            return stored.map(AccountSso::emailDomains).orElse(List.of());
        }
    }

    private static final int MOST_CUT = 200;

    private static final Invalid NO_WAY_IN = new Invalid(
            "emergencyAdmin",
            "emergencyAdmin is required: no owner could sign in until the new provider knows one",
            "Name an emergency owner: no other owner could sign in until the new provider knows one.");
    private static final Invalid ONLY_WORKSPACES =
            new Invalid("allowedDomains", "allowedDomains are for sub-clients. Members come in by their emailDomains");

    /// Returns all sealed secrets, for the doctor, which only checks that they can be opened.
    public static List<String> sealed(Database database) {
        return database.read(tx -> new AccountSsoStore(tx).sealedSecrets());
    }

    private static boolean mayChange(AccountContext context) {
        return context.membership().isOwner() && !context.isSubAccount() && context.isInPerson();
    }

    /// Whether the person may still change it: they may have been demoted since the request began.
    private static boolean isStillOwner(Tx tx, AccountContext context) {
        return new MembershipStore(tx).lockOwners(context.root().id()).contains(context.identity());
    }

    @Override
    public boolean standsOn(Tx tx, Domain domain) {
        return domain.owner().account().equals(domain.owner().tenant())
                && new AccountSsoStore(tx)
                        .find(SsoOwner.of(domain.owner().tenant()))
                        .filter(stored ->
                                stored.emailDomains().contains(domain.host().value()))
                        .isPresent();
    }

    @Override
    public boolean mayEnd(AccountContext context) {
        return mayChange(context);
    }

    Outcome<View> read(AccountContext context) {
        return mayChange(context)
                ? database.read(
                        tx -> Outcome.done(view(tx, context.root(), new AccountSsoStore(tx).find(owner(context)))))
                : Outcome.forbidden();
    }

    /// Returns what became of sign-ins at the provider.
    Outcome<SignInLog.Part> signIns(AccountContext context, Optional<UUID> before) {
        return mayChange(context)
                ? database.read(tx -> Outcome.done(SignInLog.part(tx, owner(context), before)))
                : Outcome.forbidden();
    }

    /// @param most how many at most
    Outcome<List<SignInLog.Entry>> signIns(AccountContext context, Optional<UUID> before, int most) {
        return mayChange(context)
                ? database.read(tx -> Outcome.done(SignInLog.list(tx, owner(context), before, most)))
                : Outcome.forbidden();
    }

    private static SsoOwner owner(AccountContext context) {
        return SsoOwner.of(context.root().id());
    }

    private View view(Tx tx, Account account, Optional<AccountSso> stored) {
        return new View(
                stored,
                stored.flatMap(AccountSso::emergency)
                        .flatMap(new IdentityStore(tx)::find)
                        .map(Identity::email),
                doors.addresses(account, stored),
                stored.filter(AccountSso::tells)
                        .filter(found -> !found.told().equals(account.username()))
                        .map(_ -> doors.addresses(account.username())),
                MemberDoors.PATH + "/" + account.username(),
                Domains.proved(tx, account.owner()),
                new AccountCutLinkStore(tx).list(SsoOwner.of(account.id()), MOST_CUT));
    }

    Outcome<View> put(AccountContext context, SsoBody body) {
        if (!mayChange(context)) {
            return Outcome.forbidden();
        }
        return setup.read(place(context), body)
                .then(wish -> database.write(tx -> put(tx, context, wish, body.linkedPasswords())));
    }

    private ProviderSetup.Place place(AccountContext context) {
        SsoOwner owner = owner(context);
        Optional<AccountSso> stored = database.read(tx -> new AccountSsoStore(tx).find(owner));
        return new ProviderSetup.Place(
                owner.id(),
                URI.create(doors.addresses(context.root(), stored).redirect()),
                AccountSso.ROLES,
                body -> body.allowedDomains().map(_ -> ONLY_WORKSPACES),
                stored,
                () -> stored.isPresent() ? secrets.open(owner, stored.get()) : Optional.empty());
    }

    private Outcome<View> put(Tx tx, AccountContext context, Wish wish, Optional<Boolean> linkedPasswords) {
        Account account = context.root();
        SsoOwner owner = owner(context);
        var store = new AccountSsoStore(tx);
        List<IdentityId> owners = new MembershipStore(tx).lockOwners(account.id());
        if (!owners.contains(context.identity())) {
            return Outcome.forbidden();
        }
        List<String> proved = Domains.proved(tx, account.owner());
        if (wish.emailDomains().isEmpty() || !proved.containsAll(wish.emailDomains())) {
            return Outcome.rejected(new Invalid(
                    "emailDomains",
                    proved.isEmpty()
                            ? "Add the domain of your members’ emails under Domains first, and prove it there"
                            : "emailDomains must name domains that this account has proved: "
                                    + String.join(", ", proved)));
        }
        Optional<IdentityId> emergency = wish.emergencyAdmin()
                .flatMap(email -> new IdentityStore(tx).findByEmail(Names.lower(email)))
                .map(Person::identity)
                .filter(person ->
                        owners.contains(person.id()) && !person.passwordHash().equals(Passwords.NO_PASSWORD))
                .map(Identity::id);
        if (wish.emergencyAdmin().isPresent() && emergency.isEmpty()) {
            return Outcome.rejected(new Invalid(
                    "emergencyAdmin",
                    "emergencyAdmin must be the email of an owner who has a password",
                    "Enter the email of an owner who has a password."));
        }
        Optional<AccountSso> before = store.find(owner);
        Optional<Invalid> missing = ProviderSetup.missingSecret(before, wish);
        if (missing.isPresent()) {
            return Outcome.rejected(missing.get());
        }
        Instant now = clock.instant();
        var stored = new AccountSso(
                wish.settings(),
                secrets.sealed(owner, before, wish),
                wish.emailDomains(),
                wish.passwordSignIn(),
                wish.passwordSignIn() && linkedPasswords.orElse(false),
                emergency,
                before.filter(AccountSso::tells).map(AccountSso::told).orElse(account.username()),
                before.map(AccountSso::createdAt).orElse(now),
                now);
        store.put(owner, stored);
        if (!keepsAWayIn(tx, owners, before, stored)) {
            before.ifPresentOrElse(old -> store.put(owner, old), () -> store.delete(owner));
            return Outcome.rejected(NO_WAY_IN);
        }
        endSessions(tx, owner, before, stored);
        note(tx, context, "MemberSsoChanged", stored);
        return Outcome.done(view(tx, account, Optional.of(stored)));
    }

    /// Whether an owner can still come in: with a password, or at the provider that knows them already.
    private boolean keepsAWayIn(Tx tx, List<IdentityId> owners, Optional<AccountSso> before, AccountSso after) {
        var identities = new IdentityStore(tx);
        return before.filter(old -> after.provider().mayKnow(old.provider().identity()))
                        .isPresent()
                || owners.stream()
                        .flatMap(owner -> identities.find(owner).stream())
                        .anyMatch(owner -> doors.insteadOfPassword(tx, owner).isEmpty());
    }

    /// A session counts only as long as what opened it: a provider that was replaced, or passwords that were closed.
    private static void endSessions(Tx tx, SsoOwner owner, Optional<AccountSso> before, AccountSso after) {
        var sessions = new AccountSsoSessionStore(tx);
        if (before.filter(old -> !old.provider().equals(after.provider())).isPresent()) {
            sessions.endAll(owner);
        }
        List<IdentityId> except = after.emergency().stream().toList();
        if (!after.passwordSignIn()) {
            sessions.endOthers(owner.tenant(), after.emailDomains(), except);
        } else if (!after.linkedPasswords()) {
            sessions.endOthersOfLinked(owner.tenant(), except);
        }
    }

    /// From now on the provider knows the account by its present username.
    Outcome<View> useNewAddress(AccountContext context) {
        if (!mayChange(context)) {
            return Outcome.forbidden();
        }
        return database.write(tx -> {
            Account account = new AccountStore(tx).lock(context.root().id()).orElseThrow();
            if (!isStillOwner(tx, context)) {
                return Outcome.forbidden();
            }
            var store = new AccountSsoStore(tx);
            Optional<AccountSso> stored =
                    store.find(owner(context)).map(before -> before.with(account.username(), clock.instant()));
            stored.ifPresent(now -> {
                store.put(owner(context), now);
                note(tx, context, "MemberSsoChanged", now);
            });
            return Outcome.done(view(tx, account, stored));
        });
    }

    /// @return whether there was one
    Outcome<Boolean> delete(AccountContext context) {
        if (!mayChange(context)) {
            return Outcome.forbidden();
        }
        return database.write(tx -> {
            if (!isStillOwner(tx, context)) {
                return Outcome.forbidden();
            }
            Optional<AccountSso> before = new AccountSsoStore(tx).find(owner(context));
            if (before.isPresent()) {
                new AccountSsoSessionStore(tx).endAll(owner(context));
                new AccountSsoStore(tx).delete(owner(context));
                note(tx, context, "MemberSsoRemoved", before.get());
            }
            return Outcome.done(before.isPresent());
        });
    }

    /// Asks the provider of a request, or the one that is stored.
    ///
    /// @param body empty: what is stored
    Outcome<ProviderTests.Result> test(AccountContext context, Optional<SsoBody> body) {
        if (!mayChange(context)) {
            return Outcome.forbidden();
        }
        return setup.test(place(context), body);
    }

    private void note(Tx tx, AccountContext context, String action, AccountSso stored) {
        Map<String, Object> details = new HashMap<>(stored.facts());
        details.put("domains", String.join(", ", stored.emailDomains()));
        audit.note(
                tx,
                context.actor(),
                context.root().owner(),
                action,
                owner(context).id(),
                details);
    }
}
