package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Parse;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.messages.QueueAction;
import dev.banyan.whatsapp.messages.QueueDecisions;
import dev.banyan.whatsapp.messages.QueueDecisions.Report;
import dev.banyan.whatsapp.messages.QueueFilter;
import dev.banyan.workspaces.access.ProjectRequest;
import dev.banyan.workspaces.number.NumberHistory.Scope;
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

/// Decisions about many messages for API clients of the project's side: by id, or by a filter.
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp messages")
class NumberQueueResource {

    private static final String LIMITS =
            "With `dryRun`, answers how many messages match and changes nothing. One request changes up to 10,000; if"
                    + " `more` is true, send it again. Messages in another state are left alone.";

    private static final String MUST_BE_TIME = "must be a time with its offset, such as 2026-11-21T09:30:00+04:00";
    private static final Invalid NOTHING = new Invalid("ids", "Missing ids or filter");
    private static final Invalid BOTH = new Invalid("ids", "Use ids or filter, not both");
    private static final Invalid BAD_IDS =
            new Invalid("ids", "ids must be a list of 1 to " + QueueDecisions.MOST_IDS + " message ids");
    private static final Invalid SAYS_NOTHING =
            new Invalid("filter", "filter says nothing, so it would mean every message; say which");

    @NoOtherFields
    record QueueFilterBody(
            @Schema(description = "Sent by programs over the number of this sub-client")
            Optional<String> subClientId,

            @Schema(description = "Over the pool of this master, which may have been removed")
            Optional<String> master,

            @Schema(description = "One of the states that the action applies to; several with commas")
            Optional<String> state,

            @Schema(description = "To this contact", example = "+971500000201")
            Optional<String> to,

            @Schema(description = "Messages of one request") Optional<String> batch,

            @Schema(description = "Ordered at this time or later", example = "2026-11-21T00:00:00+04:00")
            Optional<String> from,

            @Schema(description = "Ordered before this time")
            Optional<String> until) {}

    @NoOtherFields
    record QueueBody(
            @Schema(description = "1 to 1,000 message ids") Optional<List<String>> ids,

            @Schema(description = "Or all messages that meet this; it must say something")
            Optional<QueueFilterBody> filter,

            @Schema(description = "Answers how many match and changes nothing")
            Optional<Boolean> dryRun) {}

    record QueueReportView(
            boolean dryRun,

            @Schema(description = "Messages that the action applies to")
            int matched,

            @Schema(description = "How many were changed") int done,

            @Schema(description = "Whether others match: send the request again")
            boolean more) {}

    private final NumberHistory history;
    private final NumberMessages messages;

    NumberQueueResource(NumberHistory history, NumberMessages messages) {
        this.history = history;
        this.messages = messages;
    }

    @POST
    @Path("messages/requeue")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(
            summary = "Queue failed and `uncertain` messages again; uncertain ones may arrive twice",
            description = LIMITS)
    @APIResponseSchema(value = QueueReportView.class, responseDescription = "How many matched and were queued")
    @APIResponse(responseCode = "400", description = "A field is missing or invalid")
    @APIResponse(responseCode = "404", description = "Sub-client or master not found")
    public Response requeue(@Context ProjectRequest request, QueueBody body) {
        return decide(request, body, QueueAction.REQUEUE);
    }

    @POST
    @Path("messages/give-up")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Mark `uncertain` messages as failed", description = LIMITS)
    @APIResponseSchema(value = QueueReportView.class, responseDescription = "How many matched and were marked")
    @APIResponse(responseCode = "400", description = "A field is missing or invalid")
    @APIResponse(responseCode = "404", description = "Sub-client or master not found")
    public Response giveUp(@Context ProjectRequest request, QueueBody body) {
        return decide(request, body, QueueAction.GIVE_UP);
    }

    @POST
    @Path("messages/cancel")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Cancel messages that have not been handed over", description = LIMITS)
    @APIResponseSchema(value = QueueReportView.class, responseDescription = "How many matched and were canceled")
    @APIResponse(responseCode = "400", description = "A field is missing or invalid")
    @APIResponse(responseCode = "404", description = "Sub-client or master not found")
    public Response cancel(@Context ProjectRequest request, QueueBody body) {
        return decide(request, body, QueueAction.CANCEL);
    }

    private Response decide(ProjectRequest request, QueueBody body, QueueAction action) {
        return request.once(body, 200, () -> view(decided(request, body, action)));
    }

    private Report decided(ProjectRequest request, QueueBody body, QueueAction action) {
        if (body.filter().isPresent()) {
            return byFilter(request, body, body.filter().get(), action);
        }
        List<String> typed = body.ids().orElseThrow(() -> Refused.invalid(NOTHING));
        List<UUID> ids = typed.stream().flatMap(id -> Uuids.parse(id).stream()).toList();
        if (ids.isEmpty() || ids.size() < typed.size() || ids.size() > QueueDecisions.MOST_IDS) {
            throw Refused.invalid(BAD_IDS);
        }
        return messages.decideAll(request.context(), action, ids, isDryRun(body))
                .orElseThrow(() -> request.denied(404, "Message not found"));
    }

    private static boolean isDryRun(QueueBody body) {
        return body.dryRun().orElse(false);
    }

    private Report byFilter(ProjectRequest request, QueueBody whole, QueueFilterBody body, QueueAction action) {
        AccountContext context = request.context();
        if (context.isSubAccount() && body.subClientId().isEmpty()) {
            throw request.refused(400, "Missing subClientId");
        }
        Scope.Done scope = switch (history.scope(context, body.subClientId(), body.master(), Optional.empty())) {
            case Scope.NotPicked not -> throw NumberAnswers.refused(request, not.why());
            case Scope.Done found -> found;
        };
        var invalid = new ArrayList<Invalid>();
        if (whole.ids().isPresent()) {
            invalid.add(BOTH);
        }
        var filter = new QueueFilter(
                scope.pool(),
                states(body.state(), action, invalid),
                read("to", body.to(), ContactAddress::parse, "must be a phone number such as +971500000201", invalid),
                read("batch", body.batch(), Uuids::parse, "must be an id from an answer", invalid),
                read("from", body.from(), NumberQueueResource::time, MUST_BE_TIME, invalid),
                read("until", body.until(), NumberQueueResource::time, MUST_BE_TIME, invalid),
                Optional.empty(),
                false);
        if (invalid.isEmpty() && filter.isAll()) {
            invalid.add(SAYS_NOTHING);
        }
        if (!invalid.isEmpty()) {
            throw Refused.invalid(invalid.getFirst());
        }
        return messages.decideAll(context, action, filter, isDryRun(whole));
    }

    private static Optional<Instant> time(String typed) {
        return Parse.of(typed, OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    }

    private static Set<DeliveryState> states(Optional<String> typed, QueueAction action, List<Invalid> invalid) {
        return read("state", typed, MessageParameters::parseStates, "must be " + action.stateWords(), invalid)
                .filter(states -> {
                    boolean fit = states.stream().allMatch(action::appliesTo);
                    if (!fit) {
                        invalid.add(new Invalid("state", "state must be " + action.stateWords()));
                    }
                    return fit;
                })
                .orElse(Set.of());
    }

    private static <T> Optional<T> read(
            String field,
            Optional<String> typed,
            Function<String, Optional<T>> reading,
            String rule,
            List<Invalid> invalid) {
        Optional<String> given = typed.map(String::strip).filter(text -> !text.isEmpty());
        Optional<T> read = given.flatMap(reading);
        if (given.isPresent() && read.isEmpty()) {
            invalid.add(new Invalid(field, field + " " + rule));
        }
        return read;
    }

    private static QueueReportView view(Report report) {
        return new QueueReportView(report.dryRun(), report.matched(), report.done(), report.more());
    }
}
