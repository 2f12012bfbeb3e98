package dev.banyan;

import module java.base;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A DNS server on this machine that answers what a test has written down, over UDP.
public final class FakeDns implements AutoCloseable {

    private static final int LARGEST = 4_096;
    private static final long TTL = 60;

    private static final class OfServer {
        static final FakeDns ONLY = new FakeDns();
    }

    private final DatagramSocket socket;
    private final Map<String, List<String>> records = new ConcurrentHashMap<>();
    private final Map<String, Integer> failing = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();

    public FakeDns() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::answer);
    }

    /// Returns the one that the shared test server asks.
    public static FakeDns ofServer() {
        return OfServer.ONLY;
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /// @param type such as TXT
    /// @param data as in a zone file; several are several records
    public void has(String name, String type, String... data) {
        records.put(key(name, type), List.of(data));
    }

    public void hasNot(String name, String type) {
        records.remove(key(name, type));
    }

    /// @param code such as [Rcode#SERVFAIL]; -1: says nothing
    public void fails(String name, int code) {
        failing.put(lower(name), code);
    }

    public void fails(String name) {
        fails(name, Rcode.SERVFAIL);
    }

    public void works(String name) {
        failing.remove(lower(name));
    }

    public int questions() {
        return questions.get();
    }

    private static String key(String name, String type) {
        return type + " " + lower(name);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }

    private void answer() {
        byte[] room = new byte[LARGEST];
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(room, room.length);
                socket.receive(packet);
                byte[] asked = new byte[packet.getLength()];
                System.arraycopy(room, 0, asked, 0, asked.length);
                byte[] said = answer(new Message(asked));
                if (said.length > 0) {
                    socket.send(new DatagramPacket(said, said.length, packet.getSocketAddress()));
                }
            } catch (IOException _) {
                // Closed, or a question that is none.
            }
        }
    }

    private byte[] answer(Message question) throws IOException {
        questions.incrementAndGet();
        Record asked = question.getQuestion();
        var answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(asked, Section.QUESTION);
        Integer code = failing.get(lower(asked.getName().toString()));
        if (code != null) {
            answer.getHeader().setRcode(Math.max(code, 0));
            return code < 0 ? new byte[0] : answer.toWire();
        }
        Name name = asked.getName();
        for (int hops = 0; hops < 3 && !of(name, Type.CNAME).isEmpty(); hops++) {
            Record way = record(name, Type.CNAME, of(name, Type.CNAME).getFirst());
            answer.addRecord(way, Section.ANSWER);
            name = Name.fromString(way.rdataToString());
        }
        for (String data : of(name, asked.getType())) {
            answer.addRecord(record(name, asked.getType(), data), Section.ANSWER);
        }
        if (answer.getSection(Section.ANSWER).isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer.toWire();
    }

    private List<String> of(Name name, int type) {
        return records.getOrDefault(key(name.toString(), Type.string(type)), List.of());
    }

    private static Record record(Name name, int type, String data) throws IOException {
        return Record.fromString(name, type, DClass.IN, TTL, data, Name.root);
    }

    @Override
    public void close() {
        socket.close();
    }
}
