package dev.banyan.whatsapp.failover;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Failovers in the API, on the board and by the link in a mail. The pool of a banned master has a servant; another
/// linked master can stand in.
@QuarkusTest
class FailoverApiTest {

    private static final String API = "/api/whatsapp";
    private static final AtomicInteger PHONE = new AtomicInteger(700);

    @Inject
    TestWorld world;

    @Inject
    AutomaticFailovers automatic;

    private TestClient acme;
    private AccountId tenant;
    private String pool = "";
    private String other = "";
    private String servant = "";

    @BeforeEach
    void twoPools() {
        acme = TestClient.of(world.acme());
        tenant = world.acme().account();
        world.sql("DELETE FROM senders WHERE role = 'servant' AND tenant_id = ?", tenant.toString());
        world.sql("DELETE FROM senders WHERE tenant_id = ?", tenant.toString());
        world.sql("DELETE FROM pool_states WHERE tenant_id = ?", tenant.toString());
        world.sql("DELETE FROM mails");
        pool = master("Sales");
        other = master("Support");
        servant = created(
                acme.post(API + "/servants", Map.of("master", pool, "phone", phone(), "displayName", "Night desk")));
        link(pool);
        link(other);
    }

    private static String phone() {
        return "+971500000" + PHONE.incrementAndGet();
    }

    private String master(String name) {
        return created(acme.post(API + "/masters", Map.of("displayName", name, "phone", phone())));
    }

    private void link(String master) {
        data(acme.post(API + "/masters/" + master + "/link", ""));
        data(acme.post(API + "/senders/" + master + "/scan", "{}"));
    }

    private void ban(String sender) {
        data(acme.post(API + "/senders/" + sender + "/simulate", Map.of("fault", "ban")));
    }

    private static String created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().at("/data/id").asText();
    }

    private static JsonNode data(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("data");
    }

    private static void refused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
    }

    private String failover() {
        return API + "/pools/" + pool + "/failover";
    }

    private JsonNode state() {
        return data(acme.get(failover()));
    }

    private String page() {
        return "/admin/pools/" + pool + "/failover?as=" + world.acme().username();
    }

    @Test
    void settingsAreReadAndSet() {
        JsonNode before = state();
        assertThat(before.path("policy").asText()).isEqualTo("same-brand-only");
        assertThat(before.path("failBack").asBoolean()).isTrue();
        assertThat(before.path("uncertain").asText()).isEqualTo("ask");
        assertThat(before.path("state").asText()).isEqualTo("normal");
        assertThat(before.at("/detection/checkSeconds").asInt()).isEqualTo(5);
        assertThat(before.has("on") || before.has("since")).isFalse();

        JsonNode after = data(acme.put(
                failover(),
                Map.of(
                        "policy",
                        "auto",
                        "backupMaster",
                        other,
                        "failBack",
                        false,
                        "uncertain",
                        "resend",
                        "spreadMinutes",
                        30,
                        "detection",
                        Map.of("failures", 4))));
        assertThat(after.path("policy").asText()).isEqualTo("auto");
        assertThat(after.path("backupMaster").asText()).isEqualTo(other);
        assertThat(after.path("failBack").asBoolean(true)).isFalse();
        assertThat(after.path("uncertain").asText()).isEqualTo("resend");
        assertThat(after.path("spreadMinutes").asInt()).isEqualTo(30);
        assertThat(after.at("/detection/failures").asInt()).isEqualTo(4);
        assertThat(after.at("/detection/tries").asInt()).isEqualTo(5);
        assertThat(data(acme.get(API + "/pools/" + pool))
                        .at("/settings/uncertain")
                        .asText())
                .isEqualTo("resend");
        assertThat(data(acme.put(failover(), Map.of("backupMaster", ""))).has("backupMaster"))
                .isFalse();
        assertThat(state().path("policy").asText()).as("what is left out stays").isEqualTo("auto");
    }

    @Test
    void whatIsWrongIsNamedAndChangesNothing() {
        Answer unknown = acme.put(failover(), Map.of("policy", "auto", "replacement", other));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text()).contains("replacement");
        Answer nested = acme.put(failover(), Map.of("detection", Map.of("checks", 3)));
        assertThat(nested.status()).isEqualTo(400);
        assertThat(nested.text()).contains("checks");
        refused(
                acme.put(failover(), Map.of("policy", "ask")),
                400,
                "policy must be auto, same-brand-only or never-silent");
        refused(acme.put(failover(), Map.of("uncertain", "no")), 400, "uncertain must be ask or resend");
        refused(
                acme.put(failover(), Map.of("policy", "auto", "backupMaster", pool)),
                400,
                "backupMaster must be another master of this account");
        refused(
                acme.put(failover(), Map.of("detection", Map.of("checkSeconds", 0))),
                400,
                "checkSeconds must be between 1 and 300");
        refused(acme.put(failover(), Map.of("spreadMinutes", 1441)), 400, "spreadMinutes must be between 0 and 1440");
        assertThat(state().path("policy").asText()).isEqualTo("same-brand-only");

        refused(acme.post(failover() + "/back", ""), 409, "No other pool stands in for this one.");
        refused(acme.post(failover() + "/start", Map.of("to", pool)), 409, "A pool can’t stand in for itself.");
        refused(acme.post(failover() + "/start", Map.of("to", "nobody")), 404, "Master account not found");
        refused(acme.get(API + "/pools/" + servant + "/failover"), 404, "Master account not found");
        refused(acme.post(failover() + "/decisions/x/approve", ""), 404, "Decision not found");
    }

    @Test
    void aDrillChangesNothingAndByHandItHappens() {
        JsonNode plan = data(acme.post(failover() + "/drill", ""));
        assertThat(plan.path("chosen").asText()).isEqualTo(other);
        assertThat(plan.at("/moved/servants").asInt()).isEqualTo(1);
        assertThat(plan.path("rules").isEmpty()).isFalse();
        assertThat(data(acme.get(failover() + "/decisions")).path("decisions").isEmpty())
                .isTrue();

        JsonNode started = data(acme.post(failover() + "/start", Map.of("to", other)));
        assertThat(started.path("outcome").asText()).isEqualTo("done");
        assertThat(started.path("by").asText())
                .isEqualTo(world.acme().identity().toString());
        JsonNode now = state();
        assertThat(now.path("state").asText()).isEqualTo("failed-over");
        assertThat(now.path("on").asText()).isEqualTo(other);
        assertThat(now.has("since")).isTrue();
        JsonNode lent = data(acme.get(API + "/servants/" + servant));
        assertThat(lent.path("master").asText()).isEqualTo(other);
        assertThat(lent.path("lentBy").asText()).isEqualTo(pool);
        refused(acme.post(failover() + "/start", "{}"), 409, "Another pool already stands in for this one.");

        assertThat(data(acme.post(failover() + "/back", "")).path("kind").asText())
                .isEqualTo("failback");
        assertThat(state().path("state").asText()).isEqualTo("normal");
        JsonNode first = data(acme.get(failover() + "/decisions?limit=1"));
        assertThat(first.at("/decisions/0/kind").asText()).isEqualTo("failback");
        JsonNode second = data(acme.get(failover() + "/decisions?limit=1&after="
                + first.path("nextCursor").asText()));
        assertThat(second.at("/decisions/0/kind").asText()).isEqualTo("failover");
        assertThat(second.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void aBrandIsAnsweredByItsOwnPoolsOnly() {
        String brand = world.north().username();
        refused(
                acme.put(API + "/masters/" + pool, Map.of("brand", "unheard-of")),
                400,
                "brand must be the username or id of a sub-account of this account");
        refused(acme.put(API + "/servants/" + servant, Map.of("brand", brand)), 400, "Only masters have a brand");
        assertThat(data(acme.put(API + "/masters/" + pool, Map.of("brand", brand)))
                        .path("brand")
                        .asText())
                .isEqualTo(world.north().id().toString());
        JsonNode plan = data(acme.post(failover() + "/drill", ""));
        assertThat(plan.path("outcome").asText()).isEqualTo("impossible");
        assertThat(plan.at("/rejected/0/candidate").asText()).isEqualTo(other);
        assertThat(plan.at("/rejected/0/why").asText()).isEqualTo("works for another brand");

        acme.put(API + "/masters/" + other, Map.of("brand", world.north().id().toString()));
        assertThat(data(acme.post(failover() + "/drill", "")).path("chosen").asText())
                .isEqualTo(other);
        assertThat(data(acme.put(API + "/masters/" + pool, Map.of("brand", ""))).has("brand"))
                .isFalse();
    }

    /// What they "send" would reach no one.
    @Test
    void theDrillOfARealPoolSaysThatOthersAreSimulated() {
        world.sql("UPDATE senders SET driver = 'waha' WHERE id = ?", pool);
        JsonNode plan = data(acme.post(failover() + "/drill", ""));
        assertThat(plan.path("outcome").asText()).isEqualTo("impossible");
        assertThat(plan.at("/rejected/0/why").asText()).isEqualTo("its numbers are simulated");
        assertThat(acme.get(page() + "&drill=1").text())
                .contains(
                        "its messages would wait: no other pool can stand in.",
                        "<bdi>Support</bdi>: its numbers are simulated");
    }

    @Test
    void thePageOfAPoolSaysThatItsMessagesWaitForRealNumbers() {
        world.sql("UPDATE senders SET driver = 'waha' WHERE id = ?", servant);
        Answer ordered = acme.post(
                API + "/messages", Map.of("master", pool, "to", "+971500000999", "text", "Your order is ready"));
        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        String message = ordered.json().at("/data/id").asText();
        world.sql("UPDATE senders SET driver = 'simulator' WHERE id = ?", servant);
        world.sql("UPDATE outgoing_messages SET due_at = 0 WHERE id = ?", message);
        String messages =
                "/admin/pools/" + pool + "/messages?as=" + world.acme().username();
        Eventually.until(
                () -> acme.get(messages).text(),
                text -> text.contains("This was ordered for real numbers. Simulated ones don’t send it."));
        assertThat(acme.get(page() + "&drill=1").text())
                .contains("1 message waits for real numbers, and the pool has only simulated ones");
    }

    private String proposed() {
        data(acme.put(failover(), Map.of("policy", "never-silent")));
        ban(pool);
        automatic.failed(new SenderKey(tenant, new SenderId(pool)), Duration.ofSeconds(15));
        JsonNode now = state();
        assertThat(now.path("state").asText()).isEqualTo("waiting-for-approval");
        return now.path("decision").asText();
    }

    @Test
    void aProposalIsApprovedOrRefusedOnce() {
        String decision = proposed();
        String about = failover() + "/decisions/" + decision;
        refused(
                acme.post(API + "/pools/" + other + "/failover/decisions/" + decision + "/approve", ""),
                404,
                "Decision not found");
        assertThat(data(acme.post(about + "/refuse", "")).path("outcome").asText())
                .isEqualTo("refused");
        refused(acme.post(about + "/approve", ""), 409, "This was already decided.");
        assertThat(automatic.failed(new SenderKey(tenant, new SenderId(pool)), Duration.ofSeconds(30)))
                .as("not again before it has worked")
                .isEmpty();
        assertThat(state().path("state").asText()).isEqualTo("normal");
    }

    @Test
    void theBoardShowsItAndAsksBeforeItMoves() {
        TestClient board = TestClient.of(world.acme());
        String as = world.acme().username();
        assertThat(board.get(page()).text())
                .contains("If this pool failed now, Support would take over after 15 seconds: 1 servant");
        assertThat(board.get(page() + "&drill=1").text()).contains("Nothing was changed");
        String path = "/admin/pools/" + pool + "/failover";
        assertThat(board.get(path + "/start?as=" + as).text()).contains("Fail over “", "Best choice: Support");
        assertThat(board.form(path + "/start", "as", as, "to", "").status()).isEqualTo(422);
        assertThat(board.form(path + "/start", "as", as, "to", other).status()).isEqualTo(303);
        assertThat(board.get(page()).text())
                .contains("stands in for this pool", "Failed over to Support", "Started by hand.");
        assertThat(board.get("/admin/pools?as=" + as).text()).contains("Failed over to Support");
        assertThat(board.get("/admin/pools/senders/" + pool + "?as=" + as).text())
                .contains("This pool is failed over.");
        assertThat(board.get("/admin/dashboard?as=" + as).text()).contains("1 pool is failed over.");
        assertThat(board.get(path + "/back?as=" + as).text()).contains("Move everything back to “");
        assertThat(board.form(path + "/back", "as", as).status()).isEqualTo(303);
        assertThat(board.form(path + "/back", "as", as).status()).isEqualTo(409);

        Answer bad = board.form(
                path,
                Map.of(
                        "as",
                        as,
                        "policy",
                        "auto",
                        "backupMaster",
                        "",
                        "uncertain",
                        "ask",
                        "spreadMinutes",
                        "x",
                        "checkSeconds",
                        "0",
                        "failures",
                        "3",
                        "recoverySeconds",
                        "30",
                        "tries",
                        ""));
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.text()).contains("Enter a whole number", "Reconnections is required");
        Answer good = board.form(
                path,
                Map.of(
                        "as",
                        as,
                        "policy",
                        "never-silent",
                        "backupMaster",
                        other,
                        "uncertain",
                        "ask",
                        "spreadMinutes",
                        "10",
                        "checkSeconds",
                        "5",
                        "failures",
                        "3",
                        "recoverySeconds",
                        "30",
                        "tries",
                        "5"));
        assertThat(good.status()).as(good.text()).isEqualTo(303);
        assertThat(state().path("backupMaster").asText()).isEqualTo(other);
        assertThat(state().path("failBack").asBoolean(true)).isFalse();
    }

    @Test
    void theBoardApprovesAndTheDashboardAsks() {
        String decision = proposed();
        TestClient board = TestClient.of(world.acme());
        String as = world.acme().username();
        assertThat(board.get("/admin/dashboard?as=" + as).text())
                .contains("“Sales” waits for your approval to fail over.");
        assertThat(board.get(page()).text()).contains("Approve failover", "Proposed: fail over to Support");
        String about = "/admin/pools/" + pool + "/failover/decisions/" + decision;
        assertThat(board.form(about + "/approve", "as", as).status()).isEqualTo(303);
        assertThat(state().path("on").asText()).isEqualTo(other);
        assertThat(board.form(about + "/refuse", "as", as).status()).isEqualTo(409);
        assertThat(board.get(page()).text()).contains("Approved: failed over to Support");
    }

    @Test
    void theLinkInTheMailLeadsToAPageThatAsksAndWorksOnce() {
        world.confirm(world.acme());
        proposed();
        List<String> mails =
                world.select("SELECT body FROM mails WHERE subject = '“Sales” has failed and waits for your approval'");
        assertThat(mails).isNotEmpty();
        Matcher link = Pattern.compile("(/pools/approve\\?token=\\S+)").matcher(mails.getFirst());
        assertThat(link.find()).as(mails.getFirst()).isTrue();
        String token = link.group(1).replaceFirst(".*token=", "");

        TestClient anyone = TestClient.anonymous();
        Answer opened = anyone.get(link.group(1));
        assertThat(opened.status()).as(opened.text()).isEqualTo(200);
        assertThat(opened.text()).contains("Approve failover of", "Support", "1 servant");
        assertThat(state().path("state").asText()).as("opening does nothing").isEqualTo("waiting-for-approval");
        assertThat(anyone.get("/pools/approve?token=" + token + "x").status()).isEqualTo(404);
        assertThat(anyone.form("/pools/approve", "token", token + "x", "act", "approve")
                        .status())
                .isEqualTo(404);
        assertThat(anyone.form("/pools/approve", "token", token, "act", "").status())
                .isEqualTo(422);

        Answer approved = anyone.form("/pools/approve", "token", token, "act", "approve");
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        assertThat(approved.text()).contains("Failover approved");
        assertThat(state().path("state").asText()).isEqualTo("failed-over");
        assertThat(data(acme.get(failover() + "/decisions"))
                        .at("/decisions/0/by")
                        .asText())
                .isEqualTo(world.acme().identity().toString());
        assertThat(anyone.form("/pools/approve", "token", token, "act", "refuse")
                        .status())
                .isEqualTo(409);
        assertThat(anyone.get(link.group(1)).text()).contains("Failover approved");
    }
}
