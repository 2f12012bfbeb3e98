import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// One person at work: sends requests one after the other on one connection, each made for its turn.
final class AgencyLoad {

    /// What the person does over and over.
    enum Work {
        /// A new sub-account, of a name that nobody has.
        CREATE,
        /// Switches to one sub-account after the other.
        SWITCH,
        /// Switches, and asks for the pages of the sub-account, which the switch made the context.
        SWITCH_AND_GO_ON,
        /// Asks who one is.
        LOOK
    }

    private final String authority;
    private final String token;
    private final List<String> ids;
    private int turn;

    private AgencyLoad(String authority, String token, List<String> ids) {
        this.authority = authority;
        this.token = token;
        this.ids = ids;
    }

    /// Arguments: URL of the server, token, what to do, seconds, a file with ids of sub-accounts.
    public static void main(String... args) throws IOException {
        URI server = URI.create(args[0]);
        var load = new AgencyLoad(server.getAuthority(), args[1], Files.readAllLines(Path.of(args[4])));
        System.out.printf(
                Locale.ROOT,
                "%.3f%n",
                load.perSecond(server.getPort(), Work.valueOf(args[2]), Integer.parseInt(args[3])));
    }

    private double perSecond(int port, Work work, int seconds) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            var in = new BufferedInputStream(socket.getInputStream(), 65_536);
            long begin = System.nanoTime();
            long end = begin + seconds * 1_000_000_000L;
            int done = 0;
            while (System.nanoTime() < end) {
                for (byte[] request : requests(work)) {
                    socket.getOutputStream().write(request);
                    if (!LoadGenerator.isGood(in)) {
                        throw new IllegalStateException(work + " was refused");
                    }
                }
                done++;
            }
            return done * 1e9 / (System.nanoTime() - begin);
        }
    }

    private List<byte[]> requests(Work work) {
        turn++;
        return switch (work) {
            case CREATE -> {
                String name = AgencyRows.NAME + "-" + Long.toString(System.nanoTime(), 36);
                yield List.of(post(
                        "/api/admin/CreateSubAccount",
                        "{\"username\":\"" + name + "\",\"displayName\":\"Harbour of the bench\"}"));
            }
            case SWITCH -> List.of(switchOn());
            case SWITCH_AND_GO_ON -> List.of(switchOn(), get("/api/admin/GetPages"));
            case LOOK -> List.of(get("/api/me"));
        };
    }

    private byte[] switchOn() {
        return post(
                "/api/admin/SwitchToSubAccount", "{\"subAccountId\":\"" + ids.get(turn * 7919 % ids.size()) + "\"}");
    }

    private byte[] get(String path) {
        return bytes("GET " + path + head() + "\r\n");
    }

    private byte[] post(String path, String body) {
        return bytes("POST " + path + head() + "Content-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private String head() {
        return " HTTP/1.1\r\nHost: " + authority + "\r\nAuthorization: Bearer " + token + "\r\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
