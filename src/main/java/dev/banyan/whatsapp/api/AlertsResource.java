package dev.banyan.whatsapp.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.alerts.Alert;
import dev.banyan.whatsapp.alerts.AlertSettings;
import dev.banyan.whatsapp.alerts.Alerts;
import dev.banyan.whatsapp.alerts.Alerts.Preferences;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Alerts about numbers and pools in the API.
@Path("/api/whatsapp/alerts")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp alerts", description = "Numbers and pools in trouble, and who gets an email about them.")
class AlertsResource {

    @JsonInclude(Include.NON_ABSENT)
    record WireAlert(
            UUID id,

            @Schema(
                    description = "`sender.failed`, `sender.recovered`, `pool.degraded`, `pool.failed`,"
                            + " `pool.failed-over`, `pool.approval-wanted`, `pool.failed-back`, `queue.length`,"
                            + " `queue.age` or `quality.down`")
            String alert,

            @Schema(description = "`good`, `info`, `warn` or `bad`")
            String tone,

            SenderId master,

            @Schema(description = "The number; the master again if it is about the whole pool")
            SenderId sender,

            @Schema(example = "Number failed") String title,
            String details,
            Instant at,

            @Schema(description = "Absent while it lasts") Optional<Instant> endedAt) {

        static WireAlert of(Alert alert) {
            return new WireAlert(
                    alert.id(),
                    alert.kind().key(),
                    alert.kind().tone().key(),
                    alert.pool(),
                    alert.subject(),
                    alert.kind().title(),
                    alert.details(),
                    alert.at(),
                    alert.endedAt());
        }
    }

    record AlertList(
            List<WireAlert> alerts,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<UUID> nextCursor) {}

    record AlertListAnswer(boolean success, AlertList data) {}

    @Schema(name = "AlertSettings")
    record Settings(
            @Schema(description = "Waiting messages of a pool from which an alert is raised; 0 for never")
            int queueLength,

            @Schema(description = "Minutes that a pool’s oldest message waits before an alert is raised; 0 for never")
            int queueMinutes,

            @Schema(description = "Percentage of a pool’s messages that are sent below which an alert is raised")
            int quality,

            @Schema(description = "The caller’s own emails: at most one in this many minutes; 0 for none")
            int mailMinutes) {}

    record SettingsAnswer(boolean success, Settings data) {}

    @NoOtherFields
    @Schema(name = "AlertSettingsBody")
    record Body(
            Optional<Integer> queueLength,
            Optional<Integer> queueMinutes,
            Optional<Integer> quality,
            Optional<Integer> mailMinutes) {

        Preferences on(Preferences before) {
            AlertSettings settings = before.settings();
            return new Preferences(
                    new AlertSettings(
                            queueLength.orElse(settings.queueLength()),
                            queueMinutes.orElse(settings.queueMinutes()),
                            quality.orElse(settings.quality())),
                    mailMinutes.orElse(before.mailMinutes()));
        }
    }

    private final PoolApiGuard gate;
    private final Alerts alerts;

    AlertsResource(PoolApiGuard gate, Alerts alerts) {
        this.gate = gate;
        this.alerts = alerts;
    }

    @GET
    @Operation(summary = "List alerts about numbers and pools, newest first")
    @APIResponseSchema(
            value = AlertListAnswer.class,
            responseDescription = "Up to 1,000 alerts; use `nextCursor` to get the next page")
    public Response list(
            @Context Call call,
            @Schema(description = "`true` for those that last") @QueryParam("open") Optional<String> open,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(call, context -> switch (Paging.of(
                limit, after.filter(text -> !text.isEmpty()), Uuids::parse)) {
            case Paging.Bad<UUID> bad -> Answers.refused(400, bad.error());
            case Paging.Slice<UUID> slice -> list(context, open.equals(Optional.of("true")), slice);
        });
    }

    private Response list(AccountContext context, boolean open, Paging.Slice<UUID> slice) {
        List<Alert> found = alerts.list(context.root().id(), open, slice.after(), slice.limit() + 1);
        List<WireAlert> page =
                found.stream().limit(slice.limit()).map(WireAlert::of).toList();
        boolean more = found.size() > slice.limit();
        return Response.ok(new AlertListAnswer(
                        true,
                        new AlertList(page, more ? Optional.of(page.getLast().id()) : Optional.empty())))
                .build();
    }

    @GET
    @Path("settings")
    @Operation(summary = "Get when alerts are raised, and the caller’s own emails")
    @APIResponseSchema(value = SettingsAnswer.class, responseDescription = "The settings")
    public Response settings(@Context Call call) {
        return gate.json(
                call, context -> answer(alerts.preferences(context.root().id(), context.identity())));
    }

    @PUT
    @Path("settings")
    @Operation(summary = "Set when alerts are raised, and the caller’s own emails; what is left out stays")
    @APIResponseSchema(value = SettingsAnswer.class, responseDescription = "The settings as they are now")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public Response save(@Context Call call, Body body) {
        return gate.json(call, context -> {
            Preferences before = alerts.preferences(context.root().id(), context.identity());
            return alerts.save(context.root().id(), context.actor(), context.identity(), body.on(before))
                    .fold(AlertsResource::answer, refusal -> gate.refused(call, refusal, PoolApiGuard.NO_SENDER));
        });
    }

    private static Response answer(Preferences is) {
        return Response.ok(new SettingsAnswer(
                        true,
                        new Settings(
                                is.settings().queueLength(),
                                is.settings().queueMinutes(),
                                is.settings().quality(),
                                is.mailMinutes())))
                .build();
    }
}
