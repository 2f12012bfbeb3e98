package dev.banyan.accounts.brands;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.brands.BrandTemplates.Renamed;
import dev.banyan.accounts.brands.BrandTemplates.Saved;
import dev.banyan.accounts.context.RootRequest;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The saved templates of brands in the API. `CreateSubAccount` takes the id of one.
@Path("/api/admin/brand-templates")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Brand templates", description = "What new sub-accounts can begin with.")
class BrandTemplatesResource {

    static final String UNKNOWN = "Template not found";
    private static final String NAME_TAKEN = "A template with this name already exists";

    private static final String PARTS =
            Arrays.stream(BrandPart.values()).map(BrandPart::key).collect(Collectors.joining(", "));

    record TemplateView(String id, String name, List<String> parts, String source, Instant createdAt) {

        static TemplateView of(BrandTemplate template) {
            return new TemplateView(
                    template.id(),
                    template.name(),
                    Arrays.stream(BrandPart.values())
                            .filter(template.parts()::contains)
                            .map(BrandPart::key)
                            .toList(),
                    template.source(),
                    template.createdAt());
        }
    }

    record TemplateList(List<TemplateView> templates) {}

    @Schema(requiredProperties = {"subAccountId", "name"})
    record NewTemplateBody(
            @Schema(description = "The id or username of the sub-account, or of your own account; required")
            Optional<String> subAccountId,

            @Schema(description = "1 to 100 characters; required")
            Optional<String> name,

            @Schema(description = "look, links and shortLinks; all of them if absent")
            Optional<List<String>> parts) {}

    @Schema(requiredProperties = "name")
    record TemplateNameBody(
            @Schema(description = "1 to 100 characters; required")
            Optional<String> name) {}

    /// @param leftOut what doesn't fit the plan
    @JsonInclude(Include.NON_ABSENT)
    record TemplateSaved(String message, TemplateView template, Optional<List<String>> leftOut) {}

    private final BrandTemplates templates;

    BrandTemplatesResource(BrandTemplates templates) {
        this.templates = templates;
    }

    @GET
    @Operation(summary = "List the brand templates")
    @APIResponseSchema(value = TemplateList.class, responseDescription = "All templates by name")
    public TemplateList list(@Context RootRequest request) {
        return new TemplateList(
                templates.list(request.context()).stream().map(TemplateView::of).toList());
    }

    @POST
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Save a sub-account as a template")
    @APIResponseSchema(value = TemplateSaved.class, responseDescription = "Saved")
    @APIResponse(responseCode = "400", description = "Invalid field, name taken, or too many templates")
    @APIResponse(responseCode = "404", description = "Sub-account not managed by the caller")
    public Response save(@Context RootRequest request, NewTemplateBody body) {
        return request.once(body, () -> saved(request, body));
    }

    private TemplateSaved saved(RootRequest request, NewTemplateBody body) {
        Set<BrandPart> parts = body.parts()
                .map(BrandPart::parse)
                .orElse(Optional.of(BrandPart.ALL))
                .orElseThrow(() -> RootRequest.refused(400, "parts must be a list of " + PARTS));
        String brand = SubAccountsResource.required(body.subAccountId().filter(id -> !id.isBlank()));
        return switch (templates.save(request.context(), brand, body.name().orElse(""), parts)) {
            case Saved.Done(BrandTemplate template, List<LeftOut> leftOut) ->
                new TemplateSaved(
                        "Template saved successfully",
                        TemplateView.of(template),
                        Optional.of(leftOut.stream().map(LeftOut::sentence).toList())
                                .filter(all -> !all.isEmpty()));
            case Saved.NotFound _ -> throw request.notManaged();
            case Saved.NameTaken _ -> throw RootRequest.refused(400, NAME_TAKEN);
            case Saved.Full _ ->
                throw RootRequest.refused(400, "At most " + BrandTemplates.MOST + " templates can be saved");
            case Saved.TooLarge _ ->
                throw RootRequest.refused(400, "This sub-account has too much content for a template");
            case Saved.Rejected(Invalid invalid) -> throw Refused.invalid(invalid);
        };
    }

    @PUT
    @Path("{templateId}")
    @Operation(summary = "Rename a template")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Renamed")
    @APIResponse(responseCode = "400", description = "Invalid name, or name taken")
    @APIResponse(responseCode = "404", description = "Template not found")
    public DoneMessage rename(@Context RootRequest request, @PathParam("templateId") String id, TemplateNameBody body) {
        return switch (templates.rename(request.context(), id, body.name().orElse(""))) {
            case Renamed.Done _ -> new DoneMessage("Template renamed successfully");
            case Renamed.NotFound _ -> throw RootRequest.refused(404, UNKNOWN);
            case Renamed.NameTaken _ -> throw RootRequest.refused(400, NAME_TAKEN);
            case Renamed.Rejected(Invalid invalid) -> throw Refused.invalid(invalid);
        };
    }

    @DELETE
    @Path("{templateId}")
    @Operation(summary = "Delete a template; brands that began with it stay")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "404", description = "Template not found")
    public DoneMessage delete(@Context RootRequest request, @PathParam("templateId") String id) {
        if (!templates.delete(request.context(), id)) {
            throw RootRequest.refused(404, UNKNOWN);
        }
        return new DoneMessage("Template deleted successfully");
    }
}
