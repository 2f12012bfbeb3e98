package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.campaigns.WireCampaign.AddedView;
import dev.banyan.whatsapp.campaigns.WireCampaign.RecipientList;
import dev.banyan.whatsapp.campaigns.WireCampaign.RecipientView;
import dev.banyan.whatsapp.history.MessagePrice;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The recipients of campaigns in the API, and what became of each.
@Path("/api/whatsapp/campaigns")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp campaigns")
class CampaignRecipientsResource {

    private static final Invalid BAD_STATE = new Invalid("state", "state must be a state of a recipient");

    record RecipientOfCampaign(
            @Schema(example = "+971500000101") Optional<String> phone,
            @Schema(example = "Amira") Optional<String> name,

            @Schema(description = "What the message may refer to", example = "{\"city\": \"Dubai\"}")
            Optional<Map<String, String>> fields) {

        NewRecipient recipient() {
            return new NewRecipient(phone.orElse(""), name.orElse(""), fields.orElse(Map.of()));
        }
    }

    @NoOtherFields
    record CampaignRecipientsBody(
            @Schema(description = "Up to 100,000 in all") Optional<List<RecipientOfCampaign>> recipients,

            @Schema(description = "Or all contacts whose conversations have this tag", example = "gold")
            Optional<String> tag,

            @Schema(description = "Only contacts of this workspace")
            Optional<String> workspace) {}

    private final Campaigns campaigns;
    private final CampaignLists lists;

    CampaignRecipientsResource(Campaigns campaigns, CampaignLists lists) {
        this.campaigns = campaigns;
        this.lists = lists;
    }

    @GET
    @Path("{campaignId}/recipients")
    @Operation(summary = "List the recipients of a campaign, with what became of each")
    @APIResponseSchema(
            value = RecipientList.class,
            responseDescription = "Up to 1,000 recipients; use `nextCursor` to get the next page")
    public RecipientList list(
            @Context PoolRequest request,
            @PathParam("campaignId") String campaignId,
            @Schema(description = "Such as `failed`") @QueryParam("state") Optional<String> state,
            @BeanParam PageQuery page) {
        UUID id = campaign(request, campaignId);
        Optional<RecipientState> known = state(state);
        PageQuery.Slice<Long> slice = page.slice(CampaignRecipientsResource::position);
        return slice.all(
                lists.list(request.tenant(), id, known, slice.after().orElse(0L), slice.most()),
                Recipient::position,
                some -> views(request.tenant(), some),
                RecipientList::new);
    }

    private List<RecipientView> views(AccountId tenant, List<Recipient> some) {
        Map<UUID, MessagePrice> prices = lists.prices(tenant, some);
        return some.stream().map(one -> RecipientView.of(one, prices)).toList();
    }

    private static Optional<RecipientState> state(Optional<String> typed) {
        return typed.filter(text -> !text.isEmpty())
                .map(text -> RecipientState.parse(text).orElseThrow(() -> Refused.invalid(BAD_STATE)));
    }

    private static Optional<Long> position(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    @GET
    @Path("{campaignId}/recipients.csv")
    @Operation(summary = "Download the recipients of a campaign with what became of each, as CSV")
    @APIResponse(
            responseCode = "200",
            description = "One line for each recipient",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    public Response csv(
            @Context PoolRequest request,
            @PathParam("campaignId") String campaignId,
            @Schema(description = "Such as `failed`") @QueryParam("state") Optional<String> state) {
        UUID id = campaign(request, campaignId);
        Optional<RecipientState> known = state(state);
        StreamingOutput rows = out -> CampaignCsv.write(lists, request.tenant(), id, known, out);
        return FileAnswers.csv("campaign-" + id, rows);
    }

    @POST
    @Path("{campaignId}/recipients")
    @Operation(
            summary = "Add recipients to a draft; duplicates, invalid numbers and opt-outs are kept with the reason",
            description =
                    "Instead of JSON, the body may be a file whose first line names the columns, such as phone and"
                            + " name: CSV (" + CsvText.CSV + ") or an Excel workbook (" + CsvText.WORKBOOK + ")")
    @APIResponseSchema(value = AddedView.class, responseDescription = "How many were added, and as what")
    @APIResponse(responseCode = "409", description = "The campaign was started already")
    public AddedView add(
            @Context PoolRequest request, @PathParam("campaignId") String campaignId, CampaignRecipientsBody body) {
        UUID id = campaign(request, campaignId);
        if (body.tag().isPresent() && body.recipients().isPresent()) {
            throw Refused.invalid(new Invalid("tag", "Send either recipients or tag"));
        }
        return added(body.tag()
                .map(tag ->
                        lists.addTagged(request.tenant(), id, body.workspace().filter(text -> !text.isEmpty()), tag))
                .orElseGet(() -> lists.add(
                        request.tenant(),
                        id,
                        body.recipients().orElse(List.of()).stream()
                                .map(RecipientOfCampaign::recipient)
                                .toList())));
    }

    /// Adds recipients from a file. Its first line names the columns: phone, name, and others.
    @POST
    @Path("{campaignId}/recipients")
    @Consumes({CsvText.CSV, CsvText.WORKBOOK, CsvText.EXCEL})
    @Operation(hidden = true)
    public AddedView addFile(
            @Context PoolRequest request,
            @PathParam("campaignId") String campaignId,
            @RequestBody(content = @Content(mediaType = CsvText.CSV)) byte[] file) {
        UUID id = campaign(request, campaignId);
        return added(RecipientCsv.read(file, CampaignLists.MOST).then(rows -> lists.add(request.tenant(), id, rows)));
    }

    private static AddedView added(Outcome<CampaignLists.Added> outcome) {
        return AddedView.of(Refused.unless(outcome, CampaignsResource.NOUN));
    }

    private UUID campaign(PoolRequest request, String campaignId) {
        return Uuids.parse(campaignId)
                .filter(id -> campaigns.find(request.tenant(), id).isPresent())
                .orElseThrow(() -> Refused.notFound(CampaignsResource.NOUN));
    }
}
