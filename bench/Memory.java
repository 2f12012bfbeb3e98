import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one more of something costs a server: its heap after a collection (and its resident memory, which follows the
/// heap only roughly), with many of them and with none, divided by their number.
final class Memory {

    private static final Duration SETTLING = Duration.ofSeconds(3);

    private Memory() {}

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

    static List<Row> rows(String name, double heapMib, double residentMib, int count) {
        return List.of(row("heap per " + name, heapMib, count), row("resident per " + name, residentMib, count));
    }

    private static Row row(String name, double mib, int count) {
        var row = new Row(name, "bytes", Optional.empty());
        row.ours().add(mib * (1 << 20) / count);
        return row;
    }
}
