package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.platform.cluster.Bus;
import dev.banyan.platform.cluster.ClusterMember;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.JobRuns;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The jobs of the server, with a button to run each now.
@Path("/operator/jobs")
@RunOnVirtualThread
class OperatorJobsPageResource {

    private static final String UNKNOWN = "–";

    private final OperatorJobs jobs;
    private final Nodes nodes;
    private final Bus bus;
    private final Database database;

    OperatorJobsPageResource(OperatorJobs jobs, Nodes nodes, Bus bus, Database database) {
        this.jobs = jobs;
        this.nodes = nodes;
        this.bus = bus;
        this.database = database;
    }

    @GET
    public Response show(@Context OperatorPage page) {
        return Html.ok(page(page, Optional.empty()));
    }

    @POST
    @Path("{jobId}/run")
    public Response run(@Context OperatorPage page, @PathParam("jobId") String id) {
        return switch (jobs.start(page.call(), id)) {
            case YES -> Html.seeOther(page.call(), "/operator/jobs?done=job-started");
            case UNKNOWN -> throw page.unknown();
            case RUNNING -> refused(page, 409, "This job is already running.", "Run it again when it finishes.");
            case STOPPING -> refused(page, 503, "The server is stopping.", "Run the job again after the restart.");
        };
    }

    private Response refused(OperatorPage page, int status, String problem, String advice) {
        return Html.answer(status, page(page, Optional.of(new FormProblem(problem, advice))));
    }

    private OperatorJobsPage page(OperatorPage page, Optional<FormProblem> problem) {
        return new OperatorJobsPage(
                page.frame(NavItem.OPERATOR_JOBS, "Jobs"),
                nodes.isCluster()
                        ? database.read(ClusterMember::of).stream()
                                .map(this::server)
                                .toList()
                        : List.of(),
                jobs.states().stream().map(OperatorJobsPageResource::row).toList(),
                problem);
    }

    private OperatorJobsPage.Server server(ClusterMember member) {
        boolean here = member.node().id().equals(nodes.id());
        return new OperatorJobsPage.Server(
                member.node().name(),
                here,
                member.runsJobs(),
                Words.time(member.node().startedAt()),
                Words.count(member.numbers(), "WhatsApp number", "WhatsApp numbers"),
                here ? Optional.of(news()) : Optional.empty());
    }

    private String news() {
        return bus.lag()
                .map(lag -> "Changes on other servers arrive after " + Math.max(1, lag.toMillis()) + " ms")
                .orElse("Changes on other servers don’t arrive now, so it looks for them itself");
    }

    private static OperatorJobsPage.Row row(JobRuns.State state) {
        String status = state.elsewhere() && state.took().isEmpty() ? "On another server" : JobWords.status(state);
        return new OperatorJobsPage.Row(
                state.job().id(),
                state.job().description(),
                every(state.job().every()),
                status,
                switch (status) {
                    case "Failed" -> "bad";
                    case "Completed" -> "good";
                    default -> "info";
                },
                state.lastAt().map(OperatorJobsPageResource::time),
                state.took().map(took -> Words.grouped(took.toMillis()) + " ms").orElse(UNKNOWN),
                state.nextAt().map(OperatorJobsPageResource::time),
                state.error(),
                state.byHand().map(byHand -> new OperatorJobsPage.ByHand(byHand.by(), time(byHand.at()))));
    }

    /// Returns a time with seconds, because jobs run often.
    private static TimeText time(Instant at) {
        return new TimeText(at, Words.seconds(at), Words.exact(at));
    }

    private static String every(Duration every) {
        long seconds = every.toSeconds();
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min";
    }
}
