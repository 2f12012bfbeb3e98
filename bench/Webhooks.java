import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Events into many webhooks whose receivers answer at once, beside the same rows written by nobody but a loop: inserted,
/// and updated once, in groups, in the same kind of database on the same disk.
final class Webhooks {

    private static final String PROGRAM = "dev.banyan.platform.webhooks.HookRate";
    private static final int PER_SECOND = 10_000;
    private static final int ENDPOINTS = 1_000;

    private Webhooks() {}

    static List<Row> rows(int seconds) throws IOException, InterruptedException, SQLException {
        var rows = new ArrayList<Row>();
        rows.addAll(rows(
                "SQLite",
                "jdbc:sqlite:" + Bench.WORK.resolve("hooks.db"),
                "jdbc:sqlite:" + Bench.WORK.resolve("bare-hooks.db"),
                seconds));
        Optional<String> server = Sending.Postgres.start();
        if (server.isEmpty()) {
            Progress.say("No embedded PostgreSQL in ~/.m2 (`./banyan test` fetches it): its rows are left out");
            return rows;
        }
        rows.addAll(rows(
                "PostgreSQL",
                Sending.Postgres.database(server.get(), "hooks"),
                Sending.Postgres.database(server.get(), "bare_hooks"),
                seconds));
        return rows;
    }

    private static List<Row> rows(String database, String hooks, String bare, int seconds)
            throws IOException, InterruptedException {
        Progress.say(PER_SECOND + " events/s into " + ENDPOINTS + " webhooks, " + database);
        String[] measured = Children.output(Children.java(PROGRAM, "hooks", hooks, seconds, PER_SECOND, ENDPOINTS))
                .lines()
                .toList()
                .getLast()
                .split(" ");
        Progress.say(measured[2] + " events/s were told; never arrived: " + measured[3]);
        var rate = new Row("webhooks, " + database, "/s", Optional.of("10,000 /s"));
        rate.ours().add(Double.parseDouble(measured[0]));
        rate.theirs("bare rows").add(Children.number(PROGRAM, "bare", bare, seconds));
        var late = new Row("p99 from commit to first try, " + database, "ms", Optional.of("below 1000"));
        late.ours().add(Double.parseDouble(measured[1]));
        return List.of(rate, late);
    }
}
