package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.webhooks.EndpointOwner;
import dev.banyan.platform.webhooks.EventType;
import dev.banyan.platform.webhooks.MakerChecks;
import dev.banyan.platform.webhooks.Webhooks;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Someone who left an account, or has fewer rights there, still gets what they set up while they had them: events,
/// alerts by mail, a brand that they offered to themselves.
@QuarkusTest
class HearingOnAfterLeavingTest {

    private static final String ROUTE = "/api/admin/webhooks";

    @Inject
    TestWorld world;

    @Inject
    Webhooks webhooks;

    @Inject
    MakerChecks checks;

    @Inject
    Database database;

    private final HookReceiver receiver = new HookReceiver();
    private TestClient acme = TestClient.anonymous();
    private TestClient solo = TestClient.anonymous();

    @BeforeEach
    void listen() {
        List.of(world.acme(), world.solo()).forEach(world::confirm);
        acme = TestClient.of(world.acme());
        solo = TestClient.of(world.solo());
    }

    @AfterEach
    void stop() {
        receiver.close();
        world.sql("DELETE FROM webhook_endpoints");
        acme.post("/api/admin/UserManagerRemove", solo());
    }

    private Map<String, Object> solo(Object... more) {
        var body = new LinkedHashMap<String, Object>();
        body.put("UserId", world.solo().account().toString());
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i].toString(), more[i + 1]);
        }
        return body;
    }

    private void soloJoinsAs(String role, boolean workspaces) {
        Answer invited = acme.form(
                "/admin/users/people",
                Map.of("as", world.acme().username(), "email", world.solo().email(), "role", role, "scope", "all"));
        assertThat(invited.status()).as(invited.text()).isEqualTo(303);
        Answer accepted = solo.post(
                "/api/admin/UserManagerRespond",
                Map.of("FromUserId", world.acme().account().toString(), "State", "accepted"));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        if (workspaces) {
            assertThat(acme.post("/api/admin/UserManagerUpdate", solo("workspaces", true))
                            .status())
                    .isEqualTo(200);
        }
    }

    private void soloGoes() {
        Answer removed = acme.post("/api/admin/UserManagerRemove", solo());
        assertThat(removed.status()).as(removed.toString()).isEqualTo(200);
    }

    private String ofWorkspace() {
        return "/api"
                + WorkspacePaths.workspace(
                        world.sales().project(), world.sales().id()) + "/webhooks";
    }

    private String made(String route) {
        Answer made = solo.post(
                route + "?UserId=" + world.acme().account(), Map.of("url", receiver.url(), "events", List.of("*")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().findValue("id").asText();
    }

    private void tell(String type, Optional<String> workspace) {
        database.write(tx -> {
            webhooks.tell(
                    tx,
                    new EndpointOwner(
                            new Owner(world.acme().account(), world.acme().account()), workspace),
                    type,
                    type,
                    () -> Map.of("id", type));
            return type;
        });
    }

    private boolean isOn(String id) {
        return world.count("SELECT count(*) FROM webhook_endpoints WHERE id = ? AND is_active = 1", id) == 1;
    }

    private long mails(String words) {
        return world.count(
                "SELECT count(*) FROM mails WHERE recipient = ? AND body LIKE ?",
                world.acme().email(),
                "%" + words + "%");
    }

    @Test
    void aManagersWebhookOfAWorkspaceWaitsForTheOwner() {
        soloJoinsAs("manager", true);
        String id = made(ofWorkspace());
        String sales = world.sales().id().value();
        tell("workspace.updated", Optional.of(sales));
        Eventually.until(receiver::types, types -> types.equals(List.of("workspace.updated")));

        soloGoes();
        assertThat(isOn(id)).isFalse();
        tell("workspace.deleted", Optional.of(sales));
        String reason = "Set up by " + world.solo().email();
        assertThat(acme.get(ofWorkspace()).text()).contains(reason);
        assertThat(mails(reason)).isEqualTo(1);
        assertThat(world.count(
                        "SELECT count(*) FROM audit_events WHERE action = 'WebhookSwitchedOff' AND target = ?", id))
                .isEqualTo(1);

        String page =
                WorkspacePaths.workspace(world.sales().project(), world.sales().id()) + "/webhooks/" + id;
        TestClient pages = acme.onPagesOf(world.acme());
        assertThat(pages.get(page + "?as=" + world.acme().username()).text()).contains(reason, "Turn on in your name");
        assertThat(pages.form(page + "/takeover", "as", world.acme().username()).location())
                .contains("done=webhook-taken-over");
        assertThat(isOn(id)).isTrue();
        tell("workspace.restored", Optional.of(sales));
        Eventually.until(receiver::types, types -> types.contains("workspace.restored"));
        assertThat(receiver.types()).doesNotContain("workspace.deleted");
        checks.checkAll();
        assertThat(isOn(id)).as("it is the owner’s now").isTrue();
    }

    @Test
    void itEndsWithTheRightToo() {
        soloJoinsAs("manager", true);
        String id = made(ofWorkspace());
        assertThat(acme.post("/api/admin/UserManagerUpdate", solo("workspaces", false))
                        .status())
                .isEqualTo(200);
        assertThat(isOn(id)).isFalse();

        assertThat(acme.post("/api/admin/UserManagerUpdate", solo("workspaces", true))
                        .status())
                .isEqualTo(200);
        assertThat(isOn(id)).as("it waits for a decision").isFalse();
    }

    @Test
    void anOwnersWebhookOfTheAccountEndsWithTheOwnership() {
        soloJoinsAs("owner", false);
        String id = made(ROUTE);
        assertThat(acme.post("/api/admin/UserManagerUpdate", solo("role", "user_manager"))
                        .status())
                .isEqualTo(200);
        assertThat(isOn(id)).isFalse();
        assertThat(mails("Set up by " + world.solo().email())).isPositive();
    }

    /// Whatever has taken the right away: nothing is sent any more.
    @Test
    void nothingIsSentToThoseWhoseRightEndedWithoutAWord() {
        soloJoinsAs("owner", false);
        String id = made(ROUTE);
        world.sql(
                "DELETE FROM memberships WHERE tenant_id = ? AND identity_id = ?",
                world.acme().account().toString(),
                world.solo().identity().toString());
        tell("page.created", Optional.empty());
        Eventually.until(() -> isOn(id), on -> !on);
        assertThat(receiver.types()).isEmpty();
    }

    @Test
    void nobodyRepointsTheWebhookOfAnotherAndLeavesItBehind() {
        String id = acme.post(ROUTE, Map.of("url", "http://127.0.0.1:9/first", "events", List.of("*")))
                .json()
                .at("/webhook/id")
                .asText();
        soloJoinsAs("owner", false);
        Answer repointed = solo.put(
                ROUTE + "/" + id + "?UserId=" + world.acme().account(),
                Map.of("url", receiver.url(), "events", List.of("*"), "active", true));
        assertThat(repointed.status()).as(repointed.toString()).isEqualTo(200);
        tell("page.created", Optional.empty());
        Eventually.until(receiver::types, types -> types.contains("page.created"));

        soloGoes();
        assertThat(isOn(id)).isFalse();
    }

    @Test
    void changingItsEventsDoesNotMakeItAnothers() {
        soloJoinsAs("owner", false);
        String id = made(ROUTE);
        acme.put(ROUTE + "/" + id, Map.of("url", receiver.url(), "events", List.of("page.*"), "active", true));
        soloGoes();
        assertThat(isOn(id)).as("the address is Solo’s").isFalse();
    }

    @Test
    void whatIsNotKnownToBeAPersonsIsOff() {
        String id = acme.post(ROUTE, Map.of("url", receiver.url(), "events", List.of("*")))
                .json()
                .at("/webhook/id")
                .asText();
        world.sql("UPDATE webhook_endpoints SET set_up_by_identity_id = NULL");
        tell("page.created", Optional.empty());
        Eventually.until(() -> isOn(id), on -> !on);
        assertThat(receiver.types()).isEmpty();
        assertThat(mails("We don’t know who set it up")).isPositive();
    }

    @Test
    void nothingIsSentWhileTheAccountIsSuspended() {
        acme.post(ROUTE, Map.of("url", receiver.url(), "events", List.of("*")));
        world.sql(
                "UPDATE accounts SET status = 'suspended' WHERE id = ?",
                world.acme().account().toString());
        try {
            tell("page.created", Optional.empty());
            Eventually.until(
                    () -> world.count("SELECT count(*) FROM webhook_endpoints WHERE resumes_at > 0"),
                    paused -> paused == 1);
            assertThat(receiver.types()).isEmpty();
            assertThat(world.count("SELECT count(*) FROM webhook_endpoints WHERE is_active = 1"))
                    .isEqualTo(1);
        } finally {
            world.sql(
                    "UPDATE accounts SET status = 'active' WHERE id = ?",
                    world.acme().account().toString());
        }
    }

    /// An owner hears all; who works on workspaces hears of a workspace what they can open there.
    @Test
    void whatArrivesIsWhatTheMakerCanRead() {
        String sales = world.sales().id().value();
        soloJoinsAs("manager", true);
        made(ofWorkspace());
        var ofOwner = new HookReceiver();
        try (ofOwner) {
            List<String> all = List.of("*", "page.viewed", "link.clicked", "short_link.clicked");
            acme.post(ROUTE, Map.of("url", ofOwner.url(), "events", all));
            for (EventType type : EventType.all()) {
                boolean isOfWorkspace =
                        type.name().startsWith("workspace.") || type.name().startsWith("conversation.");
                tell(type.name(), isOfWorkspace ? Optional.of(sales) : Optional.empty());
            }
            Eventually.until(
                    ofOwner::types, types -> types.size() == EventType.all().size());
            long ofSales = EventType.all().stream()
                    .filter(type ->
                            type.name().startsWith("workspace.") || type.name().startsWith("conversation."))
                    .count();
            Eventually.until(receiver::types, types -> types.size() == ofSales);
            assertThat(receiver.types())
                    .allMatch(type -> type.startsWith("workspace.") || type.startsWith("conversation."));
        }
    }

    @Test
    void anOfferOfABrandEndsWithItsMaker() {
        soloJoinsAs("owner", false);
        Answer offered = solo.post(
                "/api/admin/TransferSubAccount?UserId=" + world.acme().account(),
                Map.of(
                        "subAccountId", world.south().id().toString(),
                        "to", world.rival().username(),
                        "password", TestWorld.PASSWORD));
        assertThat(offered.status()).as(offered.toString()).isBetween(200, 201);
        soloGoes();
        assertThat(world.select(
                        "SELECT state FROM account_moves WHERE moved_account_id = ?",
                        world.south().id().toString()))
                .containsExactly("canceled");
    }

    /// What works for all stays, so the owners are told what it is.
    @Test
    void theOwnersAreToldWhatWasSetUpForAll() {
        soloJoinsAs("manager", true);
        Answer changed = solo.put(
                "/api"
                        + WorkspacePaths.workspace(
                                world.sales().project(), world.sales().id())
                        + "/mail?UserId=" + world.acme().account(),
                Map.of(
                        "host", "127.0.0.1",
                        "port", 9,
                        "security", "none",
                        "from", "sales@acme.example",
                        "fromName", "Sales"));
        Answer added = solo.post(
                "/api"
                        + WorkspacePaths.workspace(
                                world.sales().project(), world.sales().id())
                        + "/users?UserId=" + world.acme().account(),
                Map.of(
                        "username", "solos_way_in",
                        "email", "way-in@example.com",
                        "password", "correct horse battery staple",
                        "role", "admin"));
        assertThat(List.of(changed.status(), added.status()))
                .as(changed + " " + added)
                .containsAnyOf(200, 201);
        soloGoes();
        assertThat(mails("Make sure that its addresses and logins are yours")).isEqualTo(1);
    }

    @Test
    void anOwnerWhoBecomesAManagerLeavesNothingUnsaid() {
        soloJoinsAs("owner", false);
        Answer invited = solo.form(
                "/admin/users/people",
                Map.of("as", world.acme().username(), "email", "way-in@example.com", "role", "owner", "scope", "all"));
        assertThat(invited.status()).as(invited.text()).isEqualTo(303);
        Answer added = solo.post(
                "/api/whatsapp/proxies?UserId=" + world.acme().account(),
                Map.of("name", "Quiet", "kind", "socks5", "host", "127.0.0.1", "port", 1080));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        Answer renamed = solo.put(
                "/api/admin/UpdateSubAccount?UserId=" + world.acme().account(),
                Map.of("subAccountId", world.south().id().toString(), "internalLabel", "S"));
        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
        Answer heard = solo.put(
                "/api/admin/UpdateSubAccount?UserId=" + world.acme().account(),
                Map.of("subAccountId", world.north().id().toString(), "email", "way-in@example.com"));
        assertThat(heard.status()).as(heard.toString()).isEqualTo(200);

        assertThat(acme.post("/api/admin/UserManagerUpdate", solo("role", "user_manager", "workspaces", true))
                        .status())
                .isEqualTo(200);
        String all = world.solo().email() + " has fewer rights in “";
        assertThat(mails(all + "%way-in@example.com as owner")).isEqualTo(1);
        assertThat(mails(all + "%Quiet")).as("they may still work on proxies").isZero();

        soloGoes();
        String left = world.solo().email() + " is no longer a member of “%Make sure";
        assertThat(mails(left + "%Added a proxy: Quiet")).isEqualTo(1);
        assertThat(mails(left + "%Changed the brand “" + world.north().username()))
                .isEqualTo(1);
        assertThat(mails(left + "%Changed the brand “" + world.south().username()))
                .isZero();
    }

    @Test
    void alertsByMailEndWithTheRight() {
        soloJoinsAs("manager", true);
        world.sql(
                "INSERT INTO alert_recipients (tenant_id, identity_id, every_minutes, mailed_id, next_at, unmailed)"
                        + " VALUES (?, ?, 60, '0', 0, 0)",
                world.acme().account().toString(),
                world.solo().identity().toString());
        acme.post(
                "/api/admin/UserManagerUpdate",
                solo("scope", "listed", "subAccounts", List.of(world.south().username())));
        assertThat(world.count(
                        "SELECT count(*) FROM alert_recipients WHERE identity_id = ?",
                        world.solo().identity().toString()))
                .isZero();
    }
}
