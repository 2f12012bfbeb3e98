import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// What visitors, people in the console, programs and writers of messages ask for at once: about half of what two
/// processors can do.
final class Mix {

    private static final int PAGES = 500;
    private static final int REDIRECTS = 300;
    private static final int SHORT_LINKS = 200;
    private static final int ME = 100;
    private static final int LINK_LISTS = 100;
    private static final int CONSOLE_PAGES = 30;
    private static final int MESSAGES = 20;
    private static final int CHAT = 10;
    private static final int CONNECTIONS = 16;
    private static final int CONTACTS = 50_000;

    private final BanyanServer server;

    private Mix(BanyanServer server) {
        this.server = server;
    }

    /// @param server has the demo's data, and one pool of [SendingRows]
    /// @param sessions of people who chat, see [WorkspaceRows#sessions]
    static List<Flow> of(BanyanServer server, Path sessions) throws IOException, InterruptedException {
        var mix = new Mix(server);
        Map<String, String> signedIn = Map.of("Authorization", "Bearer " + server.token());
        return List.of(
                mix.reading("page", PAGES, "/clientbrand1", LinkPages.BROWSER),
                mix.reading("redirect", REDIRECTS, "/go/" + server.firstLink(), LinkPages.BROWSER),
                mix.reading("short link", SHORT_LINKS, "/l/creative-card", LinkPages.BROWSER),
                mix.reading("me", ME, "/api/me", signedIn),
                mix.reading("GetLinks", LINK_LISTS, "/api/admin/GetLinks", signedIn),
                mix.reading("console", CONSOLE_PAGES, "/admin/brands?as=creativeagency", signedIn),
                mix.ordering(signedIn),
                mix.chatting(Files.readAllLines(sessions)));
    }

    private Flow reading(String name, int perSecond, String path, Map<String, String> headers) {
        var request = new Load.Request(server.url(path), headers);
        return new Flow(name, perSecond, CONNECTIONS, server.port(), () -> request);
    }

    private Flow ordering(Map<String, String> signedIn) {
        Map<String, String> headers = json(signedIn.get("Authorization"));
        var turn = new AtomicInteger();
        return new Flow("message", MESSAGES, CONNECTIONS, server.port(), () -> new Load.Request(
                server.url("/api/whatsapp/messages"),
                headers,
                "{\"master\":\"" + SendingRows.master(0) + "\",\"to\":\"+9665"
                        + (50_000_000 + Math.floorMod(turn.getAndIncrement(), CONTACTS))
                        + "\",\"text\":\"Good morning, your order is ready to be collected.\",\"key\":\"" + UUID.randomUUID()
                        + "\"}"));
    }

    /// People in one workspace write in turns to the assistant, whose answer is awaited: both are stored. Each has a
    /// conversation of their own, for in one the answers would wait for each other.
    private Flow chatting(List<String> sessions) {
        var turn = new AtomicInteger();
        return new Flow("chat", CHAT, CONNECTIONS, server.port(), () -> {
            String[] pathAndToken = sessions.get(Math.floorMod(turn.getAndIncrement(), sessions.size())).split(" ");
            return new Load.Request(
                    server.url("/api/sub-client/chat/send"),
                    json("Bearer " + pathAndToken[1]),
                    "{\"shortPath\":\"" + pathAndToken[0].split("/")[2]
                            + "\",\"message\":\"When do you open on Sundays?\"}");
        });
    }

    private static Map<String, String> json(String authorization) {
        return Map.of("Content-Type", "application/json", "Authorization", authorization);
    }
}
