package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.GatewayAnswer.done;
import static dev.banyan.whatsapp.drivers.GatewayAnswer.failed;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.evolution.EvolutionStates.Row;

/// The states of instances: what the database says, and for those that may work, what the memory says.
record EvolutionInstances(EvolutionCalls calls) {

    private static final Duration EACH = Duration.ofSeconds(5);
    private static final int AT_ONCE = 8;

    /// Returns the rows of all instances, by name.
    GatewayAnswer<Map<String, JsonNode>> rows(GatewayAccess gateway) {
        return calls.ask(calls.get(gateway, "/instance/fetchInstances")).map(EvolutionInstances::byName);
    }

    private static Map<String, JsonNode> byName(JsonNode rows) {
        var found = new HashMap<String, JsonNode>();
        for (JsonNode row : rows) {
            found.put(row.path("name").asText(""), row);
        }
        return found;
    }

    /// Returns the row of one instance; empty if it doesn't exist.
    GatewayAnswer<Optional<JsonNode>> row(Line line) {
        String path = "/instance/fetchInstances?instanceName=" + EvolutionCalls.encoded(line.remote());
        Reply reply = calls.call(calls.get(line.gateway(), path));
        if (reply instanceof Reply.Answered answered && EvolutionErrors.isNoInstance(answered)) {
            return done(Optional.empty());
        }
        return EvolutionCalls.answer(reply)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .filter(row -> row.path("name").asText("").equals(line.remote()))
                        .findFirst());
    }

    /// Returns the state in memory; empty if the gateway is only just loading the instance.
    GatewayAnswer<String> memory(Line line) {
        return calls.ask(calls.get(line, "/instance/connectionState").within(EACH))
                .map(answer -> answer.path("instance").path("state").asText(""));
    }

    GatewayAnswer<NumberStatus> status(Line line) {
        return row(line).then(row -> row.isEmpty() ? done(gone(line)) : status(line, Row.of(row.get())));
    }

    private GatewayAnswer<NumberStatus> status(Line line, Row row) {
        return memory(line).map(state -> sure(line, row, EvolutionStates.of(row, state, version(line))));
    }

    /// Asking a connecting instance for its code changes nothing.
    private NumberStatus sure(Line line, Row row, NumberStatus status) {
        return EvolutionStates.mayShowCodes(row, status)
                        && calls.ask(calls.get(line, "/instance/connect").within(EACH))
                                instanceof GatewayAnswer.Done<JsonNode>(JsonNode answer)
                        && !answer.path("code").asText("").isEmpty()
                ? NumberStatus.of(State.CODE)
                : status;
    }

    static EvolutionVersion version(Line line) {
        return EvolutionVersion.of(line.gateway().connection());
    }

    /// An instance takes its keys with it when it is deleted.
    static NumberStatus gone(Line line) {
        return line.phone().isPresent()
                ? NumberStatus.of(State.UNLINKED, EvolutionStates.GONE)
                : NumberStatus.of(State.STOPPED);
    }

    /// One call for all rows. Rows lie while a connection is lost, so the memory is asked about those that may work;
    /// the row's word counts where that takes too long.
    GatewayAnswer<Map<String, NumberStatus>> statuses(GatewayAccess gateway, List<Line> lines, Duration within) {
        return rows(gateway).map(rows -> {
            var found = new ConcurrentHashMap<String, NumberStatus>();
            long deadline = System.nanoTime() + within.toNanos();
            List<Runnable> questions = lines.stream()
                    .<Runnable>map(line -> () -> found.put(
                            line.remote(),
                            Optional.ofNullable(rows.get(line.remote()))
                                    .map(row -> claimed(line, Row.of(row), deadline))
                                    .orElseGet(() -> gone(line))))
                    .toList();
            answer(questions);
            return Map.copyOf(found);
        });
    }

    /// Asks a few at a time.
    private static void answer(List<Runnable> questions) {
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (Future<?> one : questions.stream().map(threads::submit).toList()) {
                one.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Asking for a state doesn't fail", failure);
        }
    }

    private NumberStatus claimed(Line line, Row row, long deadline) {
        boolean isWorthAsking = !row.isClosed() && System.nanoTime() - deadline < 0;
        String memory =
                isWorthAsking && memory(line) instanceof GatewayAnswer.Done<String>(String state) ? state : row.state();
        return sure(line, row, EvolutionStates.of(row, memory, version(line)));
    }

    /// Returns the row of an instance that must exist.
    GatewayAnswer<Row> existing(Line line) {
        return row(line)
                .then(row -> row.isPresent()
                        ? done(Row.of(row.get()))
                        : failed(Trouble.Kind.UNKNOWN, EvolutionErrors.NO_INSTANCE));
    }
}
