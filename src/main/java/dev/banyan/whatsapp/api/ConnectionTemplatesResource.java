package dev.banyan.whatsapp.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.templates.TemplatePreview;
import dev.banyan.whatsapp.templates.Templates;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The templates of a connection's business.
@Path("/api/whatsapp/connections")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp connections")
class ConnectionTemplatesResource {

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "ConnectionTemplate")
    record WireTemplate(
            @Schema(description = "WhatsApp's id of the template")
            String id,

            String name,
            String language,

            @Schema(description = "`marketing`, `utility` or `authentication`")
            String category,

            @Schema(description = "`approved`, or another of WhatsApp's such as `pending`, `rejected`, `paused`")
            String status,

            @Schema(description = "`green`, `yellow`, `red` or `unknown`")
            String quality,

            @Schema(description = "Why WhatsApp rejected it")
            Optional<String> rejectedReason,

            @Schema(description = "Whether it can be sent") boolean sendable,

            @Schema(description = "What its values are called, in the order of `templateValues` in a test")
            List<String> fields,

            TemplatePreview preview) {}

    record TemplateList(
            List<WireTemplate> templates,

            @Schema(description = "Why the templates could not be read; absent if they were")
            Optional<String> problem) {}

    record TemplateListAnswer(boolean success, TemplateList data) {}

    @NoOtherFields
    record TemplateTestBody(
            @Schema(description = "The number of this connection that sends it; its first one if omitted")
            Optional<String> from,

            @Schema(example = "+971500000901") Optional<String> to,

            @Schema(description = "Of its header, body and buttons, in this order; see `fields`")
            Optional<List<String>> templateValues) {}

    @Schema(name = "TemplateTest")
    record Tested(
            @Schema(description = "Ask for it at `/api/whatsapp/messages/{id}`")
            UUID id) {}

    record TestedAnswer(boolean success, Tested data) {}

    private final PoolApiGuard gate;
    private final Templates templates;

    ConnectionTemplatesResource(PoolApiGuard gate, Templates templates) {
        this.gate = gate;
        this.templates = templates;
    }

    @GET
    @Path("{connectionId}/templates")
    @Operation(summary = "List the templates of a connection’s business, as they were read last")
    @APIResponseSchema(
            value = TemplateListAnswer.class,
            responseDescription = "All templates by name, whatever their state")
    public Response list(@Context Call call, @PathParam("connectionId") String connectionId) {
        return on(
                call,
                connectionId,
                (context, id) -> templates.list(context.root().id(), id).map(ConnectionTemplatesResource::answer));
    }

    private Response on(Call call, String id, BiFunction<AccountContext, ConnectionId, Optional<Response>> work) {
        return gate.json(
                call,
                context -> ConnectionId.parse(id)
                        .flatMap(known -> work.apply(context, known))
                        .orElseGet(() -> gate.unknown(call, ConnectionsResource.NOT_FOUND)));
    }

    private static Response answer(Templates.Found found) {
        return Response.ok(new TemplateListAnswer(
                        true,
                        new TemplateList(
                                found.templates().stream()
                                        .map(ConnectionTemplatesResource::wire)
                                        .toList(),
                                found.problem())))
                .build();
    }

    private static WireTemplate wire(MessageTemplate template) {
        return new WireTemplate(
                template.id(),
                template.name(),
                template.language(),
                template.category().toLowerCase(Locale.ROOT),
                template.status().toLowerCase(Locale.ROOT),
                template.quality().toLowerCase(Locale.ROOT),
                Optional.of(template.rejected()).filter(reason -> !reason.isEmpty()),
                template.isSendable(),
                Templates.fields(template),
                TemplatePreview.of(template));
    }

    @POST
    @Path("{connectionId}/templates/sync")
    @Operation(summary = "Read the templates from WhatsApp again")
    @APIResponseSchema(value = TemplateListAnswer.class, responseDescription = "The templates as they are now")
    public Response sync(@Context Call call, @PathParam("connectionId") String connectionId) {
        return on(
                call,
                connectionId,
                (context, id) -> templates.sync(context.root().id(), id).map(ConnectionTemplatesResource::answer));
    }

    @POST
    @Path("{connectionId}/templates/{templateId}/test")
    @Operation(summary = "Send a template to one phone, to see it there")
    @APIResponseSchema(value = TestedAnswer.class, responseDescription = "The message is queued")
    @APIResponse(responseCode = "400", description = "A field is missing or invalid, or the template can't be sent")
    public Response test(
            @Context Call call,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId,
            TemplateTestBody body) {
        return on(
                call,
                connectionId,
                (context, id) -> Optional.of(templates
                        .test(
                                context.root().id(),
                                context.actor(),
                                id,
                                new Templates.Trial(
                                        templateId,
                                        body.from().orElse(""),
                                        body.to().orElse(""),
                                        body.templateValues().orElse(List.of())))
                        .fold(
                                message -> Response.ok(new TestedAnswer(true, new Tested(message.id())))
                                        .build(),
                                refusal -> gate.refused(call, refusal, ConnectionsResource.NOT_FOUND))));
    }
}
