package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.accounts.signin.SignInElsewhere;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.SsoAddresses;
import dev.banyan.platform.sso.SsoAttempt;
import dev.banyan.platform.sso.SsoDoor;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.realm.PasswordRule;
import dev.banyan.platform.web.gate.BodyDoor;
import jakarta.inject.Singleton;

/// The doors through which members come in: which account’s provider is asked about whom. Browsers bring the answer of
/// a SAML provider, which is long for people in many groups.
@Singleton
record MemberDoors(
        Database database, AccountSsoSecrets secrets, MemberSessions sessions, Settings settings, Clock clock)
        implements SignInElsewhere, BodyDoor, Expiring {

    static final String PATH = "/sso";
    static final String DENIED = "single sign-on to an account";
    private static final Pattern ACS = Pattern.compile(PATH + "/([^/]+)/acs");

    /// An account with the provider of its members.
    record Door(MemberDoors doors, Account account, AccountSso stored) implements SsoDoor {

        @Override
        public String name() {
            return "account " + account.id();
        }

        @Override
        public SsoOwner owner() {
            return SsoOwner.of(account.id());
        }

        @Override
        public String denied() {
            return DENIED;
        }

        String path() {
            return PATH + "/" + account.username();
        }

        @Override
        public Optional<String> secret() throws ProviderTrouble {
            return doors.secrets.open(owner(), stored);
        }

        @Override
        public SsoAddresses addresses() {
            return doors.addresses(account, Optional.of(stored));
        }

        @Override
        public void remember(SsoAttempt attempt) {
            doors.database.act(tx -> new AccountSsoAttemptStore(tx).insert(owner(), attempt));
        }

        @Override
        public Optional<SsoAttempt> take(String stateHash) {
            return doors.database.write(tx -> new AccountSsoAttemptStore(tx).take(owner(), stateHash));
        }
    }

    /// Returns what the provider must know: what it was told, or would be told now. Both lead to the account, which
    /// keeps a username that its provider knows. Members sign out here alone.
    SsoAddresses addresses(Account account, Optional<AccountSso> stored) {
        return addresses(stored.filter(AccountSso::tells).map(AccountSso::told).orElse(account.username()));
    }

    SsoAddresses addresses(String username) {
        return new SsoAddresses(settings.baseUrl() + PATH + "/" + username, Optional.empty());
    }

    /// Returns where members of an account sign in; empty if it has no provider.
    ///
    /// @param username of today, or a former one
    Optional<Door> find(String username) {
        return database.read(
                tx -> new AccountStore(tx).findByUsername(Names.lower(username)).flatMap(account -> door(tx, account)));
    }

    Optional<Door> find(Tx tx, AccountId tenant) {
        return new AccountStore(tx).find(tenant).flatMap(account -> door(tx, account));
    }

    private Optional<Door> door(Tx tx, Account account) {
        return isOpen(account)
                ? new AccountSsoStore(tx).find(SsoOwner.of(account.id())).map(stored -> new Door(this, account, stored))
                : Optional.empty();
    }

    private static boolean isOpen(Account account) {
        return !account.isSubAccount() && account.status() == AccountStatus.ACTIVE;
    }

    /// Whether the provider of this account speaks for people with this email: one of the domains that are bound to
    /// it, which still is the account’s.
    static boolean speaksFor(Tx tx, Account account, AccountSso stored, String email) {
        return stored.speaksFor(email)
                && Domains.provedBy(tx, AccountSso.domainOf(email))
                        .filter(account.owner()::equals)
                        .isPresent();
    }

    private Optional<Door> ofEmail(Tx tx, String email) {
        return Domains.provedBy(tx, AccountSso.domainOf(email))
                .filter(owner -> owner.account().equals(owner.tenant()))
                .flatMap(owner -> find(tx, owner.tenant()))
                .filter(door -> door.stored().speaksFor(email));
    }

    @Override
    public Optional<String> insteadOfPassword(Tx tx, Identity person) {
        return speakingFor(tx, person)
                .filter(door -> !allowsPassword(tx, door, person.id()))
                .map(Door::path);
    }

    /// Returns the door of the provider that speaks for a person: for a member with an email of its domains, who
    /// doesn’t run the server.
    Optional<Door> speakingFor(Tx tx, Identity person) {
        return ofEmail(tx, person.email())
                .filter(door -> new IdentityStore(tx).isMember(door.account().id(), person.id()))
                .filter(_ -> new IdentityStore(tx)
                        .findPerson(person.id())
                        .filter(found -> !found.operator())
                        .isPresent());
    }

    private boolean allowsPassword(Tx tx, Door door, IdentityId person) {
        return new PasswordRule<>(door.owner(), door.stored(), door.stored().emergency())
                .allows(person, new AccountSsoLinkStore(tx), new AccountCutLinkStore(tx), clock.instant());
    }

    @Override
    public Optional<String> refusedBy(Tx tx, AccountId tenant, IdentityId member, Duration since) {
        SsoOwner account = SsoOwner.of(tenant);
        return new AccountSsoLinkStore(tx)
                        .isRefused(account, member, clock.instant().minus(since))
                ? new AccountSsoStore(tx)
                        .find(account)
                        .filter(stored -> !stored.isEmergency(member))
                        .map(stored -> stored.settings().shownName())
                : Optional.empty();
    }

    @Override
    public Optional<String> of(Tx tx, IdentityId person) {
        return new AccountSsoLinkStore(tx)
                .accountsOf(person).stream()
                        .flatMap(tenant -> find(tx, tenant).stream())
                        .findFirst()
                        .map(Door::path);
    }

    @Override
    public Optional<String> named(Tx tx, String emailOrUsername) {
        String name = Names.lower(emailOrUsername);
        return (name.contains("@")
                        ? ofEmail(tx, name)
                        : new AccountStore(tx).findByUsername(name).flatMap(account -> door(tx, account)))
                .map(Door::path);
    }

    @Override
    public void opened(Tx tx, IdentityId person, String awaited, String tokenHash) {
        sessions.continued(tx, person, awaited, tokenHash);
    }

    @Override
    public boolean leads(String path) {
        return ACS.matcher(path).matches();
    }

    @Override
    public Optional<String> owner(String path) {
        Matcher acs = ACS.matcher(path);
        return acs.matches()
                ? find(acs.group(1))
                        .filter(door -> door.provider() instanceof SsoProvider.Saml)
                        .map(door -> "saml " + door.account().id())
                : Optional.empty();
    }

    @Override
    public int forgetExpired() {
        return database.write(tx -> new AccountSsoAttemptStore(tx).deleteExpired(clock.instant(), 1_000));
    }
}
