package dev.banyan.platform.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A misspelt filter finds nothing, rather than everything.
@QuarkusTest
class OtherParametersTest {

    @Inject
    TestWorld world;

    private TestClient acme;

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
    }

    @Test
    void aMisspeltFilterIsNamed() {
        Answer answer = acme.get("/api/whatsapp/messages?stat=failed");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Unknown parameter: stat", "This request takes: after", "state");
        assertThat(acme.get("/api/admin/audit?actions=PageCreated").text()).contains("Unknown parameter: actions");
        assertThat(acme.get("/api/whatsapp/masters?zebra=1").status()).isEqualTo(400);
    }

    @Test
    void aMisspeltFilterOfAWorkspaceIsNamed() {
        String workspace = "/api/projects/01900000-0000-7000-8000-000000000000/sub-clients/scl_1_a";
        for (String list : List.of("/audit?actor2=x", "/usage?form=2026-11-01", "/registrations?state=x")) {
            assertThat(acme.get(workspace + list).text()).as(list).contains("Unknown parameter: ");
        }
        assertThat(TestClient.anonymous()
                        .get("/api/sub-client/inbox/threads?shortPath=x&q=C%2B%2B")
                        .text())
                .contains("Unknown parameter: q. This request takes: after, limit, list, search");
    }

    @Test
    void whatProgramsAddToAnyAddressDoesNoHarm() {
        assertThat(acme.get("/api/whatsapp/messages?_=1796058674&utm_source=mail&state=failed")
                        .status())
                .isEqualTo(200);
    }

    /// Their clients send more than we know of.
    @Test
    void routesOfContractsTakeWhatComes() {
        assertThat(acme.get("/api/admin/GetLinks?zebra=1").status()).isEqualTo(200);
        assertThat(acme.get("/api/projects?zebra=1").status()).isEqualTo(200);
        assertThat(acme.get("/api/me?zebra=1").status()).isEqualTo(200);
    }

    @Test
    void whatTheDescriptionNamesIsKnown() {
        JsonNode api = acme.get("/openapi.json").json();
        int asked = 0;
        for (var path : api.path("paths").properties()) {
            var names = new ArrayList<String>();
            for (JsonNode parameter : path.getValue().at("/get/parameters")) {
                JsonNode its = parameter.has("$ref")
                        ? api.at(parameter.path("$ref").asText().substring(1))
                        : parameter;
                if (its.path("in").asText().equals("query")) {
                    names.add(its.path("name").asText() + "=1");
                }
            }
            if (path.getValue().has("get")) {
                String query = String.join("&", names) + "&as=" + world.acme().username();
                Answer answer = acme.get(path.getKey().replaceAll("\\{[^}]*}", "1") + "?" + query);
                assertThat(answer.text()).as(path.getKey()).doesNotContain("Unknown parameter");
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(100);
    }
}
