package dev.banyan.workspaces.migration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.ShortIds;
import dev.banyan.workspaces.migration.MigrationStore.Kind;
import dev.banyan.workspaces.users.Invitation;
import dev.banyan.workspaces.users.InvitationStore;
import org.junit.jupiter.api.Test;

/// Moved data and invitations in the database.
@OnEveryDatabase
class MigrationStoresContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Owner owner;
    private final AccountId tenant;
    private final AccountId stranger;
    private final ProjectId project = new ProjectId(UUIDS.next());
    private final WorkspaceId room;
    private final WorkspaceId other;

    MigrationStoresContractTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.agency(database).owner();
        this.tenant = owner.tenant();
        this.stranger = StoredAccounts.agency(database).owner().tenant();
        write(tx -> {
            new ProjectStore(tx)
                    .insert(
                            owner,
                            new Project(
                                    project,
                                    owner,
                                    "Atlas",
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
        this.room = workspace("Sales");
        this.other = workspace("Support");
    }

    @Test
    void whatWasMovedIsRememberedOnceAndInItsWorkspaceAlone() {
        assertThat(insert(room, Kind.CONVERSATION, "conv_1", "a")).isTrue();
        assertThat(insert(room, Kind.CONVERSATION, "conv_1", "b")).isFalse();
        assertThat(insert(room, Kind.ATTACHMENT, "conv_1", "c")).isTrue();
        assertThat(insert(other, Kind.CONVERSATION, "conv_1", "d")).isTrue();

        assertThat(target(tenant, room, Kind.CONVERSATION, "conv_1")).contains("a");
        assertThat(target(tenant, other, Kind.CONVERSATION, "conv_1")).contains("d");
        assertThat(target(tenant, room, Kind.USER, "conv_1")).isEmpty();
        assertThat(target(stranger, room, Kind.CONVERSATION, "conv_1")).isEmpty();
        MigrationChecklist.Facts facts = read(tx -> new MigrationStore(tx).facts(owner, project));
        assertThat(facts).isEqualTo(new MigrationChecklist.Facts(2, 0, 0, 2, 1));
        assertThat(this.<MigrationChecklist.Facts>read(
                        tx -> new MigrationStore(tx).facts(new Owner(stranger, stranger), project)))
                .isEqualTo(new MigrationChecklist.Facts(0, 0, 0, 0, 0));
    }

    @Test
    void stepsAreTickedAndTakenBack() {
        write(tx -> {
            var store = new MigrationStore(tx);
            store.tick(owner, project, "plan", NOW);
            store.tick(owner, project, "plan", NOW.plusSeconds(1));
            store.tick(owner, project, "doors", NOW);
            store.untick(owner, project, "doors");
            return "done";
        });
        assertThat(this.<Map<String, Instant>>read(tx -> new MigrationStore(tx).steps(owner, project)))
                .isEqualTo(Map.of("plan", NOW));
        assertThat(this.<Map<String, Instant>>read(
                        tx -> new MigrationStore(tx).steps(new Owner(stranger, stranger), project)))
                .isEmpty();
    }

    @Test
    void projectsAndWorkspacesAreFoundByTheirWholeNames() {
        assertThat(this.<List<ProjectId>>read(tx -> new MigrationStore(tx).projectsCalled(owner, "Atlas")))
                .containsExactly(project);
        assertThat(this.<List<ProjectId>>read(tx -> new MigrationStore(tx).projectsCalled(owner, "Atl")))
                .isEmpty();
        assertThat(this.<List<WorkspaceId>>read(tx -> new MigrationStore(tx).workspacesCalled(owner, project, "Sales")))
                .containsExactly(room);
        assertThat(this.<List<WorkspaceId>>read(tx -> new MigrationStore(tx).newest(owner, project, 1)))
                .hasSize(1);
        assertThat(this.<List<WorkspaceId>>read(
                        tx -> new MigrationStore(tx).workspacesCalled(new Owner(stranger, stranger), project, "Sales")))
                .isEmpty();
    }

    @Test
    void oneInvitationPerAddressFoundByItsSecretInItsWorkspaceAlone() {
        put("hash1", room, "omar@people.example", Optional.empty());
        put("hash2", room, "omar@people.example", Optional.empty());
        put("hash3", other, "omar@people.example", Optional.empty());
        put("hash4", room, "amira@people.example", Optional.of(7));

        assertThat(find(tenant, room, "hash1")).isEmpty();
        assertThat(find(tenant, room, "hash2").map(Invitation::email)).contains("omar@people.example");
        assertThat(find(tenant, other, "hash2")).isEmpty();
        assertThat(find(stranger, room, "hash2")).isEmpty();
        assertThat(find(tenant, room, "hash4").flatMap(Invitation::user)).contains(7);
        List<Invitation> listed = read(tx -> new InvitationStore(tx).list(tenant, room, Optional.empty(), 10));
        assertThat(listed).extracting(Invitation::email).containsExactly("omar@people.example");

        assertThat(this.<Boolean>write(tx -> new InvitationStore(tx).use(tenant, room, "hash2" + room.value())))
                .isTrue();
        assertThat(this.<Boolean>write(tx -> new InvitationStore(tx).use(tenant, room, "hash2" + room.value())))
                .isFalse();
        write(tx -> {
            new InvitationStore(tx).deleteOf(tenant, room, 7);
            return "done";
        });
        assertThat(find(tenant, room, "hash4")).isEmpty();
        assertThat(find(tenant, other, "hash3")).isPresent();
        write(tx -> new InvitationStore(tx).deleteExpired(NOW.plus(Duration.ofDays(8)), 1_000));
        assertThat(find(tenant, other, "hash3")).isEmpty();
    }

    private WorkspaceId workspace(String name) {
        WorkspaceId id = WorkspaceId.next(NOW);
        return write(tx -> {
            String shortId = new ShortIds().next(new WorkspaceStore(tx)::takenShortIds);
            tx.sql()
                    .execute(
                            "INSERT INTO sub_clients (id, tenant_id, project_id, name, short_id, pathname, created_at,"
                                    + " updated_at) VALUES (?, ?, ?, ?, ?, 'room', 1, 1)",
                            id.value(),
                            tenant.toString(),
                            project.toString(),
                            name,
                            shortId);
            return id;
        });
    }

    @Test
    void whatAnAdminHasSentIsDeletedInTheirWorkspaceAlone() {
        put("hash1", room, "omar@people.example", Optional.empty(), Optional.of(7));
        put("hash2", room, "leila@people.example", Optional.empty(), Optional.of(7));
        put("hash3", room, "noor@people.example", Optional.empty(), Optional.of(8));
        put("hash4", room, "amira@people.example", Optional.empty(), Optional.empty());
        put("hash5", other, "omar@people.example", Optional.empty(), Optional.of(7));

        assertThat(this.<List<String>>write(tx -> new InvitationStore(tx).deleteSentBy(stranger, room, 7)))
                .isEmpty();
        assertThat(this.<List<String>>write(tx -> new InvitationStore(tx).deleteSentBy(tenant, room, 7)))
                .containsExactly("leila@people.example", "omar@people.example");
        List<Invitation> left = read(tx -> new InvitationStore(tx).list(tenant, room, Optional.empty(), 10));
        assertThat(left).extracting(Invitation::email).containsExactly("amira@people.example", "noor@people.example");
        assertThat(find(tenant, other, "hash5")).isPresent();
    }

    private void put(String hash, WorkspaceId workspace, String email, Optional<Integer> user) {
        put(hash, workspace, email, user, Optional.empty());
    }

    private void put(
            String hash, WorkspaceId workspace, String email, Optional<Integer> user, Optional<Integer> sender) {
        write(tx -> {
            new InvitationStore(tx)
                    .put(
                            tenant,
                            hash + room.value(),
                            new Invitation(
                                    workspace,
                                    Optional.empty(),
                                    email,
                                    WorkspaceRole.USER,
                                    user,
                                    sender,
                                    false,
                                    NOW,
                                    NOW.plus(Duration.ofDays(7))));
            return "done";
        });
    }

    private Optional<Invitation> find(AccountId of, WorkspaceId workspace, String hash) {
        return read(tx -> new InvitationStore(tx).find(of, workspace, hash + room.value()));
    }

    private boolean insert(WorkspaceId workspace, Kind kind, String source, String target) {
        return write(tx -> new MigrationStore(tx).insert(tenant, workspace, kind, source, target, NOW));
    }

    private Optional<String> target(AccountId of, WorkspaceId workspace, Kind kind, String source) {
        return read(tx -> new MigrationStore(tx).target(of, workspace, kind, source));
    }

    private <T> T read(Function<Tx, T> work) {
        return database.read(work);
    }

    private <T> T write(Function<Tx, T> work) {
        return database.write(work);
    }
}
