package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.numbers.BulkSenders.Bulk;
import dev.banyan.whatsapp.numbers.BulkSenders.Report;
import dev.banyan.whatsapp.numbers.BulkSenders.ReportView;
import dev.banyan.whatsapp.numbers.BulkSenders.Row;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Bulk operations on senders (API).
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp senders")
class BulkSendersResource {

    private static final Invalid BAD_ACT =
            new Invalid("act", "act must be add, move, connect, tag, pause, resume or remove");
    private static final Invalid NO_SENDERS = new Invalid("senders", "Missing senders or where");
    private static final Invalid NO_TAGS = new Invalid("add", "Missing add or remove");
    private static final Invalid NO_IDS = new Invalid("senders", "senders must be a list of ids");
    private static final Invalid BOTH = new Invalid("senders", "Use senders or where, not both");
    private static final Invalid BOTH_LISTS = new Invalid("rows", "Use rows or csv, not both");
    private static final Invalid NO_ROWS = new Invalid("rows", "The list is empty");
    private static final Invalid SAYS_NOTHING =
            new Invalid("where", "where says nothing, so it would mean every sender; say which");
    private static final Invalid TOO_MANY =
            new Invalid("where", "More than " + BulkSenders.MOST + " senders match; narrow the filter");

    record NewServantRow(
            Optional<String> master,
            Optional<String> phone,
            Optional<String> name,
            Optional<String> purpose,
            Optional<List<String>> tags,
            Optional<String> region,
            Optional<Integer> weight,
            Optional<Integer> priority) {

        Row row(int number) {
            return new Row(
                    number,
                    master.orElse(""),
                    phone.orElse(""),
                    name.orElse(""),
                    purpose.orElse(""),
                    tags.map(all -> String.join(" ", all)).orElse(""),
                    region.orElse(""),
                    weight.map(String::valueOf).orElse(""),
                    priority.map(String::valueOf).orElse(""));
        }
    }

    /// The query parameters of the list of senders.
    record WhereBody(
            Optional<String> text,
            Optional<String> status,
            Optional<String> master,
            Optional<String> purpose,
            Optional<String> region,
            Optional<String> health,
            Optional<String> tag) {

        Map<String, String> typed() {
            var typed = new HashMap<String, String>();
            text.ifPresent(value -> typed.put("text", value));
            status.ifPresent(value -> typed.put("status", value));
            master.ifPresent(value -> typed.put("master", value));
            purpose.ifPresent(value -> typed.put("purpose", value));
            region.ifPresent(value -> typed.put("region", value));
            health.ifPresent(value -> typed.put("health", value));
            tag.ifPresent(value -> typed.put("tag", value));
            return typed;
        }
    }

    @Schema(requiredProperties = "act")
    record BulkBody(
            @Schema(description = "`add`, `move`, `connect`, `tag`, `pause`, `resume` or `remove`", example = "tag")
            Optional<String> act,

            @Schema(description = "For `add`: the new servants")
            Optional<List<NewServantRow>> rows,

            @Schema(
                    description =
                            "Or the same as CSV, with a line of names: master, phone, name, purpose, tags, region,"
                                    + " weight, priority")
            Optional<String> csv,

            @Schema(description = "For all but `add`: sender ids")
            Optional<List<String>> senders,

            @Schema(description = "Or all that meet this, as in the list of senders; it must say something")
            Optional<WhereBody> where,

            @Schema(description = "For `move`: the new master")
            Optional<String> master,

            @Schema(
                    description =
                            "For `connect`: the connection that they move to. Numbers that its gateway has already"
                                    + " are found by their phone")
            Optional<String> connection,

            @Schema(description = "For `tag`: tags to add") Optional<List<String>> add,

            @Schema(description = "For `tag`: tags to remove")
            Optional<List<String>> remove,

            @Schema(description = "For `pause`: `hold` (the default) or `drain`")
            Optional<String> mode,

            @Schema(description = "Reports what would happen and changes nothing")
            Optional<Boolean> dryRun) {}

    private final BulkSenders bulk;
    private final BulkMoves moves;
    private final Pools pools;

    BulkSendersResource(BulkSenders bulk, BulkMoves moves, Pools pools) {
        this.bulk = bulk;
        this.moves = moves;
        this.pools = pools;
    }

    @POST
    @Path("senders/bulk")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(
            summary =
                    "Add, move, connect, tag, pause, resume or remove up to 1,000 senders; failed rows don't stop the others")
    @APIResponseSchema(value = ReportView.class, responseDescription = "The result of each row")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    @APIResponse(responseCode = "404", description = "The master or the senders were not found")
    public Response run(@Context PoolRequest request, BulkBody body) {
        return request.once(
                body,
                200,
                () -> ReportView.of(
                        body.act().equals(Optional.of("connect")) ? connect(request, body) : act(request, body)));
    }

    private Report connect(PoolRequest request, BulkBody body) {
        List<SenderId> ids = selected(request, body, named(request, body));
        BulkMoves.Target target =
                Refused.unless(moves.target(request.tenant(), body.connection().orElse("")), PoolRequest.CONNECTION);
        return moves.run(request.actor(), target, ids, body.dryRun().orElse(false), _ -> {});
    }

    private Report act(PoolRequest request, BulkBody body) {
        return bulk.run(
                request.tenant(),
                request.actor(),
                wanted(request, body),
                body.dryRun().orElse(false),
                _ -> {});
    }

    private Bulk wanted(PoolRequest request, BulkBody body) {
        Optional<Sender> master = body.master().map(request::master);
        List<SenderId> named = named(request, body);
        return switch (body.act().orElse("")) {
            case "add" -> new Bulk.Add(rows(body));
            case "move" -> {
                Sender to = master.orElseThrow(() -> Refused.invalid(Invalid.whole("Missing master")));
                yield new Bulk.Move(selected(request, body, named), to.id());
            }
            case "tag" -> {
                var tag = new Bulk.Tag(
                        selected(request, body, named),
                        body.add().orElse(List.of()),
                        body.remove().orElse(List.of()));
                if (tag.add().isEmpty() && tag.remove().isEmpty()) {
                    throw Refused.invalid(NO_TAGS);
                }
                yield tag;
            }
            case "pause" -> {
                Pause how = new PauseBody(body.mode()).how();
                yield new Bulk.Hold(selected(request, body, named), Optional.of(how));
            }
            case "resume" -> new Bulk.Hold(selected(request, body, named), Optional.empty());
            case "remove" -> new Bulk.Remove(selected(request, body, named));
            default -> throw Refused.invalid(BAD_ACT);
        };
    }

    private List<SenderId> named(PoolRequest request, BulkBody body) {
        List<String> typed = body.senders().orElse(List.of());
        List<SenderId> named =
                typed.stream().map(SenderId::parse).flatMap(Optional::stream).toList();
        if (!typed.isEmpty() && pools.senders(request.tenant(), named).isEmpty()) {
            throw request.notFound("No matching accounts found");
        }
        if (named.size() < typed.size() || body.senders().isPresent() && typed.isEmpty()) {
            throw Refused.invalid(NO_IDS);
        }
        return named;
    }

    private static List<Row> rows(BulkBody body) {
        if (body.rows().isPresent()) {
            List<NewServantRow> rows = body.rows().get();
            if (rows.isEmpty() || body.csv().isPresent()) {
                throw Refused.invalid(rows.isEmpty() ? NO_ROWS : BOTH_LISTS);
            }
            return IntStream.range(0, rows.size())
                    .mapToObj(place -> rows.get(place).row(place + 1))
                    .toList();
        }
        return Refused.unless(
                BulkSenders.read(body.csv().orElse("").getBytes(StandardCharsets.UTF_8)), PoolRequest.SENDER);
    }

    private List<SenderId> selected(PoolRequest request, BulkBody body, List<SenderId> named) {
        if (body.senders().isPresent()) {
            if (body.where().isPresent()) {
                throw Refused.invalid(BOTH);
            }
            return named;
        }
        WhereBody where = body.where().orElseThrow(() -> Refused.invalid(NO_SENDERS));
        SenderQuery query = Refused.unless(SenderQuery.parse(where.typed()), PoolRequest.SENDER);
        if (query.isAll()) {
            throw Refused.invalid(SAYS_NOTHING); // a misspelt or empty field is not a request for all senders
        }
        return bulk.select(request.tenant(), query).orElseThrow(() -> Refused.invalid(TOO_MANY));
    }
}
