package dev.banyan.accounts.brands;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The seed's requests and responses for suspending, deleting and restoring sub-accounts, literally.
@QuarkusTest
class SubAccountLifeResourceTest {

    private static final String NOT_MANAGED = "{\"error\":\"Unauthorized: You do not manage this sub-account\"}";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
    }

    private Answer update(Map<String, ?> change) {
        var body = new HashMap<String, Object>(change);
        body.put("subAccountId", world.north().id());
        return acme.put("/admin/UpdateSubAccount", body);
    }

    private static Answer status(TestClient client, Object id, String status) {
        return client.post("/admin/UpdateSubAccountStatus", Map.of("subAccountId", id, "status", status));
    }

    private static Answer delete(TestClient client, Object id) {
        return client.json("DELETE", "/admin/DeleteSubAccount", Map.of("subAccountId", id, "confirmDelete", true));
    }

    private static Answer restore(TestClient client, Object id) {
        return client.post("/admin/RestoreSubAccount", Map.of("subAccountId", id));
    }

    private JsonNode listed(String query) {
        Answer answer = acme.get("/admin/GetSubAccounts" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> names(JsonNode json) {
        return json.path("subAccounts").findValuesAsText("username");
    }

    private long used() {
        return world.count(
                "SELECT used FROM account_usage WHERE quota = 'sub_accounts' AND account_id = ?",
                world.acme().account().toString());
    }

    private List<String> audited(TestWorld.Brand brand) {
        return world.select(
                "SELECT action FROM audit_events WHERE target = ? ORDER BY id",
                brand.id().toString());
    }

    private String activeName(TestClient client) {
        return client.get("/api/admin/GetActiveContext")
                .json()
                .at("/activeContext/username")
                .asText();
    }

    // Update

    @Test
    void anUpdateAnswersAsTheSeedSays() {
        Answer answer = update(Map.of(
                "displayName", "Updated Client Name",
                "email", "NewEmail@example.com",
                "bio", "Updated bio",
                "internalLabel", "Updated Label",
                "notes", "Updated notes",
                "type", "brand",
                "notify", "both"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("message").asText()).isEqualTo("Sub-account updated successfully");
        JsonNode sub = answer.json().path("subAccount");
        assertThat(sub.path("displayName").asText()).isEqualTo("Updated Client Name");
        assertThat(sub.path("email").asText()).isEqualTo("newemail@example.com");
        assertThat(sub.path("bio").asText()).isEqualTo("Updated bio");
        assertThat(sub.path("internalLabel").asText()).isEqualTo("Updated Label");
        assertThat(sub.path("notes").asText()).isEqualTo("Updated notes");
        assertThat(sub.path("type").asText()).isEqualTo("brand");
        assertThat(sub.path("notify").asText()).isEqualTo("both");
        assertThat(listed("").path("subAccounts").path(0)).isEqualTo(sub);
        assertThat(world.select(
                        "SELECT details FROM audit_events WHERE action = 'SubAccountUpdated' AND target = ?",
                        world.north().id().toString()))
                .singleElement()
                .satisfies(details -> assertThat(details)
                        .contains("displayName, email, bio, internalLabel, notes, type, notify")
                        .doesNotContain("Updated notes"));
    }

    @Test
    void whatIsAbsentStaysAndWhatIsEmptyIsCleared() {
        update(Map.of("email", "a@example.com", "bio", "Bio", "internalLabel", "L", "notes", "N", "notify", "parent"));
        JsonNode kept = update(Map.of("displayName", "Only this")).json().path("subAccount");
        assertThat(kept.path("email").asText()).isEqualTo("a@example.com");
        assertThat(kept.path("notes").asText()).isEqualTo("N");
        JsonNode cleared = update(Map.of("email", "", "bio", "", "internalLabel", "", "notes", " ", "notify", ""))
                .json()
                .path("subAccount");
        assertThat(TestClient.keys(cleared)).doesNotContain("email", "bio", "internalLabel", "notes", "notify");
        assertThat(cleared.path("displayName").asText()).isEqualTo("Only this");
    }

    @Test
    void aFormerUsernameLeadsOnAndIsNobodyElses() {
        acme.post("/admin/CreatePage?subAccountId=" + world.north().id(), Map.of("slug", "main", "name", "Main"));
        String old = world.north().username();
        String renamed = world.name("renamed");
        var visitor = TestClient.anonymous();
        assertThat(visitor.get("/" + old).status()).isEqualTo(200);
        assertThat(update(Map.of("username", old.toUpperCase(Locale.ROOT), "displayName", "Same"))
                        .status())
                .isEqualTo(200);

        Answer answer = update(Map.of("username", renamed.toUpperCase(Locale.ROOT)));
        assertThat(answer.json().path("subAccount").path("username").asText())
                .as(answer.toString())
                .isEqualTo(renamed);
        assertThat(names(listed("?search=" + renamed))).containsExactly(renamed);

        assertThat(visitor.get("/" + renamed + "/main").text()).contains("Same");
        Answer led = visitor.get("/" + old + "/main?utm_source=qr%20code");
        assertThat(led.status()).isEqualTo(302);
        assertThat(led.location()).endsWith("/" + renamed + "/main?utm_source=qr%20code");
        assertThat(visitor.get("/public/" + old).location()).endsWith("/" + renamed);
        assertThat(visitor.get("/api/public/GetUserProfile?username=" + old).status())
                .isEqualTo(200);

        Map<String, String> another = Map.of("username", old, "displayName", "Other");
        assertThat(acme.post("/admin/CreateSubAccount", another).error()).isEqualTo("Username already taken");
        Answer taken = update(Map.of("username", world.rival().username()));
        assertThat(taken.error()).isEqualTo("Username already taken");
        assertThat(taken.json().path("field").asText()).isEqualTo("username");
        assertThat(update(Map.of("username", "admin")).error()).isEqualTo("Username already taken");

        assertThat(update(Map.of("username", old)).status()).as("back again").isEqualTo(200);
        assertThat(visitor.get("/" + old).status()).isEqualTo(200);
        assertThat(visitor.get("/" + renamed).location()).endsWith("/" + old);
        assertThat(audited(world.north())).contains("SubAccountRenamed");
    }

    @Test
    void aUsernameChangesFiveTimesIn90Days() {
        for (int i = 0; i < 5; i++) {
            assertThat(update(Map.of("username", world.name("again" + i))).status())
                    .isEqualTo(200);
        }
        Answer sixth = update(Map.of("username", world.name("again6")));
        assertThat(sixth.error()).isEqualTo("Username was changed 5 times in 90 days");
        assertThat(update(Map.of("username", world.north().username())).status())
                .as("a former one")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "displayName,''",
        "email,nobody",
        "type,person",
        "notify,everybody",
        "bio,LONG",
        "internalLabel,LONG",
        "notes,LONG"
    })
    void aBrokenFieldIsNamed(String field, String value) {
        Answer answer = update(Map.of(field, value.equals("LONG") ? "x".repeat(501) : value));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
        assertThat(audited(world.north())).doesNotContain("SubAccountUpdated");
    }

    @Test
    void visitorsSeeTheNewNameAtOnce() {
        acme.post("/admin/CreatePage?subAccountId=" + world.north().id(), Map.of("slug", "main", "name", "Main"));
        var visitor = TestClient.anonymous();
        assertThat(visitor.get("/" + world.north().username()).text()).contains("North");
        update(Map.of("displayName", "Harbour Bakery"));
        assertThat(visitor.get("/" + world.north().username()).text()).contains("Harbour Bakery");
    }

    // Suspension

    @Test
    void suspensionAnswersAsTheSeedSays() {
        Answer answer = status(acme, world.north().id(), "suspended");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("message").asText()).isEqualTo("Sub-account status updated");
        JsonNode sub = answer.json().path("subAccount");
        assertThat(TestClient.keys(sub)).containsExactly("id", "status", "suspendedAt");
        assertThat(sub.path("status").asText()).isEqualTo("suspended");
        assertThat(sub.path("suspendedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
        assertThat(status(acme, world.north().id(), "suspended").json().path("subAccount"))
                .as("again")
                .isEqualTo(sub);

        JsonNode back = status(acme, world.north().id(), "active").json().path("subAccount");
        assertThat(TestClient.keys(back)).containsExactly("id", "status");
        assertThat(status(acme, world.north().id(), "active").status()).isEqualTo(200);
        assertThat(audited(world.north()))
                .containsExactly("SubAccountCreated", "SubAccountSuspended", "SubAccountReactivated");
        assertThat(used()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "ACTIVE", "", "paused"})
    void otherStatesAreRefused(String status) {
        Answer answer = status(acme, world.north().id(), status);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("status must be active or suspended");
    }

    @Test
    void suspensionAndDeletionEndContextsInAllSessionsForGood() {
        var second = TestClient.withSession(world.newSession(world.acme().email()));
        for (TestClient client : List.of(acme, second)) {
            client.post(
                    "/admin/SwitchToSubAccount",
                    Map.of("subAccountId", world.north().id()));
            assertThat(activeName(client)).isEqualTo(world.north().username());
        }
        status(acme, world.north().id(), "suspended");
        status(acme, world.north().id(), "active");
        assertThat(activeName(acme)).as("until it switches").isEmpty();
        assertThat(activeName(second)).as("until it switches").isEmpty();

        second.post(
                "/admin/SwitchToSubAccount",
                Map.of("subAccountId", world.north().id()));
        delete(acme, world.north().id());
        restore(acme, world.north().id());
        assertThat(activeName(second)).isEmpty();
        second.post("/admin/SwitchToParentAccount", "");
        assertThat(activeName(second)).isEqualTo(world.acme().username());
    }

    @Test
    void aSuspendedOneCannotBeChangedNorEntered() {
        status(acme, world.north().id(), "suspended");
        for (Answer answer : List.of(
                update(Map.of("displayName", "No")),
                acme.post(
                        "/admin/SwitchToSubAccount",
                        Map.of("subAccountId", world.north().id())),
                acme.get("/admin/GetLinks?subAccountId=" + world.north().id()))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).isEqualTo("{\"error\":\"Invalid sub-account\"}");
        }
    }

    @Test
    void visitorsOfASuspendedOneReadThatItIsAwayAndOfADeletedOneNothing() {
        acme.post("/admin/CreatePage?subAccountId=" + world.north().id(), Map.of("slug", "main", "name", "Main"));
        var visitor = TestClient.anonymous();
        for (String path :
                List.of("/" + world.north().username(), "/" + world.north().username() + "/main")) {
            assertThat(visitor.get(path).status()).isEqualTo(200);
            status(acme, world.north().id(), "suspended");
            assertThat(visitor.get(path).status()).as(path).isEqualTo(404);
            assertThat(visitor.get(path).text()).as(path).contains("temporarily unavailable");
            status(acme, world.north().id(), "active");
            assertThat(visitor.get(path).status()).isEqualTo(200);
            delete(acme, world.north().id());
            assertThat(visitor.get(path).status()).as(path).isEqualTo(404);
            assertThat(visitor.get(path).text()).as(path).doesNotContain("temporarily unavailable");
            restore(acme, world.north().id());
            assertThat(visitor.get(path).status()).isEqualTo(200);
        }
    }

    @Test
    void whatThePlanSuspendedNeedsRoomToComeBack() {
        world.plan(world.acme(), Tier.PRO, AgencyPermission.PRO, Map.of(Pack.THREE, 1));
        world.north();
        world.south();
        world.brand(world.acme(), "west", "West");
        TestWorld.Brand fourth = suspendedByPlan();

        Answer full = status(acme, fourth.id(), "active");
        assertThat(full.status()).isEqualTo(400);
        assertThat(full.text())
                .isEqualTo(
                        "{\"error\":\"Sub-account limit reached (upgrade pack or delete sub-accounts)\",\"currentCount\":4,\"maxAllowed\":3}");
        assertThat(listed("?status=suspended")
                        .at("/subAccounts/0/disabledReason")
                        .asText())
                .isEqualTo("Parent subscription quantity reduced");

        delete(acme, world.south().id());
        assertThat(status(acme, fourth.id(), "active").status()).isEqualTo(200);
    }

    /// Creates the state after a downgrade.
    private TestWorld.Brand suspendedByPlan() {
        world.plan(world.acme(), Tier.PRO, AgencyPermission.PRO, Map.of(Pack.TEN, 1));
        TestWorld.Brand brand = world.brand(world.acme(), "fourth", "Fourth");
        world.sql(
                "UPDATE accounts SET status = 'suspended', suspended_by = 'plan', suspended_at = ? WHERE id = ?",
                clock.instant().toEpochMilli(),
                brand.id().toString());
        world.sql(
                "UPDATE packs SET size = 3 WHERE tenant_id = ?",
                world.acme().account().toString());
        return brand;
    }

    // Deletion

    @Test
    void deletionAnswersAsTheSeedSays() {
        Answer answer = delete(acme, world.north().id());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"message\":\"Sub-account deleted successfully\",\"userId\":\""
                        + world.north().id() + "\"}");
        assertThat(used()).isZero();
        assertThat(names(listed(""))).isEmpty();
        JsonNode deleted = listed("?status=deleted").path("subAccounts").path(0);
        assertThat(deleted.path("status").asText()).isEqualTo("deleted");
        assertThat(deleted.has("deletedAt")).isTrue();
        assertThat(delete(acme, world.north().id()).text()).as("again").isEqualTo(NOT_MANAGED);
        assertThat(update(Map.of("displayName", "No")).text()).isEqualTo(NOT_MANAGED);
        assertThat(status(acme, world.north().id(), "active").text()).isEqualTo(NOT_MANAGED);
        assertThat(audited(world.north())).containsExactly("SubAccountCreated", "SubAccountDeleted");
    }

    @Test
    void deletionMustBeConfirmed() {
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of("subAccountId", world.north().id()),
                Map.of("subAccountId", world.north().id(), "confirmDelete", false))) {
            for (String verb : List.of("DELETE", "POST")) {
                Answer answer = acme.json(verb, "/admin/DeleteSubAccount", body);
                assertThat(answer.status()).as(verb + body).isEqualTo(400);
                assertThat(answer.text()).isEqualTo("{\"error\":\"confirmDelete must be true\"}");
            }
        }
        assertThat(acme.json("DELETE", "/admin/DeleteSubAccount", "").status()).isEqualTo(400);
        assertThat(acme.json("DELETE", "/admin/DeleteSubAccount", "{}").error()).isEqualTo("subAccountId is required");
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void theLinkToMeClientDeletesByPost() {
        Answer answer = acme.post(
                "/api/admin/DeleteSubAccount", Map.of("userId", world.north().id()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("userId").asText())
                .isEqualTo(world.north().id().toString());
        assertThat(acme.post(
                                "/api/admin/DeleteSubAccount",
                                Map.of("subAccountId", world.south().id(), "confirmDelete", true))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDeletedOnesNameIsFreeForItsOwnAgencyAlone() {
        delete(acme, world.north().id());
        var body = Map.of("username", world.north().username(), "displayName", "North again");
        Answer stranger = TestClient.of(world.rival()).post("/admin/CreateSubAccount", body);
        assertThat(stranger.status()).isEqualTo(400);
        assertThat(stranger.error()).isEqualTo("Username already taken");
        assertThat(TestClient.anonymous()
                        .post(
                                "/api/register",
                                Map.of(
                                        "username",
                                        world.north().username(),
                                        "email",
                                        world.name("thief") + "@people.example",
                                        "password",
                                        TestWorld.PASSWORD))
                        .status())
                .isNotEqualTo(201);

        Answer own = acme.post("/admin/CreateSubAccount", body);
        assertThat(own.status()).as(own.toString()).isEqualTo(200);
        Answer back = restore(acme, world.north().id());
        assertThat(back.status()).isEqualTo(400);
        assertThat(back.text()).isEqualTo("{\"error\":\"Username already taken\"}");
        assertThat(used()).isEqualTo(1);

        delete(acme, own.json().path("userId").asText());
        assertThat(restore(acme, world.north().id()).status()).isEqualTo(200);
        assertThat(activeAfterSwitch(world.north())).isEqualTo(world.north().username());
    }

    /// The one that had the name first gets it back as soon as the other has another, not 90 days later.
    @Test
    void aDeletedOneComesBackUnderANameThatAnotherGaveUp() {
        String name = world.north().username();
        delete(acme, world.north().id());
        Answer other = acme.post("/admin/CreateSubAccount", Map.of("username", name, "displayName", "Other"));
        String id = other.json().path("userId").asText();
        assertThat(acme.put("/admin/UpdateSubAccount", Map.of("subAccountId", id, "username", world.name("renamed")))
                        .status())
                .isEqualTo(200);
        assertThat(acme.post("/admin/CreateSubAccount", Map.of("username", name, "displayName", "Third"))
                        .error())
                .as("it leads on to the other until then")
                .isEqualTo("Username already taken");

        Answer back = restore(acme, world.north().id());
        assertThat(back.status()).as(back.toString()).isEqualTo(200);
        assertThat(activeAfterSwitch(world.north())).isEqualTo(name);
        assertThat(used()).isEqualTo(2);
    }

    private String activeAfterSwitch(TestWorld.Brand brand) {
        return acme.post("/admin/SwitchToSubAccount", Map.of("subAccountId", brand.id()))
                .json()
                .at("/activeContext/username")
                .asText();
    }

    // Restoration

    @Test
    void aRestoredOneIsWhatItWas() {
        acme.post("/admin/CreatePage?subAccountId=" + world.north().id(), Map.of("slug", "main", "name", "Main"));
        delete(acme, world.north().id());
        Answer answer = restore(acme, world.north().id());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("message").asText()).isEqualTo("Sub-account restored successfully");
        JsonNode sub = answer.json().path("subAccount");
        assertThat(sub.path("status").asText()).isEqualTo("active");
        assertThat(sub.path("pageCount").asLong()).isEqualTo(1);
        assertThat(sub.has("deletedAt")).isFalse();
        assertThat(used()).isEqualTo(1);

        status(acme, world.north().id(), "suspended");
        delete(acme, world.north().id());
        assertThat(restore(acme, world.north().id())
                        .json()
                        .at("/subAccount/status")
                        .asText())
                .as("its agency had suspended it")
                .isEqualTo("suspended");
        Answer again = restore(acme, world.north().id());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.error()).isEqualTo("This sub-account isn’t deleted");
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void restorationNeedsAFreePlace() {
        world.plan(world.acme(), Tier.PRO, AgencyPermission.PRO, Map.of(Pack.THREE, 1));
        delete(acme, world.north().id());
        world.south();
        world.brand(world.acme(), "west", "West");
        world.brand(world.acme(), "middle", "Middle");
        Answer answer = restore(acme, world.north().id());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .isEqualTo(
                        "{\"error\":\"Sub-account limit reached (upgrade pack or delete sub-accounts)\",\"currentCount\":3,\"maxAllowed\":3}");
        world.tier(world.acme(), Tier.PRO);
        assertThat(restore(acme, world.north().id()).error())
                .isEqualTo("No agency permission (purchase agency add-on required)");
    }

    @Test
    void after30DaysNothingComesBack() {
        delete(acme, world.north().id());
        delete(acme, world.south().id());
        world.sql(
                "UPDATE accounts SET deleted_at = ? WHERE id = ?",
                clock.instant().minus(Duration.ofDays(30)).toEpochMilli(),
                world.north().id().toString());
        world.sql(
                "UPDATE accounts SET deleted_at = ? WHERE id = ?",
                clock.instant().minus(Duration.ofDays(30)).plusSeconds(60).toEpochMilli(),
                world.south().id().toString());
        assertThat(restore(acme, world.north().id()).text()).isEqualTo(NOT_MANAGED);
        assertThat(restore(acme, world.south().id()).status()).isEqualTo(200);
    }

    // Permissions

    @Test
    void othersFindNothing() {
        var rival = TestClient.of(world.rival());
        for (Object id : List.of(
                world.north().id(),
                world.north().username(),
                world.acme().account(),
                world.rival().account(),
                "nonsense",
                "018f0000-0000-7000-8000-000000000000")) {
            for (Answer answer : List.of(
                    rival.put("/admin/UpdateSubAccount", Map.of("subAccountId", id, "displayName", "Mine")),
                    status(rival, id, "suspended"),
                    delete(rival, id),
                    rival.post("/admin/DeleteSubAccount", Map.of("userId", id)),
                    restore(rival, id))) {
                assertThat(answer.status()).as("%s", id).isEqualTo(404);
                assertThat(answer.text()).as("%s", id).isEqualTo(NOT_MANAGED);
            }
        }
        assertThat(audited(world.north())).containsExactly("SubAccountCreated");
    }

    @Test
    void theSessionsContextDoesNotMatter() {
        world.north();
        acme.post(
                "/admin/SwitchToSubAccount",
                Map.of("subAccountId", world.south().id()));
        assertThat(names(listed(""))).contains(world.north().username());
        assertThat(status(acme, world.north().id(), "suspended").status()).isEqualTo(200);
        assertThat(acme.post(
                                "/admin/CreateSubAccount?UserId="
                                        + world.south().id(),
                                Map.of("username", world.name("west"), "displayName", "West"))
                        .json()
                        .at("/subAccount/parentAccountId")
                        .asText())
                .isEqualTo(world.acme().account().toString());
        assertThat(delete(acme, world.south().id()).status()).isEqualTo(200);
        assertThat(activeName(acme)).as("until it switches").isEmpty();
        assertThat(status(acme, world.north().id(), "active").status())
                .as("the body names the target, and above the context is still the agency")
                .isEqualTo(200);
    }

    // The list

    @Test
    void theListFiltersAndSorts() {
        world.north();
        world.south();
        world.brand(world.acme(), "alpha", "Alpha");
        status(acme, world.south().id(), "suspended");
        delete(acme, world.north().id());
        String north = world.north().username();
        String south = world.south().username();
        String alpha = world.name("alpha");

        assertThat(names(listed(""))).containsExactly(alpha, south);
        assertThat(names(listed("?status=active"))).containsExactly(alpha);
        assertThat(names(listed("?status=suspended"))).containsExactly(south);
        assertThat(names(listed("?status=deleted"))).containsExactly(north);
        assertThat(names(listed("?status=all&sort=oldest"))).containsExactly(north, south, alpha);
        assertThat(names(listed("?status=all&sort=username"))).containsExactly(alpha, north, south);
        assertThat(listed("?limit=1").path("total").asInt()).as("of all pages").isEqualTo(2);
        for (String sort : List.of("newest", "oldest", "username")) {
            var seen = new java.util.ArrayList<String>();
            JsonNode page = listed("?status=all&limit=1&sort=" + sort);
            seen.addAll(names(page));
            while (page.has("nextCursor")) {
                page = listed("?status=all&limit=1&sort=" + sort + "&after="
                        + page.path("nextCursor").asText());
                seen.addAll(names(page));
            }
            assertThat(seen).as(sort).isEqualTo(names(listed("?status=all&sort=" + sort)));
        }
        for (String bad : List.of("status=asleep", "sort=colour")) {
            Answer answer = acme.get("/admin/GetSubAccounts?" + bad);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error()).startsWith(bad.substring(0, bad.indexOf('=')) + " must be");
        }
    }

    // Names

    @Test
    void aNameIsCheckedAsCreationWouldCheckIt() {
        String free = world.name("fresh");
        assertThat(check(free).toString())
                .isEqualTo("{\"username\":\"" + free + "\",\"available\":true,\"suggestions\":[]}");
        JsonNode taken = check(world.north().username().toUpperCase(Locale.ROOT));
        assertThat(taken.path("available").asBoolean(true)).isFalse();
        assertThat(taken.path("reason").asText()).isEqualTo("Username already taken");
        assertThat(taken.path("suggestions").path(0).asText())
                .isEqualTo(world.north().username() + "2");
        assertThat(check("a!").path("reason").asText()).isEqualTo("Invalid username format");
        assertThat(check("admin").path("available").asBoolean(true)).isFalse();
        delete(acme, world.north().id());
        assertThat(check(world.north().username()).path("available").asBoolean())
                .isTrue();
        assertThat(TestClient.anonymous()
                        .get("/api/admin/CheckUsername?username=" + free)
                        .status())
                .isEqualTo(401);
    }

    private JsonNode check(String username) {
        Answer answer = acme.get("/api/admin/CheckUsername?username=" + TestClient.encode(username));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    // Read-only

    @Test
    void aReadOnlyOneIsReadAndNotChanged() {
        acme.post("/admin/CreatePage?subAccountId=" + world.north().id(), Map.of("slug", "main", "name", "Main"));
        world.sql(
                "UPDATE accounts SET suspends_at = ? WHERE id = ?",
                java.time.Instant.parse("2026-12-13T09:00:00Z").toEpochMilli(),
                world.north().id().toString());
        String id = "subAccountId=" + world.north().id();
        String refused = "{\"error\":\"This sub-account is read-only until Dec 13, 2026. Upgrade the plan or delete"
                + " sub-accounts to keep it.\",\"readOnlyUntil\":\"2026-12-13T09:00:00Z\"}";

        assertThat(acme.get("/admin/GetPages?" + id).status()).isEqualTo(200);
        assertThat(acme.get("/admin/GetActiveContext?" + id).status()).isEqualTo(200);
        assertThat(TestClient.anonymous().get("/" + world.north().username()).status())
                .isEqualTo(200);
        assertThat(listed("").at("/subAccounts/0/readOnlyUntil").asText()).isEqualTo("2026-12-13T09:00:00Z");
        assertThat(activeAfterSwitch(world.north())).isEqualTo(world.north().username());
        for (Answer answer : List.of(
                acme.post("/admin/CreatePage?" + id, Map.of("slug", "second", "name", "Second")),
                acme.post("/admin/CreatePage", Map.of("slug", "second", "name", "Second")),
                acme.put("/admin/UpdateLinks?" + id, Map.of()),
                update(Map.of("displayName", "No")))) {
            assertThat(answer.status()).as(answer.toString()).isIn(403, 405);
            if (answer.status() == 403) {
                assertThat(answer.text()).isEqualTo(refused);
            }
        }
        Answer project = acme.post("/api/projects?" + id, Map.of("name", "Atlas"));
        assertThat(project.status()).isEqualTo(403);
        assertThat(project.json().path("success").asBoolean(true)).isFalse();
        assertThat(project.error()).startsWith("This sub-account is read-only until Dec 13, 2026.");
        Answer form = acme.form("/admin/pages", "as", world.north().username(), "name", "Second", "slug", "second");
        assertThat(form.status()).isEqualTo(403);
        assertThat(form.text()).contains("read-only until Dec 13, 2026");
        assertThat(acme.form("/admin/context", "target", world.north().username())
                        .status())
                .isEqualTo(303);
        assertThat(delete(acme, world.north().id()).status()).isEqualTo(200);
        assertThat(restore(acme, world.north().id()).json().at("/subAccount").has("readOnlyUntil"))
                .isFalse();
    }
}
