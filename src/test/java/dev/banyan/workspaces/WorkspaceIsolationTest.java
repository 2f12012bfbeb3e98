package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every kind of caller on every route of workspaces, on Acme's workspace Sales.
///
/// - `rival` owns another agency, `owner` owns Acme, `operator` runs the server;
/// - `admin`, `agent` and `user` belong to Sales, `neighbour` is an admin of Support in the same project, `foreign` an
///   admin of a workspace of Rival's;
/// - `elsewhere` is an admin of a workspace in another project of Acme's; `brand` is the owner acting for a brand, who
///   has no access to Acme's own project;
/// - `suspended` is signed in to a workspace of the project that was suspended afterwards; `ended` has signed out of
///   Sales.
@QuarkusTest
class WorkspaceIsolationTest {

    private static final String TABLE = """
            route                                    nobody rival owner operator admin agent user neighbour foreign suspended ended
            GET    /api/projects                     401    200   200   403      403   403   403  403       403     401       401
            POST   /api/projects                     401    201   201   403      403   403   403  403       403     401       401
            GET    /api/projects/{p}                 401    404   200   403      403   403   403  403       404     401       401
            PUT    /api/projects/{p}                 401    404   200   403      403   403   403  403       404     401       401
            DELETE /api/projects/{p}                 401    404   409   403      403   403   403  403       404     401       401
            GET    /api/projects/{p}/sub-clients     401    404   200   403      403   403   403  403       404     401       401
            POST   /api/projects/{p}/sub-clients     401    404   201   403      403   403   403  403       404     401       401
            POST   …/bulk                            401    404   400   403      403   403   403  403       404     401       401
            POST   …/bulk/acts                       401    404   400   403      403   403   403  403       404     401       401
            GET    /api/projects/{p}/sub-clients/{w} 401    404   200   403      200   200   200  404       404     401       401
            PUT    …/{w} {name}                      401    404   200   403      200   403   403  404       404     401       401
            PUT    …/{w} {registration}              401    404   200   403      200   403   403  404       404     401       401
            PUT    …/{w} {pathname}                  401    404   200   403      403   403   403  404       404     401       401
            PUT    …/{w} {default}                   401    404   200   403      403   403   403  404       404     401       401
            PUT    …/{w} {suspended}                 401    404   200   403      403   403   403  404       404     401       401
            DELETE …/{w}                             401    404   400   403      403   403   403  404       404     401       401
            POST   …/{w}/restore                     401    404   404   403      403   403   403  403       404     401       401
            GET    …/{w}/users                       401    404   200   403      200   403   403  404       404     401       401
            POST   …/{w}/users                       401    404   201   403      201   403   403  404       404     401       401
            POST   …/{w}/users {empty}               401    404   400   403      400   403   403  404       404     401       401
            GET    …/{w}/users/import                401    404   200   403      200   403   403  404       404     401       401
            POST   …/{w}/users/import                401    404   400   403      400   403   403  404       404     401       401
            PUT    …/{w}/users/{u}/role              401    404   200   403      200   403   403  404       404     401       401
            PUT    …/{w}/users/{u}/role {empty}      401    404   400   403      400   403   403  404       404     401       401
            PUT    …/{w}/users/x/role                401    404   400   403      400   403   403  404       404     401       401
            DELETE …/{w}/users/{u}                   401    404   200   403      200   403   403  404       404     401       401
            DELETE …/{w}/users/{theirs}              401    404   404   403      404   403   403  404       404     401       401
            GET    …/{w}/assistant                   401    404   200   403      200   403   403  404       404     401       401
            PUT    …/{w}/assistant                   401    404   200   403      200   403   403  404       404     401       401
            POST   …/{w}/assistant/try               401    404   400   403      400   403   403  404       404     401       401
            GET    …/{w}/invitations                 401    404   200   403      200   403   403  404       404     401       401
            POST   …/{w}/invitations                 401    404   201   403      201   403   403  404       404     401       401
            DELETE …/{w}/invitations                 401    404   400   403      400   403   403  404       404     401       401
            GET    …/{w}/registrations               401    404   200   403      200   403   403  404       404     401       401
            POST   …/{w}/registrations/{r}/approve   401    404   404   403      404   403   403  404       404     401       401
            DELETE …/{w}/registrations/{r}           401    404   404   403      404   403   403  404       404     401       401
            GET    …/{w}/sso                         401    404   200   403      200   403   403  404       404     401       401
            GET    …/{w}/sso/presets                 401    404   200   403      200   403   403  404       404     401       401
            GET    …/{w}/sso/sign-ins                401    404   200   403      200   403   403  404       404     401       401
            PUT    …/{w}/sso                         401    404   400   403      400   403   403  404       404     401       401
            PUT    …/{w}/sso/address                 401    404   200   403      200   403   403  404       404     401       401
            DELETE …/{w}/sso                         401    404   200   403      200   403   403  404       404     401       401
            POST   …/{w}/sso/test                    401    404   400   403      400   403   403  404       404     401       401
            GET    …/{w}/mail                        401    404   200   403      200   403   403  404       404     401       401
            PUT    …/{w}/mail                        401    404   400   403      400   403   403  404       404     401       401
            DELETE …/{w}/mail                        401    404   200   403      200   403   403  404       404     401       401
            POST   …/{w}/mail/test                   401    404   400   403      400   403   403  404       404     401       401
            GET    …/{w}/usage                       401    404   200   403      200   403   403  404       404     401       401
            PUT    …/{w}/usage/limits                401    404   200   403      403   403   403  404       404     401       401
            GET    …/{w}/template                    401    404   200   403      403   403   403  404       404     401       401
            PUT    …/{w}/template                    401    404   400   403      403   403   403  404       404     401       401
            PUT    …/{w}/pool                        401    404   404   403      404   403   403  404       404     401       401
            DELETE …/{w}/pool                        401    404   404   403      404   403   403  404       404     401       401
            GET    …/{w}/webhooks                    401    404   200   403      403   403   403  404       404     401       401
            POST   …/{w}/webhooks                    401    404   400   403      403   403   403  404       404     401       401
            PUT    …/{w}/webhooks/{h}                401    404   400   403      403   403   403  404       404     401       401
            DELETE …/{w}/webhooks/{h}                401    404   404   403      403   403   403  404       404     401       401
            POST   …/{w}/webhooks/{h}/test           401    404   404   403      403   403   403  404       404     401       401
            POST   …/{w}/webhooks/{h}/rotate         401    404   404   403      403   403   403  404       404     401       401
            GET    …/{w}/webhooks/{h}/deliveries     401    404   404   403      403   403   403  404       404     401       401
            POST   …/{w}/webhooks/{h}/replay         401    404   400   403      403   403   403  404       404     401       401
            GET    …/{w}/api-keys                    401    404   200   403      200   403   403  404       404     401       401
            POST   …/{w}/api-keys                    401    404   400   403      400   403   403  404       404     401       401
            DELETE …/{w}/api-keys/{k}                401    404   404   403      404   403   403  404       404     401       401
            GET    …/{w}/audit                       401    404   200   403      200   403   403  404       404     401       401
            POST   /api/sub-client/confirm           404    404   404   404      404   404   404  404       404     404       404
            POST   /api/sub-client/confirm/again     400    400   400   400      400   400   400  400       400     400       400
            POST   …/{w}/users/{u}/password-link     401    404   200   403      200   403   403  404       404     401       401
            POST   /api/sub-client/forgot-password   400    400   400   400      400   400   400  400       400     400       400
            POST   /api/sub-client/invitation        404    404   404   404      404   404   404  404       404     404       404
            GET    /api/sub-clients/lookup           200    200   200   200      200   200   200  200       200     200       200
            GET    /api/sub-client/me                401    401   401   401      200   200   200  401       401     401       401
            PUT    /api/sub-client/me                401    401   401   401      200   200   200  401       401     401       401
            GET    /api/sub-client/chat/messages     401    401   401   401      200   200   200  401       401     401       401
            POST   /api/sub-client/chat/send         401    401   401   401      200   200   200  401       401     401       401
            GET    inbox:threads                     401    401   401   401      200   200   403  401       401     401       401
            POST   inbox:threads                     401    401   401   401      400   400   403  401       401     401       401
            GET    inbox:threads/{threadId}          401    401   401   401      404   404   403  401       401     401       401
            PUT    inbox:threads/{threadId}          401    401   401   401      404   404   403  401       401     401       401
            DELETE …t/{threadId}/merge               401    401   401   401      404   404   403  401       401     401       401
            GET    inbox:threads/{threadId}/messages 401    401   401   401      404   404   403  401       401     401       401
            POST   inbox:threads/{threadId}/messages 401    401   401   401      400   400   403  401       401     401       401
            GET    …t/{threadId}/files/{fileId}      401    401   401   401      404   404   403  401       401     401       401
            GET    inbox:contacts                    401    401   401   401      200   200   403  401       401     401       401
            GET    inbox:canned-replies              401    401   401   401      200   200   403  401       401     401       401
            POST   inbox:canned-replies              401    401   401   401      400   403   403  401       401     401       401
            PUT    inbox:canned-replies/{replyId}    401    401   401   401      400   403   403  401       401     401       401
            DELETE inbox:canned-replies/{replyId}    401    401   401   401      404   403   403  401       401     401       401
            GET    /api/sub-client/conversations     401    401   401   401      200   200   200  401       401     401       401
            GET    …c/{c}                            401    401   401   401      404   404   404  401       401     401       401
            PUT    …c/{c}                            401    401   401   401      404   404   404  401       401     401       401
            DELETE …c/{c}                            401    401   401   401      404   404   404  401       401     401       401
            GET    …c/{c}/messages                   401    401   401   401      404   404   404  401       401     401       401
            POST   /api/sub-client/attachments       401    401   401   401      400   400   400  401       401     401       401
            GET    /api/sub-client/attachments/{a}   401    401   401   401      404   404   404  401       401     401       401
            DELETE /api/sub-client/attachments/{a}   401    401   401   401      404   404   404  401       401     401       401
            PUT    /api/sub-client/password          401    401   401   401      400   400   400  401       401     401       401
            POST   /api/sub-client/proof             401    401   401   401      400   400   400  401       401     401       401
            POST   /api/sub-client/login             401    401   401   401      401   401   401  401       401     401       401
            POST   /api/sub-client/register          400    400   400   400      400   400   400  400       400     400       400
            POST   /api/sub-client/logout            401    401   401   401      200   200   200  401       401     401       401
            """;

    /// The id of a missing conversation or file; for existing ones of others see `ConversationsResourceTest`.
    private static final String NOBODYS = "01900000-0000-7000-8000-000000000000";

    private record Cell(String route, String kind, int expected) {

        String verb() {
            return route.split(" +")[0];
        }

        /// Returns the path with the names of its parameters.
        String path() {
            return route.split(" +")[1]
                    .replace("…c", "/api/sub-client/conversations")
                    .replace("…t", "/api/sub-client/inbox/threads")
                    .replace("…", "/api/projects/{p}/sub-clients")
                    .replace("inbox:", "/api/sub-client/inbox/");
        }

        /// Returns the subject of the body: `name` of `{name}`; empty if the route has no variants.
        String about() {
            String[] words = route.split(" +");
            return words.length > 2 ? words[2].replaceAll("[{}]", "") : "";
        }
    }

    @Inject
    TestWorld world;

    private final Map<String, TestClient> callers = new LinkedHashMap<>();
    private int victims;

    @BeforeEach
    void everybodyIsThere() {
        var acme = world.context(world.acme());
        world.confirm(world.acme());
        Guest ended = world.guest(acme, world.sales(), "ended", WorkspaceRole.ADMIN);
        Workspace closing = world.workspace(acme, world.project(), "Closing");
        Guest suspended = world.guest(acme, closing, "paused", WorkspaceRole.ADMIN);
        world.suspend(acme, closing, true);
        assertThat(TestClient.of(ended).post("/api/sub-client/logout", "").status())
                .isEqualTo(200);
        world.supportUser();
        callers.put("nobody", TestClient.anonymous());
        callers.put("rival", TestClient.of(world.rival()));
        // Signed in a moment ago, as sensitive acts require.
        callers.put(
                "owner", TestClient.withSession(world.newSession(world.acme().email())));
        callers.put("operator", TestClient.withSession(world.operatorToken()));
        Guest admin = world.salesAdmin();
        callers.put(
                "admin",
                TestClient.of(new Guest(
                        admin.id(),
                        admin.username(),
                        admin.email(),
                        admin.workspace(),
                        world.newSession(admin.workspace(), admin.username()))));
        callers.put("agent", TestClient.of(world.salesAgent()));
        callers.put("user", TestClient.of(world.salesUser()));
        callers.put("neighbour", TestClient.of(world.supportAdmin()));
        callers.put("foreign", TestClient.of(world.exportAdmin()));
        callers.put("suspended", TestClient.of(suspended));
        callers.put("ended", TestClient.of(ended));
        Workspace other = world.workspace(acme, world.project(acme, "Borealis"), "Aurora");
        callers.put("elsewhere", TestClient.of(world.guest(acme, other, "sven", WorkspaceRole.ADMIN)));
        callers.put(
                "brand", TestClient.withSession(world.newSession(world.acme().email())));
    }

    @Test
    void theTableHoldsForCookies() {
        walk(callers);
    }

    /// The same tokens sent by a program. A bearer token identifies its workspace, so callers without a right there get
    /// the same response.
    @Test
    void theTableHoldsForBearerTokens() {
        var programs = new LinkedHashMap<String, TestClient>();
        callers.forEach((kind, client) -> programs.put(kind, client.cookieAsBearer()));
        walk(programs);
    }

    private void walk(Map<String, TestClient> clients) {
        var softly = new SoftAssertions();
        String victim = victim();
        String before = everythingOfAcme();
        for (Cell cell : cells()) {
            String path = path(cell, victim);
            Object body = body(cell);
            if (cell.kind().equals("owner")) { // the path may have needed a workspace of its own
                before = everythingOfAcme();
            }
            TestClient client = Objects.requireNonNull(clients.get(cell.kind()));
            Answer answer = cell.path().endsWith("/attachments")
                    ? client.upload(path, Map.of("key", "k1"), "", new byte[0])
                    : send(client, cell.verb(), path, body);
            softly.assertThat(answer.status())
                    .as("%s as %s: %s", cell.route(), cell.kind(), answer)
                    .isEqualTo(cell.expected());
            if (cell.expected() >= 400) {
                softly.assertThat(everythingOfAcme())
                        .as("%s as %s changed something", cell.route(), cell.kind())
                        .isEqualTo(before);
                softly.assertThat(answer.error())
                        .as("%s as %s", cell.route(), cell.kind())
                        .isNotBlank();
                softly.assertThat(answer.json().path("success").isBoolean()).isTrue();
            } else { // whoever may do it changed something, perhaps the victim
                victim = victim();
                before = everythingOfAcme();
            }
        }
        softly.assertAll();
    }

    private static List<Cell> cells() {
        List<String> lines = TABLE.lines().toList();
        int width = lines.getFirst().indexOf("nobody");
        List<String> kinds = List.of(lines.getFirst().substring(width).split(" +"));
        var cells = new ArrayList<Cell>();
        for (String line : lines.subList(1, lines.size())) {
            String[] statuses = line.substring(width).split(" +");
            assertThat(statuses).as(line).hasSameSizeAs(kinds);
            cells.addAll(derived(line.substring(0, width).strip(), statuses, kinds));
            for (int i = 0; i < statuses.length; i++) {
                cells.add(new Cell(line.substring(0, width).strip(), kinds.get(i), Integer.parseInt(statuses[i])));
            }
        }
        return cells;
    }

    /// Returns the cells of two derived kinds: an admin of a workspace in another project of Acme's is as foreign as
    /// Rival's people, and the owner acting for a brand can't see Acme's own project.
    private static List<Cell> derived(String route, String[] statuses, List<String> kinds) {
        boolean inProject = new Cell(route, "brand", 0).path().startsWith("/api/projects/{p}");
        return List.of(
                new Cell(route, "elsewhere", Integer.parseInt(statuses[kinds.indexOf("foreign")])),
                new Cell(route, "brand", inProject ? 404 : Integer.parseInt(statuses[kinds.indexOf("owner")])));
    }

    /// Inserts a user of Sales who may be removed directly into the table, because hashing a password for each would be
    /// slow.
    private String victim() {
        String name = "victim_" + ++victims;
        world.sql(
                "INSERT INTO sub_client_users (tenant_id, sub_client_id, username, email, password_hash, role,"
                        + " created_at, updated_at) VALUES (?, ?, ?, ?, 'no hash', 'user', 0, 0)",
                world.acme().account().toString(),
                world.sales().id().toString(),
                name,
                name + "@guests.example");
        return world.select(
                        "SELECT id FROM sub_client_users WHERE username = ? AND sub_client_id = ?",
                        name,
                        world.sales().id().toString())
                .getFirst();
    }

    private String path(Cell cell, String victim) {
        boolean ofMembers = cell.path().startsWith("/api/sub-client/");
        boolean inQuery = ofMembers && !cell.path().matches(".*/(login|register|forgot-password|invitation)")
                || cell.path().endsWith("lookup");
        // The owner's actions on a whole workspace go to another one, so that Sales is unchanged for the other callers.
        boolean spare = cell.kind().equals("owner")
                && (cell.about().equals("pathname")
                        || cell.about().equals("default")
                        || cell.about().equals("suspended")
                        || cell.verb().equals("DELETE"));
        Workspace workspace =
                spare ? world.workspace(world.context(world.acme()), world.project(), "Spare") : world.sales();
        boolean onUsers = cell.path().contains("/users");
        return cell.path()
                        .replace("{p}", world.project().id().toString())
                        .replace(
                                "{w}",
                                (onUsers ? world.sales() : workspace).id().toString())
                        .replace("{u}", victim)
                        .replaceAll("\\{(threadId|replyId|fileId)}", "00000000-0000-8000-8000-000000000000")
                        .replace("{c}", NOBODYS)
                        .replace("{a}", NOBODYS)
                        .replace("{r}", NOBODYS)
                        .replace("{h}", NOBODYS)
                        .replace("{k}", NOBODYS)
                        .replace(
                                "{theirs}", Integer.toString(world.supportUser().id()))
                + (inQuery ? "?shortPath=" + world.sales().shortPath() : "")
                + (cell.kind().equals("brand")
                        ? (inQuery ? "&as=" : "?as=") + world.north().username()
                        : "");
    }

    private static Answer send(TestClient client, String verb, String path, Object body) {
        return switch (verb) {
            case "GET" -> client.get(path);
            case "DELETE" -> client.delete(path);
            default -> client.json(verb, path, body);
        };
    }

    private Object body(Cell cell) {
        String last = cell.path().replaceAll(".*/", "");
        return switch (cell.about()) {
            case "name" -> Map.of("name", "Sales");
            case "registration" -> Map.of("registration_enabled", true);
            case "pathname" -> Map.of("pathname", "stolen");
            case "default" -> Map.of("is_default", true);
            case "suspended" -> Map.of("suspended", true);
            case "empty" -> Map.of();
            default ->
                switch (last) {
                    case "projects", "sub-clients" -> Map.of("name", "New");
                    case "{p}" -> Map.of("name", "Atlas");
                    case "users" ->
                        Map.of(
                                "username",
                                "new_" + victims,
                                "email",
                                "new" + victims + "@guests.example",
                                "password",
                                TestWorld.PASSWORD);
                    case "role" -> Map.of("role", "user");
                    case "invitations" -> Map.of("email", "invited" + victims + "@guests.example");
                    case "send" -> Map.of("message", "hello");
                    case "{c}" -> Map.of("title", "Named");
                    case "login" ->
                        Map.of(
                                "shortPath",
                                world.sales().shortPath(),
                                "usernameOrEmail",
                                world.supportAdmin().username(),
                                "password",
                                TestWorld.PASSWORD);
                    case "register" -> Map.of("shortPath", world.sales().shortPath());
                    default -> Map.of();
                };
        };
    }

    /// A route missing in the table would be untested.
    @Test
    void everyRouteIsInTheTable() {
        List<String> walked = cells().stream()
                .map(cell -> cell.verb() + " "
                        + cell.path()
                                .replace("{p}", "{projectId}")
                                .replace("{w}", "{subClientId}")
                                .replace("{u}", "{userId}")
                                .replace("{c}", "{conversationId}")
                                .replace("{a}", "{attachmentId}")
                                .replace("{r}", "{registrationId}")
                                .replace("{h}", "{webhookId}")
                                .replace("{k}", "{keyId}"))
                .distinct()
                .toList();
        List<String> routes = Routes.all().stream()
                .filter(route -> Stream.of("/api/projects", "/api/sub-client")
                        .anyMatch(start -> route.path().startsWith(start)))
                .map(Route::name)
                .toList();
        assertThat(walked).containsAll(routes);
    }

    /// Returns all rows of Acme's workspaces, including sessions.
    private String everythingOfAcme() {
        String tenant = world.acme().account().toString();
        return Stream.of(
                        "SELECT id || name || COALESCE(description, '') || sub_clients_enabled"
                                + " || sub_clients_registration_enabled || workspace_count FROM projects",
                        "SELECT id || name || COALESCE(description, '') || pathname || registration_enabled || suspended"
                                + " || is_default || user_count FROM sub_clients",
                        "SELECT id || username || email || password_hash || role FROM sub_client_users",
                        "SELECT token_hash FROM workspace_sessions",
                        "SELECT used FROM workspace_limits")
                .flatMap(query -> world.select(query + " WHERE tenant_id = ? ORDER BY 1", tenant).stream())
                .collect(Collectors.joining("\n"));
    }
}
