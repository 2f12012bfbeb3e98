package dev.banyan.workspaces.number;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.TestServer;
import dev.banyan.accounts.AccountContext;
import dev.banyan.whatsapp.Fault;
import dev.banyan.workspaces.NumberClient;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `/api/whatsapp/ws` of the sub-client seed, on the running server.
@QuarkusTest
class NumberSocketTest {

    @Inject
    NumberRooms rooms;

    @Inject
    NumberSocket sockets;

    @Inject
    TestClock clock;

    private Workspace sales;
    private TestClient acme;

    @BeforeEach
    void acmeHasAWorkspace() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
    }

    private String cookie() {
        return "banyan_session=" + rooms.world().acme().token();
    }

    private NumberClient watching() {
        return NumberClient.withCookie(cookie());
    }

    private String create() {
        return acme.post(
                        "/api/whatsapp/client", Map.of("subClientId", sales.id().value()))
                .json()
                .at("/client/id")
                .asText();
    }

    private static String text(JsonNode frame) {
        return frame.toString();
    }

    /* Access. */

    @Test
    void onlyPeopleWhoAreSignedInComeIn() {
        String ours = TestServer.uri().toString();
        assertThat(NumberClient.knock(Map.of("Origin", ours))).isEqualTo(401);
        assertThat(NumberClient.knock(Map.of("Origin", ours, "Cookie", "banyan_session=nonsense")))
                .isEqualTo(401);
        assertThat(NumberClient.knock(Map.of("Origin", ours, "Cookie", cookie())))
                .isEqualTo(101);
        var member = rooms.somebody(sales, WorkspaceRole.ADMIN);
        assertThat(NumberClient.knock(Map.of("Origin", ours, "Cookie", member.cookie())))
                .isEqualTo(101);
        assertThat(NumberClient.knock(Map.of("Authorization", "Bearer " + member.token())))
                .isEqualTo(101);
    }

    @Test
    void pagesOfOtherSitesDoNotComeIn() {
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1")) {
            assertThat(NumberClient.knock(Map.of("Origin", origin, "Cookie", cookie())))
                    .as(origin)
                    .isEqualTo(403);
        }
        for (String site : List.of("cross-site", "same-site")) {
            assertThat(NumberClient.knock(Map.of("Sec-Fetch-Site", site, "Cookie", cookie())))
                    .as(site)
                    .isEqualTo(403);
        }
    }

    /// As on all other routes: only browsers send an origin, and they always do.
    @Test
    void aProgramComesInWithItsCookie() {
        assertThat(NumberClient.knock(Map.of("Cookie", cookie()))).isEqualTo(101);
        assertThat(NumberClient.knock(Map.of())).isEqualTo(401);
    }

    /* Messages. */

    @Test
    void aNumberIsWatchedFromItsFirstCodeToItsLoss() {
        String client = create();
        try (var window = watching()) {
            window.subscribe(sales.id());
            assertThat(text(window.next())).isEqualTo("{\"type\":\"subscribed\"}");
            assertThat(text(window.next()))
                    .isEqualTo("{\"type\":\"status\",\"data\":{\"subClientId\":\"" + sales.id()
                            + "\",\"connected\":false}}");
            JsonNode code = window.next();
            assertThat(TestClient.keys(code)).containsExactly("type", "data");
            assertThat(code.path("type").asText()).isEqualTo("qr_code");
            assertThat(TestClient.keys(code.path("data"))).containsExactly("subClientId", "qrCode");
            assertThat(code.at("/data/qrCode").asText())
                    .isEqualTo(acme.get("/api/whatsapp/qr?clientId=" + client)
                            .json()
                            .path("qrCode")
                            .asText());

            rooms.scan(sales, client, "+971500000101");
            JsonNode connected = window.next();
            assertThat(connected.path("type").asText()).isEqualTo("connected");
            assertThat(TestClient.keys(connected.path("data")))
                    .containsExactly("subClientId", "phone", "connectedAt", "deviceName");
            assertThat(connected.at("/data/subClientId").asText())
                    .isEqualTo(sales.id().value());
            assertThat(connected.at("/data/phone").asText()).isEqualTo("+971500000101");
            assertThat(connected.at("/data/connectedAt").asText()).endsWith("Z");

            rooms.fault(sales, client, Fault.UNLINK);
            assertThat(text(window.next()))
                    .isEqualTo("{\"type\":\"disconnected\",\"data\":{\"subClientId\":\"" + sales.id() + "\"}}");
            window.assertNothingCame();
        }
    }

    @Test
    void aLinkedNumberIsToldWithItsPhone() {
        String client = create();
        rooms.scan(sales, client, "+971500000103");
        try (var window = watching()) {
            window.subscribe(sales.id());
            window.next();
            assertThat(text(window.next()))
                    .isEqualTo("{\"type\":\"status\",\"data\":{\"subClientId\":\"" + sales.id()
                            + "\",\"connected\":true,\"phone\":\"+971500000103\"}}");
        }
    }

    /// The seed's front end may subscribe before there is a client.
    @Test
    void aNumberThatComesLaterIsWatchedToo() {
        try (var window = watching()) {
            window.subscribe(sales.id());
            assertThat(window.next().path("type").asText()).isEqualTo("subscribed");
            window.assertNothingCame();

            String client = create();
            assertThat(window.next().path("type").asText()).isEqualTo("qr_code");

            acme.delete("/api/whatsapp/client?clientId=" + client);
            create();
            assertThat(window.next().path("type").asText()).isEqualTo("qr_code");
        }
    }

    @Test
    void nobodyWatchesWhatIsNotTheirs() {
        create();
        Workspace support = rooms.workspace("Support");
        var neighbour = rooms.somebody(support, WorkspaceRole.ADMIN);
        var rival = "banyan_session=" + rooms.world().rival().token();
        for (String cookie : List.of(neighbour.cookie(), rival)) {
            try (var window = NumberClient.withCookie(cookie)) {
                window.subscribe(sales.id());
                assertThat(text(window.next()))
                        .isEqualTo("{\"type\":\"error\",\"data\":{\"error\":\"Sub-client not found\"}}");
                window.assertNothingCame();
            }
        }
        var user = rooms.somebody(sales, WorkspaceRole.USER);
        try (var window = NumberClient.withCookie(user.cookie())) {
            window.subscribe(sales.id());
            assertThat(window.next().at("/data/error").asText()).contains("admins");
            window.assertNothingCame();
        }
    }

    @Test
    void oneSocketWatchesForTheAgencyAndForAWorkspace() {
        Workspace kitchen = rooms.workspace("Kitchen");
        var admin = rooms.somebody(kitchen, WorkspaceRole.ADMIN);
        try (var window = NumberClient.withCookie(cookie() + "; " + admin.cookie())) {
            window.subscribe(sales.id());
            assertThat(window.next().path("type").asText()).isEqualTo("subscribed");
            window.subscribe(kitchen.id());
            assertThat(window.next().path("type").asText()).isEqualTo("subscribed");
        }
    }

    @Test
    void aBrandsWorkspaceIsWatchedInItsName() {
        Workspace brands = rooms.workspace(
                rooms.world()
                        .context(rooms.world().acme(), rooms.world().north().username()),
                "Branches");
        try (var window = watching()) {
            window.subscribe(brands.id());
            assertThat(window.next().path("type").asText()).isEqualTo("error");
        }
        try (var window =
                NumberClient.withCookie(cookie(), "?as=" + rooms.world().north().username())) {
            window.subscribe(brands.id());
            assertThat(window.next().path("type").asText()).isEqualTo("subscribed");
        }
    }

    @Test
    void afterUnsubscribingNothingComes() {
        String client = create();
        try (var window = watching()) {
            window.subscribe(sales.id());
            window.next();
            window.next();
            window.next();
            window.say("{\"type\":\"unsubscribe\",\"subClientId\":\"" + sales.id() + "\"}");
            window.assertNothingCame();
            rooms.scan(sales, client, "+971500000104");
            window.assertNothingCame();
        }
    }

    @Test
    void whoIsThrownOutHearsNothingMore() {
        String client = create();
        var admin = rooms.somebody(sales, WorkspaceRole.ADMIN);
        try (var window = NumberClient.withCookie(admin.cookie())) {
            window.subscribe(sales.id());
            window.next();
            window.next();
            window.next();
            rooms.suspend(sales);
            assertThat(window.next().path("type").asText()).isEqualTo("error");
            rooms.scan(sales, client, "+971500000105");
            window.assertNothingCame();
            sockets.heartbeat();
            assertThat(window.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void nonsenseIsAnswered() {
        try (var window = watching()) {
            for (String text : List.of("", "no json", "[]", "null", "{}", "{\"type\":\"shout\"}", "{\"type\":7}")) {
                window.say(text);
                assertThat(window.next().path("type").asText()).as(text).isEqualTo("error");
            }
            for (String text : List.of(
                    "{\"type\":\"subscribe\"}",
                    "{\"type\":\"subscribe\",\"subClientId\":\"../..\"}",
                    "{\"type\":\"subscribe\",\"subClientId\":null}")) {
                window.say(text);
                assertThat(window.next().path("type").asText()).as(text).isEqualTo("error");
            }
            window.assertNothingCame();
        }
    }

    @Test
    void subscriptionsAreBoundedAndEndWithTheirSocket() {
        int before = sockets.subscriptions();
        try (var window = watching()) {
            window.subscribe(sales.id()).subscribe(sales.id());
            assertThat(window.next().path("type").asText()).isEqualTo("subscribed");
            assertThat(window.next().path("type").asText()).isEqualTo("subscribed");
            awaitSubscriptions(before + 1); // it gets the current state first
        }
        awaitSubscriptions(before);
    }

    @Test
    void tooManySubscriptionsAreRefused() {
        AccountContext agency = rooms.world().context(rooms.world().acme());
        Project project = rooms.world().project(agency, "Many");
        List<Workspace> many = IntStream.rangeClosed(0, NumberSocket.SUBSCRIPTIONS)
                .mapToObj(number -> rooms.world().workspace(agency, project, "Team " + number))
                .toList();
        try (var window = watching()) {
            for (Workspace workspace : many.subList(0, NumberSocket.SUBSCRIPTIONS)) {
                window.subscribe(workspace.id());
                assertThat(text(window.next())).isEqualTo("{\"type\":\"subscribed\"}");
            }
            window.subscribe(many.getLast().id());
            assertThat(text(window.next()))
                    .isEqualTo("{\"type\":\"error\",\"data\":{\"error\":\"Too many subscriptions\"}}");
            // The beat checks all of them together, and has nothing to report.
            sockets.heartbeat();
            window.assertNothingCame();
        }
    }

    /// The seed's "QR code expired": every code is renewed, and after the last one linking ends.
    @Test
    void codesThatNobodyScansEndWithATimeout() {
        create();
        try (var window = watching()) {
            window.subscribe(sales.id());
            window.next();
            window.next();
            String first = window.next().at("/data/qrCode").asText();
            clock.forward(Duration.ofSeconds(60));
            JsonNode second = window.next();
            assertThat(second.path("type").asText()).isEqualTo("qr_code");
            assertThat(second.at("/data/qrCode").asText()).isNotEqualTo(first);
            for (int code = 3; code <= 6; code++) {
                clock.forward(Duration.ofSeconds(20));
                assertThat(window.next().path("type").asText()).isEqualTo("qr_code");
            }
            clock.forward(Duration.ofSeconds(20));
            assertThat(text(window.next()))
                    .isEqualTo("{\"type\":\"qr_timeout\",\"data\":{\"subClientId\":\"" + sales.id() + "\"}}");
        }
    }

    @Test
    void aPhoneThatServesAnotherNumberIsRefusedInWords() {
        String first = create();
        rooms.scan(sales, first, "+971500000107");
        Workspace support = rooms.workspace("Support");
        String second = acme.post(
                        "/api/whatsapp/client",
                        Map.of("subClientId", support.id().value()))
                .json()
                .at("/client/id")
                .asText();
        try (var window = watching()) {
            window.subscribe(support.id());
            window.next();
            window.next();
            window.next();
            rooms.scan(support, second, "+971500000107");
            assertThat(text(window.next()))
                    .isEqualTo("{\"type\":\"error\",\"data\":{\"error\":"
                            + "\"+971500000107 is already linked as “Sales Team”.\"}}");
        }
    }

    /// The seed's troubleshooting, entry 5, "WhatsApp QR Code Not Displaying": is the socket open, is it subscribed,
    /// does a code arrive.
    @Test
    void whoLooksForAMissingCodeFindsIt() {
        create();
        try (var window = watching()) {
            window.say("{\"type\":\"subscribe\",\"subClientId\":\"" + sales.id() + "\"}");
            assertThat(text(window.next())).as("open, and subscribed").isEqualTo("{\"type\":\"subscribed\"}");
            assertThat(window.next().at("/data/connected").asBoolean(true)).isFalse();
            JsonNode code = window.next();
            assertThat(code.path("type").asText()).isEqualTo("qr_code");
            assertThat(code.at("/data/qrCode").asText()).startsWith("2@");
            // Subscribing again, as the entry recommends, shows it again.
            window.subscribe(sales.id());
            assertThat(window.next().path("type").asText()).isEqualTo("subscribed");
            assertThat(window.next().path("type").asText()).isEqualTo("status");
            assertThat(window.next()).isEqualTo(code);
        }
    }

    private void awaitSubscriptions(int wanted) {
        Eventually.until(sockets::subscriptions, open -> open == wanted);
    }
}
