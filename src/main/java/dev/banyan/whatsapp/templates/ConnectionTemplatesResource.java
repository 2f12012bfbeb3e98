package dev.banyan.whatsapp.templates;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.templates.TemplateChanges.Saved;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

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

    @Schema(
            name = "TemplateFile",
            extensions = @Extension(name = ApiDescription.ENVELOPE, value = "TemplateFileAnswer"))
    record WireFile(
            @Schema(description = "Pass it as `headerExample`")
            String handle) {}

    private final Templates templates;
    private final TemplateChanges changes;

    ConnectionTemplatesResource(Templates templates, TemplateChanges changes) {
        this.templates = templates;
        this.changes = changes;
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
    @Path("{connectionId}/templates")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(
            summary = "Submit a template to WhatsApp, or an existing one in another language",
            description =
                    "WhatsApp reviews it; its status is in the list. A name that was deleted is free after 30 days.")
    @APIResponseSchema(value = Saved.class, responseDescription = "Submitted", responseCode = "201")
    @APIResponse(responseCode = "400", description = "A field is missing or breaks a rule of WhatsApp’s")
    @APIResponse(responseCode = "409", description = "WhatsApp refuses it, with the reason")
    public Response create(
            @Context PoolRequest request, @PathParam("connectionId") String connectionId, TemplateBody body) {
        return request.added(
                body,
                () -> saved(changes.create(
                        request.tenant(),
                        request.actor(),
                        PoolRequest.connection(connectionId),
                        () -> TemplateInput.FIELDS.body(body, TemplateInput.EMPTY))));
    }

    private static Saved saved(Outcome<Saved> outcome) {
        return Refused.unless(outcome, PoolRequest.CONNECTION);
    }

    @PUT
    @Path("{connectionId}/templates/{templateId}")
    @Operation(
            summary = "Change a template and submit it again; what is left out stays",
            description = "While it is approved, rejected or paused. WhatsApp allows one change of an approved template"
                    + " a day and ten in 30 days.")
    @APIResponseSchema(value = Saved.class, responseDescription = "Submitted")
    @APIResponse(responseCode = "400", description = "A field breaks a rule of WhatsApp’s")
    @APIResponse(responseCode = "409", description = "WhatsApp refuses the change, with the reason")
    public Saved change(
            @Context PoolRequest request,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId,
            TemplateBody body) {
        return saved(changes.change(
                request.tenant(),
                request.actor(),
                PoolRequest.connection(connectionId),
                templateId,
                before -> TemplateInput.FIELDS.body(body, before)));
    }

    @DELETE
    @Path("{connectionId}/templates/{templateId}")
    @Operation(
            summary = "Delete a template in one language or in all",
            description = "Its name can’t be used again for 30 days.")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "409", description = "A campaign uses it, or WhatsApp refuses")
    public DoneMessage delete(
            @Context PoolRequest request,
            @PathParam("connectionId") String connectionId,
            @PathParam("templateId") String templateId,
            @Parameter(description = "Delete all templates of its name") @QueryParam("allLanguages")
                    boolean allLanguages,
            @Parameter(description = "Delete it although campaigns use it") @QueryParam("evenIfUsed")
                    boolean evenIfUsed) {
        saved(changes.delete(
                request.tenant(),
                request.actor(),
                PoolRequest.connection(connectionId),
                new TemplateChanges.Deletion(templateId, allLanguages, evenIfUsed)));
        return new DoneMessage("Template deleted");
    }

    @POST
    @Path("{connectionId}/templates/files")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Give WhatsApp an example of a header that is a picture, video or document")
    @APIResponseSchema(value = WireFile.class, responseDescription = "WhatsApp has it")
    @APIResponse(responseCode = "400", description = "The file is missing, too large, or of another type")
    @APIResponse(responseCode = "409", description = "WhatsApp refuses it")
    public WireFile upload(
            @Context PoolRequest request,
            @PathParam("connectionId") String connectionId,
            @RestForm @Nullable FileUpload file) {
        Optional<FileUpload> given = Optional.ofNullable(file);
        return new WireFile(Refused.unless(
                changes.upload(
                        request.tenant(),
                        PoolRequest.connection(connectionId),
                        given.map(FileUpload::uploadedFile),
                        given.map(FileUpload::fileName).orElse("example")),
                PoolRequest.CONNECTION));
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
