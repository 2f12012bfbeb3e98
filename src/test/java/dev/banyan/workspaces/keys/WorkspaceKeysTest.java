package dev.banyan.workspaces.keys;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import dev.banyan.TestWorld.Person;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.KeyPermission;
import dev.banyan.workspaces.access.WorkspaceKey;
import dev.banyan.workspaces.access.WorkspaceKeyRoutes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys of workspaces: who may create them, which routes they open, and that they open nothing else.
@QuarkusTest
class WorkspaceKeysTest {

    private static final String NOBODYS = "01900000-0000-7000-8000-000000000000";

    private static final Set<String> FILES = Set.of(
            "/api/sub-client/attachments",
            "/api/whatsapp/media",
            "/api/whatsapp/connections/{connectionId}/templates/files");

    /// The routes below the addresses of workspaces that stay closed to keys, so that a new route is thought of.
    private static final Set<String> CLOSED_ENDINGS = Set.of(
            "/api-keys",
            "/api-keys/{keyId}",
            "/audit",
            "/mail",
            "/mail/test",
            "/pool",
            "/template",
            "/usage",
            "/usage/limits",
            "/assistant",
            "/assistant/try",
            "/restore",
            "/sso",
            "/sso/address",
            "/sso/presets",
            "/sso/sign-ins",
            "/sso/test",
            "/users/import",
            "/users/{userId}/password-link");

    @Inject
    TestWorld world;

    private Workspace room;
    private TestClient acme;

    @BeforeEach
    void aWorkspace() {
        room = world.workspace(world.context(world.acme()), world.project(), "Keys");
        acme = fresh(world.acme());
    }

    private TestClient fresh(Person person) {
        return TestClient.withSession(world.newSession(person.email()));
    }

    private Guest guest(Workspace workspace, String name, WorkspaceRole role) {
        return world.guest(world.context(world.acme()), workspace, name, role);
    }

    private static String of(Workspace workspace) {
        return "/api" + WorkspacePaths.workspace(workspace.project(), workspace.id());
    }

    private static Map<String, Object> wish(KeyPermission... permissions) {
        return Map.of(
                "name",
                "Booking system",
                "permissions",
                Stream.of(permissions).map(KeyPermission::key).toList());
    }

    private static TestClient program(TestClient maker, Workspace workspace, KeyPermission... permissions) {
        Answer answer = maker.post(of(workspace) + "/api-keys", wish(permissions));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return TestClient.withBearer(answer.json().at("/data/key").asText());
    }

    @Test
    void aKeyIsShownOnceListedAndDeleted() {
        Answer made = acme.post(of(room) + "/api-keys", wish(KeyPermission.USERS, KeyPermission.CONTACTS));
        String text = made.json().at("/data/key").asText();
        String id = made.json().at("/data/apiKey/id").asText();
        assertThat(text).matches("wsk_w[a-z0-9]{7}_[a-z0-9]{32}").contains(id);
        assertThat(world.select("SELECT secret_hash FROM workspace_api_keys WHERE id = ?", id)
                        .getFirst())
                .hasSize(64)
                .doesNotContain(text.substring(14));

        Answer listed = acme.get(of(room) + "/api-keys");
        assertThat(listed.text()).doesNotContain(text.substring(14));
        assertThat(listed.json().at("/data/apiKeys/0/works").asBoolean()).isTrue();
        assertThat(listed.json().at("/data/apiKeys/0/lastUsedAt").isMissingNode())
                .isTrue();

        TestClient program = TestClient.withBearer(text);
        assertThat(program.get(of(room) + "/users").status()).isEqualTo(200);
        assertThat(acme.get(of(room) + "/api-keys")
                        .json()
                        .at("/data/apiKeys/0/lastUsedIp")
                        .asText())
                .as("the network, not the address")
                .isEqualTo("127.0.0.0");

        assertThat(acme.delete(of(room) + "/api-keys/" + id).status()).isEqualTo(200);
        assertThat(program.get(of(room) + "/users").status()).as("revoked").isEqualTo(401);
        assertThat(acme.delete(of(room) + "/api-keys/" + id).status()).isEqualTo(404);
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE target = ? AND action LIKE 'WorkspaceKey%' ORDER BY id",
                        room.id().value()))
                .containsExactly("WorkspaceKeyCreated", "WorkspaceKeyDeleted");
    }

    @Test
    void eachPermissionOpensItsRoutesAndNoOthers() {
        Map<KeyPermission, TestClient> programs = new EnumMap<>(KeyPermission.class);
        for (KeyPermission permission : KeyPermission.values()) {
            programs.put(permission, program(acme, room, permission));
        }
        Guest user = guest(room, "routes", WorkspaceRole.USER);
        var softly = new SoftAssertions();
        for (Routes.Route route : routes()) {
            Optional<KeyPermission> needed =
                    Optional.ofNullable(WorkspaceKeyRoutes.all().get(route.name()));
            programs.forEach((held, program) -> {
                Answer answer = send(program, route, address(route, user));
                if (needed.equals(Optional.of(held))) {
                    softly.assertThat(answer.status())
                            .as("%s with %s: %s", route, held, answer)
                            .isNotIn(401, 403, 405, 500);
                } else {
                    softly.assertThat(answer.status())
                            .as("%s with %s: %s", route, held, answer)
                            .isEqualTo(403);
                    softly.assertThat(answer.error())
                            .isEqualTo(needed.map(permission ->
                                            "This API key doesn’t have the permission " + permission.key())
                                    .orElse("API keys of a sub-client can’t be used here"));
                }
            });
        }
        softly.assertAll();
    }

    private static Answer send(TestClient program, Routes.Route route, String address) {
        return FILES.contains(route.path()) && route.verb().equals("POST")
                ? program.upload(address, Map.of("key", "k1"), "", new byte[0])
                : program.json(route.verb(), address, Map.of());
    }

    private static List<Routes.Route> routes() {
        return Routes.all().stream()
                .filter(route -> Stream.of("/api/projects", "/api/sub-client/", "/api/whatsapp/", "/api/inboxes")
                        .anyMatch(route.path()::startsWith))
                .toList();
    }

    private String address(Routes.Route route, Guest user) {
        return route.path()
                        .replace("{projectId}", room.project().toString())
                        .replace("{subClientId}", room.id().toString())
                        .replaceAll("\\{(threadId|replyId)}", "00000000-0000-8000-8000-000000000000")
                        .replace("{userId}", "999999999")
                        .replaceAll("\\{\\w+}", NOBODYS)
                + "?userId=" + user.id();
    }

    @Test
    void everyRouteOfTheTableExistsAndEveryRouteOfAWorkspaceIsDecided() {
        Set<String> names = routes().stream().map(Routes.Route::name).collect(Collectors.toSet());
        assertThat(names).containsAll(WorkspaceKeyRoutes.all().keySet());
        assertThat(routes().stream()
                        .filter(route -> route.path().contains("{subClientId}/"))
                        .filter(route -> !WorkspaceKeyRoutes.all().containsKey(route.name()))
                        .map(route -> route.path().replaceFirst(".*\\{subClientId}", ""))
                        .filter(ending -> !ending.startsWith("/webhooks"))
                        .collect(Collectors.toSet()))
                .isSubsetOf(CLOSED_ENDINGS);
    }

    @Test
    void aKeyOfOneWorkspaceIsAnOutsiderInAnother() {
        Workspace other = world.workspace(world.context(world.acme()), world.project(), "Others");
        TestClient program = program(acme, room, KeyPermission.values());
        assertThat(program.get(of(room) + "/users").status()).isEqualTo(200);
        assertThat(program.get(of(other) + "/users").status()).isEqualTo(404);
        assertThat(program.post(of(other) + "/users", Map.of()).status()).isEqualTo(404);
        assertThat(program.get("/api/sub-client/inbox/threads?shortPath=" + room.shortPath())
                        .status())
                .isEqualTo(200);
        assertThat(program.get("/api/sub-client/inbox/threads?shortPath=" + other.shortPath())
                        .status())
                .isEqualTo(404);
        Guest theirs = guest(other, "theirs", WorkspaceRole.USER);
        assertThat(program.get("/api/sub-client/conversations?userId=" + theirs.id())
                        .status())
                .isEqualTo(404);
        Workspace foreign = world.export();
        assertThat(program.get(of(foreign) + "/users").status()).isEqualTo(404);
    }

    @Test
    void aKeyIsNothingOutsideOfWorkspaces() {
        TestClient program = program(acme, room, KeyPermission.values());
        assertThat(program.get("/api/admin/webhooks").status()).isEqualTo(401);
        assertThat(program.get("/api/admin/GetPages").status()).isEqualTo(401);
        assertThat(program.get("/v1/GetPages").status()).isEqualTo(401);
        assertThat(program.get("/admin/dashboard").status()).isNotEqualTo(200);
        assertThat(program.get("/s/" + room.shortPath() + "/inbox").status()).isNotEqualTo(200);
        String text = program.bearer().getOrDefault("Authorization", "").replace("Bearer ", "");
        assertThat(TestClient.anonymous()
                        .with("Cookie", "banyan_ws_" + room.id() + "=" + text)
                        .get(of(room) + "/users")
                        .status())
                .as("a cookie is no place for a key")
                .isEqualTo(401);
        assertThat(TestClient.withSession(text).get(of(room) + "/users").status())
                .isEqualTo(401);
        assertThat(program.with("Origin", "https://elsewhere.example")
                        .post(of(room) + "/users", Map.of())
                        .status())
                .as("from another site")
                .isEqualTo(403);
    }

    @Test
    void aKeySleepsWithItsWorkspaceAndOutlivesSessions() {
        Guest admin = guest(room, "sleeper", WorkspaceRole.ADMIN);
        TestClient program = program(TestClient.of(admin), room, KeyPermission.USERS);
        TestClient.of(admin).post("/api/sub-client/logout?shortPath=" + room.shortPath(), "");
        assertThat(program.get(of(room) + "/users").status()).isEqualTo(200);
        world.suspend(world.context(world.acme()), room, true);
        assertThat(program.get(of(room) + "/users").status()).isEqualTo(401);
        world.suspend(world.context(world.acme()), room, false);
        assertThat(program.get(of(room) + "/users").status()).isEqualTo(200);
    }

    @Test
    void aKeyNeverDoesMoreThanTheAdminWhoMadeIt() {
        Guest admin = guest(room, "maker", WorkspaceRole.ADMIN);
        guest(room, "other", WorkspaceRole.ADMIN);
        TestClient maker = TestClient.of(admin);
        Answer refused = maker.post(of(room) + "/api-keys", wish(KeyPermission.CONVERSATIONS));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).contains("conversations");
        TestClient program = program(maker, room, KeyPermission.USERS);
        assertThat(acme.put(of(room) + "/users/" + admin.id() + "/role", Map.of("role", "agent"))
                        .status())
                .isEqualTo(200);
        Answer gone = program.get(of(room) + "/users");
        assertThat(gone.status()).isEqualTo(401);
        assertThat(gone.error()).isEqualTo(WorkspaceKey.MAKER_GONE);
        assertThat(acme.get(of(room) + "/api-keys")
                        .json()
                        .at("/data/apiKeys/0/works")
                        .asBoolean(true))
                .isFalse();
        assertThat(maker.get(of(room) + "/api-keys").status()).isEqualTo(403);
    }

    @Test
    void aKeyMakesNoAdminsAndNoAgentsWithoutTheInbox() {
        Guest admin = guest(room, "chief", WorkspaceRole.ADMIN);
        guest(room, "deputy", WorkspaceRole.ADMIN);
        TestClient users = program(acme, room, KeyPermission.USERS);
        TestClient inbox = program(acme, room, KeyPermission.USERS, KeyPermission.INBOX);
        String route = of(room) + "/users";
        assertThat(users.post(route, person("one", "user")).status()).isEqualTo(201);
        assertThat(users.post(route, person("two", "agent")).status()).isEqualTo(403);
        assertThat(inbox.post(route, person("two", "agent")).status()).isEqualTo(201);
        assertThat(inbox.post(route, person("three", "admin")).status()).isEqualTo(403);
        assertThat(inbox.post(of(room) + "/invitations", Map.of("email", "x@guests.example", "role", "admin"))
                        .status())
                .isEqualTo(403);
        assertThat(users.post(of(room) + "/invitations", Map.of("email", "x@guests.example", "role", "user"))
                        .status())
                .isEqualTo(201);
        Answer refused = inbox.delete(route + "/" + admin.id());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).contains("An API key can’t");
        assertThat(inbox.put(route + "/" + admin.id() + "/role", Map.of("role", "user"))
                        .status())
                .isEqualTo(403);
        Guest agent = guest(room, "three", WorkspaceRole.AGENT);
        assertThat(users.put(route + "/" + agent.id() + "/role", Map.of("role", "admin"))
                        .status())
                .isEqualTo(403);
        assertThat(inbox.delete(route + "/" + agent.id()).status()).isEqualTo(200);
        assertThat(world.select(
                        "SELECT details FROM audit_events WHERE target = ? AND action = 'WorkspaceUserRemoved'",
                        room.id().value()))
                .singleElement()
                .asString()
                .contains("\"apiKey\":\"w");
    }

    private static Map<String, Object> person(String name, String role) {
        return Map.of(
                "username", name, "email", name + "@guests.example", "password", TestWorld.PASSWORD, "role", role);
    }

    @Test
    void itActsForTheUserThatItNames() {
        Guest user = guest(room, "amal", WorkspaceRole.USER);
        TestClient program = program(acme, room, KeyPermission.CONVERSATIONS);
        assertThat(program.get("/api/sub-client/conversations").error()).contains("userId");
        Answer sent = program.post("/api/sub-client/chat/send?userId=" + user.id(), Map.of("message", "hello"));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
        assertThat(TestClient.of(user)
                        .get("/api/sub-client/chat/messages?shortPath=" + room.shortPath())
                        .text())
                .contains("hello");
    }

    @Test
    void aRepeatForAnotherUserIsAnotherRequest() {
        Guest first = guest(room, "amal", WorkspaceRole.USER);
        Guest second = guest(room, "basma", WorkspaceRole.USER);
        TestClient program = program(acme, room, KeyPermission.CONVERSATIONS).with("Idempotency-Key", "morning");
        String route = "/api/sub-client/chat/send?userId=";
        assertThat(program.post(route + first.id(), Map.of("message", "hello")).status())
                .isEqualTo(200);
        assertThat(program.post(route + first.id(), Map.of("message", "hello")).header("Idempotency-Replayed"))
                .contains("true");
        // The first answer would say that the second user got the message.
        assertThat(program.post(route + second.id(), Map.of("message", "hello")).status())
                .isEqualTo(422);
    }

    @Test
    void itUsesTheInboxAsNoUser() {
        guest(room, "agent", WorkspaceRole.AGENT);
        TestClient program = program(acme, room, KeyPermission.INBOX);
        Answer made = program.post(
                "/api/sub-client/inbox/canned-replies", Map.of("name", "hours", "text", "We are open from 9 to 5."));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(program.get("/api/sub-client/inbox/canned-replies").text()).contains("9 to 5");
    }

    @Test
    void onlyAFewFitAndAllMistakesAreNamed() {
        String route = of(room) + "/api-keys";
        assertThat(acme.post(route, Map.of("name", "No permission")).error())
                .isEqualTo("At least one permission is required");
        assertThat(acme.post(route, Map.of("name", "x", "permissions", List.of("everything")))
                        .error())
                .isEqualTo(KeyPermission.RULE);
        assertThat(acme.post(route, Map.of("permissions", List.of("users"))).status())
                .isEqualTo(400);
        assertThat(acme.post(route, Map.of("name", "x", "permissions", List.of("users"), "role", "admin"))
                        .error())
                .contains("role");
        for (int i = 0; i < WorkspaceApiKeys.MOST; i++) {
            program(acme, room, KeyPermission.CONTACTS);
        }
        assertThat(acme.post(route, wish(KeyPermission.CONTACTS)).error()).contains("at most 20 API keys");
    }

    @Test
    void anOldSignInProvesNothing() {
        Guest admin = guest(room, "tired", WorkspaceRole.ADMIN);
        world.sql("UPDATE workspace_sessions SET proved_at = proved_at - 960000 WHERE user_id = ?", admin.id());
        Answer refused = TestClient.of(admin).post(of(room) + "/api-keys", wish(KeyPermission.USERS));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).startsWith("Confirm your password first");
        assertThat(TestClient.of(admin).get(of(room) + "/api-keys").status()).isEqualTo(200);
    }

    @Test
    void bothSidesHaveThePage() {
        String page = WorkspacePaths.workspace(room.project(), room.id()) + "/api-keys";
        String as = world.acme().username();
        assertThat(acme.get(page).text()).contains("No API keys yet", "Use conversations");
        assertThat(acme.form(page, Map.of("as", as, "name", "Shop")).status()).isEqualTo(422);
        Answer made = acme.form(page, Map.of("as", as, "name", "Shop <b>", "permissions", "users"));
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text()).contains("Copy your key now", "data-full=\"wsk_w", "Shop &lt;b&gt;");
        assertThat(acme.get(page).text()).doesNotContain("data-full=\"wsk_w");

        String id = world.select(
                        "SELECT id FROM workspace_api_keys WHERE sub_client_id = ?",
                        room.id().value())
                .getFirst();
        String own = "/s/" + room.shortPath() + "/api-keys";
        TestClient agent = TestClient.of(guest(room, "agent", WorkspaceRole.AGENT));
        assertThat(agent.get(own).status()).isEqualTo(403);
        assertThat(agent.form(own + "/" + id + "/delete", Map.of()).status()).isEqualTo(403);
        TestClient admin = TestClient.of(guest(room, "admin", WorkspaceRole.ADMIN));
        assertThat(admin.get(own).text()).contains("Shop &lt;b&gt;").doesNotContain("Use conversations");
        Answer deleted = admin.form(own + "/" + id + "/delete", Map.of());
        assertThat(deleted.location()).endsWith("/api-keys?done=api-key-deleted");
        assertThat(admin.get(own).text()).contains("No API keys yet");
    }
}
