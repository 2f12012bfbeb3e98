package dev.banyan.whatsapp.alerts;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.alerts.Alerts.Preferences;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
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
                    alert.kind().tone.key(),
                    alert.pool(),
                    alert.subject(),
                    alert.kind().title,
                    alert.details(),
                    alert.at(),
                    alert.endedAt());
        }
    }

    record AlertList(
            List<WireAlert> alerts,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<UUID> nextCursor) {}

    @Schema(name = "AlertSettings", extensions = @Extension(name = ApiDescription.ENVELOPE, value = "SettingsAnswer"))
    record Settings(
            @Schema(description = "Waiting messages of a pool from which an alert is raised; 0 for never")
            int queueLength,

            @Schema(description = "Minutes that a pool’s oldest message waits before an alert is raised; 0 for never")
            int queueMinutes,

            @Schema(description = "Percentage of a pool’s messages that are sent below which an alert is raised")
            int quality,

            @Schema(description = "The caller’s own emails: at most one in this many minutes; 0 for none")
            int mailMinutes) {

        static Settings of(Preferences are) {
            AlertSettings settings = are.settings();
            return new Settings(settings.queueLength(), settings.queueMinutes(), settings.quality(), are.mailMinutes());
        }
    }

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

    private final Alerts alerts;

    AlertsResource(Alerts alerts) {
        this.alerts = alerts;
    }

    @GET
    @Operation(summary = "List alerts about numbers and pools, newest first")
    @APIResponseSchema(
            value = AlertList.class,
            responseDescription = "Up to 1,000 alerts; use `nextCursor` to get the next page")
    public AlertList list(
            @Context PoolRequest request,
            @Schema(description = "`true` for those that last") @QueryParam("open") Optional<String> open,
            @BeanParam PageQuery page) {
        PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
        List<Alert> found =
                alerts.list(request.tenant(), open.equals(Optional.of("true")), slice.after(), slice.most());
        return slice.of(found, WireAlert::of, Alert::id, AlertList::new);
    }

    @GET
    @Path("settings")
    @Operation(summary = "Get when alerts are raised, and the caller’s own emails")
    @APIResponseSchema(value = Settings.class, responseDescription = "The settings")
    public Settings settings(@Context PoolRequest request) {
        return Settings.of(preferences(request));
    }

    private Preferences preferences(PoolRequest request) {
        return alerts.preferences(request.tenant(), request.context().identity());
    }

    @PUT
    @Path("settings")
    @Operation(summary = "Set when alerts are raised, and the caller’s own emails; what is left out stays")
    @APIResponseSchema(value = Settings.class, responseDescription = "The settings as they are now")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public Settings save(@Context PoolRequest request, Body body) {
        return Settings.of(Refused.unless(
                alerts.save(
                        request.tenant(), request.actor(), request.context().identity(), body.on(preferences(request))),
                PoolRequest.SENDER));
    }
}
