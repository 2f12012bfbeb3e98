package dev.banyan.whatsapp.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Bodies;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.TestWorkbook;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Campaigns and opt-outs in the API and on their pages.
@QuarkusTest
class CampaignsApiTest {

    private static final String API = "/api/whatsapp/campaigns";
    private static final String PAGES = "/admin/pools/campaigns";

    @Inject
    TestWorld world;

    private Person person;
    private TestClient acme;
    private String master;

    @BeforeEach
    void acmeHasAMaster() {
        person = world.acme();
        acme = TestClient.of(person);
        master = data(201, acme.post("/api/whatsapp/masters", Map.of("displayName", "Campaign Desk")))
                .path("id")
                .asText();
    }

    @Test
    void aCampaignIsCreatedFilledCheckedStartedPausedResumedAndCanceled() {
        String id = create("Hello {{name|there}}, {{city}}");
        JsonNode added = data(
                200,
                acme.post(
                        API + "/" + id + "/recipients",
                        Map.of(
                                "recipients",
                                List.of(
                                        Map.of(
                                                "phone",
                                                "+971500060001",
                                                "name",
                                                "Amira",
                                                "fields",
                                                Map.of("City", "Dubai")),
                                        Map.of("phone", "+971 50 006 0001"),
                                        Map.of("phone", "nonsense")))));
        assertThat(added.toString()).isEqualTo("{\"added\":1,\"duplicates\":1,\"invalid\":1,\"optedOut\":0}");
        assertThat(data(
                                200,
                                acme.send(
                                        "POST",
                                        API + "/" + id + "/recipients",
                                        "text/csv",
                                        "phone,name,city\n+971500060002,Omar,\n+971500060003,Layla,Doha\n"))
                        .path("added")
                        .asInt())
                .isEqualTo(2);

        JsonNode forecast = data(200, acme.post(API + "/" + id + "/check", Map.of()));
        assertThat(forecast.path("messages").asInt()).isEqualTo(3);
        assertThat(forecast.path("costs").path("service").asInt()).isEqualTo(3);
        assertThat(forecast.path("missingFields").path("city").asInt()).isEqualTo(1);
        assertThat(forecast.path("firstContacts").asInt()).isEqualTo(3);

        JsonNode tested = data(200, acme.post(API + "/" + id + "/test", Map.of("to", "+971500060009")));
        assertThat(tested.path("test").asBoolean()).isTrue();
        assertThat(tested.path("text").asText()).isEqualTo("[Test] Hello Amira, Dubai");

        assertThat(data(200, acme.post(API + "/" + id + "/start", Map.of()))
                        .path("state")
                        .asText())
                .isEqualTo("running");
        assertThat(acme.post(API + "/" + id + "/start", Map.of()).status()).isEqualTo(409);
        assertThat(acme.put(API + "/" + id, Map.of("name", "x", "master", master, "text", "x"))
                        .status())
                .isEqualTo(409);
        assertThat(acme.delete(API + "/" + id).status()).isEqualTo(409);
        assertThat(data(200, acme.post(API + "/" + id + "/pause", Map.of()))
                        .path("state")
                        .asText())
                .isEqualTo("paused");
        assertThat(data(200, acme.post(API + "/" + id + "/resume", Map.of()))
                        .path("state")
                        .asText())
                .isEqualTo("running");
        JsonNode canceled = data(200, acme.post(API + "/" + id + "/cancel", Map.of()));
        assertThat(canceled.path("state").asText()).isEqualTo("canceled");

        JsonNode page = data(200, acme.get(API + "/" + id + "/recipients?limit=2"));
        assertThat(page.path("recipients")).hasSize(2);
        assertThat(page.path("recipients").path(1).path("reason").asText()).contains("already");
        JsonNode rest = data(
                200,
                acme.get(API + "/" + id + "/recipients?after="
                        + page.path("nextCursor").asText()));
        assertThat(rest.path("recipients")).hasSize(3);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(data(200, acme.get(API + "/" + id + "/recipients?state=invalid"))
                        .path("recipients"))
                .hasSize(1);
        assertThat(acme.get(API + "/" + id + "/recipients.csv").text().lines())
                .hasSize(6)
                .contains("\uFEFFphone,name,state,reason,first_contact,sender,message,changed_at,charged_as,billable");
        assertThat(acme.get(API + "/" + id + "/recipients.csv").contentType()).startsWith("text/csv");
        assertThat(data(200, acme.get(API)).path("campaigns").findValuesAsText("id"))
                .contains(id);

        assertThat(acme.delete(API + "/" + id).status()).isEqualTo(200);
        assertThat(acme.get(API + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void aStartedCampaignSendsByItself() {
        assertThat(acme.post("/api/whatsapp/masters/" + master + "/link", Map.of())
                        .status())
                .isEqualTo(200);
        String phone = "+9715000" + (70_000 + (int) (System.nanoTime() % 20_000 + 20_000) % 20_000);
        assertThat(acme.post("/api/whatsapp/senders/" + master + "/scan", Map.of("phone", phone))
                        .status())
                .isEqualTo(200);
        String id = create("Hello {{name}}");
        acme.send("POST", API + "/" + id + "/recipients", "text/csv", "phone,name\n+971500060011,Amira\n");
        acme.post(API + "/" + id + "/start", Map.of());
        Eventually.until(
                () -> data(200, acme.get(API + "/" + id)).path("counts"),
                counts -> counts.path("pending").asInt() == 0);
        JsonNode recipient = data(200, acme.get(API + "/" + id + "/recipients"))
                .path("recipients")
                .path(0);
        assertThat(recipient.path("message").asText()).isNotBlank();
        assertThat(recipient.path("firstContact").asBoolean()).isTrue();
        assertThat(recipient.has("price")).isFalse();
        assertThat(acme.get(API + "/" + id + "/recipients.csv").text().strip()).endsWith(",,");

        world.sql(
                "UPDATE outgoing_messages SET price_category = 'marketing', is_billable = 1 WHERE id = ?",
                recipient.path("message").asText());

        assertThat(data(200, acme.get(API + "/" + id + "/recipients"))
                        .at("/recipients/0/price")
                        .toString())
                .isEqualTo("{\"category\":\"marketing\",\"billable\":true}");
        assertThat(acme.get(API + "/" + id + "/recipients.csv").text().strip()).endsWith(",marketing,yes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "name; null; Name is required",
                "master; null; Missing master",
                "text; null; Message is required",
                "startAt; tomorrow; startAt must be a time with its offset, such as 2026-11-23T09:00:00+04:00",
                "startAt; 2999-01-01T00:00:00Z; startAt must be within a year",
                "template; {\"name\":\"x\"}; Send either text or template"
            })
    void badFieldsAreRefused(String field, String value, String error) {
        String body = Bodies.with(
                        "{\"name\":\"Eid\",\"master\":\"" + master + "\",\"text\":\"Hello\"}",
                        field,
                        Bodies.value(value))
                .toString();
        Answer answer = acme.send("POST", API, "application/json", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
    }

    @Test
    void aListInAFileIsTakenAsOnThePage() {
        byte[] workbook = TestWorkbook.of("<row r=\"1\"><c t=\"inlineStr\"><is><t>phone</t></is></c>"
                + "<c t=\"inlineStr\"><is><t>name</t></is></c></row><row r=\"2\"><c t=\"inlineStr\"><is>"
                + "<t>+971500060021</t></is></c><c t=\"inlineStr\"><is><t>Łukasz</t></is></c></row>");
        String id = create("Hello {{name}}");
        JsonNode added = data(200, list(id, CsvText.WORKBOOK, workbook));
        assertThat(added.path("added").asInt()).as(added.toString()).isEqualTo(1);
        assertThat(acme.get(API + "/" + id + "/recipients").text()).contains("Łukasz");
        assertThat(list(id, "application/vnd.ms-excel", "phone\n+971500060022\n".getBytes(StandardCharsets.UTF_8))
                        .status())
                .as("as Windows calls CSV")
                .isEqualTo(200);
        assertThat(list(id, CsvText.WORKBOOK, Arrays.copyOf(workbook, 200)).error())
                .startsWith("This is not an Excel workbook");

        Answer other = list(id, "application/pdf", workbook);
        assertThat(other.status()).isEqualTo(415);
        assertThat(other.error()).contains("application/json", "text/csv", CsvText.WORKBOOK);
        for (String route : List.of(
                "PUT /api/admin/updateShortLinks",
                "POST /api/whatsapp/senders/bulk",
                "POST /api/admin/CreateSubAccount")) {
            Answer refused = acme.with("Content-Type", CsvText.WORKBOOK)
                    .send(
                            route.substring(0, route.indexOf(' ')),
                            route.substring(route.indexOf(' ') + 1),
                            BodyPublishers.ofByteArray(workbook));
            assertThat(refused.status()).as(route).isEqualTo(415);
            assertThat(refused.error()).as(route).startsWith("The Content-Type must be application/json");
        }
        Answer export = acme.with("Content-Type", CsvText.WORKBOOK)
                .send("POST", "/api/admin/ImportSubAccount", BodyPublishers.ofByteArray(workbook));
        assertThat(export.status()).isEqualTo(415);
        assertThat(export.error()).isEqualTo("The Content-Type must be multipart/form-data");
    }

    private Answer list(String campaign, String type, byte[] file) {
        return acme.with("Content-Type", type)
                .send("POST", API + "/" + campaign + "/recipients", BodyPublishers.ofByteArray(file));
    }

    @Test
    void unknownThingsAndOddListsAreRefused() {
        assertThat(acme.get(API + "/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(acme.get(API + "/nonsense").error()).isEqualTo("Campaign not found");
        for (String name : List.of("\u202Eemos", "a\u2028b", "\u200B")) {
            assertThat(acme.post(API, Map.of("name", name, "master", master, "text", "x"))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(acme.post(API, Map.of("name", "Eid", "master", "nobody", "text", "x"))
                        .error())
                .isEqualTo("Master account not found");
        String id = create("Hello");
        assertThat(acme.send("POST", API + "/" + id + "/recipients", "text/csv", "name\nAmira\n")
                        .error())
                .isEqualTo("The first line must name the columns, one of them “phone”");
        assertThat(acme.post(API + "/" + id + "/recipients", Map.of("recipients", List.of()))
                        .status())
                .isEqualTo(400);
        assertThat(acme.post(API + "/" + id + "/recipients", Map.of("tag", "unheard-of"))
                        .error())
                .isEqualTo("No contact has the tag “unheard-of”");
        assertThat(acme.post(API + "/" + id + "/recipients", Map.of("people", 1))
                        .status())
                .isEqualTo(400);
        assertThat(acme.post(API + "/" + id + "/start", Map.of()).error())
                .isEqualTo("Add at least one recipient before you start the campaign");
        assertThat(acme.get(API + "/" + id + "/recipients?state=lost").status()).isEqualTo(400);
        assertThat(TestClient.of(world.rival()).get(API + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void optOutsAreAddedListedAndRemoved() {
        JsonNode added =
                data(201, acme.post("/api/whatsapp/opt-outs", Map.of("phone", "+971500060021", "note", "Asked")));
        assertThat(added.path("cause").asText()).isEqualTo("person");
        assertThat(data(200, acme.get("/api/whatsapp/opt-outs")).path("optOuts").findValuesAsText("phone"))
                .contains("+971500060021");
        assertThat(TestClient.of(world.rival()).get("/api/whatsapp/opt-outs").text())
                .doesNotContain("+971500060021");
        String id = create("Hello");
        assertThat(data(
                                200,
                                acme.post(
                                        API + "/" + id + "/recipients",
                                        Map.of("recipients", List.of(Map.of("phone", "+971500060021")))))
                        .path("optedOut")
                        .asInt())
                .isEqualTo(1);
        assertThat(acme.delete("/api/whatsapp/opt-outs/+971500060021").status()).isEqualTo(200);
        assertThat(acme.delete("/api/whatsapp/opt-outs/+971500060021").error()).isEqualTo("Opt-out not found");
        assertThat(acme.post("/api/whatsapp/opt-outs", Map.of("phone", "x")).status())
                .isEqualTo(400);
    }

    @Test
    void optOutSettingsAreChangedFieldByField() {
        JsonNode before = data(200, acme.get("/api/whatsapp/opt-out-settings"));
        assertThat(before.path("firstContactsPerDay").asInt()).isEqualTo(20);
        assertThat(before.path("outWords").toString()).contains("\"stop\"", "\"إيقاف\"");
        JsonNode after = data(
                200, acme.put("/api/whatsapp/opt-out-settings", Map.of("firstContactsPerDay", 5, "outAnswer", "Bye")));
        assertThat(after.path("firstContactsPerDay").asInt()).isEqualTo(5);
        assertThat(after.path("outWords")).isEqualTo(before.path("outWords"));
        assertThat(acme.put("/api/whatsapp/opt-out-settings", Map.of("outWords", List.of()))
                        .error())
                .isEqualTo("Enter at least one word that opts out");
        data(200, acme.put("/api/whatsapp/opt-out-settings", Map.of("firstContactsPerDay", 20)));
    }

    @Test
    void theFormsWorkWithoutScript() {
        assertThat(acme.get(PAGES).text()).contains("Create campaign");
        assertThat(acme.get(PAGES + "/new").text()).contains("Campaign Desk", "Nothing is sent before you start");
        assertThat(TestClient.of(world.rival()).get(PAGES + "/new").text())
                .as("without a pool")
                .contains("No numbers yet", "Add master")
                .doesNotContain("campaign-form");
        Answer refused = acme.form(PAGES, form("", "Hello", "csv", "name\nAmira"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("The first line must name the columns");
        Answer created = acme.form(
                PAGES, form("Eid <b>greetings</b>", "Hello {{name}}", "csv", "phone,name\n+971500060031,Amira"));
        assertThat(created.status()).as(created.text()).isEqualTo(303);
        String path = created.header("Location")
                .orElseThrow()
                .replaceFirst("\\?.*", "")
                .replaceFirst("^https?://[^/]+", "");
        String draft = acme.get(path + "?check=1").text();
        assertThat(draft)
                .contains("Eid &lt;b&gt;greetings", "Hello {{name}}", "+971500060031", "Charged as", "1 service");
        assertThat(acme.get(path + "/edit").text()).contains("Hello {{name}}");
        assertThat(acme.form(path + "/edit", form("Eid 2", "Hi")).status()).isEqualTo(303);
        assertThat(acme.form(path + "/test", "as", person.username(), "to", "x").status())
                .isEqualTo(422);
        assertThat(acme.get(path + "/start").text()).contains("1 message is sent", "Start campaign");
        assertThat(acme.form(path + "/start", "as", person.username()).status()).isEqualTo(303);
        assertThat(acme.form(path + "/start", "as", person.username()).text())
                .contains("The campaign was started already.");
        assertThat(acme.get(path).text()).contains("hx-trigger=\"every 3s\"", "Eid 2");
        assertThat(acme.form(path + "/pause", "as", person.username()).status()).isEqualTo(303);
        assertThat(acme.get(path + "/cancel").text()).contains("can’t be undone");
        assertThat(acme.form(path + "/cancel", "as", person.username()).status())
                .isEqualTo(303);
        assertThat(acme.get(path + "/recipients.csv").text()).contains("+971500060031");
        assertThat(acme.form(path + "/delete", "as", person.username()).status())
                .isEqualTo(303);
        assertThat(acme.get(path).status()).isEqualTo(404);
    }

    @Test
    void aStartIsTypedAndShownInTheZoneOfThePool() {
        data(200, acme.put("/api/whatsapp/pools/" + master, Map.of("timeZone", "Asia/Dubai")));
        String day = LocalDate.now(ZoneOffset.UTC).plusDays(30).toString();

        assertThat(acme.get(PAGES + "/new").text()).contains("Campaign Desk (Asia/Dubai)");
        Answer created = acme.form(PAGES, form("Eid", "Hello", "startAt", day + "T09:00"));

        String path = created.header("Location").orElseThrow().replaceFirst("^https?://[^/]+", "");
        String id = path.replaceFirst(".*/([0-9a-f-]{36}).*", "$1");
        assertThat(data(200, acme.get(API + "/" + id)).path("startAt").asText()).isEqualTo(day + "T05:00:00Z");
        assertThat(acme.get(PAGES + "/" + id).text()).contains("09:00 Asia/Dubai");
        assertThat(acme.get(PAGES).text()).contains("09:00 Asia/Dubai");
        assertThat(acme.get(PAGES + "/" + id + "/edit").text()).contains("value=\"" + day + "T09:00\"");
        assertThat(acme.form(PAGES, form("Eid", "Hello", "startAt", "soon")).text())
                .contains("Enter a date and a time.");
    }

    @Test
    void theOptOutPageAddsRemovesAndSaves() {
        String page = "/admin/pools/opt-outs";
        assertThat(acme.form(page + "/add", "as", person.username(), "phone", "+971500060041", "note", "Asked")
                        .status())
                .isEqualTo(303);
        assertThat(acme.get(page).text()).contains("+971500060041", "Added by hand", "Asked");
        assertThat(acme.get(page + "/971500060041/remove").text()).contains("only if the contact has asked");
        assertThat(acme.form(page + "/971500060041/remove", "as", person.username())
                        .status())
                .isEqualTo(303);
        assertThat(acme.get(page).text()).doesNotContain("+971500060041");
        assertThat(acme.form(page, "as", person.username(), "outWords", "", "firstContacts", "20")
                        .status())
                .isEqualTo(422);
        assertThat(acme.form(
                                page,
                                "as",
                                person.username(),
                                "outWords",
                                "stop\r\nbasta",
                                "inWords",
                                "start",
                                "outAnswer",
                                "Bye",
                                "inAnswer",
                                "",
                                "firstContacts",
                                "20")
                        .status())
                .isEqualTo(303);
        assertThat(data(200, acme.get("/api/whatsapp/opt-out-settings"))
                        .path("outWords")
                        .toString())
                .isEqualTo("[\"stop\",\"basta\"]");
    }

    private Map<String, String> form(String name, String text, String... more) {
        var form = new LinkedHashMap<String, String>();
        form.put("as", person.username());
        form.put("name", name);
        form.put("master", master);
        form.put("kind", "text");
        form.put("text", text);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private String create(String text) {
        return data(201, acme.post(API, Map.of("name", "Eid", "master", master, "text", text)))
                .path("id")
                .asText();
    }

    private static JsonNode data(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("data");
    }
}
