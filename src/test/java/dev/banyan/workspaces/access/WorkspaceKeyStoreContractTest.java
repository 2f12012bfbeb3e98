package dev.banyan.workspaces.access;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceBrand;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.WorkspaceKey.Maker;
import org.junit.jupiter.api.Test;

/// API keys of workspaces in the database.
@OnEveryDatabase
class WorkspaceKeyStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());
    private static final AtomicInteger IDS = new AtomicInteger(1_000_000);

    private final Database database;
    private final Owner owner;
    private final AccountId tenant;
    private final ProjectId project = new ProjectId(UUIDS.next());
    private final WorkspaceId room;
    private final WorkspaceId other;

    WorkspaceKeyStoreContractTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.agency(database).owner();
        this.tenant = owner.tenant();
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

    private WorkspaceId workspace() {
        WorkspaceId id = WorkspaceId.next(NOW);
        return database.write(tx -> {
            new WorkspaceStore(tx)
                    .insert(
                            owner,
                            new Workspace(
                                    id,
                                    owner,
                                    project,
                                    "Room",
                                    Optional.empty(),
                                    Optional.empty(),
                                    new ShortIds().next(ids -> java.util.Set.of()),
                                    "room",
                                    Optional.empty(),
                                    true,
                                    false,
                                    false,
                                    0,
                                    NOW,
                                    NOW,
                                    WorkspaceBrand.NONE));
            return id;
        });
    }

    private static WorkspaceKey key(WorkspaceId workspace, Maker maker) {
        return new WorkspaceKey(
                "w" + IDS.incrementAndGet(),
                workspace,
                "Booking system",
                List.of(KeyPermission.USERS, KeyPermission.CONTACTS),
                maker,
                NOW,
                Optional.empty(),
                Optional.empty());
    }

    private WorkspaceKey insert(WorkspaceKey key) {
        database.write(tx -> {
            new WorkspaceKeyStore(tx).insert(tenant, key, "hash");
            return key;
        });
        return key;
    }

    @Test
    void aKeyIsFoundInItsWorkspaceAloneUntilItIsDeleted() {
        WorkspaceKey one = insert(key(room, new Maker.Admin(7)));
        WorkspaceKey two = insert(key(room, new Maker.Person(new IdentityId(UUIDS.next()))));
        insert(key(other, new Maker.Admin(8)));

        assertThat(database.<List<WorkspaceKey>>read(tx -> new WorkspaceKeyStore(tx).list(tenant, room, 9)))
                .containsExactly(one, two);
        assertThat(database.<Integer>read(tx -> new WorkspaceKeyStore(tx).count(tenant, room)))
                .isEqualTo(2);
        assertThat(database.<Optional<WorkspaceKey>>read(tx -> new WorkspaceKeyStore(tx).find(tenant, room, two.id())))
                .contains(two);
        assertThat(database.<Optional<WorkspaceKey>>read(tx -> new WorkspaceKeyStore(tx).find(tenant, other, two.id())))
                .isEmpty();
        assertThat(database.<Optional<WorkspaceKeyStore.Proved>>read(
                        tx -> new WorkspaceKeyStore(tx).findForProgram(one.id())))
                .contains(new WorkspaceKeyStore.Proved(one, "hash"));

        database.write(tx -> {
            var store = new WorkspaceKeyStore(tx);
            store.noteUse(tenant, room, one.id(), NOW, "192.0.2.0");
            store.delete(tenant, other, one.id());
            store.delete(tenant, room, two.id());
            return "done";
        });
        assertThat(database.<List<WorkspaceKey>>read(tx -> new WorkspaceKeyStore(tx).list(tenant, room, 9)))
                .singleElement()
                .satisfies(used -> {
                    assertThat(used.id()).isEqualTo(one.id());
                    assertThat(used.lastUsedAt()).contains(NOW);
                    assertThat(used.lastUsedIp()).contains("192.0.2.0");
                });
    }

    @Test
    void theKeysOfAnAdminEndAndAreNamed() {
        WorkspaceKey one = insert(key(room, new Maker.Admin(7)));
        WorkspaceKey two = insert(key(room, new Maker.Admin(7)));
        WorkspaceKey colleagues = insert(key(room, new Maker.Admin(8)));
        WorkspaceKey elsewhere = insert(key(other, new Maker.Admin(7)));

        assertThat(database.<List<WorkspaceKey>>write(tx -> new WorkspaceKeyStore(tx).deleteMadeBy(tenant, room, 7)))
                .containsExactly(one, two);
        assertThat(database.<List<WorkspaceKey>>read(tx -> new WorkspaceKeyStore(tx).list(tenant, room, 9)))
                .containsExactly(colleagues);
        assertThat(database.<List<WorkspaceKey>>read(tx -> new WorkspaceKeyStore(tx).list(tenant, other, 9)))
                .containsExactly(elsewhere);
    }

    @Test
    void namesOfUsersAreReadTogether() {
        int amira = database.write(tx -> new WorkspaceUserStore(tx)
                .insert(
                        tenant,
                        room,
                        "amira",
                        "amira@guests.example",
                        "hash",
                        WorkspaceRole.USER,
                        Optional.empty(),
                        NOW)
                .orElseThrow());
        assertThat(database.<Map<Integer, String>>read(
                        tx -> new WorkspaceUserStore(tx).usernames(tenant, room, List.of(amira, amira + 1))))
                .isEqualTo(Map.of(amira, "amira"));
        assertThat(database.<Map<Integer, String>>read(
                        tx -> new WorkspaceUserStore(tx).usernames(tenant, other, List.of(amira))))
                .isEmpty();
    }
}
