package dev.banyan.whatsapp.pools;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.BoardClient;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.session.Linking;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The board's socket on the running server.
@QuarkusTest
class BoardSocketTest {

    @Inject
    TestWorld world;

    @Inject
    Senders senders;

    @Inject
    Linking linking;

    @Inject
    BoardSocket sockets;

    private Person acme;
    private Sender master;

    @BeforeEach
    void acmeHasAMaster() {
        acme = world.acme();
        master = TestSenders.done(senders.addMaster(
                acme.account(),
                Actor.SERVER,
                new Senders.NewMaster(Optional.empty(), "Amira Nasser", Optional.empty(), MasterType.PRIMARY)));
    }

    @Test
    void onlyWhoMaySeeTheBoardComesIn() {
        Person rival = world.rival();
        String as = "as=" + acme.username();

        assertThat(BoardClient.knock(as, BoardClient.headers(acme.token()))).isEqualTo(101);
        assertThat(BoardClient.knock("", BoardClient.headers(acme.token()))).isEqualTo(101);
        assertThat(BoardClient.knock(as, Map.of("Authorization", "Bearer " + acme.token())))
                .isEqualTo(101);
        assertThat(BoardClient.knock(as, BoardClient.headers(rival.token()))).isEqualTo(404);
        assertThat(BoardClient.knock(as, BoardClient.headers("no-session"))).isEqualTo(401);
        assertThat(BoardClient.knock("as=" + world.north().username(), BoardClient.headers(acme.token())))
                .as("a sub-account has no board")
                .isEqualTo(403);
    }

    @Test
    void pagesOfOtherSitesDoNotComeIn() {
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1")) {
            var headers = new LinkedHashMap<>(BoardClient.headers(acme.token()));
            headers.put("Origin", origin);
            assertThat(BoardClient.knock("", headers)).as(origin).isEqualTo(403);
        }
        assertThat(BoardClient.knock(
                        "", Map.of("Cookie", "banyan_session=" + acme.token(), "Sec-Fetch-Site", "cross-site")))
                .isEqualTo(403);
        assertThat(BoardClient.knock("", Map.of("Cookie", "banyan_session=" + acme.token())))
                .as("a program, as on all other routes")
                .isEqualTo(101);
    }

    @Test
    void everyChangeOfTheAccountIsTold() {
        try (var board = BoardClient.open("as=" + acme.username(), acme.token())) {
            senders.setMasterType(acme.account(), Actor.SERVER, master.id(), MasterType.BACKUP);
            assertThat(board.next()).isEqualTo("changed");
            linking.link(acme.account(), Actor.SERVER, master.id());
            assertThat(board.next()).isEqualTo("changed");
        }
    }

    @Test
    void theFirstWordNamesWhatAFreshBoardShows() {
        String as = "as=" + acme.username();
        String before = Eventually.until(() -> seen(as), seen -> firstWord(as).equals(seen));
        assertThat(firstWord(as + "&sender=" + master.id()))
                .as("steps of linking aren't counted")
                .isEqualTo("changed");

        senders.setMasterType(acme.account(), Actor.SERVER, master.id(), MasterType.BACKUP);
        String after = Eventually.until(() -> seen(as), seen -> firstWord(as).equals(seen));
        assertThat(after).isNotEqualTo(before);
    }

    private String seen(String as) {
        String board =
                TestClient.withSession(acme.token()).get("/admin/pools?" + as).text();
        return board.replaceFirst("(?s).*data-seen=\"([^\"]+)\".*", "$1");
    }

    private String firstWord(String query) {
        try (var socket = SocketClient.open("/admin/pools/live?" + query, BoardClient.headers(acme.token()))) {
            return socket.next();
        }
    }

    @Test
    void codesAreToldToWhoLooksAtThisLinking() {
        try (var page = BoardClient.open("as=" + acme.username() + "&sender=" + master.id(), acme.token())) {
            linking.link(acme.account(), Actor.SERVER, master.id());
            assertThat(page.next()).isEqualTo("changed");
            linking.scan(acme.account(), master.id(), Optional.empty());
            assertThat(page.next()).isEqualTo("changed");
        }
    }

    @Test
    void othersHearNothing() {
        Person rival = world.rival();
        try (var board = BoardClient.open("as=" + rival.username() + "&sender=" + master.id(), rival.token());
                var own = BoardClient.open("as=" + acme.username(), acme.token())) {
            linking.link(acme.account(), Actor.SERVER, master.id());
            own.next(); // all events so far have been sent
            senders.addMaster(
                    rival.account(),
                    Actor.SERVER,
                    new Senders.NewMaster(Optional.empty(), "Rival", Optional.empty(), MasterType.PRIMARY));
            board.next();
            assertThat(board.wasTold()).isFalse();
        }
    }

    @Test
    void aSocketEndsWithItsSessionOrWhenItTalks() {
        String token = world.newSession(acme.email());
        try (var board = BoardClient.open("as=" + acme.username(), token)) {
            TestClient.withSession(token).form("/logout");
            sockets.heartbeat();
            assertThat(board.closeCode()).isEqualTo(4401);
        }
        try (var board = BoardClient.open("as=" + acme.username(), acme.token())) {
            board.say("hello");
            assertThat(board.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aBoardThatIsPingedAndAnswersStaysOpen() {
        try (var board = BoardClient.open("as=" + acme.username(), acme.token())) {
            sockets.heartbeat();
            senders.setMasterType(acme.account(), Actor.SERVER, master.id(), MasterType.BACKUP);
            assertThat(board.next()).isEqualTo("changed");
        }
    }
}
