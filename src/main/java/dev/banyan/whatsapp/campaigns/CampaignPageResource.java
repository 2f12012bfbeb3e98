package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.campaigns.CampaignPage.Check;
import dev.banyan.whatsapp.campaigns.CampaignPage.Form;
import dev.banyan.whatsapp.campaigns.CampaignPage.Row;
import dev.banyan.whatsapp.campaigns.Campaigns.Progress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jspecify.annotations.Nullable;

/// One campaign: its list, a dry run, a test message, and what can be done with it.
@Path("/admin/pools/campaigns")
@RunOnVirtualThread
class CampaignPageResource {

    private static final int ROWS = 50;

    private final Pools pools;
    private final Campaigns campaigns;
    private final CampaignLists lists;
    private final CampaignActs acts;
    private final CampaignCheck checks;
    private final CampaignTrial trial;

    CampaignPageResource(
            Pools pools,
            Campaigns campaigns,
            CampaignLists lists,
            CampaignActs acts,
            CampaignCheck checks,
            CampaignTrial trial) {
        this.pools = pools;
        this.campaigns = campaigns;
        this.lists = lists;
        this.acts = acts;
        this.checks = checks;
        this.trial = trial;
    }

    static String path(PoolPage page, UUID id) {
        return page.path("/campaigns/" + id);
    }

    private Campaign find(PoolPage page, String id) {
        return find(page, campaigns, id);
    }

    /// @throws Refused if there is no such campaign
    static Campaign find(PoolPage page, Campaigns campaigns, String id) {
        return Uuids.parse(id)
                .flatMap(known -> campaigns.find(page.tenant(), known))
                .orElseThrow(PoolPage::notFound);
    }

    @GET
    @Path("{campaignId}")
    public Response show(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        return Html.ok(draw(page, find(page, campaignId), Form.EMPTY, FieldErrors.NONE));
    }

    private ZoneId zone(PoolPage page, Campaign campaign) {
        return pools.settings(page.tenant(), campaign.pool()).zone();
    }

    private Response again(PoolPage page, Campaign campaign, Form form, Invalid invalid) {
        return Html.invalid(draw(page, campaign, form, FieldErrors.from(List.of(invalid))));
    }

    private CampaignPage draw(PoolPage page, Campaign campaign, Form form, FieldErrors errors) {
        AccountId tenant = page.tenant();
        Progress progress = campaigns.progress(tenant, campaign.id()).orElseThrow();
        String pool = Sender.shownName(pools.sender(tenant, campaign.pool()), campaign.pool());
        Optional<RecipientState> state = page.query("state").flatMap(RecipientState::parse);
        long after = page.query("after")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
        List<Recipient> found = lists.list(tenant, campaign.id(), state, after, ROWS + 1);
        ZoneId zone = zone(page, campaign);
        String base = path(page, campaign.id());
        String here = base + state.map(one -> "&state=" + one.key()).orElse("");
        return new CampaignPage(
                page.frame(campaign.name()),
                CampaignView.of(progress, pool, zone),
                after > 0 ? here + "&after=" + after : here,
                campaign.state() == CampaignState.DRAFT ? trial.preview(campaign) : Optional.empty(),
                page.query("check")
                        .flatMap(_ -> checks.run(tenant, campaign.id()))
                        .map(forecast -> Check.of(forecast, zone)),
                form,
                errors,
                found.stream().limit(ROWS).map(one -> Row.of(one, zone)).toList(),
                state.map(RecipientState::key).orElse(""),
                Stream.of(RecipientState.values())
                        .map(one -> new Choice(one.key(), CampaignView.label(one)))
                        .toList(),
                after > 0 ? Optional.of(here) : Optional.empty(),
                found.size() > ROWS
                        ? Optional.of(here + "&after=" + found.get(ROWS - 1).position())
                        : Optional.empty());
    }

    @POST
    @Path("{campaignId}/recipients")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response add(
            @Context PoolPage page,
            @PathParam("campaignId") String campaignId,
            @FormParam("csv") @DefaultValue("") String csv,
            @FormParam("tag") @DefaultValue("") String tag,
            @RestForm("file") @Nullable FileUpload file) {
        var form = new Form(csv, tag, "");
        Campaign campaign = find(page, campaignId);
        RecipientForm.Read list = RecipientForm.read(Optional.ofNullable(file), csv, tag);
        return RecipientForm.add(lists, page.tenant(), campaign.id(), list)
                .fold(
                        _ -> Html.seeOther(path(page, campaign.id()) + "&done=campaign-filled"),
                        refusal -> page.refused(
                                refusal, problems -> again(page, campaign, form, ofList(problems.getFirst()))));
    }

    /// Returns what is wrong with a list, at the field where it was entered.
    static Invalid ofList(Invalid invalid) {
        return invalid.field().equals("tag") ? invalid : invalid.in("csv");
    }

    @GET
    @Path("{campaignId}/recipients.csv")
    public Response csv(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        Campaign campaign = find(page, campaignId);
        Optional<RecipientState> state = page.query("state").flatMap(RecipientState::parse);
        StreamingOutput rows = out -> CampaignCsv.write(lists, page.tenant(), campaign.id(), state, out);
        return FileAnswers.csv("campaign-" + campaign.id(), rows);
    }

    @POST
    @Path("{campaignId}/test")
    public Response test(
            @Context PoolPage page,
            @PathParam("campaignId") String campaignId,
            @FormParam("to") @DefaultValue("") String to) {
        var form = new Form("", "", to);
        Campaign campaign = find(page, campaignId);
        return trial.send(page.tenant(), page.actor(), campaign.id(), to, Map.of())
                .fold(
                        _ -> Html.seeOther(path(page, campaign.id()) + "&done=campaign-tested"),
                        refusal -> page.refused(
                                refusal,
                                problems -> again(
                                        page,
                                        campaign,
                                        form,
                                        problems.getFirst().in("to"))));
    }

    /// Asks before it starts: a message that was sent can't be taken back.
    @GET
    @Path("{campaignId}/start")
    public Response confirmStart(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        Campaign campaign = find(page, campaignId);
        PageFrame frame = page.frame("Start campaign");
        var confirm = Confirmation.asking("start", "Start “<bdi>{}</bdi>”?", campaign.name())
                .keep("Cancel", CampaignsPageResource.PATH + "/" + campaign.id() + frame.query())
                .under("Numbers", PoolPage.BOARD)
                .under("Campaigns", CampaignsPageResource.PATH);
        checks.run(page.tenant(), campaign.id()).ifPresent(forecast -> {
            if (forecast.messages() == 0) {
                confirm.sentence("It has no recipients yet. Add some first.");
                return;
            }
            confirm.sentence("You can’t undo messages that were sent:")
                    .fact("{} sent", Words.count(forecast.messages(), "message is", "messages are"))
                    .action("Start campaign", CampaignsPageResource.PATH + "/" + campaign.id() + "/start")
                    .mild();
            ZoneId zone = zone(page, campaign);
            confirm.fact("The first one leaves {}", Words.moment(forecast.startsAt(), zone));
            forecast.endsAt().ifPresent(end -> confirm.fact("The last one leaves about {}", Words.moment(end, zone)));
            forecast.warnings().forEach(warning -> confirm.words("{}", warning));
        });
        return Html.ok(confirm.on(page.call(), frame, "Start"));
    }

    @POST
    @Path("{campaignId}/start")
    @WithFormRead
    public Response start(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        return act(page, campaignId, "campaign-started", acts::start);
    }

    @POST
    @Path("{campaignId}/pause")
    @WithFormRead
    public Response pause(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        return act(page, campaignId, "campaign-paused", acts::pause);
    }

    @POST
    @Path("{campaignId}/resume")
    @WithFormRead
    public Response resume(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        return act(page, campaignId, "campaign-resumed", acts::resume);
    }

    @GET
    @Path("{campaignId}/cancel")
    public Response confirmCancel(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        Campaign campaign = find(page, campaignId);
        PageFrame frame = page.frame("Cancel campaign");
        long left = campaigns
                .progress(page.tenant(), campaign.id())
                .map(progress -> progress.counts().left())
                .orElse(0L);
        return Html.ok(Confirmation.asking("cancel", "Cancel “<bdi>{}</bdi>”?", campaign.name())
                .keep("Keep campaign", CampaignsPageResource.PATH + "/" + campaign.id() + frame.query())
                .under("Numbers", PoolPage.BOARD)
                .under("Campaigns", CampaignsPageResource.PATH)
                .sentence("This takes effect immediately and can’t be undone:")
                .fact("{} not sent", Words.count(left, "message is", "messages are"))
                .fact("Messages that were handed over already may still arrive")
                .action("Cancel campaign", CampaignsPageResource.PATH + "/" + campaign.id() + "/cancel")
                .on(page.call(), frame, "Cancel"));
    }

    @POST
    @Path("{campaignId}/cancel")
    @WithFormRead
    public Response cancel(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        return act(page, campaignId, "campaign-canceled", acts::cancel);
    }

    @GET
    @Path("{campaignId}/delete")
    public Response confirmDelete(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        Campaign campaign = find(page, campaignId);
        PageFrame frame = page.frame("Delete campaign");
        return Html.ok(Confirmation.asking("delete", "Delete “<bdi>{}</bdi>”?", campaign.name())
                .keep("Cancel", CampaignsPageResource.PATH + "/" + campaign.id() + frame.query())
                .under("Numbers", PoolPage.BOARD)
                .under("Campaigns", CampaignsPageResource.PATH)
                .sentence("This takes effect immediately and can’t be undone:")
                .fact("Its list and its results are deleted")
                .fact("Its messages stay in the history, and opt-outs stay")
                .action("Delete campaign", CampaignsPageResource.PATH + "/" + campaign.id() + "/delete")
                .on(page.call(), frame, "Delete"));
    }

    @POST
    @Path("{campaignId}/delete")
    @WithFormRead
    public Response delete(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        Campaign campaign = find(page, campaignId);
        return campaigns
                .delete(page.tenant(), page.actor(), campaign.id())
                .fold(
                        _ -> Html.seeOther(page.call(), page.path("/campaigns") + "&done=campaign-deleted"),
                        refusal -> refused(page, campaign, refusal));
    }

    private interface Act {
        Outcome<Campaign> run(AccountId tenant, Actor actor, UUID id);
    }

    private Response act(PoolPage page, String campaignId, String done, Act act) {
        Campaign campaign = find(page, campaignId);
        return act.run(page.tenant(), page.actor(), campaign.id())
                .fold(
                        _ -> Html.seeOther(page.call(), path(page, campaign.id()) + "&done=" + done),
                        refusal -> refused(page, campaign, refusal));
    }

    /// Shows the campaign with what is wrong.
    private Response refused(PoolPage page, Campaign campaign, Refusal refusal) {
        return page.refused(
                refusal,
                problems -> again(
                        page,
                        campaign,
                        Form.EMPTY,
                        new Invalid("act", PoolPage.sentence(problems.getFirst().userMessage()))));
    }
}
