package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Role;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.context.OperatorRequest;
import dev.banyan.platform.jobs.JobRuns;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The jobs of the server, as the site administration of the LinkToMe client expects them (contract 2.13).
@Path("/api/siteadmin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Site administration", description = "For server operators.")
class TimersResource {

    /// @param command the same as the id: jobs have no other name
    record TimerView(
            String id,
            String command,
            String description,
            String cron,
            int priority,
            boolean runOnProcessor,
            boolean isSystem,
            String status,
            Optional<Instant> lastOccurrence,
            Optional<Instant> nextOccurrence,
            Optional<Long> lastDurationMs,
            Optional<String> orchestratorId,
            Optional<String> errorMsg,
            boolean manuallyTriggered,
            Optional<String> manuallyTriggeredBy,
            Optional<String> manuallyTriggeredByRole,
            Optional<Instant> manuallyTriggeredAt) {

        static TimerView of(JobRuns.State state) {
            Optional<JobRuns.ByHand> byHand = state.byHand();
            return new TimerView(
                    state.job().id(),
                    state.job().id(),
                    state.job().description(),
                    state.job().cron(),
                    1,
                    false,
                    true,
                    JobWords.status(state),
                    state.lastAt(),
                    state.nextAt(),
                    state.took().map(took -> took.toMillis()),
                    Optional.empty(),
                    state.error(),
                    byHand.isPresent(),
                    byHand.map(JobRuns.ByHand::by),
                    byHand.map(_ -> Role.OPERATOR.key()),
                    byHand.map(JobRuns.ByHand::at));
        }
    }

    record TimerList(boolean success, int count, List<TimerView> timers) {}

    record RunTimerBody(
            @Schema(description = "ID of a job", example = "deliver-mails")
            Optional<String> timerId) {}

    record TimerStarted(
            boolean success,
            String message,
            String timerId,
            String command,
            String status,
            Optional<String> orchestratorId,
            Instant executedAt,
            String executedBy,
            String executedByRole) {}

    /// The contract's two fields for one failure.
    record TimerFailure(String error, String message) {}

    private final OperatorJobs jobs;

    TimersResource(OperatorJobs jobs) {
        this.jobs = jobs;
    }

    @GET
    @Path("listtimers")
    @Operation(summary = "List this node's jobs with their last run, next run and errors")
    @APIResponseSchema(value = TimerList.class, responseDescription = "All jobs")
    public TimerList list(@Context OperatorRequest request) {
        List<TimerView> timers = jobs.states().stream().map(TimerView::of).toList();
        return new TimerList(true, timers.size(), timers);
    }

    @POST
    @Path("runtimer")
    @Operation(summary = "Run a job now")
    @APIResponseSchema(value = TimerStarted.class, responseDescription = "Started")
    @APIResponse(responseCode = "400", description = "timerId is missing")
    @APIResponse(responseCode = "404", description = "Unknown job")
    @APIResponse(responseCode = "409", description = "Already running")
    @APIResponse(responseCode = "503", description = "The server is stopping")
    public TimerStarted run(@Context OperatorRequest request, RunTimerBody body) {
        String id = body.timerId().orElse("");
        if (id.isEmpty()) {
            throw failure(400, "timerId is required");
        }
        return switch (jobs.start(request.call(), id)) {
            case UNKNOWN -> throw failure(404, "Timer not found");
            case RUNNING -> throw failure(409, "Timer is already running");
            case STOPPING -> throw failure(503, "The server is stopping");
            case YES -> started(id);
        };
    }

    private TimerStarted started(String id) {
        JobRuns.ByHand byHand = jobs.state(id).flatMap(JobRuns.State::byHand).orElseThrow();
        return new TimerStarted(
                true,
                "Timer started",
                id,
                id,
                "Started",
                Optional.empty(),
                byHand.at(),
                byHand.by(),
                Role.OPERATOR.key());
    }

    private static EarlyAnswer failure(int status, String text) {
        return AccountRequest.refused(status, new TimerFailure(text, text));
    }
}
