package dev.banyan.whatsapp.templates;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
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

    @Schema(
            name = "ConnectionTemplateList",
            extensions = @Extension(name = ApiDescription.ENVELOPE, value = "TemplateListAnswer"))
    record TemplateList(
            List<WireTemplate> templates,

            @Schema(description = "Why the templates could not be read; absent if they were")
            Optional<String> problem) {

        static TemplateList of(Templates.Found found) {
            return new TemplateList(
                    found.templates().stream()
                            .map(ConnectionTemplatesResource::wire)
                            .toList(),
                    found.problem());
        }
    }

    @NoOtherFields
    record TemplateTestBody(
            @Schema(description = "The number of this connection that sends it; its first one if omitted")
            Optional<String> from,

            @Schema(example = "+971500000901") Optional<String> to,

            @Schema(description = "Of its header, body and buttons, in this order; see `fields`")
            Optional<List<String>> templateValues) {}

    @Schema(name = "TemplateTest", extensions = @Extension(name = ApiDescription.ENVELOPE, value = "TestedAnswer"))
    record Tested(
            @Schema(description = "Ask for it at `/api/whatsapp/messages/{id}`")
            UUID id) {}

    private final Templates templates;

    ConnectionTemplatesResource(Templates templates) {
        this.templates = templates;
    }

    @GET
    @Path("{connectionId}/templates")
    @Operation(summary = "List the templates of a connection’s business, as they were read last")
    @APIResponseSchema(value = TemplateList.class, responseDescription = "All templates by name, whatever their state")
    public TemplateList list(@Context PoolRequest request, @PathParam("connectionId") String connectionId) {
        return found(templates.list(request.tenant(), PoolRequest.connection(connectionId)));
    }

    private static TemplateList found(Optional<Templates.Found> templates) {
        return templates.map(TemplateList::of).orElseThrow(() -> Refused.notFound(PoolRequest.CONNECTION));
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
    @APIResponseSchema(value = TemplateList.class, responseDescription = "The templates as they are now")
    public TemplateList sync(@Context PoolRequest request, @PathParam("connectionId") String connectionId) {
        return found(templates.sync(request.tenant(), PoolRequest.connection(connectionId)));
    }

    @POST
    @Path("{connectionId}/templates/{templateId}/test")
    @Operation(summary = "Send a template to one phone, to see it there")
    @APIResponseSchema(value = Tested.class, responseDescription = "The message is queued")
    @APIResponse(responseCode = "400", description = "A field is missing or invalid, or the template can't be sent")
    public Tested test(
            @Context PoolRequest request,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId,
            TemplateTestBody body) {
        return new Tested(Refused.unless(
                        templates.test(
                                request.tenant(),
                                request.actor(),
                                PoolRequest.connection(connectionId),
                                new Templates.Trial(
                                        templateId,
                                        body.from().orElse(""),
                                        body.to().orElse(""),
                                        body.templateValues().orElse(List.of()))),
                        PoolRequest.CONNECTION)
                .id());
    }
}
