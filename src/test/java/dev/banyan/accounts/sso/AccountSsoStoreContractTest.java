package dev.banyan.accounts.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.sso.SsoAttempt;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.platform.sso.realm.SsoLinkStore.Link;
import dev.banyan.platform.sso.realm.SsoSessionStore.SsoSession;
import dev.banyan.platform.sso.realm.SsoSettingsStore.SealedSecret;
import org.junit.jupiter.api.Test;

/// Single sign-on of members in the database.
@OnEveryDatabase
class AccountSsoStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final String ISSUER = "https://login.example.com";

    private final Database database;
    private final SsoOwner tenant;
    private final SsoOwner stranger;
    private final IdentityId person;
    private final String email;

    AccountSsoStoreContractTest(Database database) {
        this.database = database;
        AccountContext agency = StoredAccounts.agency(database);
        this.tenant = SsoOwner.of(agency.root().id());
        this.person = agency.identity();
        this.stranger = SsoOwner.of(StoredAccounts.agency(database).root().id());
        this.email = database.<Optional<String>>read(
                        tx -> new IdentityStore(tx).find(person).map(found -> found.email()))
                .orElseThrow();
    }

    private static AccountSso stored(boolean passwords, Optional<IdentityId> emergency) {
        return new AccountSso(
                new SsoSettings(
                        new SsoProvider.Oidc(ISSUER, "banyan", List.of("openid"), "groups"),
                        Optional.empty(),
                        Map.of("bosses", "owner"),
                        Optional.of("manager"),
                        true,
                        true),
                Optional.of("v1.k.n.s"),
                List.of("people.example", "other.example"),
                passwords,
                passwords,
                emergency,
                "harbour",
                NOW,
                NOW);
    }

    @Test
    void settingsComeBackAsTheyWereAndBelongToOneAccount() {
        AccountSso first = stored(true, Optional.empty());
        AccountSso second = stored(false, Optional.of(person));
        assertThat(put(first)).contains(first);
        assertThat(put(second)).contains(second);
        assertThat(find(stranger)).isEmpty();
        assertThat(database.<List<String>>read(tx -> new AccountSsoStore(tx).sealedSecrets()))
                .contains("v1.k.n.s");
        assertThat(database.<Boolean>write(tx -> new AccountSsoStore(tx).delete(stranger)))
                .isFalse();
        assertThat(database.<Boolean>write(tx -> new AccountSsoStore(tx).delete(tenant)))
                .isTrue();
        assertThat(find(tenant)).isEmpty();
    }

    private Optional<AccountSso> put(AccountSso wanted) {
        database.write(tx -> {
            new AccountSsoStore(tx).put(tenant, wanted);
            return "done";
        });
        return find(tenant);
    }

    private Optional<AccountSso> find(SsoOwner of) {
        return database.read(tx -> new AccountSsoStore(tx).find(of));
    }

    @Test
    void usersOfAWorkspaceHaveNoRowsHere() {
        assertThatIllegalArgumentException().isThrownBy(() -> find(SsoOwner.of(tenant.tenant(), "scl_1")));
    }

    @Test
    void aPersonIsLinkedInOneAccount() {
        database.write(tx -> {
            new AccountSsoLinkStore(tx).link(tenant, ISSUER, "1", person, NOW);
            return "done";
        });
        assertThat(linked(tenant, "1")).contains(person);
        assertThat(linked(tenant, "2")).isEmpty();
        assertThat(linked(stranger, "1")).isEmpty();
        assertThat(isLinked(tenant)).isTrue();
        assertThat(isLinked(stranger)).isFalse();
        IdentityId other = StoredAccounts.agency(database).identity();
        assertThat(database.<Boolean>read(tx -> new AccountSsoLinkStore(tx).isLinked(tenant, ISSUER, other)))
                .as("somebody else at the same provider")
                .isFalse();
        assertThat(accounts()).as("without settings").isEmpty();
        put(stored(true, Optional.empty()));
        assertThat(accounts()).containsExactly(tenant.tenant());
        assertThat(database.<List<AccountId>>read(tx -> new AccountSsoLinkStore(tx).accountsOf(other)))
                .as("of somebody else")
                .isEmpty();
    }

    @Test
    void aDirectoryIsFollowedWhereItMovesInItsAccount() {
        String before = "ldap:old.example:389/dc=office";
        String now = "ldap:new.example:636/dc=office";
        IdentityId former = StoredAccounts.agency(database).identity();
        database.write(tx -> {
            var store = new AccountSsoLinkStore(tx);
            store.link(tenant, "ldap:older.example:389/dc=office", "1", former, NOW.minusSeconds(60));
            store.link(tenant, before, "1", person, NOW);
            store.link(tenant, ISSUER, "2", person, NOW);
            store.follow(stranger, now, "1");
            store.follow(tenant, now, "2");
            store.follow(tenant, "https://other.example", "2");
            return "done";
        });
        assertThat(linkedAt(before, "1")).contains(person);
        assertThat(linked(tenant, "2")).contains(person);
        assertThat(linkedAt(now, "2")).isEmpty();
        for (int time = 0; time < 2; time++) {
            database.write(tx -> {
                new AccountSsoLinkStore(tx).follow(tenant, now, "1");
                return "done";
            });
            assertThat(linkedAt(now, "1")).as("the newest").contains(person);
        }
        assertThat(linkedAt(before, "1")).isEmpty();
    }

    private Optional<IdentityId> linkedAt(String issuer, String subject) {
        return database.read(tx -> new AccountSsoLinkStore(tx).findLinked(tenant, issuer, subject));
    }

    private Optional<IdentityId> linked(SsoOwner of, String subject) {
        return database.read(tx -> new AccountSsoLinkStore(tx).findLinked(of, ISSUER, subject));
    }

    private boolean isLinked(SsoOwner of) {
        return database.read(tx -> new AccountSsoLinkStore(tx).isLinked(of, ISSUER, person));
    }

    private List<AccountId> accounts() {
        return database.read(tx -> new AccountSsoLinkStore(tx).accountsOf(person));
    }

    @Test
    void anAttemptIsTakenOnceAndInItsAccount() {
        var attempt =
                new SsoAttempt("state-" + tenant.id(), "browser", "v1.k.n." + "s".repeat(20_000), NOW.plusSeconds(600));
        insert(attempt);
        assertThat(accountOf(attempt)).contains(tenant);
        assertThat(take(stranger, attempt)).isEmpty();
        assertThat(take(tenant, attempt)).contains(attempt);
        assertThat(take(tenant, attempt)).isEmpty();
        insert(attempt);
        database.write(tx -> new AccountSsoAttemptStore(tx).deleteExpired(NOW.plusSeconds(599), 10));
        assertThat(accountOf(attempt)).contains(tenant);
        database.write(tx -> new AccountSsoAttemptStore(tx).deleteExpired(NOW.plusSeconds(600), 10));
        assertThat(accountOf(attempt)).isEmpty();
    }

    private void insert(SsoAttempt attempt) {
        database.write(tx -> {
            new AccountSsoAttemptStore(tx).insert(tenant, attempt);
            return "done";
        });
    }

    private Optional<SsoOwner> accountOf(SsoAttempt attempt) {
        return database.read(tx -> new AccountSsoAttemptStore(tx).accountOf(attempt.stateHash()));
    }

    private Optional<SsoAttempt> take(SsoOwner of, SsoAttempt attempt) {
        return database.write(tx -> new AccountSsoAttemptStore(tx).take(of, attempt.stateHash()));
    }

    @Test
    void sessionsOfProvidersAreDueFollowTheirTokenAndEndWithTheirs() {
        String first = "first-" + person;
        String byPassword = "password-" + person;
        session(first);
        ours(byPassword);
        assertThat(takeDue(NOW.minusSeconds(1))).isEmpty();
        assertThat(takeDue(NOW)).containsExactly(first);
        assertThat(takeDue(NOW)).as("asked already").isEmpty();
        assertThat(resting(first)).isPresent();
        assertThat(resting(byPassword)).isEmpty();
        due(stranger, first);
        assertThat(takeDue(NOW.plusSeconds(30))).isEmpty();
        due(tenant, first);
        assertThat(takeDue(NOW.plusSeconds(30))).containsExactly(first);
        answered(tenant, first, "r2");
        answered(stranger, first, "r3");
        assertThat(find(tenant, first)).hasValueSatisfying(found -> {
            assertThat(found.renewal()).contains("r2");
            assertThat(found.answeredAt()).isEqualTo(NOW.plusSeconds(60));
        });
        String renewed = "renewed-" + person;
        database.write(tx -> new SessionStore(tx).rotate(first, renewed, NOW, NOW.plus(Duration.ofDays(7)), NOW));
        assertThat(find(tenant, renewed)).isPresent();
        assertThat(find(stranger, renewed)).isEmpty();
        assertThat(ofPerson(tenant, ISSUER)).containsExactly(renewed);
        assertThat(ofPerson(stranger, ISSUER)).isEmpty();
        assertThat(ofPerson(tenant, "https://other.example")).isEmpty();

        String domain = email.substring(email.indexOf('@') + 1);
        assertThat(endOthers(stranger, List.of(domain), List.of())).isZero();
        assertThat(endOthers(tenant, List.of("elsewhere.example"), List.of())).isZero();
        assertThat(endOthers(tenant, List.of(domain), List.of(person))).isZero();
        assertThat(endOthers(tenant, List.of("elsewhere.example", domain), List.of()))
                .isEqualTo(1);
        assertThat(find(tenant, renewed)).isPresent();

        assertThat(database.<Boolean>write(tx -> new AccountSsoSessionStore(tx).end(stranger, renewed)))
                .isFalse();
        assertThat(database.<Boolean>write(tx -> new AccountSsoSessionStore(tx).end(tenant, renewed)))
                .isTrue();
        assertThat(find(tenant, renewed)).isEmpty();
        session(first);
        assertThat(database.<Integer>write(tx -> new AccountSsoSessionStore(tx).endAll(stranger)))
                .isZero();
        assertThat(database.<Integer>write(tx -> new AccountSsoSessionStore(tx).endAll(tenant)))
                .isEqualTo(1);
    }

    private List<String> ofPerson(SsoOwner of, String issuer) {
        return database.read(tx -> new AccountSsoSessionStore(tx).ofPerson(of, issuer, "1"));
    }

    private void ours(String hash) {
        database.write(tx -> {
            new SessionStore(tx).insert(hash, person, Device.UNKNOWN, NOW, NOW.plus(Duration.ofDays(7)));
            return "done";
        });
    }

    private void session(String hash) {
        ours(hash);
        var session =
                new SsoSession<>(hash, tenant, person, ISSUER, "1", Optional.of("r"), Optional.empty(), NOW, NOW, NOW);
        database.write(tx -> {
            new AccountSsoSessionStore(tx).insert(tenant, session);
            return "done";
        });
        assertThat(find(tenant, hash)).contains(session);
    }

    private Optional<SsoSession<IdentityId>> resting(String hash) {
        return database.read(tx -> new AccountSsoSessionStore(tx).findResting(hash));
    }

    private void due(SsoOwner of, String hash) {
        database.write(tx -> {
            new AccountSsoSessionStore(tx).setDue(of, hash, NOW.plusSeconds(30), NOW);
            return "done";
        });
    }

    private List<String> takeDue(Instant now) {
        return database.write(tx -> new AccountSsoSessionStore(tx).takeDue(now, 100)).stream()
                .filter(found -> found.owner().equals(tenant))
                .map(SsoSession::tokenHash)
                .toList();
    }

    private void answered(SsoOwner of, String hash, String renewal) {
        database.write(tx -> {
            new AccountSsoSessionStore(tx)
                    .answered(of, hash, Optional.of(renewal), Optional.empty(), NOW.plusSeconds(60));
            return "done";
        });
    }

    private Optional<SsoSession<IdentityId>> find(SsoOwner of, String hash) {
        return database.read(tx -> new AccountSsoSessionStore(tx).find(of, hash));
    }

    private int endOthers(SsoOwner of, List<String> domains, List<IdentityId> except) {
        return database.write(tx -> new AccountSsoSessionStore(tx).endOthers(of.tenant(), domains, except));
    }

    @Test
    void aRefusalLastsUntilTheProviderLetsThePersonIn() {
        link();
        refuse(stranger, Instant.EPOCH);
        assertThat(isRefused(tenant, NOW)).isFalse();
        refuse(tenant, NOW);
        assertThat(isRefused(tenant, NOW.minusMillis(1))).isFalse();
        assertThat(isRefused(tenant, NOW)).isTrue();
        assertThat(isRefused(stranger, NOW)).isFalse();
        assertThat(refused(tenant)).containsExactly(person);
        assertThat(refused(stranger)).isEmpty();
        refuse(tenant, NOW.plusSeconds(9));
        assertThat(isRefused(tenant, NOW)).as("an earlier time stays").isTrue();
        accept(stranger);
        assertThat(isRefused(tenant, NOW)).isTrue();
        accept(tenant);
        assertThat(isRefused(tenant, NOW)).isFalse();
    }

    private void link() {
        database.write(tx -> {
            new AccountSsoLinkStore(tx).link(tenant, ISSUER, "1", person, NOW);
            return true;
        });
    }

    private void refuse(SsoOwner by, Instant since) {
        database.write(tx -> {
            new AccountSsoLinkStore(tx).refuse(by, ISSUER, "1", since);
            return true;
        });
    }

    private void accept(SsoOwner by) {
        database.write(tx -> {
            new AccountSsoLinkStore(tx).accept(by, person, NOW);
            return true;
        });
    }

    private List<IdentityId> refused(SsoOwner by) {
        return database.read(tx -> new AccountSsoLinkStore(tx).refused(by, NOW));
    }

    private boolean isRefused(SsoOwner by, Instant then) {
        return database.read(tx -> new AccountSsoLinkStore(tx).isRefused(by, person, then));
    }

    @Test
    void aPersonIsLookedAtOnceADayUntilTheirProviderWasSilentForTooLong() {
        Duration day = Duration.ofDays(1);
        link();
        assertThat(takeDueLinks(NOW.plus(day).minusSeconds(1))).isEmpty();
        assertThat(takeDueLinks(NOW.plus(day))).containsExactly(new Link<>(tenant, ISSUER, "1", person, NOW));
        assertThat(takeDueLinks(NOW.plus(day))).as("taken already").isEmpty();
        accept(tenant);
        assertThat(takeDueLinks(NOW.plus(day).plus(day)))
                .as("written once a day")
                .hasSize(1);

        assertThat(refuseSilent(stranger, NOW)).isFalse();
        assertThat(refuseSilent(tenant, NOW.minusSeconds(1))).isFalse();
        assertThat(isRefused(tenant, NOW)).isFalse();
        assertThat(refuseSilent(tenant, NOW)).isTrue();
        assertThat(refuseSilent(tenant, NOW)).as("refused already").isFalse();
        assertThat(isRefused(tenant, NOW.minusSeconds(1))).isFalse();
        assertThat(isRefused(tenant, NOW)).isTrue();
        assertThat(takeDueLinks(NOW.plus(Duration.ofDays(9)))).isEmpty();
        accept(tenant);
        assertThat(isRefused(tenant, NOW)).isFalse();
        assertThat(takeDueLinks(NOW.plus(Duration.ofDays(9)))).hasSize(1);
    }

    @Test
    void whatAProviderSaysOfOnePersonSaysNothingOfOthers() {
        IdentityId other = StoredAccounts.agency(database).identity();
        link();
        database.write(tx -> {
            new AccountSsoLinkStore(tx).link(tenant, ISSUER, "2", other, NOW);
            return true;
        });
        IdentityId unknown = StoredAccounts.agency(database).identity();
        List<IdentityId> refused =
                database.write(tx -> new AccountSsoLinkStore(tx).refuseSilent(tenant, List.of(unknown), NOW));
        assertThat(refused).isEmpty();
        assertThat(refuseSilent(tenant, NOW)).isTrue();
        assertThat(database.<Boolean>read(tx -> new AccountSsoLinkStore(tx).isRefused(tenant, other, NOW)))
                .isFalse();
        database.write(tx -> {
            new AccountSsoLinkStore(tx).accept(tenant, other, NOW.plus(Duration.ofDays(2)));
            return true;
        });
        assertThat(isRefused(tenant, NOW)).isTrue();
    }

    /// Only those of this test: others of the same database are due as well.
    private List<Link<IdentityId>> takeDueLinks(Instant now) {
        return database.write(tx -> new AccountSsoLinkStore(tx).takeDue(now, 1_000)).stream()
                .filter(link -> link.person().equals(person))
                .toList();
    }

    private boolean refuseSilent(SsoOwner by, Instant then) {
        return !database.write(tx -> new AccountSsoLinkStore(tx).refuseSilent(by, List.of(person), then))
                .isEmpty();
    }

    @Test
    void onlyThePersonWhoIsUnlinkedIsNobodyAtAnyProvider() {
        IdentityId other = StoredAccounts.agency(database).identity();
        link();
        unlink(other);
        assertThat(linked(tenant, "1")).contains(person);
        unlink(person);
        assertThat(linked(tenant, "1")).isEmpty();
    }

    private void unlink(IdentityId whom) {
        database.write(tx -> {
            new AccountSsoLinkStore(tx).unlink(whom);
            return true;
        });
    }

    @Test
    void aSecretIsSealedAgainInItsAccountUnlessItHasChanged() {
        put(stored(true, Optional.empty()));
        reseal(stranger, "v1.k.n.s", "v2.stranger");
        reseal(tenant, "v1.changed", "v2.changed");
        assertThat(find(tenant).flatMap(AccountSso::sealedSecret)).contains("v1.k.n.s");
        reseal(tenant, "v1.k.n.s", "v2.k.n.s");
        assertThat(find(tenant).flatMap(AccountSso::sealedSecret)).contains("v2.k.n.s");
    }

    private void reseal(SsoOwner of, String before, String after) {
        SsoSettings settings = stored(true, Optional.empty()).settings();
        database.write(tx -> {
            new AccountSsoStore(tx).reseal(of, new SealedSecret(of, settings, before), after);
            return true;
        });
    }

    @Test
    void sessionsOfLinkedPeopleEndUnlessAProviderOpenedThem() {
        String byProvider = "provider-" + person;
        session(byProvider);
        ours("password-" + person);
        assertThat(endOthersOfLinked(tenant, List.of())).as("nobody is linked").isZero();
        link();
        assertThat(endOthersOfLinked(stranger, List.of())).isZero();
        assertThat(endOthersOfLinked(tenant, List.of(person))).isZero();
        assertThat(endOthersOfLinked(tenant, List.of())).isEqualTo(1);
        assertThat(find(tenant, byProvider)).isPresent();
    }

    private int endOthersOfLinked(SsoOwner of, List<IdentityId> except) {
        return database.write(tx -> new AccountSsoSessionStore(tx).endOthersOfLinked(of.tenant(), except));
    }

    @Test
    void sessionsOfOnePersonEndUnlessAProviderOpenedThem() {
        IdentityId other = StoredAccounts.agency(database).identity();
        String byProvider = "provider-" + person;
        session(byProvider);
        ours("password-" + person);
        assertThat(endOthersOf(other)).isZero();
        assertThat(endOthersOf(person)).isEqualTo(1);
        assertThat(find(tenant, byProvider)).isPresent();
    }

    private int endOthersOf(IdentityId whom) {
        return database.write(tx -> new AccountSsoSessionStore(tx).endOthersOf(whom));
    }
}
