package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.SUB_CLIENT_USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.WorkspaceUserStore.EmailProof;
import dev.banyan.workspaces.access.ShortIds;
import dev.banyan.workspaces.users.WorkspaceUserNetworkStore;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

/// Users and sessions of workspaces in the database.
@OnEveryDatabase
class WorkspaceUserStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Instant END = NOW.plus(Duration.ofDays(7));
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Owner owner;
    private final AccountId tenant;
    private final AccountId stranger;
    private final ProjectId project = new ProjectId(UUIDS.next());
    private final WorkspaceId room;
    private final WorkspaceId other;

    WorkspaceUserStoreContractTest(Database database) {
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
    }

    @Test
    void aUserHasATimeZone() {
        int amira = insert(room, "Amira", "amira@guests.example", WorkspaceRole.ADMIN)
                .orElseThrow();
        database.write(tx -> {
            new WorkspaceUserStore(tx).setZone(tenant, room, amira, ZoneId.of("Asia/Dubai"));
            return room;
        });
        assertThat(database.<List<String>>read(tx -> tx.sql()
                        .select(SUB_CLIENT_USERS.TIME_ZONE)
                        .from(SUB_CLIENT_USERS)
                        .where(SUB_CLIENT_USERS.TENANT_ID.eq(tenant), SUB_CLIENT_USERS.ID.eq(amira))
                        .fetch(SUB_CLIENT_USERS.TIME_ZONE)))
                .containsExactly("Asia/Dubai");
    }

    @Test
    void aUserIsNumberedAndFoundInTheirWorkspaceAlone() {
        int amira = insert(room, "Amira", "amira@guests.example", WorkspaceRole.ADMIN)
                .orElseThrow();
        int omar =
                insert(room, "omar", "omar@guests.example", WorkspaceRole.USER).orElseThrow();

        assertThat(omar).isGreaterThan(amira);
        var expected = new WorkspaceUser(
                amira, room, "Amira", "amira@guests.example", WorkspaceRole.ADMIN, NOW, NOW, Optional.empty());
        assertThat(got(users(store -> store.find(tenant, room, amira))).value()).contains(expected);
        assertThat(got(users(store -> store.findByUsername(tenant, room, "aMIRA")))
                        .value())
                .contains(new WorkspaceUserStore.Credentials(expected, "hash"));
        assertThat(got(users(store -> store.findByEmail(tenant, room, "amira@guests.example")))
                        .value())
                .isPresent();
        assertThat(got(users(store -> store.findCredentials(tenant, room, amira)))
                        .value())
                .isPresent();
        for (var where : List.of(List.of(tenant, other), List.of(stranger, room))) {
            AccountId of = (AccountId) where.get(0);
            WorkspaceId in = (WorkspaceId) where.get(1);
            assertThat(got(users(store -> store.find(of, in, amira))).value()).isEmpty();
            assertThat(got(users(store -> store.findCredentials(of, in, amira))).value())
                    .isEmpty();
            assertThat(got(users(store -> store.findByUsername(of, in, "Amira")))
                            .value())
                    .isEmpty();
            assertThat(got(users(store -> store.findByEmail(of, in, "amira@guests.example")))
                            .value())
                    .isEmpty();
        }
    }

    @Test
    void namesAreUniqueInAWorkspaceInAnyCase() {
        assertThat(insert(room, "leila", "leila@guests.example", WorkspaceRole.USER))
                .isPresent();
        assertThat(insert(room, "LEILA", "other@guests.example", WorkspaceRole.USER))
                .isEmpty();
        assertThat(insert(room, "other", "leila@guests.example", WorkspaceRole.USER))
                .isEmpty();
        assertThat(insert(other, "leila", "leila@guests.example", WorkspaceRole.USER))
                .isPresent();
    }

    @Test
    void aNetworkIsKnownOfOneUserOfOneWorkspaceUntilItIsOld() {
        int amira = insert(room, "netted", "netted@guests.example", WorkspaceRole.USER)
                .orElseThrow();
        int omar = insert(room, "unnetted", "unnetted@guests.example", WorkspaceRole.USER)
                .orElseThrow();
        database.write(tx -> {
            var networks = new WorkspaceUserNetworkStore(tx);
            networks.remember(tenant, room, amira, "home", NOW);
            networks.remember(tenant, room, amira, "home", NOW.plusSeconds(60));
            return "done";
        });

        assertThat(knows(tenant, room, amira, "home", NOW.plusSeconds(60))).isTrue();
        assertThat(knows(tenant, room, amira, "home", NOW.plusSeconds(61))).isFalse();
        assertThat(knows(tenant, room, amira, "away", NOW)).isFalse();
        assertThat(knows(tenant, room, omar, "home", NOW)).isFalse();
        assertThat(knows(tenant, other, amira, "home", NOW)).isFalse();
        assertThat(knows(stranger, room, amira, "home", NOW)).isFalse();

        database.write(tx -> new WorkspaceUserNetworkStore(tx).deleteSeenBefore(NOW.plusSeconds(60), 1_000));
        assertThat(knows(tenant, room, amira, "home", NOW)).isTrue();
        database.write(tx -> new WorkspaceUserNetworkStore(tx).deleteSeenBefore(NOW.plusSeconds(61), 1_000));
        assertThat(knows(tenant, room, amira, "home", NOW)).isFalse();
    }

    private boolean knows(AccountId of, WorkspaceId in, int user, String hash, Instant since) {
        return database.read(tx -> new WorkspaceUserNetworkStore(tx).knowsSince(of, in, user, hash, since));
    }

    @Test
    void aNumberIsNeverGivenAgain() {
        int first = insert(room, "first", "first@guests.example", WorkspaceRole.USER)
                .orElseThrow();
        users(store -> {
            store.delete(tenant, room, first);
            return "done";
        });
        assertThat(insert(room, "second", "second@guests.example", WorkspaceRole.USER)
                        .orElseThrow())
                .isGreaterThan(first);
    }

    @Test
    void usersAreListedNewestFirstAndManyWorkspacesAtOnce() {
        int a = insert(room, "a_a", "a@guests.example", WorkspaceRole.USER).orElseThrow();
        int b = insert(room, "b_b", "b@guests.example", WorkspaceRole.USER).orElseThrow();
        int c = insert(room, "c_c", "c@guests.example", WorkspaceRole.USER).orElseThrow();
        int d = insert(other, "d_d", "d@guests.example", WorkspaceRole.USER).orElseThrow();

        assertThat(ids(users(store -> store.list(tenant, room, Optional.empty(), 2))))
                .containsExactly(c, b);
        assertThat(ids(users(store -> store.list(tenant, room, Optional.of(b), 2))))
                .containsExactly(a);
        assertThat(got(users(store -> store.list(stranger, room, Optional.empty(), 2)))
                        .value())
                .isEmpty();
        var all = users(store -> store.ofAll(tenant, List.of(room, other), 2));
        assertThat(ids(all.getOrDefault(room, List.of()))).containsExactly(c, b);
        assertThat(ids(all.getOrDefault(other, List.of()))).containsExactly(d);
        assertThat(got(users(store -> store.ofAll(stranger, List.of(room, other), 2)))
                        .value())
                .isEmpty();
    }

    @Test
    void rolesNamesAndPasswordsChangeForTheOwnerAlone() {
        int amira = insert(room, "amira", "amira@guests.example", WorkspaceRole.ADMIN)
                .orElseThrow();
        assertThat(got(users(store -> store.hasAnotherAdmin(tenant, room, amira)))
                        .value())
                .isFalse();
        int omar =
                insert(room, "omar", "omar@guests.example", WorkspaceRole.USER).orElseThrow();
        assertThat(got(users(store -> store.hasAnotherAdmin(tenant, room, amira)))
                        .value())
                .isFalse();
        Instant later = NOW.plusSeconds(1);
        users(store -> {
            store.setRole(stranger, room, omar, WorkspaceRole.ADMIN, later);
            store.setRole(tenant, other, omar, WorkspaceRole.ADMIN, later);
            store.setNames(stranger, room, omar, "x", "x", later);
            store.setPasswordHash(stranger, room, omar, "x", later);
            store.delete(stranger, room, omar);
            store.delete(tenant, other, omar);
            return "done";
        });
        assertThat(users(store -> store.findCredentials(tenant, room, omar)).orElseThrow())
                .isEqualTo(new WorkspaceUserStore.Credentials(
                        new WorkspaceUser(
                                omar,
                                room,
                                "omar",
                                "omar@guests.example",
                                WorkspaceRole.USER,
                                NOW,
                                NOW,
                                Optional.empty()),
                        "hash"));
        users(store -> {
            store.setRole(tenant, room, omar, WorkspaceRole.ADMIN, later);
            store.setNames(tenant, room, omar, "Omar", "o@guests.example", later);
            store.setPasswordHash(tenant, room, omar, "new", later);
            return "done";
        });
        assertThat(got(users(store -> store.hasAnotherAdmin(tenant, room, amira)))
                        .value())
                .isTrue();
        assertThat(users(store -> store.findCredentials(tenant, room, omar)).orElseThrow())
                .isEqualTo(new WorkspaceUserStore.Credentials(
                        new WorkspaceUser(
                                omar,
                                room,
                                "Omar",
                                "o@guests.example",
                                WorkspaceRole.ADMIN,
                                NOW,
                                later,
                                Optional.empty()),
                        "new"));
    }

    @Test
    void anEmailIsProvedForTheOwnerAlone() {
        int amira = insert(room, "amira", "amira@guests.example", WorkspaceRole.USER)
                .orElseThrow();
        assertThat(isProved(tenant, room, amira)).isFalse();
        users(store -> {
            store.proveEmail(stranger, room, amira, EmailProof.LINK, NOW);
            store.proveEmail(tenant, other, amira, EmailProof.LINK, NOW);
            return "done";
        });
        assertThat(isProved(tenant, room, amira)).isFalse();
        users(store -> {
            store.proveEmail(tenant, room, amira, EmailProof.LINK, NOW);
            return "done";
        });
        assertThat(isProved(tenant, room, amira)).isTrue();
        assertThat(isProved(tenant, other, amira)).isFalse();
        assertThat(isProved(stranger, room, amira)).isFalse();
        users(store -> {
            store.setNames(tenant, room, amira, "amira", "another@guests.example", NOW);
            return "done";
        });
        assertThat(isProved(tenant, room, amira)).as("another email").isFalse();
    }

    private boolean isProved(AccountId of, WorkspaceId in, int user) {
        return users(store -> store.isEmailProved(of, in, user));
    }

    @Test
    void theUsersOfAnAccountAreCountedAndNamedTogether() {
        insert(room, "leila", "leila@guests.example", WorkspaceRole.ADMIN);
        insert(room, "omar", "omar@guests.example", WorkspaceRole.USER);
        insert(other, "amira", "amira@guests.example", WorkspaceRole.ADMIN);
        Owner brand = new Owner(tenant, new AccountId(UUIDS.next()));

        assertThat(got(users(store -> store.workspaces(owner))).value()).containsExactlyInAnyOrder(room, other);
        assertThat(got(users(store -> store.count(owner))).value()).isEqualTo(3);
        assertThat(got(users(store -> store.admins(owner))).value()).containsExactly("amira", "leila");
        assertThat(got(users(store -> store.named(owner, List.of("omar@guests.example", "amira@guests.example"))))
                        .value())
                .containsExactly("amira", "omar");
        assertThat(got(users(store -> store.workspaces(brand))).value()).isEmpty();
        assertThat(got(users(store -> store.count(brand))).value()).isZero();
        assertThat(got(users(store -> store.admins(brand))).value()).isEmpty();
        assertThat(got(users(store -> store.named(brand, List.of("omar@guests.example"))))
                        .value())
                .isEmpty();
    }

    @Test
    void theUsersOfAnAccountAreShutOut() {
        int leila = insert(room, "leila", "leila@guests.example", WorkspaceRole.ADMIN)
                .orElseThrow();
        int omar =
                insert(other, "omar", "omar@guests.example", WorkspaceRole.USER).orElseThrow();
        Owner brand = new Owner(tenant, new AccountId(UUIDS.next()));
        users(store -> {
            store.shutOut(brand, "none", List.of("leila@guests.example"));
            return "done";
        });
        assertThat(users(store -> store.findCredentials(tenant, room, leila)).orElseThrow())
                .satisfies(found -> {
                    assertThat(found.passwordHash()).isEqualTo("hash");
                    assertThat(found.user().email()).isEqualTo("leila@guests.example");
                });
        users(store -> {
            store.shutOut(owner, "none", List.of("leila@guests.example"));
            return "done";
        });
        assertThat(users(store -> store.findCredentials(tenant, room, leila)).orElseThrow())
                .satisfies(found -> {
                    assertThat(found.passwordHash()).isEqualTo("none");
                    assertThat(found.user().email()).isEqualTo("removed-" + leila + "@former.invalid");
                });
        assertThat(users(store -> store.findCredentials(tenant, other, omar)).orElseThrow())
                .satisfies(found -> {
                    assertThat(found.passwordHash()).isEqualTo("none");
                    assertThat(found.user().email()).isEqualTo("omar@guests.example");
                });
    }

    @Test
    void aUserOfAStrangersWorkspaceCannotBeStored() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> users(store -> store.insert(
                        stranger,
                        room,
                        "spy",
                        "spy@guests.example",
                        "hash",
                        WorkspaceRole.ADMIN,
                        Optional.empty(),
                        NOW)));
    }

    @Test
    void aSessionIsFoundUntilItEndsAndWhileItsWorkspaceIsOpen() {
        int amira = insert(room, "amira", "amira@guests.example", WorkspaceRole.ADMIN)
                .orElseThrow();
        String first = open(amira, NOW);
        String second = open(amira, NOW.plusMillis(5));

        assertThat(found(List.of(first, second), NOW)).containsExactly(second, first);
        assertThat(found(List.of(first), END)).isEmpty();
        assertThat(found(List.of("0".repeat(64)), NOW)).isEmpty();
        sessions(store -> {
            store.renew(first, NOW.plusSeconds(9), END.plusSeconds(9));
            return "done";
        });
        assertThat(found(List.of(first), END)).containsExactly(first);

        execute("UPDATE sub_clients SET suspended = 1 WHERE id = '" + room + "'");
        assertThat(found(List.of(first), NOW)).isEmpty();
        execute("UPDATE sub_clients SET suspended = 0 WHERE id = '" + room + "'");
        execute("UPDATE projects SET sub_clients_enabled = 0 WHERE id = '" + project + "'");
        assertThat(found(List.of(first), NOW)).isEmpty();
        execute("UPDATE projects SET sub_clients_enabled = 1 WHERE id = '" + project + "'");
        assertThat(found(List.of(first), NOW)).isNotEmpty();
    }

    @Test
    void sessionsEndOneByOneByUserAndByWorkspace() {
        int amira = insert(room, "amira", "amira@guests.example", WorkspaceRole.ADMIN)
                .orElseThrow();
        int omar =
                insert(room, "omar", "omar@guests.example", WorkspaceRole.USER).orElseThrow();
        String first = open(amira, NOW);
        String second = open(amira, NOW);
        String third = open(omar, NOW);
        List<String> all = List.of(first, second, third);

        assertThat(got(sessions(store -> store.delete(List.of(first)))).value()).isEqualTo(1);
        assertThat(found(all, NOW)).containsExactlyInAnyOrder(second, third);
        sessions(store -> {
            store.deleteAll(stranger, room, Optional.empty());
            store.deleteAll(tenant, other, Optional.empty());
            return "done";
        });
        assertThat(found(all, NOW)).containsExactlyInAnyOrder(second, third);
        sessions(store -> {
            store.deleteAll(tenant, room, Optional.of(amira));
            return "done";
        });
        assertThat(found(all, NOW)).containsExactly(third);
        sessions(store -> {
            store.deleteAll(tenant, room, Optional.empty());
            return "done";
        });
        assertThat(found(all, NOW)).isEmpty();
        String fourth = open(omar, NOW);
        users(store -> {
            store.delete(tenant, room, omar);
            return "done";
        });
        assertThat(found(List.of(fourth), NOW)).as("goes with its user").isEmpty();
    }

    @Test
    void aSessionIsProvedByItsUserAlone() {
        int amira = insert(room, "amira", "amira@guests.example", WorkspaceRole.ADMIN)
                .orElseThrow();
        String session = open(amira, NOW);
        Instant later = NOW.plusSeconds(9);

        assertThat(prove(stranger, room, amira, session, later)).isFalse();
        assertThat(prove(tenant, other, amira, session, later)).isFalse();
        assertThat(prove(tenant, room, amira + 1, session, later)).isFalse();
        assertThat(got(sessions(store -> store.provedAt(session))).value()).contains(NOW);
        assertThat(prove(tenant, room, amira, session, later)).isTrue();
        assertThat(got(sessions(store -> store.provedAt(session))).value()).contains(later);
    }

    private boolean prove(AccountId of, WorkspaceId in, int user, String session, Instant at) {
        return sessions(store -> store.prove(of, in, user, session, at));
    }

    @Test
    void expiredSessionsAreRemovedABoundedNumberAtATime() {
        int amira = insert(room, "amira", "amira@guests.example", WorkspaceRole.ADMIN)
                .orElseThrow();
        sessions(store -> store.deleteExpired(END.plusSeconds(60), 1_000)); // left by other tests
        open(amira, NOW);
        open(amira, NOW);
        open(amira, NOW);
        assertThat(got(sessions(store -> store.deleteExpired(END.minusMillis(1), 2)))
                        .value())
                .isZero();
        assertThat(got(sessions(store -> store.deleteExpired(END, 2))).value()).isEqualTo(2);
        assertThat(got(sessions(store -> store.deleteExpired(END, 2))).value()).isEqualTo(1);
    }

    @Test
    void usersAreFoundByBeginningsAndTheirSignInIsWrittenDown() {
        int amira = insert(room, "Amira_N", "an@guests.example", WorkspaceRole.ADMIN)
                .orElseThrow();
        int omar =
                insert(room, "omar", "amir@guests.example", WorkspaceRole.USER).orElseThrow();
        insert(room, "leila", "leila@guests.example", WorkspaceRole.USER);

        assertThat(found("AMIR", Optional.empty(), 9)).containsExactly(omar, amira);
        assertThat(found("amira_", Optional.empty(), 9)).containsExactly(amira);
        assertThat(found("amir", Optional.of(omar), 9)).containsExactly(amira);
        assertThat(found("mira", Optional.empty(), 9)).isEmpty();
        assertThat(found("%", Optional.empty(), 9)).isEmpty();
        assertThat(got(users(store -> store.countAdmins(tenant, room, 2))).value())
                .isEqualTo(1);
        users(store -> {
            store.signedIn(stranger, room, omar, NOW);
            store.signedIn(tenant, room, amira, NOW);
            return "done";
        });
        assertThat(got(users(store -> store.find(tenant, room, amira))).value())
                .flatMap(WorkspaceUser::lastSignInAt)
                .contains(NOW);
        assertThat(got(users(store -> store.find(tenant, room, omar))).value())
                .flatMap(WorkspaceUser::lastSignInAt)
                .isEmpty();
    }

    private List<Integer> found(String beginning, Optional<Integer> after, int limit) {
        return users(store -> store.search(tenant, room, beginning, after, limit)).stream()
                .map(WorkspaceUser::id)
                .toList();
    }

    private WorkspaceId workspace() {
        return database.write(tx -> {
            var store = new WorkspaceStore(tx);
            var made = new Workspace(
                    WorkspaceId.next(NOW),
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
                    WorkspaceBrand.NONE);
            assertThat(store.insert(owner, made)).isTrue();
            return made.id();
        });
    }

    private Optional<Integer> insert(WorkspaceId into, String username, String email, WorkspaceRole role) {
        return users(store -> store.insert(tenant, into, username, email, "hash", role, Optional.empty(), NOW));
    }

    private String open(int user, Instant at) {
        String hash = Digests.sha256Hex(Digests.newToken());
        sessions(store -> {
            store.insert(tenant, room, user, hash, at, END);
            return "done";
        });
        return hash;
    }

    private List<String> found(List<String> hashes, Instant at) {
        return sessions(store -> store.find(hashes, at)).stream()
                .map(WorkspaceSessionStore.Found::tokenHash)
                .toList();
    }

    private static List<Integer> ids(List<WorkspaceUser> users) {
        return users.stream().map(WorkspaceUser::id).toList();
    }

    /// Wraps the result of a store: `assertThat` can't infer the type of a bare call.
    private record Got<T>(T value) {}

    private static <T> Got<T> got(T value) {
        return new Got<>(value);
    }

    private <T> T users(Function<WorkspaceUserStore, T> work) {
        return database.write(tx -> work.apply(new WorkspaceUserStore(tx)));
    }

    private <T> T sessions(Function<WorkspaceSessionStore, T> work) {
        return database.write(tx -> work.apply(new WorkspaceSessionStore(tx)));
    }

    private void execute(String sql) {
        database.write(tx -> tx.sql().execute(sql));
    }
}
