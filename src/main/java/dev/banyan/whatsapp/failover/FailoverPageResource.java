package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The failover of one pool: settings, drill, starting and ending it by hand, and answering what was proposed.
@Path("/admin/pools/{masterId}/failover")
@RunOnVirtualThread
class FailoverPageResource {

    /// The choice that leaves it to the rules who stands in.
    private static final String BY_RULES = "by-rules";

    private final FailoverPages pages;
    private final Failovers failovers;
    private final Pools pools;

    FailoverPageResource(FailoverPages pages, Failovers failovers, Pools pools) {
        this.pages = pages;
        this.failovers = failovers;
        this.pools = pools;
    }

    @GET
    public Response show(@Context PoolPage page) {
        return Html.ok(pages.draw(page, page.master(), Optional.empty(), FieldErrors.NONE, Optional.empty()));
    }

    @POST
    public Response configure(@Context PoolPage page, @BeanParam FormFields fields) {
        Map<String, String> form = FailoverInput.FIELDS.typed(fields::first);
        Sender master = page.master();
        return FailoverInput.FIELDS
                .form(form)
                .then(input -> failovers.configure(
                        master.tenant(), page.actor(), master.id(), input.settings(), input.uncertain()))
                .fold(
                        _ -> done(page, master, "failover-saved"),
                        refusal -> page.refused(refusal, invalid -> again(page, master, form, invalid)));
    }

    private Response again(PoolPage page, Sender master, Map<String, String> form, List<Invalid> broken) {
        return Html.invalid(pages.draw(page, master, Optional.of(form), FieldErrors.from(broken), Optional.empty()));
    }

    @GET
    @Path("start")
    public Response startForm(@Context PoolPage page) {
        return startForm(page, page.master(), Optional.empty());
    }

    @POST
    @Path("start")
    public Response start(@Context PoolPage page, @FormParam("to") @DefaultValue("") String to) {
        Sender master = page.master();
        Optional<SenderId> wanted = SenderId.parse(to).filter(_ -> !to.equals(BY_RULES));
        if (wanted.isEmpty() && !to.equals(BY_RULES)) {
            return startForm(page, master, Optional.of("Choose the pool that stands in."));
        }
        return switch (failovers.start(master.tenant(), page.actor(), master.id(), wanted)) {
            case Outcome.Done _ -> done(page, master, "failover-started");
            case Outcome.Refused(Refusal.Conflict(String why)) -> startForm(page, master, Optional.of(why));
            case Outcome.Refused _ ->
                startForm(page, master, Optional.of("That master no longer exists. Choose another."));
        };
    }

    private Response startForm(PoolPage page, Sender master, Optional<String> refused) {
        Overview overview = pools.overview(master.tenant());
        Function<SenderId, String> names = overview.names();
        PageFrame shell = page.frame("Fail over");
        FailoverDecision plan =
                failovers.drill(master.tenant(), page.actor(), master.id()).orElseThrow(PoolPage::notFound);
        var choices = new ArrayList<Choice>();
        plan.chosen().ifPresent(best -> choices.add(new Choice(BY_RULES, "Best choice: " + names.apply(best))));
        choices.addAll(PoolPage.otherMasters(overview, master.id()));
        var confirm = asking(master, "Fail over “<bdi>{}</bdi>”?", shell);
        if (choices.isEmpty()) {
            confirm.sentence("You have no other master that could stand in. Add one first.");
        } else {
            confirm.sentence("Another pool stands in for it until you move everything back:")
                    .problem(refused.map(why -> new FormProblem("Nothing was moved.", why)))
                    .fact(
                            "{} and {} move to it",
                            count(plan.moved().servants(), "servant"),
                            count(plan.moved().contacts(), "contact"))
                    .fact(
                            "{} in the queue, which it sends within its own limits",
                            count(plan.moved().messages(), "message"))
                    .fact("New messages for this pool go to it, too")
                    .select(new Confirmation.Select(
                            "to",
                            "Pool that stands in",
                            "Choose a pool…",
                            choices,
                            "The policy doesn’t apply to what you start yourself.",
                            Optional.empty()))
                    .action("Fail over", "/admin/pools/" + master.id() + "/failover/start")
                    .mild();
        }
        return Html.answer(refused.isPresent() ? 422 : 200, confirm.on(page.call(), shell, "Fail over"));
    }

    private static String count(int number, String what) {
        return Words.count(number, what, what + "s");
    }

    private static Confirmation.Builder asking(Sender master, String title, PageFrame shell) {
        return Confirmation.asking("failover", title, master.shownName())
                .keep("Cancel", "/admin/pools/" + master.id() + "/failover" + shell.query())
                .under("Numbers", PoolPage.BOARD)
                .underNamed(master.shownName(), "/admin/pools/senders/" + master.id())
                .under("Failover", "/admin/pools/" + master.id() + "/failover");
    }

    @GET
    @Path("back")
    public Response backForm(@Context PoolPage page) {
        Sender master = page.master();
        Failovers.Status status = failovers.status(master.tenant(), master.id());
        PageFrame shell = page.frame("Move back");
        var confirm = asking(master, "Move everything back to “<bdi>{}</bdi>”?", shell);
        Optional<String> standIn =
                status.state().standIn().map(pools.overview(master.tenant()).names());
        if (standIn.isEmpty()) {
            confirm.sentence("No other pool stands in for it.");
        } else {
            confirm.sentence("<bdi>{}</bdi> no longer stands in:", standIn.get())
                    .fact("Its servants and contacts come back")
                    .fact("{} wait for this pool and are sent by its own numbers", count(status.waiting(), "message"))
                    .action("Move back", "/admin/pools/" + master.id() + "/failover/back")
                    .mild();
        }
        return Html.ok(confirm.on(page.call(), shell, "Move back"));
    }

    @POST
    @Path("back")
    @WithFormRead
    public Response back(@Context PoolPage page) {
        Sender master = page.master();
        return answer(page, master, failovers.back(master.tenant(), page.actor(), master.id()), "failover-ended");
    }

    @POST
    @Path("decisions/{decisionId}/approve")
    @WithFormRead
    public Response approve(@Context PoolPage page, @PathParam("decisionId") String decisionId) {
        Sender master = page.master();
        return answer(
                page,
                master,
                failovers.approve(master.tenant(), page.actor(), decision(master, decisionId)),
                "failover-started");
    }

    @POST
    @Path("decisions/{decisionId}/refuse")
    @WithFormRead
    public Response refuse(@Context PoolPage page, @PathParam("decisionId") String decisionId) {
        Sender master = page.master();
        return answer(
                page,
                master,
                failovers.refuse(master.tenant(), page.actor(), decision(master, decisionId)),
                "failover-refused");
    }

    private UUID decision(Sender master, String id) {
        return Uuids.parse(id)
                .flatMap(known -> failovers.decision(master.tenant(), known))
                .filter(decision -> decision.pool().equals(master.id()))
                .map(FailoverDecision::id)
                .orElseThrow(PoolPage::notFound);
    }

    private Response answer(PoolPage page, Sender master, Outcome<FailoverDecision> outcome, String done) {
        return switch (outcome) {
            case Outcome.Done _ -> done(page, master, done);
            case Outcome.Refused(Refusal.Conflict(String why)) ->
                Html.answer(409, pages.draw(page, master, Optional.empty(), FieldErrors.NONE, Optional.of(why)));
            case Outcome.Refused(Refusal refusal) -> throw PoolPage.refused(refusal);
        };
    }

    private static Response done(PoolPage page, Sender master, String done) {
        return Html.seeOther(page.call(), FailoverPages.path(page, master.id()) + "&done=" + done);
    }
}
