package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Language;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.WorkspaceQuery.Order;
import dev.banyan.workspaces.access.Pathnames;
import dev.banyan.workspaces.access.ShortIds;
import dev.banyan.workspaces.access.WorkspaceLimitStore;
import dev.banyan.workspaces.administration.WorkspaceBrandStore;
import dev.banyan.workspaces.administration.WorkspaceContentStore;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

/// Projects, workspaces and limits in the database.
@OnEveryDatabase
class WorkspaceStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Owner owner;
    private final Owner stranger;
    private final Project project;
    private int number;

    WorkspaceStoreContractTest(Database database) {
        this.database = database;
        AccountContext agency = StoredAccounts.agency(database);
        this.owner = agency.owner();
        this.stranger = StoredAccounts.agency(database).owner();
        this.project = project(owner);
    }

    @Test
    void aProjectIsStoredFoundChangedAndDeleted() {
        assertThat(got(projects(store -> store.find(owner, project.id()))).value())
                .contains(project);
        assertThat(got(projects(store -> store.lock(owner, project.id()))).value())
                .contains(project);
        assertThat(got(projects(store -> store.find(stranger, project.id()))).value())
                .isEmpty();

        var changed = new Project(
                project.id(),
                owner,
                "New",
                Optional.empty(),
                false,
                false,
                RegistrationProof.APPROVAL,
                0,
                project.createdAt(),
                NOW.plusSeconds(1));
        projects(store -> {
            store.update(stranger, changed);
            return "done";
        });
        assertThat(got(projects(store -> store.find(owner, project.id()))).value())
                .contains(project);
        projects(store -> {
            store.update(owner, changed);
            return "done";
        });
        assertThat(got(projects(store -> store.find(owner, project.id()))).value())
                .contains(changed);
        projects(store -> {
            store.addWorkspaces(owner, project.id(), 3);
            store.addWorkspaces(stranger, project.id(), 3);
            store.delete(stranger, project.id());
            return "done";
        });
        assertThat(projects(store -> store.find(owner, project.id()))
                        .orElseThrow()
                        .workspaces())
                .isEqualTo(3);
        projects(store -> {
            store.delete(owner, project.id());
            return "done";
        });
        assertThat(got(projects(store -> store.find(owner, project.id()))).value())
                .isEmpty();
    }

    @Test
    void aTenantHasWorkspacesWhereOneOfItsProjectsHas() {
        assertThat(this.<Boolean>projects(store -> store.hasWorkspaces(owner.tenant())))
                .isFalse();
        projects(store -> {
            store.addWorkspaces(owner, project.id(), 1);
            return "done";
        });
        assertThat(this.<Boolean>projects(store -> store.hasWorkspaces(owner.tenant())))
                .isTrue();
        assertThat(this.<Boolean>projects(store -> store.hasWorkspaces(stranger.tenant())))
                .isFalse();
    }

    @Test
    void whatBelongsToATenantIsFoundWithoutItsProject() {
        Workspace older = workspace("Harbour", NOW);
        Workspace newer = workspace("Garden", NOW.plusSeconds(1));

        assertThat(this.<Boolean>projects(store -> store.isOf(owner.tenant(), project.id())))
                .isTrue();
        assertThat(this.<Boolean>projects(store -> store.isOf(stranger.tenant(), project.id())))
                .isFalse();
        assertThat(this.<Boolean>rooms(store -> store.isOf(owner.tenant(), older.id())))
                .isTrue();
        assertThat(this.<Boolean>rooms(store -> store.isOf(stranger.tenant(), older.id())))
                .isFalse();
        assertThat(got(rooms(store -> store.newest(owner.tenant(), 10))).value())
                .extracting(Workspace::id)
                .containsExactly(newer.id(), older.id());
        assertThat(got(rooms(store -> store.newest(owner.tenant(), 1))).value())
                .extracting(Workspace::id)
                .containsExactly(newer.id());
    }

    @Test
    void projectsAreListedNewestFirst() {
        Project second = project(owner);
        Project third = project(owner);
        assertThat(got(projects(store -> store.list(owner, Optional.empty(), 2)))
                        .value())
                .containsExactly(third, second);
        assertThat(got(projects(store -> store.list(owner, Optional.of(second.id()), 2)))
                        .value())
                .containsExactly(project);
        assertThat(got(projects(store -> store.list(stranger, Optional.empty(), 9)))
                        .value())
                .isEmpty();
    }

    @Test
    void aWorkspaceIsStoredAndFoundByItsOwnerAlone() {
        Workspace room = workspace("Sales", NOW);
        assertThat(got(rooms(store -> store.find(owner, project.id(), room.id())))
                        .value())
                .contains(room);
        assertThat(got(rooms(store -> store.find(stranger, project.id(), room.id())))
                        .value())
                .isEmpty();
        ProjectId other = project(owner).id();
        assertThat(got(rooms(store -> store.find(owner, other, room.id()))).value())
                .isEmpty();
        assertThat(got(rooms(store -> store.findByShortId(room.shortId()))).value())
                .contains(new WorkspaceStore.Visited(room, true, true, RegistrationProof.NONE));
        assertThat(rooms(store -> store.findById(room.id())).orElseThrow().workspace())
                .isEqualTo(room);
    }

    @Test
    void aWorkspaceIsFoundInWhicheverProjectOfItsOwnerItIs() {
        Workspace room = workspace("Sales", NOW);
        assertThat(got(rooms(store -> store.find(owner, room.id()))).value()).contains(room);
        assertThat(got(rooms(store -> store.find(stranger, room.id()))).value()).isEmpty();
        assertThat(got(rooms(store -> store.find(new Owner(owner.tenant(), stranger.account()), room.id())))
                        .value())
                .as("another account of the same agency")
                .isEmpty();
    }

    @Test
    void severalAreFoundAtOnceNewestFirst() {
        Workspace first = workspace("Sales", NOW);
        Workspace second = workspace("Support", NOW.plusMillis(1));
        workspace("Kitchen", NOW.plusMillis(2));
        List<WorkspaceId> ids = List.of(first.id(), second.id(), new WorkspaceId("scl_1704067200000_a1b2c3d4e"));
        assertThat(got(rooms(store -> store.findAll(owner, project.id(), ids))).value())
                .containsExactly(second, first);
        assertThat(got(rooms(store -> store.findAll(stranger, project.id(), ids)))
                        .value())
                .isEmpty();
        ProjectId other = project(owner).id();
        assertThat(got(rooms(store -> store.findAll(owner, other, ids))).value())
                .isEmpty();
    }

    @Test
    void aNumberIsWrittenDownAndTakenBackByItsTenantAlone() {
        Workspace room = workspace("Sales", NOW);
        String client = "wa_" + room.shortId();
        rooms(store -> {
            store.setWhatsappClient(stranger.tenant(), room.id(), Optional.of(client), NOW);
            return "done";
        });
        assertThat(got(rooms(store -> store.findByWhatsappClient(owner.tenant(), client)))
                        .value())
                .isEmpty();
        rooms(store -> {
            store.setWhatsappClient(owner.tenant(), room.id(), Optional.of(client), NOW.plusSeconds(1));
            return "done";
        });
        assertThat(got(rooms(store -> store.findByWhatsappClient(stranger.tenant(), client)))
                        .value())
                .isEmpty();
        List<WorkspaceId> everywhere = rooms(store -> store.allWithWhatsappClient(client, 9));
        assertThat(everywhere).containsExactly(room.id());
        Workspace talking = rooms(store -> store.findByWhatsappClient(owner.tenant(), client))
                .orElseThrow();
        assertThat(talking.id()).isEqualTo(room.id());
        assertThat(talking.whatsappClient()).contains(client);
        assertThat(talking.updatedAt()).isEqualTo(NOW.plusSeconds(1));
        rooms(store -> {
            store.setWhatsappClient(owner.tenant(), room.id(), Optional.empty(), NOW.plusSeconds(2));
            return "done";
        });
        assertThat(got(rooms(store -> store.findByWhatsappClient(owner.tenant(), client)))
                        .value())
                .isEmpty();
    }

    @Test
    void workspacesWithNumbersArePagedByTheirIds() {
        Workspace first = workspace("Sales", NOW);
        Workspace second = workspace("Support", NOW);
        workspace("Silent", NOW);
        for (Workspace room : List.of(first, second)) {
            rooms(store -> {
                store.setWhatsappClient(owner.tenant(), room.id(), Optional.of("wa_" + room.shortId()), NOW);
                return "done";
            });
        }
        List<WorkspaceId> all = rooms(store -> store.withNumbers(project.id(), Optional.empty(), 9)).stream()
                .map(Workspace::id)
                .toList();
        assertThat(all).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(rooms(store -> store.withNumbers(project.id(), Optional.of(all.getFirst()), 9)).stream()
                        .map(Workspace::id))
                .containsExactly(all.getLast());
        assertThat(rooms(store -> store.withNumbers(project.id(), Optional.empty(), 1)).stream()
                        .map(Workspace::id))
                .containsExactly(all.getFirst());
    }

    @Test
    void severalWorkspacesOfSeveralProjectsAreFoundByTheirOwnerAlone() {
        Workspace room = workspace("Sales", NOW);
        List<WorkspaceId> ids = List.of(room.id(), new WorkspaceId("scl_1704067200000_zzzzzzzzz"));
        assertThat(got(rooms(store -> store.findAll(owner, ids))).value()).containsExactly(room);
        assertThat(got(rooms(store -> store.findAll(stranger, ids))).value()).isEmpty();
    }

    @Test
    void shortIdsAreUniqueAndTheirCaseCounts() {
        Workspace room = workspace("Sales", NOW, "aB" + letters());
        Workspace same = copy(room, new WorkspaceId("scl_1704067200000_aaaaaaaaa"));
        assertThat(got(rooms(store -> store.insert(owner, same))).value()).isFalse();
        String otherCase = room.shortId().replace("aB", "Ab");
        Workspace other = workspace("Sales", NOW, otherCase);
        assertThat(rooms(store -> store.findByShortId(otherCase)).orElseThrow().workspace())
                .isEqualTo(other);
        assertThat(got(rooms(store -> store.takenShortIds(Set.of(room.shortId(), otherCase, "none"))))
                        .value())
                .containsExactlyInAnyOrder(room.shortId(), otherCase);
    }

    @Test
    void workspacesAreListedNewestFirstSearchedAndFiltered() {
        Workspace oldest = workspace("Sales One", NOW);
        Workspace middle = workspace("Support", NOW.plusMillis(1));
        Workspace twin = workspace("Sales Two", NOW.plusMillis(1));
        update(suspended(middle));

        List<Workspace> all = list("", Optional.empty(), Optional.empty(), 9);
        assertThat(all).hasSize(3).last().isEqualTo(oldest);
        assertThat(list("", Optional.empty(), Optional.of(all.get(0).id()), 1)).containsExactly(all.get(1));
        assertThat(list("", Optional.empty(), Optional.of(all.get(1).id()), 9)).containsExactly(oldest);
        assertThat(list("sALES", Optional.empty(), Optional.empty(), 9)).containsExactly(twin, oldest);
        assertThat(list("sales-tw", Optional.empty(), Optional.empty(), 9)).containsExactly(twin);
        assertThat(list(oldest.shortId(), Optional.empty(), Optional.empty(), 9))
                .containsExactly(oldest);
        assertThat(list("100%", Optional.empty(), Optional.empty(), 9)).isEmpty();
        assertThat(list("", Optional.of(true), Optional.empty(), 9)).containsExactly(suspended(middle));
        assertThat(list("", Optional.of(false), Optional.empty(), 9)).containsExactly(twin, oldest);
        WorkspaceQuery closed = query("", Optional.of(true), Optional.empty(), 9);
        assertThat(got(rooms(store -> store.count(owner, project.id(), closed))).value())
                .isEqualTo(1);
        assertThat(got(rooms(store -> store.count(stranger, project.id(), closed)))
                        .value())
                .isZero();
        assertThat(count("", Optional.empty(), 2)).isEqualTo(2);
        assertThat(count("sales", Optional.of(twin.id()), 9))
                .as("of all, wherever a page begins")
                .isEqualTo(2);
        assertThat(count("support", Optional.empty(), 9)).isEqualTo(1);
        assertThat(got(rooms(store ->
                                store.list(stranger, project.id(), query("", Optional.empty(), Optional.empty(), 9))))
                        .value())
                .isEmpty();
    }

    @Test
    void theDefaultIsTheMarkedOneElseTheOldestAndNeverASuspendedOne() {
        assertThat(got(rooms(store -> store.findOpenDefault(project.id()))).value())
                .isEmpty();
        Workspace oldest = workspace("One", NOW);
        Workspace second = workspace("Two", NOW.plusMillis(1));
        assertThat(got(rooms(store -> store.findOpenDefault(project.id()))).value())
                .contains(oldest);
        Workspace marked = marked(second);
        update(marked);
        assertThat(got(rooms(store -> store.findOpenDefault(project.id()))).value())
                .contains(marked);
        update(suspended(marked));
        assertThat(got(rooms(store -> store.findOpenDefault(project.id()))).value())
                .contains(oldest);
        rooms(store -> {
            store.clearDefault(stranger, project.id());
            return "done";
        });
        assertThat(rooms(store -> store.find(owner, project.id(), second.id()))
                        .orElseThrow()
                        .isDefault())
                .isTrue();
        rooms(store -> {
            store.clearDefault(owner, project.id());
            return "done";
        });
        assertThat(rooms(store -> store.find(owner, project.id(), second.id()))
                        .orElseThrow()
                        .isDefault())
                .isFalse();
    }

    @Test
    void aStrangerChangesNothing() {
        Workspace room = workspace("Sales", NOW);
        rooms(store -> {
            store.update(stranger, suspended(room));
            store.addUsers(stranger.tenant(), room.id(), 5);
            store.delete(stranger, room.id());
            return "done";
        });
        assertThat(got(rooms(store -> store.find(owner, project.id(), room.id())))
                        .value())
                .contains(room);
        assertThatExceptionOfType(DataAccessException.class)
                .as("a workspace in a stranger's project cannot be stored")
                .isThrownBy(() -> rooms(store -> store.insert(
                        stranger, copy(room, "zz" + letters(), new WorkspaceId("scl_1704067200000_bbbbbbbbb")))));
    }

    @Test
    void oldPathnamesAreRememberedUntilTheyAreTheNewOne() {
        Workspace room = workspace("Sales", NOW);
        database.write(tx -> {
            var store = new OldPathnameStore(tx);
            store.renamed(owner.tenant(), room.id(), "sales", "team");
            store.renamed(owner.tenant(), room.id(), "team", "sales");
            store.renamed(owner.tenant(), room.id(), "sales", "third");
            return "done";
        });
        assertThat(had(owner, room, "sales")).isTrue();
        assertThat(had(owner, room, "team")).isTrue();
        assertThat(had(owner, room, "third")).isFalse();
        assertThat(had(stranger, room, "sales")).isFalse();
    }

    @Test
    void placesAreTakenUpToTheLimit() {
        assertThat(got(limits(store -> store.own(owner.tenant()))).value()).isEmpty();
        assertThat(got(limits(store -> store.take(owner.tenant(), new Limit(2))))
                        .value())
                .isTrue();
        assertThat(got(limits(store -> store.take(owner.tenant(), new Limit(2))))
                        .value())
                .isTrue();
        assertThat(got(limits(store -> store.take(owner.tenant(), new Limit(2))))
                        .value())
                .isFalse();
        assertThat(got(limits(store -> store.used(owner.tenant()))).value()).isEqualTo(2);
        assertThat(got(limits(store -> store.used(stranger.tenant()))).value()).isZero();
        limits(store -> {
            store.giveBack(owner.tenant());
            return "done";
        });
        assertThat(got(limits(store -> store.take(owner.tenant(), new Limit(2))))
                        .value())
                .isTrue();
        assertThat(got(limits(store -> store.take(stranger.tenant(), new Limit(0))))
                        .value())
                .isFalse();
    }

    private boolean had(Owner whose, Workspace room, String pathname) {
        return database.read(tx -> new OldPathnameStore(tx).hadPathname(whose.tenant(), room.id(), pathname));
    }

    private List<Workspace> list(String search, Optional<Boolean> suspended, Optional<WorkspaceId> after, int limit) {
        return rooms(store -> store.list(owner, project.id(), query(search, suspended, after, limit)));
    }

    private int count(String search, Optional<WorkspaceId> after, int limit) {
        return this.<Integer>rooms(
                store -> store.count(owner, project.id(), query(search, Optional.empty(), after, limit)));
    }

    private static WorkspaceQuery query(
            String search, Optional<Boolean> suspended, Optional<WorkspaceId> after, int limit) {
        WorkspaceQuery newest = WorkspaceQuery.newest(search, after, limit);
        return new WorkspaceQuery(search, suspended, Optional.empty(), Order.NEWEST, newest.after(), limit);
    }

    private void words(Workspace room) {
        database.write(tx -> {
            new WorkspaceWordStore(tx).refresh(owner.tenant(), room);
            return "done";
        });
    }

    private List<Workspace> ordered(Order order, Optional<WorkspaceQuery.Cursor> after, int limit) {
        return rooms(store -> store.list(
                owner, project.id(), new WorkspaceQuery("", Optional.empty(), Optional.empty(), order, after, limit)));
    }

    /// Page by page, each starting after the last entry of the previous one, as its cursor says.
    @Test
    void everyOrderPagesWithoutLossOrRepetition() {
        Workspace ecole = workspace("École", NOW);
        Workspace eclair = workspace("Eclair", NOW.plusMillis(2));
        Workspace zoo = workspace("zoo", NOW.plusMillis(1));
        Workspace twin = workspace("Zoo", NOW.plusMillis(1));
        rooms(store -> {
            store.addUsers(owner.tenant(), zoo.id(), 12);
            store.addUsers(owner.tenant(), ecole.id(), 2);
            return "done";
        });
        for (Order order : Order.values()) {
            List<Workspace> whole = ordered(order, Optional.empty(), 9);
            assertThat(whole).as("%s", order).hasSize(4);
            var paged = new ArrayList<Workspace>();
            Optional<WorkspaceQuery.Cursor> after = Optional.empty();
            for (int page = 0; page < 4; page++) {
                Workspace next = ordered(order, after, 1).getFirst();
                paged.add(next);
                after = WorkspaceQuery.Cursor.parse(
                        WorkspaceQuery.Cursor.of(next, order).toString(), order);
                assertThat(after).isPresent();
            }
            assertThat(paged).as("%s", order).isEqualTo(whole);
            assertThat(ordered(order, after, 9)).as("%s", order).isEmpty();
        }
        assertThat(ids(ordered(Order.NAME, Optional.empty(), 9)).subList(0, 2))
                .containsExactly(eclair.id(), ecole.id());
        assertThat(ids(ordered(Order.USERS, Optional.empty(), 9)).subList(0, 2)).containsExactly(zoo.id(), ecole.id());
        assertThat(ids(ordered(Order.OLDEST, Optional.empty(), 9)).getFirst()).isEqualTo(ecole.id());
        assertThat(ids(ordered(Order.NAME, Optional.empty(), 9)).subList(2, 4))
                .containsExactlyInAnyOrder(zoo.id(), twin.id());
    }

    private static List<WorkspaceId> ids(List<Workspace> rooms) {
        return rooms.stream().map(Workspace::id).toList();
    }

    @Test
    void aSearchFindsBeginningsOfWordsOfAllThatPeopleKnow() {
        Workspace room = workspace("Crème Brûlée Bar", NOW);
        for (String found :
                List.of("creme", "BRUL", "bar crème", "brulee-bar", room.shortId(), "/s/" + room.shortPath())) {
            assertThat(list(found, Optional.empty(), Optional.empty(), 9))
                    .as(found)
                    .containsExactly(room);
        }
        for (String missed : List.of("reme", "bars", "creme tea", "%", "_")) {
            assertThat(list(missed, Optional.empty(), Optional.empty(), 9))
                    .as(missed)
                    .isEmpty();
        }
        Workspace named = with(room, room.id(), room.shortId(), false, false, "Tea House");
        words(named);
        update(named);
        assertThat(list("tea", Optional.empty(), Optional.empty(), 9)).containsExactly(named);
        assertThat(list("creme", Optional.empty(), Optional.empty(), 9)).isEmpty();
        assertThat(list("brle", Optional.empty(), Optional.empty(), 9))
                .as("its pathname is kept")
                .containsExactly(named);
    }

    @Test
    void aBrandIsStoredAndReadWithItsWorkspace() {
        Workspace room = workspace("Sales", NOW);
        var brand = new WorkspaceBrand(
                WorkspaceColor.parse("#0B5D4E"),
                Optional.of("Sa"),
                Optional.of("p/w/mark-1.png"),
                Optional.of("Marhaba"),
                Language.ARABIC);
        database.write(tx -> {
            var store = new WorkspaceBrandStore(tx);
            store.setBrand(stranger.tenant(), room.id(), WorkspaceBrand.NONE, NOW);
            store.setBrand(owner.tenant(), room.id(), brand, NOW);
            store.setBrand(stranger.tenant(), room.id(), WorkspaceBrand.NONE, NOW);
            return "done";
        });
        assertThat(got(rooms(store -> store.find(owner, project.id(), room.id())))
                        .value())
                .map(Workspace::brand)
                .contains(brand);
    }

    @Test
    void aProvedHostLeadsToItsWorkspace() {
        Workspace room = workspace("Sales", NOW);
        rooms(store -> {
            store.setCustomDomain(stranger.tenant(), room.id(), Optional.of("other.example"), NOW);
            store.setCustomDomain(owner.tenant(), room.id(), Optional.of("sales.example"), NOW);
            store.setCustomDomain(stranger.tenant(), room.id(), Optional.empty(), NOW);
            return "done";
        });
        assertThat(got(rooms(store -> store.findByDomain("Sales.example"))).value())
                .map(found -> found.workspace().id())
                .contains(room.id());
        assertThat(got(rooms(store -> store.findByDomain("other.example"))).value())
                .isEmpty();
    }

    @Test
    void whatIsInSeveralWorkspacesIsCountedAtOnce() {
        Workspace full = workspace("Full", NOW);
        Workspace empty = workspace("Empty", NOW);
        database.write(tx -> tx.sql()
                .execute(
                        "INSERT INTO workspace_storage (sub_client_id, tenant_id, files, bytes) VALUES (?, ?, 3, 9)",
                        full.id().value(),
                        owner.tenant().toString()));
        List<WorkspaceId> both = List.of(full.id(), empty.id());
        var files = database.read(tx -> new WorkspaceContentStore(tx).files(owner.tenant(), both));
        var others = database.read(tx -> new WorkspaceContentStore(tx).files(stranger.tenant(), both));
        var talks = database.read(tx -> new WorkspaceContentStore(tx).conversations(owner.tenant(), both, 2));
        assertThat(files).isEqualTo(Map.of(full.id(), 3L));
        assertThat(others).isEmpty();
        assertThat(talks).isEqualTo(Map.of(full.id(), 0, empty.id(), 0));
    }

    @Test
    void registrationIsAFilter() {
        Workspace open = workspace("Open", NOW);
        assertThat(got(rooms(store -> store.list(
                                owner,
                                project.id(),
                                new WorkspaceQuery(
                                        "", Optional.empty(), Optional.of(true), Order.NAME, Optional.empty(), 9))))
                        .value())
                .containsExactly(open);
        assertThat(got(rooms(store -> store.list(
                                owner,
                                project.id(),
                                new WorkspaceQuery(
                                        "", Optional.empty(), Optional.of(false), Order.NAME, Optional.empty(), 9))))
                        .value())
                .isEmpty();
    }

    @Test
    void aTenantsOwnLimitIsSetAndTakenBack() {
        assertThat(got(limits(store -> {
                            store.setMax(owner.tenant(), Optional.of(3L));
                            store.setMax(stranger.tenant(), Optional.of(-1L));
                            return store.own(owner.tenant());
                        }))
                        .value())
                .contains(new Limit(3));
        assertThat(got(limits(store -> {
                            store.setMax(owner.tenant(), Optional.empty());
                            return store.own(owner.tenant());
                        }))
                        .value())
                .isEmpty();
        assertThat(got(limits(store -> store.own(stranger.tenant()))).value()).contains(Limit.UNLIMITED);
    }

    /// Wraps the result of a store: `assertThat` can't infer the type of a bare call.
    private record Got<T>(T value) {}

    private static <T> Got<T> got(T value) {
        return new Got<>(value);
    }

    private <T> T projects(Function<ProjectStore, T> work) {
        return database.write(tx -> work.apply(new ProjectStore(tx)));
    }

    private <T> T rooms(Function<WorkspaceStore, T> work) {
        return database.write(tx -> work.apply(new WorkspaceStore(tx)));
    }

    private <T> T limits(Function<WorkspaceLimitStore, T> work) {
        return database.write(tx -> work.apply(new WorkspaceLimitStore(tx)));
    }

    private Project project(Owner of) {
        var made = new Project(
                new ProjectId(UUIDS.next()),
                of,
                "Atlas",
                Optional.of("Words"),
                true,
                true,
                RegistrationProof.NONE,
                0,
                NOW,
                NOW);
        projects(store -> {
            store.insert(of, made, false);
            return "done";
        });
        return made;
    }

    /// Returns two letters that no other workspace of these tests uses.
    private String letters() {
        return IntStream.range(0, 2)
                .mapToObj(_ -> Character.toString(
                        'a' + java.util.concurrent.ThreadLocalRandom.current().nextInt(26)))
                .reduce("", String::concat);
    }

    private Workspace workspace(String name, Instant at) {
        return workspace(name, at, new ShortIds().next(ids -> rooms(store -> store.takenShortIds(ids))));
    }

    private Workspace workspace(String name, Instant at, String shortId) {
        number++;
        var made = new Workspace(
                WorkspaceId.next(at),
                owner,
                project.id(),
                name,
                Optional.of("Words " + number),
                Optional.empty(),
                shortId,
                Pathnames.of(name),
                Optional.empty(),
                true,
                false,
                false,
                0,
                at,
                at,
                WorkspaceBrand.NONE);
        assertThat(got(rooms(store -> store.insert(owner, made))).value()).isTrue();
        words(made);
        return made;
    }

    @Test
    void aSearchFindsProjectsAndWorkspacesOfAllAccountsOfATenant() {
        Workspace room = workspace("Harbour desk", NOW);
        project(stranger);
        Set<AccountId> others = Set.of(stranger.account());

        assertThat(searched(owner, Optional.empty(), "desk harb")).containsExactly(room.id());
        assertThat(searched(owner, Optional.of(Set.of(owner.account())), "desk"))
                .containsExactly(room.id());
        assertThat(searched(owner, Optional.of(others), "desk")).isEmpty();
        assertThat(searched(stranger, Optional.empty(), "desk")).isEmpty();
        String part = project.name().substring(1).toUpperCase(java.util.Locale.ROOT);
        assertThat(got(projects(store -> store.search(owner.tenant(), Optional.empty(), part, 5)))
                        .value())
                .containsExactly(project);
        assertThat(got(projects(store -> store.search(owner.tenant(), Optional.of(others), part, 5)))
                        .value())
                .isEmpty();
    }

    private List<WorkspaceId> searched(Owner whose, Optional<Set<AccountId>> among, String search) {
        return got(rooms(store -> store.search(whose.tenant(), among, search, 5))).value().stream()
                .map(Workspace::id)
                .toList();
    }

    private void update(Workspace room) {
        rooms(store -> {
            store.update(owner, room);
            return "done";
        });
    }

    private static Workspace suspended(Workspace room) {
        return with(room, room.id(), room.shortId(), true, room.isDefault());
    }

    private static Workspace marked(Workspace room) {
        return with(room, room.id(), room.shortId(), room.suspended(), true);
    }

    private static Workspace copy(Workspace room, WorkspaceId id) {
        return copy(room, room.shortId(), id);
    }

    private static Workspace copy(Workspace room, String shortId, WorkspaceId id) {
        return with(room, id, shortId, room.suspended(), room.isDefault());
    }

    private static Workspace with(
            Workspace room, WorkspaceId id, String shortId, boolean suspended, boolean isDefault) {
        return with(room, id, shortId, suspended, isDefault, room.name());
    }

    private static Workspace with(
            Workspace room, WorkspaceId id, String shortId, boolean suspended, boolean isDefault, String name) {
        return new Workspace(
                id,
                room.owner(),
                room.project(),
                name,
                room.description(),
                room.whatsappClient(),
                shortId,
                room.pathname(),
                room.customDomain(),
                room.registrationEnabled(),
                suspended,
                isDefault,
                room.users(),
                room.createdAt(),
                room.updatedAt(),
                room.brand());
    }
}
