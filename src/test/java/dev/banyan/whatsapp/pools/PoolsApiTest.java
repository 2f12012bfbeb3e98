package dev.banyan.whatsapp.pools;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderHoursStore;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Masters, servants, senders and pools in the API.
@QuarkusTest
class PoolsApiTest {

    private static final String API = "/api/whatsapp";
    private static final AtomicInteger PHONE = new AtomicInteger(400);

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    Database database;

    private TestClient acme;
    private AccountId tenant;

    @BeforeEach
    void acmeIsIn() {
        acme = TestClient.of(world.acme());
        tenant = world.acme().account();
    }

    private static String phone() {
        return "+971500000" + PHONE.incrementAndGet();
    }

    private String master(String name) {
        return created(acme.post(API + "/masters", Map.of("displayName", name)));
    }

    private String servant(String master, String phone) {
        return created(
                acme.post(API + "/servants", Map.of("master", master, "phone", phone, "displayName", "Support desk")));
    }

    private static String created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().at("/data/id").asText();
    }

    private static JsonNode data(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("success").asBoolean()).isTrue();
        return answer.json().path("data");
    }

    private static void refused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.json().path("success").asBoolean(true)).isFalse();
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(node -> node.path("id").asText())
                .toList();
    }

    @Test
    void aMasterIsAddedChangedAndRemoved() {
        String phone = phone();
        Answer added = acme.post(
                API + "/masters",
                Map.of("id", world.name("sales"), "displayName", "Sales", "phone", phone, "type", "backup"));
        String id = created(added);
        assertThat(id).isEqualTo(world.name("sales"));
        JsonNode fresh = data(acme.get(API + "/masters/" + id));
        assertThat(fresh.path("role").asText()).isEqualTo("master");
        assertThat(fresh.path("type").asText()).isEqualTo("backup");
        assertThat(fresh.path("phone").asText()).isEqualTo(phone);
        assertThat(fresh.path("state").asText()).isEqualTo("pending");
        assertThat(fresh.path("healthy").asBoolean(true)).isFalse();
        assertThat(fresh.path("driver").asText()).isEqualTo("simulator");

        JsonNode changed = data(acme.put(
                API + "/masters/" + id,
                Map.of("displayName", "Sales team", "type", "primary", "tags", List.of("gold"), "priority", 3)));
        assertThat(changed.path("displayName").asText()).isEqualTo("Sales team");
        assertThat(changed.path("type").asText()).isEqualTo("primary");
        assertThat(changed.at("/tags/0").asText()).isEqualTo("gold");
        assertThat(changed.path("priority").asInt()).isEqualTo(3);

        assertThat(data(acme.get(API + "/masters")).path("senders").findValuesAsText("id"))
                .containsExactly(id);
        assertThat(acme.delete(API + "/masters/" + id).text())
                .isEqualTo("{\"success\":true,\"message\":\"Account removed\"}");
        refused(acme.get(API + "/masters/" + id), 404, "Master account not found");
    }

    @Test
    void whatIsWrongIsNamedAndChangesNothing() {
        String id = master("Sales");
        String phone = phone();
        String servant = servant(id, phone);
        String path = API + "/masters/" + id;

        refused(acme.post(API + "/masters", Map.of()), 400, "Name is required");
        refused(acme.post(API + "/masters", Map.of("displayName", "X", "type", "brand")), 400, type());
        refused(acme.post(API + "/masters", Map.of("displayName", "X", "id", "a b")), 400, "Invalid account id");
        refused(acme.post(API + "/masters", Map.of("displayName", "X", "id", id)), 409, "This id is taken");
        refused(
                acme.post(API + "/masters", Map.of("displayName", "X", "phone", phone)),
                409,
                "Phone number already in use by Support desk (ID: " + servant + ")");
        refused(acme.put(path, Map.of("displayName", "New", "type", "brand")), 400, type());
        refused(acme.put(path, Map.of("purpose", "sales")), 400, "Only servants have a purpose");
        refused(acme.put(path, Map.of("warmUp", "slowly")), 400, "warmUp must be on, off or pool");
        refused(
                acme.put(path, Map.of("displayName", "New", "type", "backup", "weight", 0)),
                400,
                "weight must be between 1 and 100");
        refused(acme.put(API + "/servants/" + servant, Map.of("type", "backup")), 400, "Only masters have a type");
        refused(acme.post(API + "/servants", Map.of("phone", phone())), 400, "Missing master");
        refused(
                acme.post(API + "/servants", Map.of("master", "nobody", "phone", phone(), "displayName", "X")),
                404,
                "Master account not found");
        refused(acme.get(API + "/masters/" + servant), 404, "Master account not found");
        refused(acme.get(API + "/servants/" + id), 404, "Servant account not found");
        refused(acme.get(API + "/senders/nobody"), 404, "Account not found");
        refused(acme.get(API + "/masters?limit=0"), 400, "limit must be a number from 1 to 1000");

        JsonNode still = data(acme.get(path));
        assertThat(still.path("displayName").asText()).isEqualTo("Sales");
        assertThat(still.path("type").asText()).isEqualTo("primary");
    }

    private static String type() {
        return "type must be primary or backup";
    }

    @Test
    void aKeyAddsOnce() {
        TestClient keyed = acme.with("Idempotency-Key", UUID.randomUUID().toString());
        String first = created(keyed.post(API + "/masters", Map.of("displayName", "Twice")));

        assertThat(created(keyed.post(API + "/masters", Map.of("displayName", "Twice"))))
                .isEqualTo(first);
        assertThat(keyed.post(API + "/masters", Map.of("displayName", "Other")).status())
                .isEqualTo(422);
        var servant = Map.of("master", first, "phone", phone(), "displayName", "Once");
        TestClient other = acme.with("Idempotency-Key", UUID.randomUUID().toString());
        assertThat(created(other.post(API + "/servants", servant)))
                .isEqualTo(created(other.post(API + "/servants", servant)));
        assertThat(world.count("SELECT count(*) FROM senders WHERE tenant_id = ?", tenant.toString()))
                .isEqualTo(2);
    }

    @Test
    void servantsMoveOneByOneAndAllTogether() {
        String sales = master("Sales");
        String backup = master("Backup");
        String one = servant(sales, phone());
        String two = servant(sales, phone());

        JsonNode moved = data(acme.put(API + "/servants/" + one + "/master", Map.of("master", backup)));
        assertThat(moved.path("master").asText()).isEqualTo(backup);
        assertThat(ids(data(acme.get(API + "/servants?master=" + sales)).path("senders")))
                .containsExactly(two);
        refused(
                acme.put(API + "/servants/" + one + "/master", Map.of("master", "nobody")),
                404,
                "Master account not found");

        assertThat(data(acme.post(API + "/masters/" + backup + "/servants/move", Map.of("master", sales)))
                        .path("servants")
                        .asInt())
                .isEqualTo(1);
        refused(
                acme.delete(API + "/masters/" + sales),
                409,
                "Master account has 2 servants. Move or remove them first.");
        refused(
                acme.delete(API + "/masters/" + sales + "?moveTo=nobody"),
                404,
                "The master for the servants was not found");
        assertThat(acme.delete(API + "/masters/" + sales + "?moveTo=" + backup).text())
                .contains("Account removed; 2 servants moved");
        assertThat(ids(data(acme.get(API + "/servants")).path("senders"))).containsExactlyInAnyOrder(one, two);
        assertThat(acme.delete(API + "/servants/" + one).status()).isEqualTo(200);
        refused(acme.get(API + "/servants/" + one), 404, "Servant account not found");
    }

    @Test
    void aSenderIsLinkedScannedAndLoggedOut() {
        String id = servant(master("Sales"), phone());
        String link = API + "/servants/" + id + "/link";
        assertThat(data(acme.get(link)).path("state").asText()).isEqualTo("pending");
        refused(acme.delete(link), 409, "Account is not linked");

        JsonNode begun = data(acme.post(link, ""));
        assertThat(begun.path("state").asText()).isEqualTo("linking");
        assertThat(begun.at("/code/text").asText()).startsWith("2@");
        assertThat(begun.at("/code/number").asInt()).isEqualTo(1);
        assertThat(data(acme.get(link)).at("/code/text").asText())
                .isEqualTo(begun.at("/code/text").asText());
        assertThat(data(acme.delete(link)).path("state").asText()).isEqualTo("pending");

        data(acme.post(link, ""));
        assertThat(data(acme.post(API + "/senders/" + id + "/scan", "{}"))
                        .path("state")
                        .asText())
                .isEqualTo("linked");
        JsonNode linked = data(acme.get(link));
        assertThat(linked.has("code")).isFalse();
        assertThat(linked.path("deviceName").asText()).isNotBlank();
        assertThat(data(acme.get(API + "/senders/" + id)).path("healthy").asBoolean())
                .isTrue();
        refused(acme.post(link, ""), 409, "Account is already linked");
        assertThat(data(acme.delete(link)).path("state").asText()).isEqualTo("unlinked");
    }

    @Test
    void aMasterLearnsItsNumberWhenItIsScanned() {
        String id = master("Sales");
        String phone = phone();
        refused(
                acme.post(API + "/senders/" + id + "/scan", "{}"),
                409,
                "This is not possible in the account's current state");
        data(acme.post(API + "/masters/" + id + "/link", ""));
        Answer wrong = acme.post(API + "/senders/" + id + "/scan", Map.of("phone", "12"));
        refused(wrong, 400, "Invalid phone number format. Use the international form, such as +971500000101");
        assertThat(wrong.json().path("field").asText()).isEqualTo("phone");

        JsonNode linked = data(acme.post(API + "/senders/" + id + "/scan", Map.of("phone", phone)));

        assertThat(linked.path("phone").asText()).isEqualTo(phone);
        assertThat(data(acme.delete(API + "/masters/" + id + "/link"))
                        .path("state")
                        .asText())
                .isEqualTo("unlinked");
    }

    @Test
    void everyFaultCanBePlayed() {
        var softly = new SoftAssertions();
        for (Fault fault : Fault.values()) {
            String id = linked();
            Answer answer = acme.post(API + "/senders/" + id + "/simulate", Map.of("fault", fault.key()));
            softly.assertThat(answer.status()).as("%s: %s", fault, answer).isIn(200, 409);
        }
        softly.assertAll();
        String id = linked();
        assertThat(data(acme.post(API + "/senders/" + id + "/simulate", Map.of("fault", "restrict")))
                        .path("state")
                        .asText())
                .isEqualTo("restricted");
        Answer unknown = acme.post(API + "/senders/" + id + "/simulate", Map.of("fault", "earthquake"));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.error()).startsWith("fault must be one of drop, ");
    }

    private String linked() {
        String id = servant(master("Sales"), phone());
        data(acme.post(API + "/servants/" + id + "/link", ""));
        data(acme.post(API + "/senders/" + id + "/scan", "{}"));
        return id;
    }

    @Test
    void sendersAreFoundByEveryWishPageByPage() {
        String sales = master("Sales");
        String one = servant(sales, phone());
        String two = linked();
        data(acme.put(
                API + "/servants/" + one,
                Map.of("tags", List.of("night", "gold"), "region", "AE", "purpose", "vip desk")));

        assertThat(found("?tag=gold")).containsExactly(one);
        assertThat(found("?region=ae")).containsExactly(one);
        assertThat(found("?purpose=vip+desk")).containsExactly(one);
        assertThat(found("?status=linked")).containsExactly(two);
        assertThat(found("?health=healthy")).containsExactly(two);
        assertThat(found("?master=" + sales)).containsExactly(sales, one);
        assertThat(found("?master=" + sales + "&text=vip")).containsExactly(one);
        assertThat(found("?text=nothing-like-this")).isEmpty();
        refused(acme.get(API + "/senders?health=ill"), 400, "health must be healthy or unhealthy");
        refused(acme.get(API + "/senders?master=" + one), 404, "Master account not found");

        JsonNode first = data(acme.get(API + "/senders?limit=3"));
        JsonNode rest = data(acme.get(
                API + "/senders?limit=3&after=" + first.path("nextCursor").asText()));
        assertThat(first.path("senders")).hasSize(3);
        assertThat(rest.path("senders")).hasSize(1);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
    }

    private List<String> found(String query) {
        return ids(data(acme.get(API + "/senders" + query)).path("senders"));
    }

    @Test
    void manyAreAddedTaggedMovedAndRemovedAtOnce() {
        String sales = master("Sales");
        String backup = master("Backup");
        var rows = List.of(
                Map.of("master", sales, "phone", phone(), "name", "One", "tags", List.of("gold"), "weight", 5),
                Map.of("master", sales, "phone", "12", "name", "Broken"),
                Map.of("master", sales, "phone", phone(), "name", "Two"));

        JsonNode dry = data(bulk(Map.of("act", "add", "rows", rows, "dryRun", true)));
        assertThat(dry.path("dryRun").asBoolean()).isTrue();
        assertThat(dry.path("done").asInt()).isEqualTo(2);
        assertThat(data(acme.get(API + "/servants")).path("senders")).isEmpty();

        JsonNode added = data(bulk(Map.of("act", "add", "rows", rows)));
        assertThat(added.path("done").asInt()).isEqualTo(2);
        assertThat(added.path("failed").asInt()).isEqualTo(1);
        assertThat(added.at("/lines/1/ok").asBoolean(true)).isFalse();
        String one = added.at("/lines/0/sender").asText();
        String two = added.at("/lines/2/sender").asText();
        assertThat(data(acme.get(API + "/senders/" + one)).path("weight").asInt())
                .isEqualTo(5);

        JsonNode csv = data(
                bulk(Map.of("act", "add", "csv", "master,phone,name\n" + sales + "," + phone() + ",From a file\n")));
        assertThat(csv.path("done").asInt()).isEqualTo(1);
        refused(bulk(Map.of("act", "tag", "senders", List.of("nobody"))), 404, "No matching accounts found");
        refused(bulk(Map.of("act", "tag")), 400, "Missing senders or where");
        refused(bulk(Map.of("act", "remove", "senders", List.of())), 400, "senders must be a list of ids");
        refused(bulk(Map.of("act", "tag", "senders", List.of(one), "add", List.of())), 400, "Missing add or remove");
        refused(
                bulk(Map.of("act", "remove", "where", Map.of("tags", "old"))),
                400,
                "Unknown field: where.tags. This request takes: health, master, purpose, region, status, tag, text");
        for (Map<String, String> nothing : List.of(Map.of("tag", " "), Map.<String, String>of())) {
            refused(
                    bulk(Map.of("act", "remove", "where", nothing)),
                    400,
                    "where says nothing, so it would mean every sender; say which");
        }
        refused(bulk(Map.of("act", "move", "senders", List.of(one))), 400, "Missing master");
        refused(
                bulk(Map.of("act", "pause", "senders", List.of(one), "where", Map.of("tag", "vip"))),
                400,
                "Use senders or where, not both");
        refused(bulk(Map.of("act", "add", "rows", rows, "csv", "x")), 400, "Use rows or csv, not both");
        refused(bulk(Map.of("act", "add", "rows", List.of())), 400, "The list is empty");
        refused(bulk(Map.of("act", "dance")), 400, "act must be add, move, connect, tag, pause, resume or remove");
        refused(
                bulk(Map.of("act", "remove", "where", Map.of("health", "ill"))),
                400,
                "health must be healthy or unhealthy");

        data(bulk(Map.of(
                "act",
                "tag",
                "where",
                Map.of("master", sales, "tag", "gold"),
                "add",
                List.of("vip"),
                "remove",
                List.of("gold"))));
        assertThat(found("?tag=vip")).containsExactly(one);
        assertThat(found("?tag=gold")).isEmpty();
        data(bulk(Map.of("act", "move", "senders", List.of(one, two), "master", backup)));
        assertThat(found("?master=" + backup)).containsExactly(backup, one, two);
        data(bulk(Map.of("act", "remove", "senders", List.of(one, two))));
        assertThat(found("?master=" + backup)).containsExactly(backup);
    }

    private Answer bulk(Map<String, ?> body) {
        return acme.post(API + "/senders/bulk", body);
    }

    @Test
    void aPoolSaysHowItDoesAndTakesItsSettings() {
        String sales = master("Sales");
        String desk = servant(sales, phone());
        data(acme.post(API + "/masters/" + sales + "/link", ""));
        data(acme.post(API + "/senders/" + sales + "/scan", Map.of("phone", phone())));
        counted(desk, 3, 1);
        counted(sales, 1, 0);

        JsonNode whole = data(acme.get(API + "/pools/" + sales));
        assertThat(whole.at("/pool/status").asText()).isEqualTo("operational");
        assertThat(whole.at("/pool/healthy").asInt()).isEqualTo(1);
        assertThat(whole.at("/pool/senders").asInt()).isEqualTo(2);
        assertThat(whole.at("/pool/sent").asLong()).isEqualTo(4);
        assertThat(whole.at("/settings/strategy").asText()).isEqualTo("round-robin");
        assertThat(whole.at("/settings/timeZone").asText()).isEqualTo("UTC");
        assertThat(whole.at("/members/1/sender/id").asText()).isEqualTo(desk);
        assertThat(whole.at("/members/1/share").asDouble()).isEqualTo(75.0);
        assertThat(whole.at("/members/1/lastDay/failed").asLong()).isEqualTo(1);

        JsonNode tuned = data(acme.put(
                        API + "/pools/" + sales,
                        Map.of(
                                "strategy", "weighted",
                                "perDay", 500,
                                "warmUp", "on",
                                "pairSeconds", 6,
                                "pairBurst", 45,
                                "quietFrom", "22:00",
                                "quietUntil", "07:30",
                                "timeZone", "Asia/Dubai",
                                "uncertain", "resend",
                                "mostWaiting", 50)))
                .path("settings");
        assertThat(tuned.toString())
                .isEqualTo(
                        "{\"strategy\":\"weighted\",\"uncertain\":\"resend\",\"perDay\":500,\"warmUp\":\"on\","
                                + "\"pairSeconds\":6,\"pairBurst\":45,\"quietFrom\":\"22:00\",\"quietUntil\":\"07:30\","
                                + "\"quietAnswerMinutes\":60,\"timeZone\":\"Asia/Dubai\",\"mostWaiting\":50,\"groups\":\"off\",\"poolClass\":\"any\",\"receiptSeconds\":8}");
        JsonNode some = data(acme.put(
                        API + "/pools/" + sales,
                        Map.of("perDay", 0, "pairSeconds", 0, "quietFrom", "", "quietUntil", "")))
                .path("settings");
        assertThat(some.toString())
                .isEqualTo(
                        "{\"strategy\":\"weighted\",\"uncertain\":\"resend\",\"warmUp\":\"on\","
                                + "\"timeZone\":\"Asia/Dubai\",\"mostWaiting\":50,\"groups\":\"off\",\"poolClass\":\"any\",\"receiptSeconds\":8}");
        JsonNode otherNames = data(acme.put(API + "/pools/" + sales, Map.of("warmsUp", "off", "timeZone", "+05:30")))
                .path("settings");
        assertThat(otherNames.path("warmUp").asText()).isEqualTo("off");
        assertThat(otherNames.path("timeZone").asText()).isEqualTo("+05:30");
        assertThat(data(acme.get(API + "/pools")).at("/pools/0/strategy").asText())
                .isEqualTo("weighted");
    }

    private void counted(String sender, int sent, int failed) {
        database.write(tx -> {
            new SenderHoursStore(tx)
                    .add(
                            tenant,
                            new SenderId(sender),
                            new SenderHours(
                                    clock.instant().truncatedTo(ChronoUnit.HOURS),
                                    sent,
                                    0,
                                    0,
                                    failed,
                                    0,
                                    Duration.ofMillis(sent * 200L)));
            return true;
        });
    }

    @Test
    void aSettingThatBreaksItsRuleIsNamed() {
        String path = API + "/pools/" + master("Sales");
        refused(
                acme.put(path, Map.of("strategy", "fastest")),
                400,
                "strategy must be round-robin, weighted, least-loaded, priority, random-two or region");
        refused(acme.put(path, Map.of("uncertain", "guess")), 400, "uncertain must be ask or resend");
        refused(acme.put(path, Map.of("warmUp", "pool")), 400, "warmUp must be on or off");
        refused(acme.put(path, Map.of("pairBurst", 3)), 400, "pairBurst needs pairSeconds");
        refused(acme.put(path, Map.of("pairSeconds", 9_999)), 400, "pairSeconds must be between 1 and 3600");
        refused(acme.put(path, Map.of("quietFrom", "22:00")), 400, "quietUntil must be a time such as 07:30");
        refused(
                acme.put(path, Map.of("quietFrom", "25:00", "quietUntil", "07:00")),
                400,
                "quietFrom must be a time such as 07:30");
        refused(acme.put(path, Map.of("timeZone", "Mars/Base")), 400, "timeZone must be a name such as Asia/Dubai");
        refused(acme.put(path, Map.of("mostWaiting", 0)), 400, "mostWaiting must be between 1 and 1000000");
        assertThat(data(acme.get(path)).at("/settings/mostWaiting").asInt()).isEqualTo(10_000);
    }

    @Test
    void poolsAreListedPageByPage() {
        String one = master("One");
        clock.forward(Duration.ofMillis(1));
        String two = master("Two");
        clock.forward(Duration.ofMillis(1));
        String three = master("Three");

        JsonNode first = data(acme.get(API + "/pools?limit=2"));
        assertThat(ids(first.path("pools"))).containsExactly(one, two);
        JsonNode rest = data(acme.get(
                API + "/pools?limit=2&after=" + first.path("nextCursor").asText()));
        assertThat(ids(rest.path("pools"))).containsExactly(three);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void whatHappenedIsListedAndWhatWasDoneIsCounted() {
        String sales = master("Sales");
        String desk = servant(sales, phone());
        counted(desk, 4, 1);
        for (int i = 1; i <= 3; i++) {
            event(sales, desk, "Event " + i);
        }
        event(sales, sales, "Of the master");

        JsonNode first = data(acme.get(API + "/senders/" + desk + "/events?limit=2"));
        assertThat(first.path("events").findValuesAsText("title")).containsExactly("Event 3", "Event 2");
        JsonNode rest = data(acme.get(API + "/senders/" + desk + "/events?limit=2&after="
                + first.path("nextCursor").asText()));
        assertThat(rest.path("events").findValuesAsText("title")).containsExactly("Event 1");
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(data(acme.get(API + "/pools/" + sales + "/events"))
                        .path("events")
                        .findValuesAsText("title"))
                .containsExactly("Of the master", "Event 3", "Event 2", "Event 1");

        JsonNode metrics = data(acme.get(API + "/senders/" + desk + "/metrics?hours=1"));
        assertThat(metrics.at("/total/sent").asLong()).isEqualTo(4);
        assertThat(metrics.at("/total/averageMs").asLong()).isEqualTo(200);
        assertThat(metrics.path("hours")).hasSize(1);
        clock.forward(Duration.ofHours(2));
        assertThat(data(acme.get(API + "/senders/" + desk + "/metrics?hours=1")).path("hours"))
                .isEmpty();
        refused(acme.get(API + "/senders/" + desk + "/metrics?hours=0"), 400, "hours must be a number from 1 to 8784");
    }

    private void event(String pool, String sender, String title) {
        database.write(tx -> {
            new SenderEventStore(tx)
                    .insert(
                            tenant,
                            new SenderEvent(
                                    new UUID(0x0193_0000_0000_7000L | (long) PHONE.incrementAndGet() << 16, 1),
                                    new SenderId(pool),
                                    new SenderId(sender),
                                    SenderEvent.Tone.INFO,
                                    title,
                                    "",
                                    clock.instant()));
            return true;
        });
    }

    /// Members of a workspace have no access to pools, nor do people acting for a brand.
    @Test
    void membersAndBrandsAreRefusedOnEveryRoute() {
        String sales = master("Sales");
        String desk = servant(sales, phone());
        var softly = new SoftAssertions();
        TestClient member = TestClient.of(world.salesAdmin()).cookieAsBearer();
        List<Route> routes = Routes.all().stream()
                .filter(route -> route.path().matches(API + "/(masters|servants|senders|pools|inbound)(/.*)?"))
                .toList();
        assertThat(routes).hasSizeGreaterThan(25);
        for (Route route : routes) {
            String path = route.path()
                    .replace("{masterId}", sales)
                    .replaceAll("\\{(servant|sender)Id}", desk)
                    .replaceAll("\\{(decision|message)Id}", UUID.randomUUID().toString());
            Answer ofMember = send(member, route, path);
            softly.assertThat(ofMember.status()).as("%s: %s", route, ofMember).isEqualTo(403);
            Answer ofBrand = send(acme, route, path + "?as=" + world.north().username());
            boolean isFile = route.path().endsWith("/file"); // which its own account alone finds
            softly.assertThat(ofBrand.status()).as("%s: %s", route, ofBrand).isEqualTo(isFile ? 404 : 403);
        }
        softly.assertAll();
        assertThat(data(acme.get(API + "/senders")).path("senders")).hasSize(2);
    }

    private static Answer send(TestClient client, Route route, String path) {
        return switch (route.verb()) {
            case "GET" -> client.get(path);
            case "DELETE" -> client.delete(path);
            default -> client.json(route.verb(), path, "{}");
        };
    }
}
