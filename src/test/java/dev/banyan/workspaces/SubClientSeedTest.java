package dev.banyan.workspaces;

import static dev.banyan.workspaces.SeedExample.assertAnswers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.session.Linking;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The sub-client seed's "API Reference" and "WhatsApp Integration", section by section: each request is sent
/// literally, and each response compared with the printed one ([SeedExample]). Only names and numbers differ.
@QuarkusTest
class SubClientSeedTest {

    @Inject
    TestWorld world;

    @Inject
    Linking linking;

    private TestClient owner = TestClient.anonymous();
    private String project = "";
    private String subClients = "";
    private String subClientId = "";
    private String shortPath = "";
    private String users = "";

    @BeforeEach
    void aProjectHasTheMarketingDepartment() {
        owner = TestClient.of(world.acme());
        project = world.project().id().toString();
        subClients = "/api/projects/" + project + "/sub-clients";
        JsonNode made = owner.post(subClients, """
                {
                  "name": "Marketing Department",
                  "description": "Sales team conversations"
                }
                """).json().at("/data/subClient");
        subClientId = made.path("id").asText();
        shortPath = made.path("short_id").asText() + "-" + made.path("pathname").asText();
        users = subClients + "/" + subClientId + "/users";
    }

    private JsonNode addAmira() {
        return owner.post(users, """
                {
                  "username": "amira",
                  "email": "amira@example.com",
                  "password": "SecurePass123",
                  "role": "admin"
                }
                """).json().at("/data/user");
    }

    private static void assertError(Answer answer, int status, String error) {
        assertAnswers(answer, status, """
                { "success": false, "error": "%s" }
                """.formatted(error));
    }

    @Test
    void lookupSubClient() {
        var anybody = TestClient.anonymous();

        assertAnswers(anybody.get("/api/sub-clients/lookup?shortPath=" + shortPath), 200, """
                {
                  "success": true,
                  "data": {
                    "subClient": {
                      "id": "%s",
                      "project_id": "%s",
                      "name": "Marketing Department",
                      "description": "Sales team conversations",
                      "short_id": "~[0-9a-zA-Z]{4}",
                      "pathname": "marketing-department",
                      "registration_enabled": true,
                      "suspended": false
                    }
                  }
                }
                """.formatted(
                        subClientId, project));
        assertError(
                anybody.get("/api/sub-clients/lookup"),
                400,
                "Either 'shortPath' or 'host' query parameter is required");
        assertError(anybody.get("/api/sub-clients/lookup?shortPath=" + shortPath + "s"), 404, "Sub-client not found");
        assertError(anybody.get("/api/sub-clients/lookup?host=marketing.company.com"), 404, "Sub-client not found");

        owner.put("/api/projects/" + project, "{ \"sub_clients_enabled\": false }");
        assertError(
                anybody.get("/api/sub-clients/lookup?shortPath=" + shortPath),
                400,
                "Sub-clients feature is not enabled for this project");
    }

    @Test
    void getAllSubClients() {
        addAmira();

        assertAnswers(owner.get(subClients), 200, """
                {
                  "success": true,
                  "data": {
                    "enabled": true,
                    "subClients": [
                      {
                        "id": "%s",
                        "name": "Marketing Department",
                        "short_id": "~[0-9a-zA-Z]{4}",
                        "pathname": "marketing-department",
                        "suspended": false,
                        "registration_enabled": true,
                        "users": [
                          {
                            "id": 1,
                            "username": "amira",
                            "email": "amira@example.com",
                            "role": "admin"
                          }
                        ]
                      }
                    ]
                  }
                }
                """.formatted(subClientId));
    }

    @Test
    void createSubClient() {
        assertAnswers(owner.post(subClients, """
                {
                  "name": "Marketing Department",
                  "description": "Sales team conversations (optional)"
                }
                """), 201, """
                {
                  "success": true,
                  "data": {
                    "subClient": {
                      "id": "~scl_[0-9]{13}_[a-z0-9]{9}",
                      "project_id": "%s",
                      "name": "Marketing Department",
                      "description": "Sales team conversations (optional)",
                      "short_id": "~[0-9a-zA-Z]{4}",
                      "pathname": "marketing-department",
                      "registration_enabled": true,
                      "suspended": false,
                      "created_at": 1704067200000,
                      "updated_at": 1704067200000
                    }
                  },
                  "message": "Sub-client created successfully"
                }
                """.formatted(project));
        assertError(owner.post(subClients, "{}"), 400, "Sub-client name is required");

        world.sql(
                "UPDATE workspace_limits SET max_sub_clients = 2 WHERE tenant_id = ?",
                world.acme().account().toString());
        assertAnswers(owner.post(subClients, "{ \"name\": \"One more\" }"), 403, """
                {
                  "error": "Sub-client limit reached",
                  "limit": 2,
                  "current": 2
                }
                """);
        owner.put("/api/projects/" + project, "{ \"sub_clients_enabled\": false }");
        assertError(
                owner.post(subClients, "{ \"name\": \"One more\" }"),
                400,
                "Sub-clients feature is not enabled for this project");
    }

    @Test
    void getSubClientDetails() {
        addAmira();

        assertAnswers(owner.get(subClients + "/" + subClientId), 200, """
                {
                  "success": true,
                  "data": {
                    "subClient": {
                      "id": "%s",
                      "name": "Marketing Department",
                      "description": "Sales team conversations",
                      "short_id": "~[0-9a-zA-Z]{4}",
                      "pathname": "marketing-department",
                      "registration_enabled": true,
                      "suspended": false,
                      "users": [
                        {
                          "id": 1,
                          "username": "amira",
                          "email": "amira@example.com",
                          "role": "admin"
                        }
                      ]
                    }
                  }
                }
                """.formatted(subClientId));
    }

    /// The type `SubClient` of "TypeScript Types": fields that may be null there are present, as null.
    @Test
    void aSubClientHasTheFieldsOfItsType() {
        String bare = owner.post(subClients, "{ \"name\": \"Bare\" }")
                .json()
                .at("/data/subClient/id")
                .asText();

        assertAnswers(owner.get(subClients + "/" + bare), 200, """
                {
                  "success": true,
                  "data": {
                    "subClient": {
                      "id": "%s",
                      "project_id": "%s",
                      "name": "Bare",
                      "description": null,
                      "whatsapp_client_id": null,
                      "short_id": "~[0-9a-zA-Z]{4}",
                      "pathname": "bare",
                      "custom_domain": null,
                      "registration_enabled": true,
                      "suspended": false,
                      "created_at": 1704067200000,
                      "updated_at": 1704067200000,
                      "users": []
                    }
                  }
                }
                """.formatted(bare, project));
    }

    @Test
    void updateSubClient() {
        assertAnswers(owner.put(subClients + "/" + subClientId, """
                {
                  "name": "Updated Name",
                  "description": "Updated description",
                  "suspended": true
                }
                """), 200, """
                {
                  "success": true,
                  "data": {
                    "subClient": {
                      "id": "%s",
                      "name": "Updated Name",
                      "description": "Updated description",
                      "pathname": "marketing-department",
                      "suspended": true
                    }
                  },
                  "message": "Sub-client updated successfully"
                }
                """.formatted(subClientId));
    }

    @Test
    void deleteSubClient() {
        assertError(
                owner.delete(subClients + "/" + subClientId),
                400,
                "Only suspended sub-clients can be deleted. Please suspend the sub-client first.");

        owner.put(subClients + "/" + subClientId, "{ \"suspended\": true }");
        assertAnswers(owner.delete(subClients + "/" + subClientId), 200, """
                {
                  "success": true,
                  "message": "Sub-client deleted successfully"
                }
                """);
        assertError(owner.get(subClients + "/" + subClientId), 404, "Sub-client not found");
    }

    @Test
    void getSubClientUsers() {
        addAmira();

        assertAnswers(owner.get(users), 200, """
                {
                  "success": true,
                  "data": {
                    "users": [
                      {
                        "id": 1,
                        "username": "amira",
                        "email": "amira@example.com",
                        "role": "admin",
                        "created_at": 1704067200000
                      }
                    ]
                  }
                }
                """);
    }

    @Test
    void createSubClientUser() {
        String request = """
                {
                  "username": "omarsaleh",
                  "email": "omar@example.com",
                  "password": "SecurePass123",
                  "role": "user"
                }
                """;

        assertAnswers(owner.post(users, request), 201, """
                {
                  "success": true,
                  "data": {
                    "user": {
                      "id": 2,
                      "username": "omarsaleh",
                      "email": "omar@example.com",
                      "role": "user",
                      "created_at": 1704067200000
                    }
                  },
                  "message": "User created successfully"
                }
                """);
        assertError(owner.post(users, request.replace("omar@", "omar2@")), 400, "Username already exists");
        assertError(owner.post(users, request.replace("omarsaleh", "omar2")), 400, "Email already exists");
        assertError(owner.post(users, """
                        { "username": "leila", "email": "leila@example.com", "password": "1234567" }
                        """), 400, "Password must be at least 8 characters long");
        assertAnswers(owner.post(users, """
                { "username": "leila", "email": "leila@example.com", "password": "12345678" }
                """), 201, """
                { "data": { "user": { "username": "leila", "role": "user" } } }
                """);
        assertError(owner.post(users, """
                        { "username": "nadia", "email": "nadia@example.com", "password": "12345678", "role": "boss" }
                        """), 400, "Role must be 'admin', 'agent' or 'user'");
        assertError(signedIn("omarsaleh").post(users, request), 403, "Only sub-client admins can add users");
    }

    @Test
    void deleteSubClientUser() {
        int amira = addAmira().path("id").asInt();
        int omar = register("omar");

        assertAnswers(owner.delete(users + "/" + omar), 200, """
                {
                  "success": true,
                  "message": "User removed successfully"
                }
                """);
        assertError(owner.delete(users + "/" + amira), 400, "Cannot remove the last admin from sub-client");
        assertError(signedIn("amira").delete(users + "/" + amira), 400, "cannot delete yourself");
    }

    @Test
    void updateUserRole() {
        int amira = addAmira().path("id").asInt();
        assertError(
                owner.put(users + "/" + amira + "/role", "{ \"role\": \"user\" }"),
                400,
                "Cannot demote the last admin to user");

        assertAnswers(owner.put(users + "/" + register("omar") + "/role", """
                {
                  "role": "admin"
                }
                """), 200, """
                {
                  "success": true,
                  "message": "User role updated successfully"
                }
                """);
        assertThat(owner.put(users + "/" + amira + "/role", "{ \"role\": \"user\" }")
                        .status())
                .as("there is another one now")
                .isEqualTo(200);
    }

    @Test
    void subClientLogin() {
        addAmira();

        for (String name : new String[] {"amira@example.com", "amira"}) {
            assertAnswers(login(shortPath, name, "SecurePass123"), 200, """
                    {
                      "success": true,
                      "data": {
                        "user": {
                          "id": 1,
                          "username": "amira",
                          "email": "amira@example.com",
                          "role": "admin"
                        },
                        "session": {
                          "token": "~[A-Za-z0-9_-]{43}",
                          "expiresAt": 1704672000000
                        }
                      }
                    }
                    """);
        }
    }

    private static Answer login(String shortPath, String name, String password) {
        return TestClient.anonymous().post("/api/sub-client/login", """
                {
                  "shortPath": "%s",
                  "usernameOrEmail": "%s",
                  "password": "%s"
                }
                """.formatted(shortPath, name, password));
    }

    private TestClient signedIn(String username) {
        return TestClient.withBearer(login(shortPath, username, "SecurePass123")
                .json()
                .at("/data/session/token")
                .asText());
    }

    @Test
    void subClientRegistration() {
        String request = """
                {
                  "shortPath": "%s",
                  "email": "newuser@example.com",
                  "username": "newuser",
                  "password": "SecurePass123"
                }
                """.formatted(shortPath);
        var anybody = TestClient.anonymous();

        assertAnswers(anybody.post("/api/sub-client/register", request), 201, """
                {
                  "success": true,
                  "data": {
                    "user": {
                      "id": 2,
                      "username": "newuser",
                      "email": "newuser@example.com",
                      "role": "user"
                    },
                    "session": {
                      "token": "~[A-Za-z0-9_-]{43}",
                      "expiresAt": 1704672000000
                    }
                  }
                }
                """);

        // Requirements
        String closed = "Registration is currently disabled";
        String another = request.replace("newuser", "another");
        owner.put(subClients + "/" + subClientId, "{ \"registration_enabled\": false }");
        assertError(anybody.post("/api/sub-client/register", another), 403, closed);
        owner.put(subClients + "/" + subClientId, "{ \"registration_enabled\": true }");
        owner.put("/api/projects/" + project, "{ \"sub_clients_registration_enabled\": false }");
        assertError(anybody.post("/api/sub-client/register", another), 403, closed);
        owner.put("/api/projects/" + project, "{ \"sub_clients_registration_enabled\": true }");
        assertThat(anybody.post("/api/sub-client/register", another).status()).isEqualTo(201);
    }

    private int register(String username) {
        return TestClient.anonymous()
                .post("/api/sub-client/register", """
                {
                  "shortPath": "%s",
                  "email": "%s@example.com",
                  "username": "%s",
                  "password": "SecurePass123"
                }
                """.formatted(shortPath, username, username))
                .json()
                .at("/data/user/id")
                .asInt();
    }

    @Test
    void whatsAppClient() {
        assertAnswers(owner.get("/api/whatsapp/client?subClientId=" + subClientId), 404, """
                {
                  "success": false,
                  "error": "WhatsApp client not found"
                }
                """);

        String client = assertAnswers(owner.post("/api/whatsapp/client", """
                {
                  "projectId": "%s",
                  "subClientId": "%s"
                }
                """.formatted(project, subClientId)), 200, """
                {
                  "success": true,
                  "client": {
                    "id": "~wa_[0-9]+",
                    "connected": false
                  }
                }
                """)
                .at("/client/id")
                .asText();
        assertAnswers(owner.get("/api/whatsapp/qr?clientId=" + client), 200, """
                {
                  "success": true,
                  "qrCode": "~2@.+"
                }
                """);

        var linked = linking.scan(world.acme().account(), new SenderId(client), Phone.parse("+971500000101"));
        assertThat(linked).isInstanceOf(Linking.Simulated.Done.class);
        assertAnswers(owner.get("/api/whatsapp/client?subClientId=" + subClientId), 200, """
                {
                  "success": true,
                  "client": {
                    "id": "%s",
                    "phone": "+971500000101",
                    "connected": true,
                    "connectedAt": "~20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}.[0-9]{3}Z",
                    "deviceName": "~.+"
                  }
                }
                """.formatted(client));
        assertAnswers(owner.delete("/api/whatsapp/client?clientId=" + client), 200, """
                {
                  "success": true,
                  "message": "WhatsApp client deleted successfully"
                }
                """);
    }
}
