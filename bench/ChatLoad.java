import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// People who chat: each has two windows, writes in the first, and reads in the second. One thread holds all windows
/// and answers their pings. Messages go out at a fixed pace, whatever happened to those before, and each counts from
/// the moment at which it was due, so that a server that stalls cannot make its own delay invisible.
final class ChatLoad {

    static final String ALL_OPEN = "All are open";
    static final String MEASURED = "Milliseconds p50, p99, most:";

    private static final int WINDOWS = 2;
    private static final int OPENING_AT_ONCE = 64;
    private static final int WARM_UP_SECONDS = 5;
    /// A message's number, in as many digits, stands behind this.
    private static final byte[] MARK = "bench-".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 7;
    private static final long PATIENCE_NANOS = 15_000_000_000L;

    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int CLOSE = 0x8;

    /// One socket, and what has come of a frame that is not whole yet.
    private static final class Window {

        private final SocketChannel channel;
        private final boolean reads;
        private boolean open;
        private byte[] rest = {};

        private Window(SocketChannel channel, boolean reads) {
            this.channel = channel;
            this.reads = reads;
        }
    }

    private final List<String> sessions;
    private final int port;
    private final Selector selector = Selector.open();
    private final List<Window> writers = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
    private long[] due = {};
    private long[] took = {};
    private int opening;
    private int open;

    private ChatLoad(int port, List<String> sessions) throws IOException {
        this.port = port;
        this.sessions = sessions;
    }

    /// Arguments: port, file of sessions (see [WorkspaceRows#sessions]), how many sockets, messages a second, seconds.
    public static void main(String... args) throws IOException, InterruptedException {
        var load = new ChatLoad(Integer.parseInt(args[0]), Files.readAllLines(Path.of(args[1])));
        load.openAll(Integer.parseInt(args[2]));
        System.out.println(ALL_OPEN);
        int perSecond = Integer.parseInt(args[3]);
        int seconds = Integer.parseInt(args[4]);
        if (seconds > 0) {
            load.talk(perSecond, WARM_UP_SECONDS + seconds);
            System.out.println(MEASURED + " " + load.quantiles(perSecond * WARM_UP_SECONDS));
        }
        while (true) {
            load.look(1_000);
        }
    }

    private void openAll(int wanted) throws IOException {
        for (int number = 0; number < wanted || open < wanted; ) {
            while (number < wanted && opening < OPENING_AT_ONCE) {
                begin(sessions.get(number / WINDOWS), number % WINDOWS == 1);
                number++;
            }
            look(PATIENCE_NANOS / 1_000_000);
        }
    }

    private void begin(String session, boolean reads) throws IOException {
        String[] pathAndToken = session.split(" ");
        var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.write(ByteBuffer.wrap("""
                GET %s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                Authorization: Bearer %s\r
                \r
                """.formatted(pathAndToken[0], port, pathAndToken[1]).getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        var window = new Window(channel, reads);
        channel.register(selector, SelectionKey.OP_READ, window);
        opening++;
        if (!reads) {
            writers.add(window);
        }
    }

    private void talk(int perSecond, int seconds) throws IOException {
        int messages = perSecond * seconds;
        due = new long[messages];
        took = new long[messages];
        long begin = System.nanoTime();
        for (int number = 0; number < messages; number++) {
            due[number] = begin + number * 1_000_000_000L / perSecond;
            for (long left = due[number] - System.nanoTime(); left > 0; left = due[number] - System.nanoTime()) {
                look(left / 1_000_000);
            }
            // One after the other, and each far from the one before.
            say(writers.get((int) (number * 7_919L % writers.size())), number);
            look(-1);
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (Arrays.stream(took).anyMatch(nanos -> nanos == 0) && System.nanoTime() < end) {
            look(10);
        }
    }

    /// Of those behind the first ones; one that never came ends the run.
    private String quantiles(int first) {
        long[] counted = Arrays.stream(took, first, took.length).sorted().toArray();
        if (Arrays.stream(took).anyMatch(nanos -> nanos == 0)) {
            throw new IllegalStateException("A message did not come");
        }
        return String.format(
                Locale.ROOT,
                "%.3f %.3f %.3f",
                counted[counted.length / 2] / 1e6,
                counted[counted.length * 99 / 100] / 1e6,
                counted[counted.length - 1] / 1e6);
    }

    /// Each message begins a conversation, so that each costs the same.
    private void say(Window window, int number) throws IOException {
        String text = String.format(Locale.ROOT, "bench-%0" + DIGITS + "d", number);
        send(
                window,
                0x1,
                ("{\"type\":\"message\",\"key\":\"" + Long.toString(System.nanoTime(), 36) + "\",\"text\":\"" + text
                                + "\"}")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /// Masked, as a client must, with zeros.
    private static void send(Window window, int kind, byte[] payload) throws IOException {
        var frame = ByteBuffer.allocate(payload.length + 8).put((byte) (0x80 | kind));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload).flip();
        while (frame.hasRemaining()) {
            window.channel.write(frame);
        }
    }

    /// @param millis how long to wait for something; negative: not at all
    private void look(long millis) throws IOException {
        int ready = millis < 0 ? selector.selectNow() : selector.select(Math.max(1, millis));
        if (ready == 0) {
            return;
        }
        for (SelectionKey key : selector.selectedKeys()) {
            read((Window) key.attachment());
        }
        selector.selectedKeys().clear();
    }

    private void read(Window window) throws IOException {
        in.clear();
        if (window.channel.read(in) < 0) {
            throw new EOFException("The server closed a socket");
        }
        in.flip();
        byte[] bytes = Arrays.copyOf(window.rest, window.rest.length + in.remaining());
        in.get(bytes, window.rest.length, in.remaining());
        int used = window.open ? 0 : shake(window, bytes);
        while (window.open) {
            int frame = frame(window, bytes, used);
            if (frame == 0) {
                break;
            }
            used += frame;
        }
        window.rest = Arrays.copyOfRange(bytes, used, bytes.length);
    }

    private int shake(Window window, byte[] bytes) throws IOException {
        String answer = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("A chat socket was refused: " + answer);
        }
        window.open = true;
        opening--;
        open++;
        return end + 4;
    }

    /// @return how long the frame at `at` is; 0 when it is not whole
    private int frame(Window window, byte[] bytes, int at) throws IOException {
        int there = bytes.length - at;
        int head = there < 2 ? 2 : bytes[at + 1] == 126 ? 4 : bytes[at + 1] == 127 ? 10 : 2;
        if (there < head) {
            return 0;
        }
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        int length = switch (head) {
            case 2 -> bytes[at + 1];
            case 4 -> buffer.getShort(at + 2) & 0xffff;
            default -> Math.toIntExact(buffer.getLong(at + 2));
        };
        if (there < head + length) {
            return 0;
        }
        int from = at + head;
        switch (bytes[at] & 0xf) {
            case PING -> send(window, PONG, Arrays.copyOfRange(bytes, from, from + length));
            case CLOSE -> throw new IOException("The server closed a socket: "
                    + new String(bytes, from, length, StandardCharsets.UTF_8));
            default -> {
                if (window.reads) {
                    came(bytes, from, from + length);
                }
            }
        }
        return head + length;
    }

    /// The first frame with a message's number is the message; what comes later about its conversation has it, too.
    private void came(byte[] bytes, int from, int to) {
        for (int at = from; at + MARK.length + DIGITS <= to; at++) {
            if (Arrays.equals(bytes, at, at + MARK.length, MARK, 0, MARK.length)) {
                int number = Integer.parseInt(
                        new String(bytes, at + MARK.length, DIGITS, StandardCharsets.US_ASCII));
                if (number < took.length && took[number] == 0) {
                    took[number] = Math.max(1, System.nanoTime() - due[number]);
                }
                return;
            }
        }
    }
}
