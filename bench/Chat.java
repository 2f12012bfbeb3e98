import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Open chat sockets: what they cost, and how long a message takes to its reader while they are open.
final class Chat {

    static final int MANY = 10_000;
    private static final int FEW = 10;
    /// Each message is committed and answered by the assistant: a fraction of what the server can do.
    private static final int PER_SECOND = 50;
    private static final int MOST_SECONDS = 15;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SETTLING = Duration.ofSeconds(3);
    /// Files that a server and the program beside it have open for other things.
    private static final int OTHER_FILES = 500;

    private Chat() {}

    /// As many sockets as may be open on this machine: each is a file here and one in the server.
    static int many() {
        String limit = System.getProperty("bench.files", "");
        return limit.matches("[0-9]{1,9}") ? Math.clamp(Integer.parseInt(limit) - OTHER_FILES, FEW, MANY) & ~1 : MANY;
    }

    static String describe() {
        return many() == MANY
                ? ""
                : "Only " + many() + " chat sockets were open: `ulimit -Hn` allows no more files; the goal is for "
                        + MANY + "\n";
    }

    /// @param seconds how long to talk for a measurement of its own, at most
    static List<Row> rows(BanyanServer server, Path sessions, int seconds) throws IOException, InterruptedException {
        int many = many();
        int talking = Math.min(MOST_SECONDS, seconds * 5);
        double[] few = talk(server, sessions, FEW, talking, () -> {});
        double heapBefore = server.heap();
        double residentBefore = server.memory();

        double[] memory = new double[3];
        double[] full = talk(server, sessions, many, talking, () -> {
            memory[0] = server.memory();
            memory[1] = server.heap();
            memory[2] = server.memory();
        });

        var rows = new ArrayList<Row>();
        for (var quantile : List.of("p50", "p99")) {
            int place = quantile.equals("p50") ? 0 : 1;
            var row = new Row(
                    "message to its reader, " + quantile + ", " + many,
                    "ms",
                    place == 1 ? Optional.of("at most 3") : Optional.empty());
            row.ours().add(full[place]);
            row.theirs("with " + FEW + " sockets").add(few[place]);
            rows.add(row);
        }
        var resident = new Row("resident memory, " + many + " chat sockets", "MiB", Optional.of("below 1024"));
        resident.ours().add(memory[0]);
        rows.add(resident);
        rows.addAll(Memory.rows(
                "open chat socket, of " + many, memory[1] - heapBefore, memory[2] - residentBefore, many));
        return rows;
    }

    private interface WhileOpen {
        void look() throws IOException, InterruptedException;
    }

    /// @return milliseconds: p50, p99, the most
    private static double[] talk(
            BanyanServer server, Path sessions, int sockets, int seconds, WhileOpen whileOpen)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(Bench.WORK, "chat", ".log");
        Process people = Children.start(
                Children.java("ChatLoad", server.port(), sessions, sockets, PER_SECOND, seconds), Map.of(), log);
        try {
            String said = await(people, log, ChatLoad.MEASURED);
            Thread.sleep(SETTLING);
            whileOpen.look();
            String[] numbers = said.substring(said.indexOf(ChatLoad.MEASURED) + ChatLoad.MEASURED.length())
                    .strip()
                    .split(" ");
            return new double[] {
                Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2])
            };
        } finally {
            Children.stop(people);
        }
    }

    private static String await(Process people, Path log, String word) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String said = Files.readString(log);
            int at = said.indexOf(word);
            if (at >= 0 && said.indexOf('\n', at) > 0) {
                return said;
            }
            if (!people.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The people in the chat did not come to an end: " + said);
            }
            Thread.sleep(50);
        }
    }
}
