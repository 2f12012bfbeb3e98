package dev.banyan.workspaces.access;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.UniqueTimestamps;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class LookupCacheTest {

    private final TestClock clock = new TestClock();
    private final Database database;
    private final LookupCache cache;
    private final Workspaces workspaces;
    private final AccountContext agency;
    private final Project project;

    LookupCacheTest(Database database) {
        this.database = database;
        this.cache = new LookupCache(database, OtherNodes.NONE, TestLimits.settings(), clock);
        var audit = TestAudit.on(database, clock);
        Settings settings = TestLimits.settings();
        var ended = new TestEvents<WorkspaceSessionsEnded>();
        var elsewhere = new LookupCache(database, OtherNodes.NONE, settings, clock);
        this.workspaces =
                new Workspaces(database, settings, audit, elsewhere, ended, clock, new UniqueTimestamps(clock));
        this.agency = StoredAccounts.agency(database);
        var projects = new Projects(database, audit, elsewhere, ended, clock, new Uuids(clock));
        var wanted = new Projects.Change(Optional.of("Atlas"), Optional.empty(), Optional.of(true), Optional.of(true));
        this.project = Outcomes.value(projects.create(agency, wanted));
    }

    private Workspace workspace(String name) {
        return ((Workspaces.Created.Done) workspaces.create(agency, project.id(), name, Optional.empty())).workspace();
    }

    private static byte[] answer(Workspace workspace) {
        return ("{\"success\":true,\"data\":{\"subClient\":{\"id\":\"" + workspace.id() + "\",\"name\":\""
                        + workspace.name() + "\"}}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void manyAnswersAreKeptEachUnderItsAddressAlone() {
        List<Workspace> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Workspace workspace = workspace(i == 7 ? "Fête 🌳 du vin" : "Team " + i);
            cache.keep(workspace, cache.state(), answer(workspace));
            all.add(workspace);
        }
        for (Workspace workspace : all) {
            assertThat(cache.find(workspace.shortPath())).hasValue(answer(workspace));
            assertThat(cache.find(workspace.shortPath() + "x")).isEmpty();
            assertThat(cache.find(workspace.shortId() + "-")).isEmpty();
            assertThat(cache.find(workspace.shortId())).isEmpty();
        }
        assertThat(cache.find("")).isEmpty();
        assertThat(cache.find("-" + all.getFirst().pathname())).isEmpty();
        assertThat(cache.find("éééé-team-1")).isEmpty();
        assertThat(cache.find("a-very-long-one")).isEmpty();
    }

    @Test
    void aChangeOfAWorkspaceForgetsItAlone() {
        Workspace one = workspace("One");
        Workspace two = workspace("Two");
        cache.keep(one, cache.state(), answer(one));
        cache.keep(two, cache.state(), answer(two));

        cache.drop(one.shortId());

        assertThat(cache.find(one.shortPath())).isEmpty();
        assertThat(cache.find(two.shortPath())).isPresent();
    }

    @Test
    void aChangeOfAProjectForgetsAllOfIt() {
        Workspace one = workspace("One");
        cache.keep(one, cache.state(), answer(one));

        cache.drop(project.id());

        assertThat(cache.find(one.shortPath())).isEmpty();
        cache.keep(one, cache.state(), answer(one));
        assertThat(cache.find(one.shortPath())).isPresent();
    }

    @Test
    void whereOthersWriteAnAnswerLivesFiveSeconds() {
        Workspace one = workspace("One");
        cache.keep(one, cache.state(), answer(one));
        clock.forward(Duration.ofSeconds(4));
        assertThat(cache.find(one.shortPath())).isPresent();

        clock.forward(Duration.ofSeconds(1));

        assertThat(cache.find(one.shortPath()).isPresent()).isEqualTo(!database.isShared());
    }

    @Test
    void whereNothingMayBeKeptNothingIs() {
        var none = new LookupCache(database, OtherNodes.NONE, TestLimits.settings("lookup-cache", "0"), clock);
        Workspace one = workspace("One");
        none.keep(one, none.state(), answer(one));
        assertThat(none.find(one.shortPath())).isEmpty();
    }
}
