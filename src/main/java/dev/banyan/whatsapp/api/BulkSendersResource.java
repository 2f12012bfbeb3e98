package dev.banyan.whatsapp.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.registry.BulkSenders;
import dev.banyan.whatsapp.registry.BulkSenders.Bulk;
import dev.banyan.whatsapp.registry.BulkSenders.Line;
import dev.banyan.whatsapp.registry.BulkSenders.Parsed;
import dev.banyan.whatsapp.registry.BulkSenders.Report;
import dev.banyan.whatsapp.registry.BulkSenders.Row;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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

    private static final Invalid BAD_ACT = new Invalid("act", "act must be add, move, tag, pause, resume or remove");
    private static final Invalid NO_SENDERS = new Invalid("senders", "Missing senders or where");
    private static final Invalid NO_IDS = new Invalid("senders", "senders must be a list of ids");
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

    record BulkBody(
            @Schema(description = "`add`, `move`, `tag`, `pause`, `resume` or `remove`", example = "tag")
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

            @Schema(description = "For `tag`: tags to add") Optional<List<String>> add,

            @Schema(description = "For `tag`: tags to remove")
            Optional<List<String>> remove,

            @Schema(description = "For `pause`: `hold` (the default) or `drain`")
            Optional<String> mode,

            @Schema(description = "Reports what would happen and changes nothing")
            Optional<Boolean> dryRun) {}

    @JsonInclude(Include.NON_ABSENT)
    record LineView(
            @Schema(description = "Row number from 1, or the line of the CSV")
            int row,

            @Schema(description = "The id or phone number in this row")
            String subject,

            Optional<SenderId> sender,
            @Schema(example = "moved to sales") String text,
            boolean ok) {

        static LineView of(Line line) {
            return new LineView(line.row(), line.subject(), line.sender(), line.text(), line.ok());
        }
    }

    record ReportView(boolean dryRun, int done, int failed, List<LineView> lines) {}

    record ReportAnswer(boolean success, ReportView data) {}

    private final PoolApiGuard gate;
    private final BulkSenders bulk;
    private final Pools pools;

    BulkSendersResource(PoolApiGuard gate, BulkSenders bulk, Pools pools) {
        this.gate = gate;
        this.bulk = bulk;
        this.pools = pools;
    }

    @POST
    @Path("senders/bulk")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(
            summary = "Add, move, tag, pause, resume or remove up to 1,000 senders; failed rows don't stop the others")
    @APIResponseSchema(value = ReportAnswer.class, responseDescription = "The result of each row")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    @APIResponse(responseCode = "404", description = "The master or the senders were not found")
    public Response run(@Context Call call, BulkBody body) {
        return gate.once(call, body, context -> run(call, context, body));
    }

    private Response run(Call call, AccountContext context, BulkBody body) {
        Optional<Sender> master =
                body.master().flatMap(id -> gate.find(context, id)).filter(Sender::isMaster);
        if (body.master().isPresent() && master.isEmpty()) {
            return gate.unknown(call, PoolApiGuard.NO_MASTER);
        }
        List<SenderId> named = body.senders().orElse(List.of()).stream()
                .map(SenderId::parse)
                .flatMap(Optional::stream)
                .toList();
        boolean names = body.senders().filter(ids -> !ids.isEmpty()).isPresent();
        if (names && pools.senders(context.root().id(), named).isEmpty()) {
            return gate.unknown(call, "No matching accounts found");
        }
        if (named.size() < body.senders().map(List::size).orElse(0)) {
            return Answers.refused(NO_IDS);
        }
        return switch (body.act().orElse("")) {
            case "add" -> add(context, body);
            case "move" ->
                master.map(to -> selected(context, body, named, ids -> new Bulk.Move(ids, to.id())))
                        .orElseGet(() -> Answers.refused(400, "Missing master"));
            case "tag" ->
                selected(
                        context,
                        body,
                        named,
                        ids -> new Bulk.Tag(
                                ids, body.add().orElse(List.of()), body.remove().orElse(List.of())));
            case "pause" ->
                PauseBody.mode(body.mode())
                        .map(how -> selected(context, body, named, ids -> new Bulk.Hold(ids, Optional.of(how))))
                        .orElseGet(() -> Answers.refused(PauseBody.BAD_MODE));
            case "resume" -> selected(context, body, named, ids -> new Bulk.Hold(ids, Optional.empty()));
            case "remove" -> selected(context, body, named, Bulk.Remove::new);
            default -> Answers.refused(BAD_ACT);
        };
    }

    private Response add(AccountContext context, BulkBody body) {
        Optional<List<NewServantRow>> rows = body.rows();
        Parsed parsed = rows.<Parsed>map(list -> new Parsed.Rows(IntStream.range(0, list.size())
                        .mapToObj(place -> list.get(place).row(place + 1))
                        .toList()))
                .orElseGet(() -> BulkSenders.read(body.csv().orElse("").getBytes(StandardCharsets.UTF_8)));
        return switch (parsed) {
            case Parsed.Rows read -> report(context, body, new Bulk.Add(read.rows()));
            case Parsed.Broken broken -> Answers.refused(new Invalid("csv", broken.why()));
        };
    }

    private interface OnSenders {
        Bulk act(List<SenderId> senders);
    }

    private Response selected(AccountContext context, BulkBody body, List<SenderId> named, OnSenders work) {
        if (body.senders().isPresent()) {
            return report(context, body, work.act(named));
        }
        if (body.where().isEmpty()) {
            return Answers.refused(NO_SENDERS);
        }
        return switch (SenderQuery.parse(body.where().get().typed())) {
            case SenderQuery.Parsed.Bad bad -> Answers.refused(bad.invalid());
            // A misspelt or empty field is not a request for all senders.
            case SenderQuery.Parsed.Good good when good.query().isAll() -> Answers.refused(SAYS_NOTHING);
            case SenderQuery.Parsed.Good good ->
                bulk.select(context.root().id(), good.query())
                        .map(some -> report(context, body, work.act(some)))
                        .orElseGet(() -> Answers.refused(TOO_MANY));
        };
    }

    private Response report(AccountContext context, BulkBody body, Bulk wanted) {
        Report report = bulk.run(
                context.root().id(), context.actor(), wanted, body.dryRun().orElse(false), _ -> {});
        return Response.ok(new ReportAnswer(
                        true,
                        new ReportView(
                                report.dryRun(),
                                report.done(),
                                report.failed(),
                                report.lines().stream().map(LineView::of).toList())))
                .build();
    }
}
