package dev.banyan.workspaces.access;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPasswords;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Limit;
import dev.banyan.platform.UniqueTimestamps;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.FailingDatabase;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.mail.TestMails;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.Workspaces.Created;
import dev.banyan.workspaces.sso.TestSso;
import dev.banyan.workspaces.users.LeavingAdmins;
import dev.banyan.workspaces.users.WorkspaceUsers;
import org.junit.jupiter.api.Test;

/// Invariants under concurrency, and the published events.
@OnEveryDatabase
class WorkspacesTest {

    private final Database database;
    private final TestClock clock = new TestClock();
    private final TestEvents<WorkspaceSessionsEnded> ended = new TestEvents<>();
    private final Projects projects;
    private final Workspaces workspaces;
    private final WorkspaceAllowances allowances;
    private final WorkspaceUsers users;
    private final WorkspaceSessions sessions;
    private final AccountContext agency;
    private final Project project;

    WorkspacesTest(Database database) {
        this.database = database;
        Settings settings = TestLimits.settings("max-sub-clients", "7");
        var audit = TestAudit.on(database, clock);
        var lookups = new LookupCache(database, OtherNodes.NONE, settings, clock);
        this.sessions = new WorkspaceSessions(database, ended, new TestEvents<>(), clock);
        this.projects = new Projects(database, audit, lookups, ended, clock, new Uuids(clock));
        this.workspaces = new Workspaces(database, settings, audit, lookups, ended, clock, new UniqueTimestamps(clock));
        this.allowances = new WorkspaceAllowances(database, settings, audit);
        this.users = new WorkspaceUsers(
                database,
                TestPasswords.real(),
                sessions,
                new TestEvents<>(),
                TestSso.passwordsAreOn(),
                new LeavingAdmins(audit, TestMails.waitingIn(database, settings, clock), settings),
                audit,
                clock);
        this.agency = StoredAccounts.agency(database);
        this.project = newProject(agency);
    }

    @Test
    void thirtyAtOnceFillSevenPlacesExactly() {
        Project second = newProject(agency); // the limit is the agency's, across all its projects

        List<Created> answers =
                AtOnce.run(30, number -> create(agency, number % 2 == 0 ? project : second, "Rush " + number));

        assertThat(answers).filteredOn(Created.Done.class::isInstance).hasSize(7);
        assertThat(answers)
                .filteredOn(answer -> !(answer instanceof Created.Done))
                .allMatch(answer -> answer.equals(new Created.Refused(new Refusal.LimitReached(7, 7))));
        assertThat(count(project) + count(second)).isEqualTo(7);
        assertThat(allowances.of(agency.owner().tenant()))
                .isEqualTo(new WorkspaceAllowances.Allowance(Optional.empty(), new Limit(7), 7));
    }

    @Test
    void aRefusedOneLeavesNothingBehind() {
        for (int i = 0; i < 7; i++) {
            assertThat(create(agency, project, "Room")).isInstanceOf(Created.Done.class);
        }
        assertThat(create(agency, project, "Eighth")).isEqualTo(new Created.Refused(new Refusal.LimitReached(7, 7)));
        assertThat(list(project)).hasSize(7);
        assertThat(count(project)).isEqualTo(7);
    }

    @Test
    void anAgencyMayHaveANumberOfItsOwn() {
        AccountContext other = StoredAccounts.agency(database);
        Project room = newProject(other);
        create(other, room, "First");
        database.write(tx -> tx.sql()
                .execute(
                        "UPDATE workspace_limits SET max_sub_clients = 1 WHERE tenant_id = ?",
                        other.root().id().toString()));
        assertThat(create(other, room, "Second")).isEqualTo(new Created.Refused(new Refusal.LimitReached(1, 1)));
        database.write(tx -> tx.sql()
                .execute(
                        "UPDATE workspace_limits SET max_sub_clients = -1 WHERE tenant_id = ?",
                        other.root().id().toString()));
        for (int i = 0; i < 9; i++) {
            assertThat(create(other, room, "Room " + i)).isInstanceOf(Created.Done.class);
        }
    }

    @Test
    void ofTwoAdminsWhoRemoveEachOtherAtOnceOneStays() {
        for (int round = 0; round < 5; round++) {
            Workspace room = created(agency, project, "Duel " + round);
            WorkspaceUser first = user(room, "first", WorkspaceRole.ADMIN);
            WorkspaceUser second = user(room, "second", WorkspaceRole.ADMIN);
            List<WorkspaceUsers.Changed> answers = AtOnce.run(2, number -> {
                WorkspaceUser actor = number == 0 ? first : second;
                return users.remove(
                        new WorkspaceActor.Member(agency.actor(), room, true, actor, "no session"),
                        project.id(),
                        room.id(),
                        (number == 0 ? second : first).id());
            });
            assertThat(answers)
                    .filteredOn(WorkspaceUsers.Changed.Done.class::isInstance)
                    .hasSize(1);
            assertThat(users(room)).hasSize(1);
            suspend(room);
            workspaces.delete(side(), project.id(), room.id());
        }
    }

    @Test
    void ofThreeAdminsWhoAreDemotedAtOnceOneStays() {
        for (int round = 0; round < 5; round++) {
            Workspace room = created(agency, project, "Abdication " + round);
            List<WorkspaceUser> admins = List.of(
                    user(room, "first", WorkspaceRole.ADMIN),
                    user(room, "second", WorkspaceRole.ADMIN),
                    user(room, "third", WorkspaceRole.ADMIN));
            List<WorkspaceUsers.Changed> answers = AtOnce.run(
                    3,
                    number -> users.setRole(
                            side(), project.id(), room.id(), admins.get(number).id(), WorkspaceRole.USER));
            assertThat(answers)
                    .filteredOn(WorkspaceUsers.Changed.Done.class::isInstance)
                    .hasSize(2);
            assertThat(users(room)).filteredOn(WorkspaceUser::isAdmin).hasSize(1);
        }
    }

    @Test
    void twentyAtOnceForOneNameMakeOneUser() {
        Workspace room = created(agency, project, "Names");
        List<WorkspaceUsers.Added> answers = AtOnce.run(
                20,
                number -> users.add(
                        side(),
                        project.id(),
                        room.id(),
                        new WorkspaceUsers.NewUser(
                                number % 2 == 0 ? "omar" : "OMAR",
                                "omar" + number + "@guests.example",
                                "12345678",
                                WorkspaceRole.USER)));
        assertThat(answers)
                .filteredOn(WorkspaceUsers.Added.Done.class::isInstance)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(WorkspaceUsers.Added.UsernameTaken.class::isInstance)
                .hasSize(19);
        assertThat(list(project).getFirst().users()).isEqualTo(1);
    }

    /// What a session only remembers waits; who is signed in reads on.
    @Test
    void aSessionIsReadWhileNothingCanBeWritten() {
        Workspace room = created(agency, project, "Full");
        WorkspaceUser user = user(room, "amira", WorkspaceRole.ADMIN);
        var failing = new FailingDatabase(database);
        var asleep = new WorkspaceSessions(failing, ended, new TestEvents<>(), clock);
        var opened = database.write(tx -> sessions.open(tx, room, user.id()));
        clock.forward(Duration.ofHours(2)); // long enough to be renewed
        failing.isFull();

        var renewed = new ArrayList<WorkspaceSessions.Opened>();
        var member = asleep.resolve(List.of(opened.token()), renewed::add).orElseThrow();
        assertThat(renewed).isEmpty();
        assertThat(asleep.withZone(member, Optional.of(ZoneId.of("Asia/Dubai"))).zone())
                .contains(ZoneId.of("Asia/Dubai"));

        failing.comesBack();
        assertThat(asleep.resolve(List.of(opened.token()), renewed::add)).isPresent();
        assertThat(renewed).hasSize(1);
    }

    @Test
    void endsOfSessionsAreTold() {
        Workspace room = created(agency, project, "Told");
        WorkspaceUser user = user(room, "amira", WorkspaceRole.ADMIN);
        user(room, "leila", WorkspaceRole.ADMIN);
        var opened = database.write(tx -> sessions.open(tx, room, user.id()));
        assertThat(sessions.resolve(List.of(opened.token()))).isPresent();

        users.remove(side(), project.id(), room.id(), user.id());
        assertThat(ended.fired()).containsExactly(new WorkspaceSessionsEnded.OfUser(room.id(), user.id()));
        assertThat(sessions.resolve(List.of(opened.token()))).isEmpty();
        suspend(room);
        assertThat(ended.fired()).last().isEqualTo(new WorkspaceSessionsEnded.OfWorkspace(room.id()));
        projects.update(
                agency,
                project.id(),
                new Projects.Change(Optional.empty(), Optional.empty(), Optional.of(false), Optional.empty()));
        assertThat(ended.fired()).last().isEqualTo(new WorkspaceSessionsEnded.OfProject(project.id()));
        workspaces.update(side(), project.id(), room.id(), WorkspaceChange.details("Renamed", "", Optional.empty()));
        assertThat(ended.fired()).as("a new name ends nothing").hasSize(3);
    }

    @Test
    void aProjectOfAnotherAccountIsUnknown() {
        AccountContext brand = StoredAccounts.brandOf(database, agency);
        AccountContext stranger = StoredAccounts.agency(database);
        Workspace room = created(agency, project, "Mine");
        for (AccountContext other : List.of(brand, stranger)) {
            var side = new WorkspaceActor.ProjectSide(other);
            assertThat(create(other, project, "Theirs")).isEqualTo(new Created.Refused(new Refusal.NotFound()));
            assertThat(projects.find(other, project.id())).isEmpty();
            assertThat(workspaces.find(side, project.id(), room.id())).isEqualTo(Outcome.notFound());
            assertThat(workspaces.update(side, project.id(), room.id(), WorkspaceChange.suspended(true)))
                    .isEqualTo(new Workspaces.Updated.Refused(new Refusal.NotFound()));
            assertThat(workspaces.delete(side, project.id(), room.id()))
                    .isEqualTo(new Workspaces.Deleted.Refused(new Refusal.NotFound()));
        }
        assertThat(list(project)).containsExactly(room);
    }

    private Project newProject(AccountContext owner) {
        return Outcomes.value(projects.create(
                owner,
                new Projects.Change(Optional.of("Project"), Optional.empty(), Optional.of(true), Optional.empty())));
    }

    private Created create(AccountContext owner, Project of, String name) {
        return workspaces.create(owner, of.id(), name, Optional.empty());
    }

    private Workspace created(AccountContext owner, Project of, String name) {
        return switch (create(owner, of, name)) {
            case Created.Done done -> done.workspace();
            case Created other -> throw new AssertionError(name + ": " + other);
        };
    }

    private List<WorkspaceUser> users(Workspace room) {
        return users.list(side(), project.id(), room.id(), Optional.empty(), 10).fold(Slice::items, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    private WorkspaceUser user(Workspace room, String name, WorkspaceRole role) {
        var wanted = new WorkspaceUsers.NewUser(name, name + "@guests.example", "12345678", role);
        return switch (users.add(side(), room.project(), room.id(), wanted)) {
            case WorkspaceUsers.Added.Done done -> done.user();
            case WorkspaceUsers.Added other -> throw new AssertionError(name + ": " + other);
        };
    }

    private void suspend(Workspace room) {
        workspaces.update(side(), room.project(), room.id(), WorkspaceChange.suspended(true));
    }

    private WorkspaceActor side() {
        return new WorkspaceActor.ProjectSide(agency);
    }

    private List<Workspace> list(Project of) {
        return database.read(tx ->
                new WorkspaceStore(tx).list(of.owner(), of.id(), WorkspaceQuery.newest("", Optional.empty(), 100)));
    }

    private long count(Project of) {
        return projects.find(agency, of.id()).orElseThrow().workspaces();
    }
}
