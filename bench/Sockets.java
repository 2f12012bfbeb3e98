import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Opens chat sockets and holds them, silently, until it is stopped.
final class Sockets {

    static final String ALL_OPEN = "All are open";
    /// A person has at most so many.
    static final int PER_PERSON = 10;

    /// Arguments: port, file of sessions (see [WorkspaceRows#sessions]), how many sockets.
    public static void main(String... args) throws IOException, InterruptedException {
        List<String> sessions = Files.readAllLines(Path.of(args[1]));
        int wanted = Integer.parseInt(args[2]);
        var open = new ArrayList<Socket>(wanted);
        while (open.size() < wanted) {
            open.add(open(Integer.parseInt(args[0]), sessions.get(open.size() / PER_PERSON)));
        }
        System.out.println(ALL_OPEN);
        Thread.sleep(Long.MAX_VALUE);
    }

    private static Socket open(int port, String session) throws IOException {
        String[] pathAndToken = session.split(" ");
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write("""
                GET %s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                Authorization: Bearer %s\r
                \r
                """.formatted(pathAndToken[0], port, pathAndToken[1]).getBytes(StandardCharsets.US_ASCII));
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512);
        String status = reader.readLine();
        if (status == null || !status.contains(" 101 ")) {
            throw new IOException("A chat socket was refused: " + status);
        }
        return socket;
    }
}
