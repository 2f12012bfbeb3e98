package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.sso.SsoPeople.Admitted;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of single sign-on at a provider for all that was stored before domains or groups were required, and of
/// people of other domains.
@QuarkusTest
class OpenSignInsTest {

    private static final String GOOGLE = "https://accounts.google.com";

    @Inject
    NumberRooms rooms;

    @Inject
    Database database;

    @Inject
    SsoPeople people;

    @Inject
    OpenSignIns openSignIns;

    private Workspace sales;

    @BeforeEach
    void aWorkspace() {
        sales = rooms.workspace("Sales Team");
    }

    private StoredSso store(String issuer, String... domains) {
        var stored = new StoredSso(
                new SsoSettings(
                        new SsoProvider.Oidc(issuer, "banyan", List.of("openid"), "groups"),
                        Optional.empty(),
                        Map.of(),
                        Optional.of("user"),
                        true,
                        false,
                        List.of(domains)),
                Optional.empty(),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                sales.createdAt(),
                sales.createdAt());
        return database.write(tx -> {
            new WorkspaceSsoStore(tx).put(StoredSso.owner(sales), stored);
            return stored;
        });
    }

    private Admitted admit(StoredSso stored, String name, Optional<String> hosted) {
        var person = new SsoPerson(
                stored.settings().provider().identity(),
                name,
                Optional.of(name + "@office.example"),
                Optional.of(true),
                hosted,
                Optional.of(name),
                List.of(),
                List.of());
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(sales.owner().tenant(), sales.id());
            return people.admit(tx, Actor.SERVER, sales, stored, person);
        });
    }

    @Test
    void aStrangerIsNotMadeAUserWhateverWasStored() {
        assertThat(admit(store(GOOGLE), "stranger", Optional.empty())).isInstanceOf(Admitted.Unknown.class);
        assertThat(admit(store(GOOGLE, "office.example"), "stranger", Optional.empty()))
                .isInstanceOf(Admitted.Unknown.class);
        assertThat(admit(store(GOOGLE, "office.example"), "amira", Optional.of("office.example")))
                .isInstanceOf(Admitted.In.class);
        assertThat(admit(store(GOOGLE, "elsewhere.example"), "amira", Optional.of("office.example")))
                .as("also who was in before")
                .isInstanceOf(Admitted.Unknown.class);
    }

    @Test
    void newUsersAreSwitchedOffAndTheAdminsAreTold() {
        var world = rooms.world();
        world.guest(world.context(world.acme()), sales, "leila", WorkspaceRole.ADMIN);
        store(GOOGLE);
        openSignIns.run();
        openSignIns.run();
        SsoSettings now = database.read(tx -> new WorkspaceSsoStore(tx).find(StoredSso.owner(sales)))
                .orElseThrow()
                .settings();
        assertThat(now.createUsers()).isFalse();
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE target = ?",
                        sales.id().value()))
                .containsOnlyOnce("WorkspaceSsoClosed");
        assertThat(world.select(
                        "SELECT recipient FROM mails WHERE subject = ?",
                        sales.name() + ": new people can’t sign in until you say who may"))
                .contains(world.acme().email());
        assertThat(TestClient.of(world.acme())
                        .get(WorkspacePaths.workspace(sales.project(), sales.id()) + "/settings/sso")
                        .text())
                .contains("New people can’t sign in", "Anyone can have a Google account");
    }

    @Test
    void whatRestrictsPeopleStaysAsItIs() {
        store(GOOGLE, "office.example");
        openSignIns.run();
        assertThat(database.read(tx -> new WorkspaceSsoStore(tx).find(StoredSso.owner(sales)))
                        .orElseThrow()
                        .settings()
                        .createUsers())
                .isTrue();
    }
}
