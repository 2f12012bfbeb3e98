package dev.banyan.whatsapp.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.campaigns.OptOuts;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutSettings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Contacts who get no campaigns, in the API, and the words by which they say so.
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp opt-outs", description = "Contacts who get no campaigns, and the words by which they say so.")
class OptOutsResource {

    private static final String NO_OPT_OUT = "Opt-out not found";

    @Schema(name = "OptOut")
    @JsonInclude(Include.NON_ABSENT)
    record WireOptOut(
            Phone phone,

            @Schema(description = "`word` (the contact wrote it), `person` or `whatsapp`")
            String cause,

            @Schema(description = "The number that got the word")
            Optional<SenderId> sender,

            Optional<String> word,
            String note,
            Instant at) {

        static WireOptOut of(OptOut one) {
            return new WireOptOut(one.phone(), one.cause().key(), one.sender(), one.word(), one.note(), one.at());
        }
    }

    record OptOutList(
            List<WireOptOut> optOuts,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<String> nextCursor) {}

    record OptOutListAnswer(boolean success, OptOutList data) {}

    record OptOutAnswer(boolean success, WireOptOut data) {}

    @NoOtherFields
    record OptOutBody(
            @Schema(example = "+971500000101") Optional<String> phone,

            @Schema(description = "Why, for people", example = "Asked by phone")
            Optional<String> note) {}

    @Schema(name = "OptOutSettings")
    record WireSettings(
            @Schema(description = "Compared without case, accents and punctuation around them")
            List<String> outWords,

            List<String> inWords,

            @Schema(description = "Sent once after a contact has opted out; empty: none")
            String outAnswer,

            String inAnswer,

            @Schema(
                    description = "How many contacts who never wrote each number linked by QR code gets from campaigns"
                            + " per day. WhatsApp restricts numbers that write to many strangers (error 463)")
            int firstContactsPerDay) {

        static WireSettings of(OptOutSettings settings) {
            return new WireSettings(
                    settings.outWords(),
                    settings.inWords(),
                    settings.outAnswer(),
                    settings.inAnswer(),
                    settings.firstContactsPerDay());
        }
    }

    record OptOutSettingsAnswer(boolean success, WireSettings data) {}

    @NoOtherFields
    record OptOutSettingsBody(
            Optional<List<String>> outWords,
            Optional<List<String>> inWords,
            Optional<String> outAnswer,
            Optional<String> inAnswer,
            Optional<Integer> firstContactsPerDay) {

        OptOutSettings on(OptOutSettings before) {
            return new OptOutSettings(
                    words(outWords).orElse(before.outWords()),
                    words(inWords).orElse(before.inWords()),
                    outAnswer.map(String::strip).orElse(before.outAnswer()),
                    inAnswer.map(String::strip).orElse(before.inAnswer()),
                    firstContactsPerDay.orElse(before.firstContactsPerDay()));
        }

        private static Optional<List<String>> words(Optional<List<String>> typed) {
            return typed.map(words -> words.stream().map(String::strip).toList());
        }
    }

    private final PoolApiGuard gate;
    private final OptOuts optOuts;

    OptOutsResource(PoolApiGuard gate, OptOuts optOuts) {
        this.gate = gate;
        this.optOuts = optOuts;
    }

    @GET
    @Path("opt-outs")
    @Operation(summary = "List the contacts who get no campaigns, by number")
    @APIResponseSchema(
            value = OptOutListAnswer.class,
            responseDescription = "Up to 1,000 contacts; use `nextCursor` to get the next page")
    public Response list(
            @Context Call call,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(
                call, context -> switch (Paging.of(limit, after.filter(text -> !text.isEmpty()), Phone::parse)) {
                    case Paging.Bad<Phone> bad -> Answers.refused(400, bad.error());
                    case Paging.Slice<Phone> slice -> list(context.root().id(), slice);
                });
    }

    private Response list(AccountId tenant, Paging.Slice<Phone> slice) {
        List<OptOut> found = optOuts.list(tenant, slice.after(), slice.limit() + 1);
        List<WireOptOut> page =
                found.stream().limit(slice.limit()).map(WireOptOut::of).toList();
        boolean more = found.size() > slice.limit();
        return Response.ok(new OptOutListAnswer(
                        true,
                        new OptOutList(
                                page, more ? Optional.of(page.getLast().phone().e164()) : Optional.empty())))
                .build();
    }

    @POST
    @Path("opt-outs")
    @Operation(summary = "Opt a contact out of campaigns")
    @APIResponseSchema(value = OptOutAnswer.class, responseDescription = "The opt-out", responseCode = "201")
    @APIResponse(responseCode = "400", description = "The number is invalid")
    public Response add(@Context Call call, OptOutBody body) {
        return gate.json(
                call,
                context -> optOuts.add(
                                context.root().id(),
                                context.actor(),
                                body.phone().orElse(""),
                                body.note().orElse(""))
                        .fold(
                                one -> Response.status(201)
                                        .entity(new OptOutAnswer(true, WireOptOut.of(one)))
                                        .build(),
                                refusal -> gate.refused(call, refusal, NO_OPT_OUT)));
    }

    @DELETE
    @Path("opt-outs/{contactPhone}")
    @Operation(summary = "Let a contact get campaigns again")
    @APIResponse(responseCode = "200", description = "Removed")
    @APIResponse(responseCode = "404", description = "The contact has not opted out")
    public Response remove(@Context Call call, @PathParam("contactPhone") String contactPhone) {
        return gate.json(
                call,
                context -> optOuts.remove(context.root().id(), context.actor(), contactPhone)
                        .fold(
                                _ -> Answers.done("The contact gets campaigns again"),
                                refusal -> gate.refused(call, refusal, NO_OPT_OUT)));
    }

    @GET
    @Path("opt-out-settings")
    @Operation(summary = "Get the opt-out words and their answers, and the limit for contacts who never wrote")
    @APIResponseSchema(value = OptOutSettingsAnswer.class, responseDescription = "The settings")
    public Response settings(@Context Call call) {
        return gate.json(call, context -> answer(optOuts.settings(context.root().id())));
    }

    @PUT
    @Path("opt-out-settings")
    @Operation(summary = "Set the opt-out words, their answers and the limit; what is left out stays")
    @APIResponseSchema(value = OptOutSettingsAnswer.class, responseDescription = "The settings as they are now")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public Response save(@Context Call call, OptOutSettingsBody body) {
        return gate.json(call, context -> {
            OptOutSettings before = optOuts.settings(context.root().id());
            return optOuts.save(context.root().id(), context.actor(), body.on(before))
                    .fold(OptOutsResource::answer, refusal -> gate.refused(call, refusal, NO_OPT_OUT));
        });
    }

    private static Response answer(OptOutSettings settings) {
        return Response.ok(new OptOutSettingsAnswer(true, WireSettings.of(settings)))
                .build();
    }
}
