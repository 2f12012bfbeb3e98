package dev.banyan.whatsapp.optouts;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Contacts who get no campaigns, in the API, and the words by which they say so.
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp opt-outs", description = "Contacts who get no campaigns, and the words by which they say so.")
class OptOutsResource {

    private static final Noun NOUN = Noun.of("Opt-out");

    @Schema(name = "OptOut")
    @JsonInclude(Include.NON_ABSENT)
    record WireOptOut(
            @Schema(description = "The contact’s phone number; null while WhatsApp hides it")
            @JsonInclude(Include.ALWAYS)
            Optional<Phone> phone,

            @Schema(description = "The contact, by the phone number if it is known")
            ContactAddress contact,

            @Schema(description = "`word` (the contact wrote it), `person` or `whatsapp`")
            String cause,

            @Schema(description = "The number that got the word")
            Optional<SenderId> sender,

            Optional<String> word,
            String note,
            Instant at) {

        static WireOptOut of(OptOut one) {
            return new WireOptOut(
                    one.contact().phone(),
                    one.contact(),
                    one.cause().key(),
                    one.sender(),
                    one.word(),
                    one.note(),
                    one.at());
        }
    }

    record OptOutList(
            List<WireOptOut> optOuts,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<String> nextCursor) {}

    @NoOtherFields
    @Schema(requiredProperties = "phone")
    record OptOutBody(
            @Schema(example = "+971500000101") Optional<String> phone,

            @Schema(description = "Why, for people", example = "Asked by phone")
            Optional<String> note) {}

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

    private final OptOuts optOuts;

    OptOutsResource(OptOuts optOuts) {
        this.optOuts = optOuts;
    }

    @GET
    @Path("opt-outs")
    @Operation(summary = "List the contacts who get no campaigns, by number")
    @APIResponseSchema(
            value = OptOutList.class,
            responseDescription = "Up to 1,000 contacts; use `nextCursor` to get the next page")
    public OptOutList list(@Context PoolRequest request, @BeanParam PageQuery page) {
        PageQuery.Slice<ContactAddress> slice = page.slice(ContactAddress::parse);
        return slice.of(
                optOuts.list(request.tenant(), slice.after(), slice.most()),
                WireOptOut::of,
                OptOut::contact,
                (shown, next) -> new OptOutList(shown, next.map(ContactAddress::key)));
    }

    @POST
    @Path("opt-outs")
    @ResponseStatus(201)
    @Operation(summary = "Opt a contact out of campaigns")
    @APIResponseSchema(value = WireOptOut.class, responseDescription = "The opt-out", responseCode = "201")
    @APIResponse(responseCode = "400", description = "The number is invalid")
    public WireOptOut add(@Context PoolRequest request, OptOutBody body) {
        return WireOptOut.of(Refused.unless(
                optOuts.add(
                        request.tenant(),
                        request.actor(),
                        body.phone().orElse(""),
                        body.note().orElse("")),
                NOUN));
    }

    @DELETE
    @Path("opt-outs/{contactPhone}")
    @Operation(summary = "Let a contact get campaigns again")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Removed")
    @APIResponse(responseCode = "404", description = "The contact has not opted out")
    public DoneMessage remove(@Context PoolRequest request, @PathParam("contactPhone") String contactPhone) {
        Refused.unless(optOuts.remove(request.tenant(), request.actor(), contactPhone), NOUN);
        return new DoneMessage("The contact gets campaigns again");
    }

    @GET
    @Path("opt-out-settings")
    @Operation(summary = "Get the opt-out words and their answers, and the limit for contacts who never wrote")
    @APIResponseSchema(value = OptOutSettings.class, responseDescription = "The settings")
    public OptOutSettings settings(@Context PoolRequest request) {
        return optOuts.settings(request.tenant());
    }

    @PUT
    @Path("opt-out-settings")
    @Operation(summary = "Set the opt-out words, their answers and the limit; what is left out stays")
    @APIResponseSchema(value = OptOutSettings.class, responseDescription = "The settings as they are now")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public OptOutSettings save(@Context PoolRequest request, OptOutSettingsBody body) {
        OptOutSettings before = optOuts.settings(request.tenant());
        return Refused.unless(optOuts.save(request.tenant(), request.actor(), body.on(before)), NOUN);
    }
}
