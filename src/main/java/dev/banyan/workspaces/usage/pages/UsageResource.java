package dev.banyan.workspaces.usage.pages;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.workspaces.access.WorkspaceRequest;
import dev.banyan.workspaces.usage.UsageCounts;
import dev.banyan.workspaces.usage.UsageKind;
import dev.banyan.workspaces.usage.UsageLimits;
import dev.banyan.workspaces.usage.pages.UsageReports.Report;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What a workspace uses, in the API.
@Path("/api/projects/{projectId}/sub-clients/{subClientId}/usage")
@RunOnVirtualThread
@JsonResource
@Tag(
        name = "Sub-client usage",
        description =
                "Messages, tokens, files and active users of one sub-client, per day and month in the account’s time "
                        + "zone.")
class UsageResource {

    private static final String FORBIDDEN = "Only sub-client admins can see the usage";
    private static final String NOT_THEIRS = "Only the project owner can set limits";

    @Schema(name = "UsagePeriod")
    record PeriodView(
            @Schema(description = "A day or a month, in the account’s time zone", example = "2026-11-20")
            String period,

            @Schema(description = "Written by customers, and by users to the assistant")
            long messagesIn,

            @Schema(description = "Written by agents, programs and the assistant")
            long messagesOut,

            @Schema(description = "Read and written by language models")
            long tokens,

            long activeUsers,

            @Schema(description = "The size of all files at the end of the period")
            long storageBytes) {

        static PeriodView of(Object period, UsageCounts counts) {
            return new PeriodView(
                    period.toString(),
                    counts.messagesIn(),
                    counts.messagesOut(),
                    counts.tokens(),
                    counts.activeUsers(),
                    counts.storedBytes());
        }
    }

    @Schema(name = "UsageLimit")
    record LimitView(
            @Schema(implementation = UsageKind.class, example = "messagesOut")
            String kind,

            long limit,

            @Schema(description = "This month; of `storageBytes`, now")
            long used,

            int percent,

            @Schema(description = "Whether more is refused at the limit; otherwise people are only warned")
            boolean refuses) {

        static List<LimitView> of(UsageLimits limits, UsageCounts used) {
            return Arrays.stream(UsageKind.values())
                    .filter(kind -> limits.of(kind).isPresent())
                    .map(kind -> new LimitView(
                            kind.key(),
                            limits.of(kind).orElseThrow(),
                            used.of(kind),
                            limits.percent(kind, used).orElseThrow(),
                            kind.refuses))
                    .toList();
        }
    }

    @Schema(name = "WorkspaceUsage")
    record UsageView(
            LocalDate from,
            LocalDate to,
            List<PeriodView> days,

            @Schema(description = "Each month of the range as a whole")
            List<PeriodView> months,

            List<LimitView> limits) {

        static UsageView of(Report report) {
            return new UsageView(
                    report.range().from(),
                    report.range().to(),
                    report.days().stream()
                            .map(day -> PeriodView.of(day.period(), day.counts()))
                            .toList(),
                    report.months().stream()
                            .map(month -> PeriodView.of(month.period(), month.counts()))
                            .toList(),
                    LimitView.of(report.limits(), report.now()));
        }
    }

    @NoOtherFields
    @Schema(name = "UsageLimitsBody")
    record LimitsBody(
            @Schema(description = "Messages received per month; people are only warned")
            Optional<Long> messagesIn,

            @Schema(description = "Messages sent per month; more are refused")
            Optional<Long> messagesOut,

            @Schema(description = "Tokens of language models per month; then people answer")
            Optional<Long> tokens,

            @Schema(description = "Users who sign in per month; people are only warned")
            Optional<Long> activeUsers,

            @Schema(description = "The size of all files; more uploads are refused")
            Optional<Long> storageBytes) {

        Map<UsageKind, Long> most() {
            var most = new EnumMap<UsageKind, Long>(UsageKind.class);
            messagesIn.ifPresent(limit -> most.put(UsageKind.MESSAGES_IN, limit));
            messagesOut.ifPresent(limit -> most.put(UsageKind.MESSAGES_OUT, limit));
            tokens.ifPresent(limit -> most.put(UsageKind.TOKENS, limit));
            activeUsers.ifPresent(limit -> most.put(UsageKind.ACTIVE_USERS, limit));
            storageBytes.ifPresent(limit -> most.put(UsageKind.STORAGE, limit));
            return most;
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "UsageLimits")
    record LimitsView(
            Optional<Long> messagesIn,
            Optional<Long> messagesOut,
            Optional<Long> tokens,
            Optional<Long> activeUsers,
            Optional<Long> storageBytes) {

        static LimitsView of(UsageLimits limits) {
            return new LimitsView(
                    limits.of(UsageKind.MESSAGES_IN),
                    limits.of(UsageKind.MESSAGES_OUT),
                    limits.of(UsageKind.TOKENS),
                    limits.of(UsageKind.ACTIVE_USERS),
                    limits.of(UsageKind.STORAGE));
        }
    }

    record UsageLimitsAnswer(boolean success, LimitsView data, String message) implements WholeEnvelope {}

    private final UsageReports reports;

    UsageResource(UsageReports reports) {
        this.reports = reports;
    }

    @GET
    @Operation(summary = "Get what the sub-client used, per day and month, and its limits")
    @APIResponseSchema(value = UsageView.class, responseDescription = "All days from the oldest one")
    @APIResponse(responseCode = "400", description = "Not a day, or more than 400 days")
    public UsageView read(
            @Context WorkspaceRequest request,
            @Schema(description = "The first day; 30 days before the last one if omitted", example = "2026-11-01")
                    @QueryParam("from")
                    @DefaultValue("")
                    String from,
            @Schema(description = "The last day; today if omitted") @QueryParam("to") @DefaultValue("") String to) {
        LocalDate today = reports.today(request.actor());
        Optional<Invalid> invalid = UsageRange.invalid(from, to, today);
        UsageRange range = invalid.isPresent() ? UsageRange.usual(today) : UsageRange.of(from, to, today);
        Report report =
                request.done(reports.read(request.actor(), request.project(), request.workspace(), range), FORBIDDEN);
        Refused.ifInvalid(invalid); // after the rights
        return UsageView.of(report);
    }

    @PUT
    @Path("limits")
    @Operation(summary = "Replace the sub-client’s limits; an omitted one is removed")
    @APIResponseSchema(value = UsageLimitsAnswer.class, responseDescription = "Saved; counters are kept")
    @APIResponse(responseCode = "400", description = "Not a whole number from 0 on")
    @APIResponse(responseCode = "403", description = "Not the project’s side")
    public UsageLimitsAnswer limit(@Context WorkspaceRequest request, LimitsBody body) {
        var limits = request.done(
                reports.setLimits(request.actor(), request.project(), request.workspace(), body.most()), NOT_THEIRS);
        return new UsageLimitsAnswer(true, LimitsView.of(limits), "Limits saved");
    }
}
