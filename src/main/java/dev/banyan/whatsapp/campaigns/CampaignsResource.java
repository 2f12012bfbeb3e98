package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.campaigns.CampaignCheck.Forecast;
import dev.banyan.whatsapp.campaigns.WireCampaign.AddedView;
import dev.banyan.whatsapp.campaigns.WireCampaign.CampaignList;
import dev.banyan.whatsapp.campaigns.WireCampaign.CampaignView;
import dev.banyan.whatsapp.campaigns.WireCampaign.RecipientList;
import dev.banyan.whatsapp.campaigns.WireCampaign.RecipientView;
import dev.banyan.whatsapp.campaigns.WireCampaign.TestView;
import dev.banyan.whatsapp.history.MessagePrice;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Campaigns in the API. Their recipients are in [CampaignsResource].
@Path("/api/whatsapp/campaigns")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp campaigns", description = "One message to many contacts, over one pool, within all its limits.")
class CampaignsResource {

    static final Noun NOUN = Noun.of("Campaign");

    @NoOtherFields
    @Schema(requiredProperties = "to")
    record CampaignTestBody(
            @Schema(description = "The number that gets it", example = "+971500000101")
            Optional<String> to,

            @Schema(description = "Instead of the fields of the first recipient")
            Optional<Map<String, String>> fields) {}

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
    private final CampaignActs acts;
    private final CampaignCheck check;
    private final CampaignTrial trial;
    private final CampaignLists lists;

    CampaignsResource(
            Campaigns campaigns, CampaignActs acts, CampaignCheck check, CampaignTrial trial, CampaignLists lists) {
        this.campaigns = campaigns;
        this.acts = acts;
        this.check = check;
        this.trial = trial;
        this.lists = lists;
    }

    @GET
    @Operation(summary = "List campaigns, newest first")
    @APIResponseSchema(
            value = CampaignList.class,
            responseDescription = "Up to 1,000 campaigns; use `nextCursor` to get the next page")
    public CampaignList list(@Context PoolRequest request, @BeanParam PageQuery page) {
        PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
        return slice.of(
                campaigns.list(request.tenant(), slice.after(), slice.most()),
                CampaignView::of,
                progress -> progress.campaign().id(),
                CampaignList::new);
    }

    @POST
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Create a campaign; it sends nothing before it is started")
    @APIResponseSchema(value = CampaignView.class, responseDescription = "The draft", responseCode = "201")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was created")
    @APIResponse(responseCode = "404", description = "The master was not found")
    public Response create(@Context PoolRequest request, CampaignBody body) {
        return request.added(
                body,
                () -> view(
                        campaigns.create(request.tenant(), request.actor(), read(request, body)), PoolRequest.MASTER));
    }

    /// Refuses an unknown master before the other fields are looked at.
    private static Campaigns.Wanted read(PoolRequest request, CampaignBody body) {
        body.master().filter(id -> !id.isBlank()).ifPresent(request::master);
        return body.read();
    }

    @GET
    @Path("{campaignId}")
    @Operation(summary = "Get a campaign with its progress, its speed and its end")
    @APIResponseSchema(value = CampaignView.class, responseDescription = "The campaign")
    public CampaignView get(@Context PoolRequest request, @PathParam("campaignId") String campaignId) {
        return view(request.tenant(), campaign(campaignId));
    }

    @PUT
    @Path("{campaignId}")
    @Operation(summary = "Change a draft; what is left out is cleared")
    @APIResponseSchema(value = CampaignView.class, responseDescription = "The draft as it is now")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    @APIResponse(responseCode = "404", description = "The campaign or the master was not found")
    @APIResponse(responseCode = "409", description = "The campaign was started already")
    public CampaignView change(
            @Context PoolRequest request, @PathParam("campaignId") String campaignId, CampaignBody body) {
        UUID id = campaign(campaignId);
        if (campaigns.find(request.tenant(), id).isEmpty()) {
            throw Refused.notFound(NOUN); // before its body is looked at
        }
        return view(campaigns.change(request.tenant(), request.actor(), id, read(request, body)), PoolRequest.MASTER);
    }

    @DELETE
    @Path("{campaignId}")
    @Operation(summary = "Delete a draft, or a campaign that is over, with its recipients")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "409", description = "The campaign must be canceled first")
    public DoneMessage delete(@Context PoolRequest request, @PathParam("campaignId") String campaignId) {
        Refused.unless(campaigns.delete(request.tenant(), request.actor(), campaign(campaignId)), NOUN);
        return new DoneMessage("Campaign deleted");
    }

    @POST
    @Path("{campaignId}/check")
    @Operation(summary = "Dry run: what the campaign would send, to whom, as what, and until when")
    @APIResponseSchema(value = Forecast.class, responseDescription = "The forecast; nothing was sent")
    public Forecast check(@Context PoolRequest request, @PathParam("campaignId") String campaignId) {
        return check.run(request.tenant(), campaign(campaignId)).orElseThrow(() -> Refused.notFound(NOUN));
    }

    @POST
    @Path("{campaignId}/test")
    @Operation(summary = "Send the message to one number, marked as a test")
    @APIResponseSchema(value = TestView.class, responseDescription = "The message that was queued")
    @APIResponse(responseCode = "409", description = "The pool can’t send now")
    public TestView test(
            @Context PoolRequest request, @PathParam("campaignId") String campaignId, CampaignTestBody body) {
        OutgoingMessage message = Refused.unless(
                trial.send(
                        request.tenant(),
                        request.actor(),
                        campaign(campaignId),
                        body.to().orElse(""),
                        body.fields().orElse(Map.of())),
                NOUN);
        return new TestView(message.id(), true, message.text());
    }

    @POST
    @Path("{campaignId}/start")
    @Operation(summary = "Start a draft, now or at its time")
    @APIResponseSchema(value = CampaignView.class, responseDescription = "The campaign")
    @APIResponse(responseCode = "400", description = "The campaign has no recipients")
    @APIResponse(responseCode = "409", description = "The campaign was started already, or the pool can’t send now")
    public CampaignView start(@Context PoolRequest request, @PathParam("campaignId") String campaignId) {
        return view(acts.start(request.tenant(), request.actor(), campaign(campaignId)), NOUN);
    }

    @POST
    @Path("{campaignId}/pause")
    @Operation(summary = "Pause a campaign; what is in the outbox is still sent")
    @APIResponseSchema(value = CampaignView.class, responseDescription = "The campaign")
    @APIResponse(responseCode = "409", description = "The campaign is neither scheduled nor running")
    public CampaignView pause(@Context PoolRequest request, @PathParam("campaignId") String campaignId) {
        return view(acts.pause(request.tenant(), request.actor(), campaign(campaignId)), NOUN);
    }

    @POST
    @Path("{campaignId}/resume")
    @Operation(summary = "Resume a paused campaign")
    @APIResponseSchema(value = CampaignView.class, responseDescription = "The campaign")
    @APIResponse(responseCode = "409", description = "The campaign is not paused, or the pool can’t send now")
    public CampaignView resume(@Context PoolRequest request, @PathParam("campaignId") String campaignId) {
        return view(acts.resume(request.tenant(), request.actor(), campaign(campaignId)), NOUN);
    }

    @POST
    @Path("{campaignId}/cancel")
    @Operation(summary = "Cancel a campaign, with its messages in the outbox")
    @APIResponseSchema(value = CampaignView.class, responseDescription = "The campaign")
    @APIResponse(responseCode = "409", description = "The campaign is a draft, or over")
    public CampaignView cancel(@Context PoolRequest request, @PathParam("campaignId") String campaignId) {
        return view(acts.cancel(request.tenant(), request.actor(), campaign(campaignId)), NOUN);
    }

    private static UUID campaign(String id) {
        return Uuids.parse(id).orElseThrow(() -> Refused.notFound(NOUN));
    }

    /// @param noun what may be gone
    private CampaignView view(Outcome<Campaign> outcome, Noun noun) {
        Campaign campaign = Refused.unless(outcome, noun);
        return view(campaign.tenant(), campaign.id());
    }

    private CampaignView view(AccountId tenant, UUID id) {
        return campaigns.progress(tenant, id).map(CampaignView::of).orElseThrow(() -> Refused.notFound(NOUN));
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
        PageQuery.Slice<Long> slice = page.slice(CampaignsResource::position);
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
