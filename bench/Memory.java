import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one more of something costs a server: its heap after a collection (and its resident memory, which follows the
/// heap only roughly), with many of them and with none, divided by their number.
final class Memory {

    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final Duration OPENING = Duration.ofSeconds(60);

    private Memory() {}

    /// Opens the sockets, waits, looks, and closes them.
    static List<Row> perSocket(BanyanServer server, Path sessions, int sockets)
            throws IOException, InterruptedException {
        double heapBefore = server.heap();
        double residentBefore = server.memory();
        Path log = Files.createTempFile(Bench.WORK, "sockets", ".log");
        Process holder =
                Children.start(Children.java("Sockets", server.port(), sessions, sockets), Map.of(), log);
        long deadline = System.nanoTime() + OPENING.toNanos();
        while (!Files.readString(log).contains(Sockets.ALL_OPEN)) {
            if (!holder.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The sockets did not open: " + Files.readString(log));
            }
            Thread.sleep(50);
        }
        Thread.sleep(SETTLING);
        double heap = server.heap() - heapBefore;
        double resident = server.memory() - residentBefore;
        Children.stop(holder);
        return rows("open chat socket, of " + sockets, heap, resident, sockets);
    }

    /// Starts the same server twice, without the senders and with them.
    static List<Row> perSender(int senders) throws IOException, InterruptedException, SQLException {
        var without = BanyanServer.start("senders", Map.of());
        Thread.sleep(SETTLING);
        double heapBefore = without.heap();
        double residentBefore = without.memory();
        without.stop();
        WorkspaceRows.insertSenders("senders", senders);
        var with = BanyanServer.start("senders", Map.of());
        Thread.sleep(SETTLING);
        double heap = with.heap() - heapBefore;
        double resident = with.memory() - residentBefore;
        with.stop();
        return rows("idle sender, of " + senders, heap, resident, senders);
    }

    private static List<Row> rows(String name, double heapMib, double residentMib, int count) {
        return List.of(row("heap per " + name, heapMib, count), row("resident per " + name, residentMib, count));
    }

    private static Row row(String name, double mib, int count) {
        var row = new Row(name, "bytes", Optional.empty());
        row.ours().add(mib * (1 << 20) / count);
        return row;
    }
}
