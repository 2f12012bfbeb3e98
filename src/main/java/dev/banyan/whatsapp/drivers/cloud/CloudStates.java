package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Done;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Failed;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp.Reply;
import dev.banyan.whatsapp.drivers.Line;

/// Asks for the states of numbers. A number exists at Meta without us: nothing is created, started or stopped here.
record CloudStates(GraphCalls graph, CloudSubscriptions subscriptions) {

    private static final int MOST_NUMBERS = 2_000;

    GatewayAnswer<NumberStatus> status(Line line) {
        return judged(line.gateway(), line.remote(), CloudNumbers::status);
    }

    /// Looks at a number, and registers our webhook. What fails there is told, and keeps no message from being sent.
    GatewayAnswer<NumberStatus> prepare(Line line) {
        return judged(
                line.gateway(),
                line.remote(),
                node -> subscriptions
                        .ensure(line.gateway(), node)
                        .map(missing -> remarked(CloudNumbers.status(node), missing))
                        .orElseGet(() -> CloudNumbers.status(node)));
    }

    private static NumberStatus remarked(NumberStatus status, String missing) {
        return new NumberStatus(
                status.state(),
                status.phone(),
                status.device(),
                status.reason(),
                status.until(),
                Stream.of(missing, status.remarks())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" ")),
                status.rating());
    }

    /// Of an account that is locked, Meta may tell nothing but the error: that is an answer too.
    private GatewayAnswer<NumberStatus> judged(
            GatewayAccess gateway, String remote, Function<JsonNode, NumberStatus> judge) {
        Reply reply = graph.read(gateway, "/" + GraphCalls.encoded(remote) + "?fields=" + CloudNumbers.NODE);
        if (reply instanceof Reply.Answered answered && !answered.isSuccess()) {
            Optional<NumberStatus> told = CloudErrors.status(GraphError.of(answered));
            if (told.isPresent()) {
                return GatewayAnswer.done(told.get());
            }
        }
        return GraphCalls.answer(reply).map(judge);
    }

    /// The number must be registered with WhatsApp, and within the reach of our token.
    GatewayAnswer<Boolean> prove(Line line) {
        return graph.get(line.gateway(), "/" + GraphCalls.encoded(line.remote()) + "?fields=id,status")
                .map(node -> {
                    State state = CloudNumbers.status(node).state();
                    return state == State.WORKING || state == State.RESTRICTED;
                });
    }

    /// Reads the whole business account at once where it is known: Meta allows 5,000 calls an hour for all numbers of
    /// an account. Numbers that its list doesn't tell about are asked for one by one.
    GatewayAnswer<Map<String, NumberStatus>> all(GatewayAccess gateway, List<Line> lines) {
        var statuses = new HashMap<String, NumberStatus>();
        Optional<Trouble> trouble = fromList(gateway, lines, statuses);
        for (Line line : lines) {
            if (trouble.isEmpty() && !statuses.containsKey(line.remote())) {
                switch (status(line)) {
                    case Done<NumberStatus>(NumberStatus status) -> statuses.put(line.remote(), status);
                    case Failed<NumberStatus>(Trouble found) -> trouble = concerningAll(found);
                }
            }
        }
        return trouble.<GatewayAnswer<Map<String, NumberStatus>>>map(Failed::new)
                .orElseGet(() -> GatewayAnswer.done(Map.copyOf(statuses)));
    }

    private Optional<Trouble> fromList(GatewayAccess gateway, List<Line> lines, Map<String, NumberStatus> statuses) {
        if (lines.size() < 2) {
            return Optional.empty();
        }
        return GraphCalls.waba(gateway).flatMap(waba -> {
            var wanted = lines.stream().map(Line::remote).collect(Collectors.toSet());
            var list = numbers(
                    gateway,
                    waba,
                    found -> found.stream()
                            .map(node -> GraphJson.text(node, "id"))
                            .collect(Collectors.toSet())
                            .containsAll(wanted));
            return switch (list) {
                case Done<List<JsonNode>>(List<JsonNode> nodes) -> {
                    nodes.stream()
                            .filter(node -> node.has("status") && wanted.contains(GraphJson.text(node, "id")))
                            .forEach(node -> statuses.put(GraphJson.text(node, "id"), CloudNumbers.status(node)));
                    yield Optional.<Trouble>empty();
                }
                case Failed<List<JsonNode>>(Trouble found) -> concerningAll(found);
            };
        });
    }

    GatewayAnswer<List<JsonNode>> numbers(GatewayAccess gateway, String waba, Predicate<List<JsonNode>> isEnough) {
        String path = "/" + GraphCalls.encoded(waba) + "/phone_numbers?fields=" + CloudNumbers.NODE + "&limit=100";
        return graph.list(gateway, path, MOST_NUMBERS, isEnough);
    }

    /// Returns a trouble that the next call would meet too; empty for one of a single number or list.
    private static Optional<Trouble> concerningAll(Trouble trouble) {
        return switch (trouble.kind()) {
            case UNREACHABLE, TIMED_OUT, ADDRESS_REFUSED, CREDENTIALS, LATER -> Optional.of(trouble);
            case UNKNOWN, OPERATOR, UNSUPPORTED, REFUSED -> Optional.empty();
        };
    }
}
