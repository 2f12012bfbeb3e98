package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.api.WireCampaign.CampaignAnswer;
import dev.banyan.whatsapp.api.WireCampaign.CampaignList;
import dev.banyan.whatsapp.api.WireCampaign.CampaignListAnswer;
import dev.banyan.whatsapp.api.WireCampaign.CampaignView;
import dev.banyan.whatsapp.api.WireCampaign.ForecastAnswer;
import dev.banyan.whatsapp.api.WireCampaign.ForecastView;
import dev.banyan.whatsapp.api.WireCampaign.TestAnswer;
import dev.banyan.whatsapp.api.WireCampaign.TestView;
import dev.banyan.whatsapp.campaigns.CampaignActs;
import dev.banyan.whatsapp.campaigns.CampaignCheck;
import dev.banyan.whatsapp.campaigns.CampaignTrial;
import dev.banyan.whatsapp.campaigns.CampaignTrial.Tried;
import dev.banyan.whatsapp.campaigns.Campaigns;
import dev.banyan.whatsapp.campaigns.Campaigns.Changed;
import dev.banyan.whatsapp.campaigns.Campaigns.Progress;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Campaigns in the API. Their recipients are in [CampaignRecipientsResource].
@Path("/api/whatsapp/campaigns")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp campaigns", description = "One message to many contacts, over one pool, within all its limits.")
class CampaignsResource {

    static final String NO_CAMPAIGN = "Campaign not found";

    @NoOtherFields
    record CampaignTestBody(
            @Schema(description = "The number that gets it", example = "+971500000101")
            Optional<String> to,

            @Schema(description = "Instead of the fields of the first recipient")
            Optional<Map<String, String>> fields) {}

    private final PoolApiGuard gate;
    private final Campaigns campaigns;
    private final CampaignActs acts;
    private final CampaignCheck check;
    private final CampaignTrial trial;

    CampaignsResource(
            PoolApiGuard gate, Campaigns campaigns, CampaignActs acts, CampaignCheck check, CampaignTrial trial) {
        this.gate = gate;
        this.campaigns = campaigns;
        this.acts = acts;
        this.check = check;
        this.trial = trial;
    }

    @GET
    @Operation(summary = "List campaigns, newest first")
    @APIResponseSchema(
            value = CampaignListAnswer.class,
            responseDescription = "Up to 1,000 campaigns; use `nextCursor` to get the next page")
    public Response list(
            @Context Call call,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(
                call, context -> switch (Paging.of(limit, after.filter(text -> !text.isEmpty()), Uuids::parse)) {
                    case Paging.Bad<UUID> bad -> Answers.refused(400, bad.error());
                    case Paging.Slice<UUID> slice -> list(context.root().id(), slice);
                });
    }

    private Response list(AccountId tenant, Paging.Slice<UUID> slice) {
        List<Progress> found = campaigns.list(tenant, slice.after(), slice.limit() + 1);
        List<CampaignView> page =
                found.stream().limit(slice.limit()).map(CampaignView::of).toList();
        boolean more = found.size() > slice.limit();
        return Response.ok(new CampaignListAnswer(
                        true,
                        new CampaignList(page, more ? Optional.of(page.getLast().id()) : Optional.empty())))
                .build();
    }

    @POST
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Create a campaign; it sends nothing before it is started")
    @APIResponseSchema(value = CampaignAnswer.class, responseDescription = "The draft", responseCode = "201")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was created")
    @APIResponse(responseCode = "404", description = "The master was not found")
    public Response create(@Context Call call, CampaignBody body) {
        return gate.once(
                call,
                body,
                context -> read(
                        call,
                        context,
                        body,
                        wanted -> answer(
                                call, 201, campaigns.create(context.root().id(), context.actor(), wanted))));
    }

    private interface OnWanted {
        Response answer(Campaigns.Wanted wanted);
    }

    /// Answers an unknown master before the other fields are looked at.
    private Response read(Call call, AccountContext context, CampaignBody body, OnWanted work) {
        Optional<String> named = body.master().filter(id -> !id.isBlank());
        if (named.isPresent()
                && named.flatMap(id -> gate.find(context, id))
                        .filter(Sender::isMaster)
                        .isEmpty()) {
            return gate.unknown(call, PoolApiGuard.NO_MASTER);
        }
        return switch (body.read()) {
            case CampaignBody.Read.Good(Campaigns.Wanted wanted) -> work.answer(wanted);
            case CampaignBody.Read.Bad(var invalid) -> Answers.refused(invalid);
        };
    }

    @GET
    @Path("{campaignId}")
    @Operation(summary = "Get a campaign with its progress, its speed and its end")
    @APIResponseSchema(value = CampaignAnswer.class, responseDescription = "The campaign")
    public Response get(@Context Call call, @PathParam("campaignId") String campaignId) {
        return on(
                call,
                campaignId,
                (context, id) -> progress(call, 200, context.root().id(), id));
    }

    @PUT
    @Path("{campaignId}")
    @Operation(summary = "Change a draft; what is left out is cleared")
    @APIResponseSchema(value = CampaignAnswer.class, responseDescription = "The draft as it is now")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    @APIResponse(responseCode = "404", description = "The campaign or the master was not found")
    @APIResponse(responseCode = "409", description = "The campaign was started already")
    public Response change(@Context Call call, @PathParam("campaignId") String campaignId, CampaignBody body) {
        return on(
                call,
                campaignId,
                (context, id) -> known(call, context, id)
                        .orElseGet(() -> read(
                                call,
                                context,
                                body,
                                wanted -> answer(
                                        call,
                                        200,
                                        campaigns.change(context.root().id(), context.actor(), id, wanted)))));
    }

    /// Answers an unknown campaign before its body is looked at.
    private Optional<Response> known(Call call, AccountContext context, UUID id) {
        return campaigns.find(context.root().id(), id).isPresent()
                ? Optional.empty()
                : Optional.of(gate.unknown(call, NO_CAMPAIGN));
    }

    @DELETE
    @Path("{campaignId}")
    @Operation(summary = "Delete a draft, or a campaign that is over, with its recipients")
    @APIResponse(responseCode = "200", description = "Deleted")
    @APIResponse(responseCode = "409", description = "The campaign must be canceled first")
    public Response delete(@Context Call call, @PathParam("campaignId") String campaignId) {
        return on(call, campaignId, (context, id) -> switch (campaigns.delete(
                context.root().id(), context.actor(), id)) {
            case Changed.Done _ -> Answers.done("Campaign deleted");
            case Changed other -> answer(call, 200, other);
        });
    }

    @POST
    @Path("{campaignId}/check")
    @Operation(summary = "Dry run: what the campaign would send, to whom, as what, and until when")
    @APIResponseSchema(value = ForecastAnswer.class, responseDescription = "The forecast; nothing was sent")
    public Response check(@Context Call call, @PathParam("campaignId") String campaignId) {
        return on(
                call,
                campaignId,
                (context, id) -> check.run(context.root().id(), id)
                        .map(forecast -> Response.ok(new ForecastAnswer(true, ForecastView.of(forecast)))
                                .build())
                        .orElseGet(() -> gate.unknown(call, NO_CAMPAIGN)));
    }

    @POST
    @Path("{campaignId}/test")
    @Operation(summary = "Send the message to one number, marked as a test")
    @APIResponseSchema(value = TestAnswer.class, responseDescription = "The message that was queued")
    @APIResponse(responseCode = "409", description = "The pool can’t send now")
    public Response test(@Context Call call, @PathParam("campaignId") String campaignId, CampaignTestBody body) {
        return on(call, campaignId, (context, id) -> switch (trial.send(
                context.root().id(),
                context.actor(),
                id,
                body.to().orElse(""),
                body.fields().orElse(Map.of()))) {
            case Tried.Done(var message) ->
                Response.ok(new TestAnswer(true, new TestView(message.id(), true, message.text())))
                        .build();
            case Tried.NotFound _ -> gate.unknown(call, NO_CAMPAIGN);
            case Tried.NotNow(String why) -> Answers.refused(409, why);
            case Tried.Rejected(var invalid) -> Answers.refused(invalid);
        });
    }

    @POST
    @Path("{campaignId}/start")
    @Operation(summary = "Start a draft, now or at its time")
    @APIResponseSchema(value = CampaignAnswer.class, responseDescription = "The campaign")
    @APIResponse(responseCode = "400", description = "The campaign has no recipients")
    @APIResponse(responseCode = "409", description = "The campaign was started already, or the pool can’t send now")
    public Response start(@Context Call call, @PathParam("campaignId") String campaignId) {
        return act(call, campaignId, acts::start);
    }

    @POST
    @Path("{campaignId}/pause")
    @Operation(summary = "Pause a campaign; what is in the outbox is still sent")
    @APIResponseSchema(value = CampaignAnswer.class, responseDescription = "The campaign")
    @APIResponse(responseCode = "409", description = "The campaign is neither scheduled nor running")
    public Response pause(@Context Call call, @PathParam("campaignId") String campaignId) {
        return act(call, campaignId, acts::pause);
    }

    @POST
    @Path("{campaignId}/resume")
    @Operation(summary = "Resume a paused campaign")
    @APIResponseSchema(value = CampaignAnswer.class, responseDescription = "The campaign")
    @APIResponse(responseCode = "409", description = "The campaign is not paused, or the pool can’t send now")
    public Response resume(@Context Call call, @PathParam("campaignId") String campaignId) {
        return act(call, campaignId, acts::resume);
    }

    @POST
    @Path("{campaignId}/cancel")
    @Operation(summary = "Cancel a campaign, with its messages in the outbox")
    @APIResponseSchema(value = CampaignAnswer.class, responseDescription = "The campaign")
    @APIResponse(responseCode = "409", description = "The campaign is a draft, or over")
    public Response cancel(@Context Call call, @PathParam("campaignId") String campaignId) {
        return act(call, campaignId, acts::cancel);
    }

    private interface Act {
        Changed run(AccountId tenant, Actor actor, UUID id);
    }

    private Response act(Call call, String campaignId, Act act) {
        return on(
                call,
                campaignId,
                (context, id) -> answer(call, 200, act.run(context.root().id(), context.actor(), id)));
    }

    private interface OnCampaign {
        Response answer(AccountContext context, UUID id);
    }

    private Response on(Call call, String campaignId, OnCampaign work) {
        return gate.json(
                call,
                context -> Uuids.parse(campaignId)
                        .map(id -> work.answer(context, id))
                        .orElseGet(() -> gate.unknown(call, NO_CAMPAIGN)));
    }

    private Response answer(Call call, int status, Changed changed) {
        return switch (changed) {
            case Changed.Done(var campaign) -> progress(call, status, campaign.tenant(), campaign.id());
            case Changed.NotFound _ -> gate.unknown(call, NO_CAMPAIGN);
            case Changed.PoolNotFound _ -> gate.unknown(call, PoolApiGuard.NO_MASTER);
            case Changed.NotNow(String why) -> Answers.refused(409, why);
            case Changed.Rejected(var invalid) -> Answers.refused(invalid.getFirst());
        };
    }

    private Response progress(Call call, int status, AccountId tenant, UUID id) {
        return campaigns
                .progress(tenant, id)
                .map(progress -> Response.status(status)
                        .entity(new CampaignAnswer(true, CampaignView.of(progress)))
                        .build())
                .orElseGet(() -> gate.unknown(call, NO_CAMPAIGN));
    }
}
