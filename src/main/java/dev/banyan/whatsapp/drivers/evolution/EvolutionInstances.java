package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.GatewayAnswer.done;
import static dev.banyan.whatsapp.drivers.GatewayAnswer.failed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.NumberStatus;
import dev.banyan.whatsapp.drivers.NumberStatus.State;
import dev.banyan.whatsapp.drivers.evolution.EvolutionStates.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;

/// The states of instances: what the database says, and for those that may work, what the memory says.
final class EvolutionInstances {

    private static final Duration EACH = Duration.ofSeconds(5);
    private static final int AT_ONCE = 8;

    private final EvolutionCalls calls;

    EvolutionInstances(EvolutionCalls calls) {
        this.calls = calls;
    }

    /// Returns the rows of all instances that WhatsApp Web connects, by name.
    GatewayAnswer<Map<String, JsonNode>> rows(GatewayAccess gateway) {
        return calls.ask(calls.get(gateway, "/instance/fetchInstances")).map(EvolutionInstances::byName);
    }

    private static Map<String, JsonNode> byName(JsonNode rows) {
        var found = new HashMap<String, JsonNode>();
        for (JsonNode row : rows) {
            String integration = row.path("integration").asText("");
            if (integration.isEmpty() || integration.equals("WHATSAPP-BAILEYS")) {
                found.put(row.path("name").asText(""), row);
            }
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
        return EvolutionCalls.answer(reply).map(rows -> StreamSupport.stream(rows.spliterator(), false)
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
        return memory(line).map(state -> EvolutionStates.of(row, state, version(line)));
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
            var claimed = lines.stream()
                    .filter(line -> {
                        boolean isThere = rows.containsKey(line.remote());
                        if (!isThere) {
                            found.put(line.remote(), gone(line));
                        }
                        return isThere;
                    })
                    .toList();
            ask(claimed, rows, found, System.nanoTime() + within.toNanos());
            return Map.copyOf(found);
        });
    }

    private void ask(List<Line> lines, Map<String, JsonNode> rows, Map<String, NumberStatus> found, long deadline) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<? extends Future<?>> all = lines.stream()
                    .map(line -> threads.submit(() -> {
                        Row row = Row.of(rows.get(line.remote()));
                        found.put(line.remote(), claimed(line, row, deadline));
                    }))
                    .toList();
            for (Future<?> one : all) {
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
        String memory = isWorthAsking && memory(line) instanceof GatewayAnswer.Done<String>(String state)
                ? state
                : row.state();
        return EvolutionStates.of(row, memory, version(line));
    }

    /// Returns the row of an instance that must exist.
    GatewayAnswer<Row> existing(Line line) {
        return row(line).then(row -> row.isPresent()
                ? done(Row.of(row.get()))
                : failed(Trouble.Kind.UNKNOWN, EvolutionErrors.NO_INSTANCE));
    }
}
