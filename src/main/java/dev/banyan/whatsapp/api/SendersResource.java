package dev.banyan.whatsapp.api;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.api.HistoryAnswers.EventListAnswer;
import dev.banyan.whatsapp.api.HistoryAnswers.MetricsAnswer;
import dev.banyan.whatsapp.api.SenderAnswers.SenderAnswer;
import dev.banyan.whatsapp.api.SenderAnswers.SenderListAnswer;
import dev.banyan.whatsapp.session.Linking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Masters and servants in the API: search, details, and control of simulated senders.
@Path("/api/whatsapp/senders")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp senders", description = "Masters and servants alike.")
class SendersResource {

    record FaultBody(
            @Schema(description = "What is to happen, such as `drop`; an unknown one is answered with the list")
            Optional<String> fault) {}

    record ScanBody(
            @Schema(description = "The phone that scans; its own number where it is left out")
            Optional<String> phone) {}

    private final PoolApiGuard gate;
    private final SenderSearch search;
    private final SenderAnswers answers;
    private final HistoryAnswers history;
    private final Linking linking;

    SendersResource(
            PoolApiGuard gate, SenderSearch search, SenderAnswers answers, HistoryAnswers history, Linking linking) {
        this.gate = gate;
        this.search = search;
        this.answers = answers;
        this.history = history;
        this.linking = linking;
    }

    @GET
    @Operation(summary = "Find masters and servants, the oldest first")
    @APIResponseSchema(
            value = SenderListAnswer.class,
            responseDescription =
                    "Those that meet all that is asked for, up to 1,000; `nextCursor` says where the list goes on")
    @APIResponse(responseCode = "404", description = "Master account not found")
    public Response find(
            @Context Call call,
            @Parameter(description = "In name, number, id, purpose or a tag") @QueryParam("text") Optional<String> text,
            @Parameter(
                            description = "`linked`, `pending`, `unlinked`, or states such as `restricted`,"
                                    + " several with commas")
                    @QueryParam("status")
                    Optional<String> status,
            @Parameter(description = "In the pool of this master") @QueryParam("master") Optional<String> master,
            @QueryParam("purpose") Optional<String> purpose,
            @Parameter(description = "A country, ISO 3166") @QueryParam("region") Optional<String> region,
            @Parameter(description = "`healthy` or `unhealthy`") @QueryParam("health") Optional<String> health,
            @QueryParam("tag") Optional<String> tag,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(call, context -> search.all(call, context, limit, after));
    }

    @GET
    @Path("{senderId}")
    @Operation(summary = "Get a master or servant")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The sender")
    public Response get(@Context Call call, @PathParam("senderId") String senderId) {
        return gate.sender(call, senderId, (_, sender) -> answers.one(200, sender));
    }

    @GET
    @Path("{senderId}/events")
    @Operation(summary = "List what happened to a sender, the newest first")
    @APIResponseSchema(
            value = EventListAnswer.class,
            responseDescription = "Up to 1,000; `nextCursor` says where the list goes on")
    public Response events(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.sender(call, senderId, (_, sender) -> history.eventsOfSender(sender, limit, after));
    }

    @GET
    @Path("{senderId}/metrics")
    @Operation(summary = "Get what a sender did, hour by hour")
    @APIResponseSchema(
            value = MetricsAnswer.class,
            responseDescription = "The hours in which something happened, the oldest first, and their sum")
    @APIResponse(responseCode = "400", description = "A parameter breaks its rule")
    public Response metrics(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @Parameter(description = "The last so many hours, 1 to 8,784; 24 where it is left out") @QueryParam("hours")
                    Optional<String> hours) {
        return gate.sender(call, senderId, (_, sender) -> history.metrics(sender, hours));
    }

    @POST
    @Path("{senderId}/scan")
    @Operation(summary = "Let a simulated phone scan the code that is shown for a sender")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The sender as it is now")
    @APIResponse(responseCode = "400", description = "Invalid phone number")
    @APIResponse(responseCode = "409", description = "It is real, no code is shown, or the phone was refused")
    public Response scan(@Context Call call, @PathParam("senderId") String senderId, ScanBody body) {
        return gate.sender(call, senderId, (_, sender) -> {
            Optional<Phone> phone = body.phone().flatMap(Phone::parse);
            return body.phone().isPresent() && phone.isEmpty()
                    ? SenderAnswers.refused(Phone.INVALID)
                    : answers.simulated(call, linking.scan(sender.tenant(), sender.id(), phone));
        });
    }

    @POST
    @Path("{senderId}/simulate")
    @Operation(summary = "Let something happen to a simulated sender")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The sender as it is now")
    @APIResponse(responseCode = "400", description = "No such fault")
    @APIResponse(responseCode = "409", description = "It is real, or this cannot happen to it as it is now")
    public Response simulate(@Context Call call, @PathParam("senderId") String senderId, FaultBody body) {
        return gate.sender(
                call,
                senderId,
                (_, sender) -> Fault.of(body.fault().orElse(""))
                        .map(fault -> answers.simulated(call, linking.fault(sender.tenant(), sender.id(), fault)))
                        .orElseGet(() -> Answers.refused(
                                400,
                                "fault must be one of "
                                        + Arrays.stream(Fault.values())
                                                .map(Fault::key)
                                                .collect(Collectors.joining(", ")))));
    }
}
