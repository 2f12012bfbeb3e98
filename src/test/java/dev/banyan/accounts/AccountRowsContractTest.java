package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import module java.base;
import dev.banyan.accounts.audit.AuditNameStore;
import dev.banyan.accounts.brands.ErasureStore;
import dev.banyan.accounts.context.AccountLockStore;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.accounts.context.LockReason;
import dev.banyan.accounts.context.RequiredSecondFactorStore;
import dev.banyan.accounts.keys.ApiKeyStore;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.GraceStore;
import dev.banyan.accounts.plans.Subscription;
import dev.banyan.accounts.plans.SubscriptionStatus;
import dev.banyan.accounts.plans.SubscriptionStore;
import dev.banyan.accounts.signin.SignIn;
import dev.banyan.accounts.signin.SignInStore;
import dev.banyan.accounts.signin.SignIns;
import dev.banyan.accounts.signin.factors.Passkey;
import dev.banyan.accounts.signin.factors.PasskeyStore;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Language;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import org.junit.jupiter.api.Test;

/// The rows of an agency, with those of another one.
@OnEveryDatabase
class AccountRowsContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final AccountContext agency;
    private final AccountContext brand;
    private final AccountContext other;
    private final AccountContext othersBrand;
    private final AccountId tenant;
    private final IdentityId owner;

    AccountRowsContractTest(Database database) {
        this.database = database;
        this.agency = StoredAccounts.agency(database);
        this.brand = StoredAccounts.brandOf(database, agency);
        this.other = StoredAccounts.agency(database);
        this.othersBrand = StoredAccounts.brandOf(database, other);
        this.tenant = agency.root().id();
        this.owner = agency.identity();
    }

    private ApiKey newKey() {
        return new ApiKey(
                UUIDS.next().toString().substring(28),
                tenant,
                "Program",
                List.of("read:pages"),
                true,
                Optional.empty(),
                owner,
                NOW,
                Optional.empty(),
                Optional.empty(),
                dev.banyan.platform.KeyLimits.NONE,
                false);
    }

    @Test
    void keysAreTheAccountsOwn() {
        ApiKey key = newKey();
        write(tx -> new ApiKeyStore(tx).insert(tenant, key, "hash"));

        AccountId stranger = other.root().id();
        assertThatObject(read(tx -> new ApiKeyStore(tx).count(stranger))).isEqualTo(0);
        write(tx -> new ApiKeyStore(tx).update(stranger, key.id(), "Taken", List.of()));
        write(tx -> new ApiKeyStore(tx).disable(stranger, key.id(), "over"));
        write(tx -> new ApiKeyStore(tx).delete(stranger, key.id()));
        assertThatObject(read(tx -> new ApiKeyStore(tx).find(tenant, key.id()))).isEqualTo(Optional.of(key));

        assertThatObject(read(tx -> new ApiKeyStore(tx).count(tenant))).isEqualTo(1);
        write(tx -> new ApiKeyStore(tx).update(tenant, key.id(), "Other", List.of()));
        write(tx -> new ApiKeyStore(tx).disable(tenant, key.id(), "over"));
        ApiKey changed = read(tx -> new ApiKeyStore(tx).find(tenant, key.id()).orElseThrow());
        assertThat(changed.name()).isEqualTo("Other");
        assertThat(changed.active()).isFalse();
        write(tx -> new ApiKeyStore(tx).delete(tenant, key.id()));
        assertThatObject(read(tx -> new ApiKeyStore(tx).count(tenant))).isEqualTo(0);
    }

    @Test
    void switchingOffReachesOneTenantAlone() {
        var disabling = new AccountLocks.Disabling(LockReason.TERMS, "A note", NOW);
        write(tx -> new AccountLockStore(tx).insert(tenant, disabling));
        session(owner, "own");
        session(other.identity(), "other");

        assertThatObject(read(tx -> new AccountLockStore(tx).find(tenant))).isEqualTo(Optional.of(disabling));
        assertThatObject(read(tx -> new AccountLockStore(tx).find(other.root().id())))
                .isEqualTo(Optional.empty());
        write(tx -> new AccountLockStore(tx).setRootStatus(tenant, AccountStatus.SUSPENDED, NOW));
        assertThatObject(written(tx -> new AccountLockStore(tx).suspendActive(tenant, NOW)))
                .isEqualTo(Map.of(brand.acting().id(), brand.acting().username()));
        assertThatObject(written(tx -> new AccountLockStore(tx).endSessions(tenant)))
                .isEqualTo(1);
        assertThat(statusOf(tenant)).isEqualTo(AccountStatus.SUSPENDED);
        assertThat(statusOf(brand.acting().id())).isEqualTo(AccountStatus.SUSPENDED);
        assertThat(statusOf(other.root().id())).isEqualTo(AccountStatus.ACTIVE);
        assertThat(statusOf(othersBrand.acting().id())).isEqualTo(AccountStatus.ACTIVE);
        assertThatObject(written(tx -> new AccountLockStore(tx).reactivateMarked(tenant, NOW)))
                .isEqualTo(Map.of(brand.acting().id(), brand.acting().username()));
        assertThatObject(written(
                        tx -> new AccountLockStore(tx).delete(other.root().id())))
                .isEqualTo(false);
        assertThatObject(written(tx -> new AccountLockStore(tx).delete(tenant))).isEqualTo(true);
    }

    @Test
    void namesInTheAuditAreTheTenantsOwn() {
        AccountId id = brand.acting().id();
        String name = brand.acting().username();

        assertThatObject(read(tx -> new AuditNameStore(tx).usernames(tenant, Set.of(id))))
                .isEqualTo(Map.of(id, name));
        assertThatObject(
                        read(tx -> new AuditNameStore(tx).usernames(other.root().id(), Set.of(id))))
                .isEqualTo(Map.of());
        assertThatObject(read(tx -> new AuditNameStore(tx).usernamesOfAll(Set.of(id))))
                .isEqualTo(Map.of(id, name));
        assertThatObject(read(tx -> new AuditNameStore(tx).named(tenant, name))).isEqualTo(List.of(id));
        assertThatObject(read(tx -> new AuditNameStore(tx).named(other.root().id(), name)))
                .isEqualTo(List.of());
        assertThatObject(read(tx -> new AuditNameStore(tx).people(tenant)))
                .isEqualTo(List.of(new AuditNameStore.Person(owner, emailOf(owner))));
        assertThatObject(read(tx -> new AuditNameStore(tx).emails(Set.of(owner))))
                .isEqualTo(Map.of(owner, emailOf(owner)));
        write(tx -> new IdentityStore(tx).insertOperator(owner, NOW));
        assertThatObject(read(tx -> new AuditNameStore(tx).operators(Set.of(owner))))
                .isEqualTo(Set.of(owner));
    }

    @Test
    void signInsAreOfThePeopleOfOneTenant() {
        write(tx -> new SignInStore(tx)
                .insert(new SignIn(
                        UUIDS.next(),
                        owner,
                        NOW,
                        "192.0.2.0",
                        "Firefox",
                        SignIn.Method.PASSWORD,
                        SignIn.Outcome.SIGNED_IN)));
        var query = new SignIns.Query("", SignIns.OutcomeFilter.ALL, Optional.empty());

        assertThatObject(read(tx -> new SignInStore(tx).list(tenant, query, 9).size()))
                .isEqualTo(1);
        assertThatObject(read(tx ->
                        new SignInStore(tx).list(other.root().id(), query, 9).size()))
                .isEqualTo(0);
        assertThatObject(read(tx -> new SignInStore(tx).last(tenant))).isEqualTo(Optional.of(NOW));
        assertThatObject(read(tx -> new SignInStore(tx).last(other.root().id())))
                .isEqualTo(Optional.empty());
    }

    @Test
    void sessionsCodesAndPasskeysAreOnePersonsOwn() {
        session(owner, "mine");
        assertThatObject(read(tx -> new SessionStore(tx).list(owner, NOW, 9).size()))
                .isEqualTo(1);
        assertThatObject(read(tx ->
                        new SessionStore(tx).list(other.identity(), NOW, 9).size()))
                .isEqualTo(0);
        assertThatObject(written(tx -> new SessionStore(tx).deleteOwn(other.identity(), hash("mine"))))
                .isEqualTo(false);
        assertThatObject(written(tx -> new SessionStore(tx).deleteOwn(owner, hash("mine"))))
                .isEqualTo(true);

        for (IdentityId person : List.of(owner, other.identity())) {
            write(tx -> new SecondFactorStore(tx).putWaitingCodes(person, List.of("one")));
        }
        write(tx -> new SecondFactorStore(tx).takeWaitingCodes(owner));
        for (IdentityId person : List.of(owner, other.identity())) {
            write(tx -> new SecondFactorStore(tx).putWaitingCodes(person, List.of("two")));
        }
        write(tx -> new SecondFactorStore(tx).takeWaitingCodes(owner));
        assertThatObject(read(tx -> new SecondFactorStore(tx).backupCodes(owner)))
                .isEqualTo(List.of("two"));
        assertThatObject(read(tx -> new SecondFactorStore(tx).backupCodes(other.identity())))
                .isEqualTo(List.of());

        String credential = "credential" + UUIDS.next();
        for (IdentityId person : List.of(owner, other.identity())) {
            String name = person.equals(owner) ? credential : "other" + credential;
            write(tx -> new PasskeyStore(tx)
                    .insert(new Passkey(name, person, "Key", "public", 0, List.of(), NOW, Optional.empty())));
            write(tx -> new SecondFactorStore(tx).enablePasskeys(person, NOW));
        }
        write(tx -> new SecondFactorStore(tx).disablePasskeys(owner, NOW));
        assertThat(read(tx -> new SecondFactorStore(tx).find(owner)).isOn()).isFalse();
        assertThat(read(tx -> new SecondFactorStore(tx).find(other.identity())).isOn())
                .isTrue();
        assertThatObject(written(tx -> new PasskeyStore(tx).rename(other.identity(), credential, "Taken")))
                .isEqualTo(false);
        assertThatObject(written(tx -> new PasskeyStore(tx).rename(owner, credential, "Mine")))
                .isEqualTo(true);
        assertThatObject(written(tx -> new IdentityStore(tx).lock(owner, "no hash")))
                .isEqualTo(true);
    }

    @Test
    void keysOfAFormerOwnerEndInOneTenantAlone() {
        ApiKey key = newKey();
        write(tx -> new ApiKeyStore(tx).insert(tenant, key, "hash"));
        Instant later = NOW.plusSeconds(1);

        write(tx -> new ApiKeyStore(tx).disableMadeBefore(other.root().id(), owner, later, "gone"));
        assertThat(read(tx -> new ApiKeyStore(tx).find(tenant, key.id()).orElseThrow())
                        .active())
                .isTrue();

        write(tx -> new ApiKeyStore(tx).disableMadeBefore(tenant, owner, later, "gone"));
        assertThat(read(tx -> new ApiKeyStore(tx).find(tenant, key.id()).orElseThrow())
                        .active())
                .isFalse();
    }

    @Test
    void aSecondFactorIsRequiredInOneAgencyAlone() {
        AccountId stranger = other.root().id();
        assertThatObject(written(tx -> new RequiredSecondFactorStore(tx).setSecondFactorRequired(tenant, true, NOW)))
                .isEqualTo(true);
        assertThatObject(read(tx -> new RequiredSecondFactorStore(tx).isSecondFactorRequired(tenant)))
                .isEqualTo(true);
        assertThatObject(read(tx -> new RequiredSecondFactorStore(tx).isSecondFactorRequired(stranger)))
                .isEqualTo(false);
    }

    @Test
    void whoWorksForAllOfAnAgencyFindsItsBrandsAndNoOthers() {
        write(tx -> new MembershipStore(tx).insert(tenant, other.identity(), MemberRights.MANAGER, NOW));

        assertThatObject(read(tx -> new AccountStore(tx)
                        .subAccountsOfWorker(other.identity(), 9).stream()
                                .map(Account::id)
                                .toList()))
                .isEqualTo(List.of(brand.acting().id()));
        assertThatObject(read(tx -> new AccountStore(tx).subAccountsOfWorker(owner, 9)))
                .isEqualTo(List.of());
    }

    @Test
    void brandsAreListedAmongTheTenantsOwn() {
        List<AccountId> listed =
                List.of(brand.acting().id(), othersBrand.acting().id());
        for (AccountContext whose : List.of(agency, other)) {
            assertThatObject(read(tx -> new SubAccountStore(tx)
                                    .listAmong(
                                            whose.root().id(), listed, SubAccountQuery.newest("", Optional.empty(), 9))
                                    .stream()
                                    .map(row -> row.account().id())
                                    .toList()))
                    .isEqualTo(List.of(
                            (whose == agency ? brand : othersBrand).acting().id()));
            assertThatObject(read(tx -> new SubAccountStore(tx)
                            .count(
                                    whose.root().id(),
                                    Optional.of(listed),
                                    SubAccountQuery.newest("", Optional.empty(), 1))))
                    .isEqualTo(1);
        }
    }

    @Test
    void whoWorksForASubAccountIsListedInItsTenantAlone() {
        AccountId id = brand.acting().id();
        write(tx -> new MembershipStore(tx)
                .insert(
                        tenant,
                        other.identity(),
                        new MemberRights(MemberRole.MANAGER, MemberScope.listed(Set.of(id)), false),
                        NOW));

        assertThatObject(read(tx -> new IdentityStore(tx).isMember(tenant, other.identity())))
                .isEqualTo(true);
        assertThatObject(read(tx -> new IdentityStore(tx).isMember(other.root().id(), owner)))
                .isEqualTo(false);
        assertThatObject(read(tx -> new MembershipStore(tx).isListed(tenant, other.identity(), id)))
                .isEqualTo(true);
        assertThatObject(read(tx -> new MembershipStore(tx).isListed(tenant, owner, id)))
                .isEqualTo(false);
        assertThatObject(read(tx -> new MembershipStore(tx).listed(tenant, other.identity())))
                .isEqualTo(List.of(id));
        assertThatObject(read(tx -> new MembershipStore(tx).listed(tenant, owner)))
                .isEqualTo(List.of());
    }

    @Test
    void anInvitationNamesItsTenantsSubAccounts() {
        UUID invitation = UUIDS.next();
        write(tx -> new AccountInvitationStore(tx)
                .insert(
                        tenant,
                        new AccountInvitation(
                                invitation,
                                tenant,
                                "new" + invitation + "@people.example",
                                new Membership(MemberRole.MANAGER, false, false),
                                true,
                                NOW,
                                NOW,
                                NOW,
                                false),
                        MemberScope.listed(Set.of(brand.acting().id())),
                        "token" + invitation,
                        owner));

        assertThatObject(read(tx -> new AccountInvitationStore(tx).listedNames(tenant, List.of(invitation))))
                .isEqualTo(Map.of(invitation, List.of(brand.acting().username())));
        assertThatObject(read(tx ->
                        new AccountInvitationStore(tx).listedNames(other.root().id(), List.of(invitation))))
                .isEqualTo(Map.of());
    }

    @Test
    void aLanguageIsReadWithTheAgencys() {
        Owner owner = brand.acting().owner();
        assertThatObject(read(tx -> new AccountStore(tx).languages(owner))).isEqualTo(Map.of());
        write(tx -> new AccountStore(tx).setLanguage(agency.root().owner(), Optional.of(Language.GERMAN), NOW));
        assertThatObject(read(tx -> new AccountStore(tx).languages(owner))).isEqualTo(Map.of(tenant, Language.GERMAN));
        write(tx -> new AccountStore(tx).setLanguage(owner, Optional.of(Language.ARABIC), NOW));
        assertThatObject(read(tx -> new AccountStore(tx).languages(owner)))
                .isEqualTo(Map.of(tenant, Language.GERMAN, owner.account(), Language.ARABIC));
        assertThatObject(read(tx -> new AccountStore(tx).languages(agency.root().owner())))
                .isEqualTo(Map.of(tenant, Language.GERMAN));
        assertThatObject(read(tx -> Accounts.language(tx, owner))).isEqualTo(Language.ARABIC);
        write(tx -> new AccountStore(tx).setLanguage(owner, Optional.empty(), NOW));
        assertThatObject(read(tx -> Accounts.language(tx, owner))).isEqualTo(Language.GERMAN);
    }

    @Test
    void aSubAccountIsItsAgencysOwn() {
        AccountId id = brand.acting().id();
        AccountId stranger = other.root().id();
        write(tx -> tx.sql().execute("UPDATE accounts SET is_manager_shown = 1 WHERE id = ?", id.toString()));
        assertThatObject(read(tx -> new SubAccountStore(tx).managerShown(tenant, id)))
                .isEqualTo(Optional.of(agency.root().username()));
        assertThatObject(read(tx -> new SubAccountStore(tx).managerShown(stranger, id)))
                .isEqualTo(Optional.empty());

        assertThatObject(read(tx -> new AccountStore(tx)
                        .subAccounts(tenant, "", Optional.empty(), 9)
                        .size()))
                .isEqualTo(1);
        assertThatObject(read(tx -> new SubAccountStore(tx)
                        .list(tenant, SubAccountQuery.newest("", Optional.empty(), 9))
                        .size()))
                .isEqualTo(1);

        write(tx -> new SubAccountStore(tx).delete(tenant, id, NOW));
        assertThatObject(read(tx ->
                        new AccountStore(tx).isTakenFor(tenant, brand.acting().username())))
                .as("its own agency may have the name again")
                .isEqualTo(false);
        assertThatObject(read(tx ->
                        new AccountStore(tx).isTakenFor(stranger, brand.acting().username())))
                .isEqualTo(true);
        write(tx -> tx.sql().execute("UPDATE accounts SET is_kept = 1 WHERE id = ?", id.toString()));
        write(tx -> new GraceStore(tx).clearDeleted(stranger));
        write(tx -> new GraceStore(tx).clearDeleted(tenant));
        write(tx -> new SubAccountStore(tx).restoreSuspended(stranger, id, NOW));
        assertThat(statusOf(id)).isEqualTo(AccountStatus.DELETED);
        write(tx -> new SubAccountStore(tx).restoreSuspended(tenant, id, NOW));
        assertThat(statusOf(id)).isEqualTo(AccountStatus.SUSPENDED);
    }

    @Test
    void whatWasErasedAndWhatIsPaidIsTheTenantsOwn() {
        SubAccountStore.Row row = read(
                tx -> new SubAccountStore(tx).find(tenant, brand.acting().id()).orElseThrow());
        write(tx -> new ErasureStore(tx).begin(brand.owner(), row, 7, NOW));
        assertThatObject(read(tx -> new ErasureStore(tx).clicks(tenant))).isEqualTo(7L);
        AccountId gone = brand.acting().id();
        String name = brand.acting().username();
        assertThatObject(read(tx -> new AuditNameStore(tx).usernames(tenant, Set.of(gone))))
                .isEqualTo(Map.of(gone, name));
        assertThatObject(
                        read(tx -> new AuditNameStore(tx).usernames(other.root().id(), Set.of(gone))))
                .isEqualTo(Map.of());
        assertThatObject(read(tx -> new AuditNameStore(tx).named(other.root().id(), name)))
                .isEqualTo(List.of());
        assertThatObject(read(tx -> new ErasureStore(tx).clicks(other.root().id())))
                .isEqualTo(0L);

        Plan plan = read(tx -> new AccountStore(tx).plan(agency.root()));
        var yearly = new Subscription(
                plan,
                SubscriptionStatus.ACTIVE,
                BillingCycle.ANNUAL,
                Optional.of(NOW),
                Optional.of(NOW),
                Optional.empty());
        write(tx -> new SubscriptionStore(tx).save(tenant, yearly, NOW));
        assertThat(read(tx -> new SubscriptionStore(tx).find(tenant, plan)).cycle())
                .isEqualTo(BillingCycle.ANNUAL);
        assertThat(read(tx -> new SubscriptionStore(tx).find(other.root().id(), plan))
                        .cycle())
                .isEqualTo(BillingCycle.MONTHLY);
        Map<AccountId, Subscription> paid = read(tx ->
                new SubscriptionStore(tx).find(List.of(tenant, other.root().id()), _ -> plan));
        assertThat(paid).containsOnlyKeys(tenant);
    }

    private void session(IdentityId person, String token) {
        write(tx -> new SessionStore(tx).insert(hash(token), person, Device.UNKNOWN, NOW, NOW.plusSeconds(60)));
    }

    /// Different for each test.
    private String hash(String token) {
        return token + owner;
    }

    private AccountStatus statusOf(AccountId id) {
        return read(tx -> new AccountStore(tx).find(id).orElseThrow().status());
    }

    private String emailOf(IdentityId person) {
        return read(tx -> tx.sql()
                .fetch("SELECT email FROM identities WHERE id = ?", person.toString())
                .getValues(0, String.class)
                .getFirst());
    }

    private <T> T read(Function<Tx, T> work) {
        return database.read(work);
    }

    private <T> T written(Function<Tx, T> work) {
        return database.write(work);
    }

    private void write(Consumer<Tx> work) {
        database.write(tx -> {
            work.accept(tx);
            return "done";
        });
    }
}
