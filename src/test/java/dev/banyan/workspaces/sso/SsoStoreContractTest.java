package dev.banyan.workspaces.sso;

import static dev.banyan.schema.Tables.WORKSPACE_SSO_CUT_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.sso.SamlMetadata;
import dev.banyan.platform.sso.SsoAttempt;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.platform.sso.realm.SsoCutLinkStore.CutLink;
import dev.banyan.platform.sso.realm.SsoLinkStore.Link;
import dev.banyan.platform.sso.realm.SsoSessionStore.SsoSession;
import dev.banyan.platform.sso.realm.SsoSettingsStore.SealedSecret;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceBrand;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceSessionStore;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.ShortIds;
import org.junit.jupiter.api.Test;

/// Single sign-on in the database.
@OnEveryDatabase
class SsoStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());
    private static final String ISSUER = "https://login.example.com";

    private final Database database;
    private final Owner owner;
    private final AccountId tenant;
    private final AccountId stranger;
    private final ProjectId project = new ProjectId(UUIDS.next());
    private final WorkspaceId room;
    private final WorkspaceId other;
    private final int user;

    SsoStoreContractTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.agency(database).owner();
        this.tenant = owner.tenant();
        this.stranger = StoredAccounts.agency(database).owner().tenant();
        database.write(tx -> {
            new ProjectStore(tx)
                    .insert(
                            owner,
                            new Project(
                                    project,
                                    owner,
                                    "P",
                                    Optional.empty(),
                                    true,
                                    true,
                                    RegistrationProof.NONE,
                                    0,
                                    NOW,
                                    NOW),
                            false);
            return "done";
        });
        this.room = workspace();
        this.other = workspace();
        this.user = user("amira");
    }

    private WorkspaceId workspace() {
        WorkspaceId id = WorkspaceId.next(NOW);
        database.write(tx -> {
            var store = new WorkspaceStore(tx);
            return store.insert(
                    owner,
                    new Workspace(
                            id,
                            owner,
                            project,
                            "Room",
                            Optional.empty(),
                            Optional.empty(),
                            new ShortIds().next(store::takenShortIds),
                            "room",
                            Optional.empty(),
                            true,
                            false,
                            false,
                            0,
                            NOW,
                            NOW,
                            WorkspaceBrand.NONE));
        });
        return id;
    }

    private static SsoOwner at(AccountId tenant, WorkspaceId workspace) {
        return SsoOwner.of(tenant, workspace.value());
    }

    private int user(String name) {
        return database.write(tx -> new WorkspaceUserStore(tx)
                .insert(tenant, room, name, name + "@guests.example", "hash", WorkspaceRole.USER, Optional.empty(), NOW)
                .orElseThrow());
    }

    private static StoredSso stored(SsoProvider provider, Optional<String> secret) {
        var settings = new SsoSettings(
                provider,
                Optional.of("Office"),
                Map.of("Bosses", "admin", "sellers", "agent"),
                Optional.of("user"),
                true,
                false);
        return new StoredSso(settings, secret, false, false, Optional.of(7), Optional.empty(), NOW, NOW);
    }

    @Test
    void settingsComeBackAsTheyWere() {
        var oidc = stored(
                new SsoProvider.Oidc(ISSUER, "banyan", List.of("openid", "email"), "groups"), Optional.of("v1.k.n.s"));
        var ldap = stored(
                new SsoProvider.Ldap(
                        "ldap.example.com",
                        636,
                        "ldaps",
                        Optional.of("PEM"),
                        "cn=reader",
                        "dc=example",
                        "(uid={username})",
                        Optional.empty(),
                        Optional.of("(member={dn})")),
                Optional.empty());
        var saml = stored(
                new SsoProvider.Saml(
                        Optional.of("https://login.example.com/metadata"),
                        new SamlMetadata("https://login.example.com", "https://login.example.com/in", List.of("MII")),
                        "groups"),
                Optional.empty());
        assertThat(put(saml)).contains(saml);
        assertThat(put(oidc)).contains(oidc);
        assertThat(database.<List<String>>read(tx -> new WorkspaceSsoStore(tx).sealedSecrets()))
                .contains("v1.k.n.s");
        assertThat(put(ldap)).contains(ldap);
        assertThat(database.<Optional<StoredSso>>read(tx -> new WorkspaceSsoStore(tx).find(at(stranger, room))))
                .isEmpty();
        assertThat(database.<Optional<StoredSso>>read(tx -> new WorkspaceSsoStore(tx).find(at(tenant, other))))
                .isEmpty();
        assertThat(database.<Boolean>write(tx -> new WorkspaceSsoStore(tx).delete(at(stranger, room))))
                .isFalse();
        assertThat(database.<Boolean>write(tx -> new WorkspaceSsoStore(tx).delete(at(tenant, room))))
                .isTrue();
        assertThat(database.<Boolean>write(tx -> new WorkspaceSsoStore(tx).delete(at(tenant, room))))
                .isFalse();
    }

    @Test
    void membersOfAnAccountHaveNoRowsHere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.read(tx -> new WorkspaceSsoStore(tx).find(SsoOwner.of(tenant))));
    }

    @Test
    void theAddressThatAProviderWasToldIsOfItsWorkspaceAlone() {
        var oidc = stored(new SsoProvider.Oidc(ISSUER, "banyan", List.of("openid"), "groups"), Optional.empty());
        put(oidc);
        database.write(tx -> {
            var store = new WorkspaceSsoStore(tx);
            store.put(at(tenant, other), oidc);
            store.tell(at(tenant, room), new StoredSso.Told(Optional.empty(), "office"));
            store.tell(at(stranger, room), new StoredSso.Told(Optional.empty(), "strange"));
            store.tell(at(tenant, other), new StoredSso.Told(Optional.empty(), "annex"));
            return "done";
        });
        assertThat(told(room)).contains("office");
        assertThat(told(other)).contains("annex");
        assertThat(put(oidc).flatMap(StoredSso::told).map(StoredSso.Told::shortPath))
                .as("other settings leave it")
                .contains("office");
    }

    private Optional<String> told(WorkspaceId workspace) {
        return database.<Optional<StoredSso>>read(tx -> new WorkspaceSsoStore(tx).find(at(tenant, workspace)))
                .flatMap(StoredSso::told)
                .map(StoredSso.Told::shortPath);
    }

    private Optional<StoredSso> put(StoredSso stored) {
        database.write(tx -> {
            new WorkspaceSsoStore(tx).put(at(tenant, room), stored);
            return "done";
        });
        return database.read(tx -> new WorkspaceSsoStore(tx).find(at(tenant, room)));
    }

    @Test
    void aPersonIsLinkedToOneUserOfOneWorkspace() {
        database.write(tx -> {
            new WorkspaceSsoLinkStore(tx).link(at(tenant, room), ISSUER, "1", user, NOW);
            return "done";
        });
        assertThat(linked(tenant, room, ISSUER, "1")).contains(user);
        assertThat(linked(tenant, room, ISSUER, "2")).isEmpty();
        assertThat(linked(tenant, room, "https://other.example", "1")).isEmpty();
        assertThat(linked(tenant, other, ISSUER, "1")).isEmpty();
        assertThat(linked(stranger, room, ISSUER, "1")).isEmpty();
        assertThat(isLinked(tenant, user)).isTrue();
        assertThat(isLinked(stranger, user)).isFalse();
        assertThat(isLinked(tenant, user + 1)).isFalse();
    }

    @Test
    void aDirectoryIsFollowedWhereItMovesInItsWorkspace() {
        String before = "ldap:old.example:389/dc=office";
        String now = "ldap:new.example:636/dc=office";
        int former = user("omar");
        database.write(tx -> {
            var store = new WorkspaceSsoLinkStore(tx);
            store.link(at(tenant, room), "ldap:older.example:389/dc=office", "1", former, NOW.minusSeconds(60));
            store.link(at(tenant, room), before, "1", user, NOW);
            store.link(at(tenant, room), ISSUER, "2", user, NOW);
            store.follow(at(stranger, room), now, "1");
            store.follow(at(tenant, other), now, "1");
            store.follow(at(tenant, room), now, "2");
            store.follow(at(tenant, room), "https://other.example", "2");
            return "done";
        });
        assertThat(linked(tenant, room, before, "1")).contains(user);
        assertThat(linked(tenant, room, ISSUER, "2")).contains(user);
        assertThat(linked(tenant, room, now, "2")).isEmpty();
        for (int time = 0; time < 2; time++) {
            database.write(tx -> {
                new WorkspaceSsoLinkStore(tx).follow(at(tenant, room), now, "1");
                return "done";
            });
            assertThat(linked(tenant, room, now, "1")).as("the newest").contains(user);
        }
        assertThat(linked(tenant, room, before, "1")).isEmpty();
    }

    private Optional<Integer> linked(AccountId of, WorkspaceId workspace, String issuer, String subject) {
        return database.read(tx -> new WorkspaceSsoLinkStore(tx).findLinked(at(of, workspace), issuer, subject));
    }

    private boolean isLinked(AccountId of, int whom) {
        return database.read(tx -> new WorkspaceSsoLinkStore(tx).isLinked(at(of, room), ISSUER, whom));
    }

    @Test
    void aPersonIsRefusedSinceTheFirstTimeUntilAccepted() {
        int omar = user("omar");
        database.write(tx -> {
            var store = new WorkspaceSsoLinkStore(tx);
            store.link(at(tenant, room), ISSUER, "1", user, NOW);
            store.link(at(tenant, room), ISSUER, "2", omar, NOW);
            store.refuse(at(stranger, room), ISSUER, "1", NOW);
            store.refuse(at(tenant, other), ISSUER, "1", NOW);
            return "done";
        });
        assertThat(isRefused(user, NOW)).isFalse();
        database.write(tx -> {
            var store = new WorkspaceSsoLinkStore(tx);
            store.refuse(at(tenant, room), ISSUER, "1", NOW);
            store.refuse(at(tenant, room), ISSUER, "1", NOW.plusSeconds(9));
            store.accept(at(stranger, room), user, NOW);
            store.accept(at(tenant, other), user, NOW);
            store.accept(at(tenant, room), omar, NOW);
            return "done";
        });
        assertThat(isRefused(user, NOW)).isTrue();
        assertThat(isRefused(user, NOW.minusSeconds(1))).isFalse();
        assertThat(isRefused(omar, NOW)).isFalse();
        assertThat(refused(tenant, room, NOW)).containsExactly(user);
        assertThat(refused(tenant, room, NOW.minusSeconds(1))).isEmpty();
        assertThat(refused(stranger, room, NOW)).isEmpty();
        assertThat(refused(tenant, other, NOW)).isEmpty();
        database.write(tx -> {
            new WorkspaceSsoLinkStore(tx).accept(at(tenant, room), user, NOW);
            return "done";
        });
        assertThat(isRefused(user, NOW)).isFalse();
    }

    private List<Integer> refused(AccountId of, WorkspaceId where, Instant then) {
        return database.read(tx -> new WorkspaceSsoLinkStore(tx).refused(at(of, where), then));
    }

    @Test
    void aPersonIsLookedAtOnceADayUntilTheyAreRefused() {
        Duration day = Duration.ofDays(1);
        String directory = "ldap:directory.example.com:636/dc=example";
        int omar = user("omar");
        database.write(tx -> {
            var store = new WorkspaceSsoLinkStore(tx);
            store.link(at(tenant, room), ISSUER, "1", user, NOW);
            store.link(at(tenant, room), directory, "2", omar, NOW);
            return "done";
        });
        assertThat(takeDueLinks(NOW.plus(day).minusSeconds(1))).isEmpty();
        assertThat(takeDueLinks(NOW.plus(day)))
                .containsExactlyInAnyOrder(
                        new Link<>(at(tenant, room), ISSUER, "1", user, NOW),
                        new Link<>(at(tenant, room), directory, "2", omar, NOW));
        assertThat(takeDueLinks(NOW.plus(day))).as("taken already").isEmpty();
        assertThat(takeDueLinks(NOW.plus(day).plus(Duration.ofHours(1))))
                .as("a directory that did not answer is asked again soon")
                .extracting(Link::person)
                .containsExactly(omar);
        accept(omar, NOW.plus(day).plusSeconds(9));
        assertThat(takeDueLinks(NOW.plus(day).plus(day)))
                .extracting(Link::person)
                .containsExactly(user);
        assertThat(takeDueLinks(NOW.plus(day).plus(day).plusSeconds(9)))
                .extracting(Link::acceptedAt)
                .containsExactly(NOW.plus(day).plusSeconds(9));
        database.write(tx -> {
            new WorkspaceSsoLinkStore(tx).refuse(at(tenant, room), ISSUER, "1", NOW);
            return "done";
        });
        assertThat(takeDueLinks(NOW.plus(Duration.ofDays(9))))
                .extracting(Link::person)
                .containsExactly(omar);
    }

    /// Only those of this test: others of the same database are due as well.
    private List<Link<Integer>> takeDueLinks(Instant now) {
        return database.write(tx -> new WorkspaceSsoLinkStore(tx).takeDue(now, 1_000)).stream()
                .filter(link -> link.owner().equals(at(tenant, room)))
                .toList();
    }

    private void accept(int whom, Instant now) {
        database.write(tx -> {
            new WorkspaceSsoLinkStore(tx).accept(at(tenant, room), whom, now);
            return "done";
        });
    }

    @Test
    void aPersonOfSilentProvidersIsRefusedSinceTheLastYesOfAny() {
        int omar = user("omar");
        String before = "https://before.example.com";
        database.write(tx -> {
            var store = new WorkspaceSsoLinkStore(tx);
            store.link(at(tenant, room), before, "old", user, NOW.minus(Duration.ofDays(9)));
            store.link(at(tenant, room), ISSUER, "1", user, NOW.minus(Duration.ofDays(2)));
            store.link(at(tenant, room), ISSUER, "2", omar, NOW.minus(Duration.ofDays(2)));
            store.accept(at(tenant, room), user, NOW);
            store.accept(at(tenant, room), user, NOW.plus(Duration.ofHours(23)));
            return "done";
        });
        List<Integer> both = List.of(user, omar);
        assertThat(refuseSilent(stranger, room, both, NOW)).isEmpty();
        assertThat(refuseSilent(tenant, other, both, NOW)).isEmpty();
        assertThat(refuseSilent(tenant, room, both, NOW.minusSeconds(1))).containsExactly(omar);
        assertThat(isRefused(omar, NOW.minus(Duration.ofDays(2)))).isTrue();
        assertThat(isRefused(user, NOW)).isFalse();
        assertThat(refuseSilent(tenant, room, both, NOW))
                .as("written once a day; also for the provider of before")
                .containsExactly(user);
        assertThat(isRefused(user, NOW.minusSeconds(1))).isFalse();
        assertThat(isRefused(user, NOW)).isTrue();
        accept(user, NOW.plusSeconds(1));
        assertThat(isRefused(user, NOW.plusSeconds(1))).isFalse();
    }

    private List<Integer> refuseSilent(AccountId of, WorkspaceId in, List<Integer> users, Instant then) {
        return database.write(tx -> new WorkspaceSsoLinkStore(tx).refuseSilent(at(of, in), users, then));
    }

    private boolean isRefused(int whom, Instant then) {
        return database.read(tx -> new WorkspaceSsoLinkStore(tx).isRefused(at(tenant, room), whom, then));
    }

    @Test
    void aUserWhoIsUnlinkedIsNobodyAtAnyProvider() {
        int omar = user("omar");
        database.write(tx -> {
            var store = new WorkspaceSsoLinkStore(tx);
            store.link(at(tenant, room), ISSUER, "1", user, NOW);
            store.link(at(tenant, room), "https://other.example", "1", user, NOW);
            store.link(at(tenant, room), ISSUER, "2", omar, NOW);
            store.unlink(at(stranger, room), user);
            store.unlink(at(tenant, other), user);
            return "done";
        });
        assertThat(isLinkedAnywhere(user)).isTrue();
        database.write(tx -> {
            new WorkspaceSsoLinkStore(tx).unlink(at(tenant, room), user);
            return "done";
        });
        assertThat(isLinkedAnywhere(user)).isFalse();
        assertThat(isLinkedAnywhere(omar)).isTrue();
    }

    private boolean isLinkedAnywhere(int whom) {
        return database.read(tx -> new WorkspaceSsoLinkStore(tx).isLinked(at(tenant, room), whom));
    }

    @Test
    void aSecretIsSealedAgainInItsWorkspaceIfItIsStillTheSame() {
        var before =
                stored(new SsoProvider.Oidc(ISSUER, "banyan", List.of("openid"), "groups"), Optional.of("v1.before"));
        put(before);
        reseal(other, before.settings(), "v1.before");
        reseal(room, before.settings(), "v1.another");
        assertThat(secret()).contains("v1.before");
        reseal(room, before.settings(), "v1.before");
        assertThat(secret()).contains("v2.after");
    }

    private void reseal(WorkspaceId in, SsoSettings settings, String before) {
        database.write(tx -> {
            new WorkspaceSsoStore(tx)
                    .reseal(at(tenant, in), new SealedSecret(at(tenant, in), settings, before), "v2.after");
            return "done";
        });
    }

    private Optional<String> secret() {
        return database.read(
                tx -> new WorkspaceSsoStore(tx).find(at(tenant, room)).flatMap(StoredSso::sealedSecret));
    }

    @Test
    void aLinkThatWasCutIsFoundUntilItIsDeleted() {
        cut("1", user);
        int omar = user("omar");
        cut("2", omar);

        assertThat(cutLinks()).extracting(CutLink::person).containsExactly(user, omar);
        assertThat(cutLinks()).first().satisfies(link -> {
            assertThat(link.email()).isEqualTo("1@guests.example");
            assertThat(link.cutAt()).isEqualTo(NOW);
        });
        assertThat(database.<Optional<Integer>>read(
                        tx -> new WorkspaceCutLinkStore(tx).find(at(tenant, room), ISSUER, "1")))
                .contains(user);
        assertThat(database.<Optional<Integer>>read(
                        tx -> new WorkspaceCutLinkStore(tx).find(at(tenant, other), ISSUER, "1")))
                .isEmpty();
        assertThat(isCut(user)).isTrue();
        database.write(tx -> {
            var store = new WorkspaceCutLinkStore(tx);
            store.delete(at(stranger, room), user);
            store.delete(at(tenant, other), user);
            store.delete(at(tenant, room), omar);
            return "done";
        });
        assertThat(isCut(user)).isTrue();
        assertThat(isCut(omar)).isFalse();
        assertThat(cutLinks()).extracting(CutLink::person).containsExactly(user);
    }

    private boolean isCut(int whom) {
        return database.read(tx -> new WorkspaceCutLinkStore(tx).isCut(at(tenant, room), ISSUER, whom));
    }

    private List<CutLink<Integer>> cutLinks() {
        return database.read(tx -> new WorkspaceCutLinkStore(tx).list(at(tenant, room), 9));
    }

    /// As the update of the database does.
    private void cut(String subject, int whom) {
        database.write(tx -> tx.sql()
                .insertInto(WORKSPACE_SSO_CUT_LINKS)
                .set(WORKSPACE_SSO_CUT_LINKS.TENANT_ID, tenant)
                .set(WORKSPACE_SSO_CUT_LINKS.SUB_CLIENT_ID, room)
                .set(WORKSPACE_SSO_CUT_LINKS.ISSUER, ISSUER)
                .set(WORKSPACE_SSO_CUT_LINKS.SUBJECT, subject)
                .set(WORKSPACE_SSO_CUT_LINKS.USER_ID, whom)
                .set(WORKSPACE_SSO_CUT_LINKS.EMAIL, subject + "@guests.example")
                .set(WORKSPACE_SSO_CUT_LINKS.LINKED_AT, NOW)
                .set(WORKSPACE_SSO_CUT_LINKS.CUT_AT, NOW)
                .execute());
    }

    @Test
    void sessionsThatNoProviderOpenedEndByUserAndOfThoseWhoAreLinked() {
        int omar = user("omar");
        int leila = user("leila");
        String opened = "opened-" + user;
        session(opened, user, NOW);
        ours("users-" + user, user);
        ours("omars-" + user, omar);
        ours("leilas-" + user, leila);
        database.write(tx -> {
            var store = new WorkspaceSsoLinkStore(tx);
            store.link(at(tenant, room), ISSUER, "1", user, NOW);
            store.link(at(tenant, room), ISSUER, "2", omar, NOW);
            return "done";
        });

        assertThat(endOthersOf(stranger, room, user)).isZero();
        assertThat(endOthersOf(tenant, other, user)).isZero();
        assertThat(endOthersOf(tenant, room, user)).isEqualTo(1);
        assertThat(find(tenant, opened)).as("a provider opened it").isPresent();
        assertThat(endOthersOfLinked(List.of(omar))).as("all but omar's").isZero();
        assertThat(endOthersOfLinked(List.of())).as("omar's, not leila's").isEqualTo(1);
        assertThat(endOthersOf(tenant, room, leila)).isEqualTo(1);
        assertThat(find(tenant, opened)).isPresent();
    }

    private int endOthersOf(AccountId of, WorkspaceId in, int whom) {
        return database.write(tx -> new WorkspaceSsoSessionStore(tx).endOthersOf(at(of, in), List.of(whom)));
    }

    private int endOthersOfLinked(List<Integer> except) {
        return database.write(tx -> new WorkspaceSsoSessionStore(tx).endOthersOfLinked(at(tenant, room), except));
    }

    @Test
    void anAttemptIsTakenOnceAndInItsWorkspace() {
        var attempt = new SsoAttempt("state-" + user, "browser", "v1.k.n." + "s".repeat(20_000), NOW.plusSeconds(600));
        database.write(tx -> {
            new WorkspaceSsoAttemptStore(tx).insert(at(tenant, room), attempt);
            return "done";
        });
        assertThat(take(tenant, other, attempt)).isEmpty();
        assertThat(take(stranger, room, attempt)).isEmpty();
        assertThat(take(tenant, room, attempt)).contains(attempt);
        assertThat(take(tenant, room, attempt)).isEmpty();
        database.write(tx -> {
            new WorkspaceSsoAttemptStore(tx).insert(at(tenant, room), attempt);
            return "done";
        });
        database.write(tx -> new WorkspaceSsoAttemptStore(tx).deleteExpired(NOW.plusSeconds(599), 10));
        assertThat(database.<Integer>write(
                        tx -> new WorkspaceSsoAttemptStore(tx).deleteExpired(NOW.plusSeconds(600), 10)))
                .isPositive();
        assertThat(take(tenant, room, attempt)).isEmpty();
    }

    private Optional<SsoAttempt> take(AccountId of, WorkspaceId workspace, SsoAttempt attempt) {
        return database.write(tx -> new WorkspaceSsoAttemptStore(tx).take(at(of, workspace), attempt.stateHash()));
    }

    @Test
    void sessionsOfProvidersAreDueInOrderAndEndWithTheirs() {
        String first = "first-" + user;
        String second = "second-" + user;
        String byPassword = "password-" + user;
        int emergency = user("leila");
        String ofEmergency = "emergency-" + user;
        session(first, user, NOW);
        session(second, user, NOW.plusSeconds(20));
        ours(byPassword, user);
        ours(ofEmergency, emergency);

        assertThat(takeDue(NOW.plusSeconds(10))).containsExactly(first);
        assertThat(takeDue(NOW.plusSeconds(10))).as("asked already").isEmpty();
        assertThat(takeDue(NOW.plusSeconds(20))).containsExactly(second);
        assertThat(resting(first))
                .hasValueSatisfying(found -> assertThat(found.askedAt()).isEqualTo(NOW.plusSeconds(10)));
        assertThat(resting(byPassword)).isEmpty();
        due(stranger, first);
        assertThat(takeDue(NOW.plusSeconds(30))).isEmpty();
        due(tenant, first);
        assertThat(resting(first)).isEmpty();
        assertThat(takeDue(NOW.plusSeconds(30))).containsExactly(first);

        answered(tenant, first, Optional.of("r2"), Optional.empty());
        answered(stranger, second, Optional.of("r2"), Optional.of("i2"));
        assertThat(find(tenant, first)).hasValueSatisfying(found -> {
            assertThat(found.renewal()).contains("r2");
            assertThat(found.idToken()).contains("i");
            assertThat(found.answeredAt()).isEqualTo(NOW.plusSeconds(60));
        });
        assertThat(find(tenant, second))
                .hasValueSatisfying(found -> assertThat(found.renewal()).contains("r"));
        assertThat(find(stranger, first)).isEmpty();
        assertThat(ofPerson(tenant)).containsExactlyInAnyOrder(first, second);
        assertThat(ofPerson(stranger)).isEmpty();

        named(tenant, first, "sid-1");
        named(stranger, second, "sid-1");
        assertThat(ofSession(tenant, ISSUER)).containsExactly(first);
        assertThat(ofSession(tenant, "https://other.example")).isEmpty();
        assertThat(ofSession(stranger, ISSUER)).isEmpty();

        assertThat(database.<Integer>write(tx -> new WorkspaceSsoSessionStore(tx).endAll(at(stranger, room))))
                .isZero();
        assertThat(database.<Integer>write(
                        tx -> new WorkspaceSsoSessionStore(tx).endOthers(at(stranger, room), List.of(emergency))))
                .isZero();
        assertThat(database.<Integer>write(
                        tx -> new WorkspaceSsoSessionStore(tx).endOthers(at(tenant, room), List.of(emergency))))
                .isEqualTo(1);
        assertThat(database.<Integer>write(tx -> new WorkspaceSsoSessionStore(tx).endAll(at(tenant, room))))
                .isEqualTo(2);
        assertThat(find(tenant, first)).as("it goes with its session").isEmpty();
        assertThat(database.<Integer>write(
                        tx -> new WorkspaceSsoSessionStore(tx).endOthers(at(tenant, room), List.of())))
                .as("the emergency’s")
                .isEqualTo(1);
    }

    private void ours(String hash, int whose) {
        database.write(tx -> {
            new WorkspaceSessionStore(tx).insert(tenant, room, whose, hash, NOW, NOW.plus(Duration.ofDays(7)));
            return "done";
        });
    }

    private void session(String hash, int whose, Instant dueAt) {
        ours(hash, whose);
        var session = new SsoSession<>(
                hash, at(tenant, room), whose, ISSUER, "1", Optional.of("r"), Optional.of("i"), NOW, NOW, dueAt);
        database.write(tx -> {
            new WorkspaceSsoSessionStore(tx).insert(at(tenant, room), session);
            return "done";
        });
        assertThat(find(tenant, hash)).contains(session);
    }

    private Optional<SsoSession<Integer>> resting(String hash) {
        return database.read(tx -> new WorkspaceSsoSessionStore(tx).findResting(hash));
    }

    private void due(AccountId of, String hash) {
        database.write(tx -> {
            new WorkspaceSsoSessionStore(tx).setDue(at(of, room), hash, NOW.plusSeconds(30), NOW);
            return "done";
        });
    }

    private List<String> takeDue(Instant now) {
        return database.write(tx -> new WorkspaceSsoSessionStore(tx).takeDue(now, 100)).stream()
                .filter(found -> found.owner().equals(at(tenant, room)))
                .map(SsoSession::tokenHash)
                .toList();
    }

    private void answered(AccountId of, String hash, Optional<String> renewal, Optional<String> idToken) {
        database.write(tx -> {
            new WorkspaceSsoSessionStore(tx).answered(at(of, room), hash, renewal, idToken, NOW.plusSeconds(60));
            return "done";
        });
    }

    private Optional<SsoSession<Integer>> find(AccountId of, String hash) {
        return database.read(tx -> new WorkspaceSsoSessionStore(tx).find(at(of, room), hash));
    }

    private void named(AccountId of, String hash, String session) {
        database.write(tx -> {
            new WorkspaceSsoSessionStore(tx).setProviderSession(at(of, room), hash, session);
            return "done";
        });
    }

    private List<String> ofSession(AccountId of, String issuer) {
        return database.read(tx -> new WorkspaceSsoSessionStore(tx).ofSession(at(of, room), issuer, "sid-1"));
    }

    private List<String> ofPerson(AccountId of) {
        return database.read(tx -> new WorkspaceSsoSessionStore(tx).ofPerson(at(of, room), ISSUER, "1"));
    }
}
