package dev.banyan.pages.looks;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.pages.Links;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PagesResource;
import dev.banyan.pages.PlanLimit;
import dev.banyan.pages.looks.Appearances.Changed;
import dev.banyan.pages.looks.Appearances.OnPage;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.themes.AppearanceDocument;
import dev.banyan.themes.AppearanceTiers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The appearance of pages in the API (LinkToMe contract 2.6). Documents are read as trees, because null and absent
/// fields have different meanings.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Appearance", description = "The appearance of a page, and the social icons of its account.")
class AppearanceResource {

    /// @param firstFrameOnly fields with an animation of which only the first frame was kept
    record AppearanceDone(
            String message, @JsonInclude(Include.NON_EMPTY) List<String> firstFrameOnly) {}

    /// @param requiredTier the key of the lowest tier that has it
    record TierFailure(String error, boolean upgradeRequired, String currentTier, String requiredTier, String field) {}

    /// What the API's tree has besides the appearance, and its clients send back.
    private static final Set<String> ONLY_HERE =
            Set.of("pageId", "socialIcons", "exceedsTierLimit", "videoExceedsTierLimit");
    private static final Set<String> NOT_OF_IT = Set.of("pageId", "exceedsTierLimit", "videoExceedsTierLimit");
    private static final Set<String> OF_ICONS = Set.of("operation", "id", "platform", "url", "order", "active");

    private final Appearances appearances;

    AppearanceResource(Appearances appearances) {
        this.appearances = appearances;
    }

    @GET
    @Path("GetAppearance")
    @Operation(summary = "Get the appearance of a page; without pageId, of the default page")
    @APIResponseSchema(value = AppearanceShape.class, responseDescription = "The whole tree; empty values are null")
    @APIResponse(responseCode = "404", description = "Page not found")
    public Response get(@Context AccountRequest request, @QueryParam("pageId") Optional<String> pageId) {
        return appearances
                .find(request.context(), PagesResource.orDefault(pageId))
                .map(found -> Response.ok(tree(request.context(), found)).build())
                .orElseThrow(() -> AccountRequest.refused(404, PagesResource.UNKNOWN));
    }

    private static ObjectNode tree(AccountContext context, OnPage found) {
        ObjectNode node = AppearanceDocument.tree(found.look());
        node.put("pageId", found.page().id().toString());
        if (found.look().header().displayName().isEmpty()) {
            node.withObject("/header").put("displayName", context.acting().displayName());
        }
        ArrayNode icons = node.putArray("socialIcons");
        found.icons().forEach(icon -> {
            ObjectNode one = icons.addObject();
            one.put("id", icon.id());
            one.put("platform", icon.platform());
            one.put("url", icon.url());
            one.put("order", icon.position());
            one.put("active", icon.active());
        });
        if (AppearanceTiers.exceeds(found.look(), found.tier())) {
            node.put("exceedsTierLimit", true);
        }
        if (AppearanceTiers.videoExceeds(found.look(), found.tier())) {
            node.put("videoExceedsTierLimit", true);
        }
        return node;
    }

    @PUT
    @Path("UpdateAppearance")
    @Operation(summary = "Change the appearance of a page; absent fields stay unchanged, null clears")
    @RequestBody(content = @Content(schema = @Schema(implementation = AppearanceShape.class)))
    @APIResponseSchema(value = AppearanceDone.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "A field is invalid, or a picture can't be fetched")
    @APIResponse(responseCode = "403", description = "The tier doesn't include a requested feature")
    @APIResponse(responseCode = "404", description = "Page or social icon not found")
    public AppearanceDone update(
            @Context AccountRequest request, @QueryParam("pageId") Optional<String> pageId, JsonNode body) {
        if (!body.isObject()) {
            throw AccountRequest.refused(400, "The body must be a JSON object");
        }
        // Clients send back what they got, with its page; the one in the address comes first.
        Optional<PageId> page = PagesResource.orDefault(pageId.or(() -> text(body, "pageId")));
        AppearanceDocument.unknown(body, ONLY_HERE).ifPresent(strange -> {
            throw AccountRequest.invalid(strange);
        });
        if (body.propertyStream().map(Map.Entry::getKey).allMatch(NOT_OF_IT::contains)) {
            throw AccountRequest.refused(400, "Send at least one field of the appearance");
        }
        JsonNode icons = body.path("socialIcons");
        if (!isAbsent(icons) && !icons.isArray()) {
            throw AccountRequest.refused(400, "socialIcons must be a list");
        }
        List<IconStep> steps = new ArrayList<>();
        for (JsonNode icon : icons) {
            steps.add(read("socialIcons[" + steps.size() + "]: ", icon));
            if (steps.size() > Links.MOST_IN_A_BATCH) {
                throw AccountRequest.refused(
                        400, "At most " + Links.MOST_IN_A_BATCH + " social icons can be changed at once");
            }
        }
        return done(appearances.change(request.context(), page, new Appearances.AppearanceRequest(body, steps)));
    }

    /// @param place of the step, for what is wrong with it
    private static IconStep read(String place, JsonNode icon) {
        if (!icon.isObject()) {
            throw AccountRequest.refused(400, place + "must be an object");
        }
        icon.fieldNames().forEachRemaining(name -> {
            if (!OF_ICONS.contains(name)) {
                throw AccountRequest.refused(400, "Unknown field: " + place.replace(": ", ".") + name);
            }
        });
        JsonNode order = icon.path("order");
        JsonNode active = icon.path("active");
        if (!isAbsent(order) && !(order.isIntegralNumber() && order.canConvertToInt())) {
            throw AccountRequest.refused(400, place + "order must be a whole number");
        }
        if (!isAbsent(active) && !active.isBoolean()) {
            throw AccountRequest.refused(400, place + "active must be true or false");
        }
        Optional<Integer> position = isAbsent(order) ? Optional.empty() : Optional.of(order.asInt());
        String id = icon.path("id").asText("");
        String operation = icon.path("operation").asText("update").toLowerCase(Locale.ROOT);
        if (!operation.equals("add")
                && id.isEmpty()
                && List.of("update", "remove").contains(operation)) {
            throw AccountRequest.refused(400, place + "id is required");
        }
        return switch (operation) {
            case "add" ->
                new IconStep.Add(
                        icon.path("platform").asText(""),
                        icon.path("url").asText(""),
                        position,
                        active.asBoolean(true));
            case "update" ->
                new IconStep.Update(
                        id,
                        text(icon, "platform"),
                        text(icon, "url"),
                        position,
                        isAbsent(active) ? Optional.empty() : Optional.of(active.asBoolean()));
            case "remove" -> new IconStep.Remove(id);
            default -> throw AccountRequest.refused(400, place + "operation must be add, update or remove");
        };
    }

    private static Optional<String> text(JsonNode node, String name) {
        return isAbsent(node.path(name))
                ? Optional.empty()
                : Optional.of(node.path(name).asText());
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static AppearanceDone done(Changed changed) {
        return switch (changed) {
            case Changed.Done done -> new AppearanceDone("Appearance updated successfully", done.still());
            case Changed.PageNotFound _ -> throw AccountRequest.refused(404, PagesResource.UNKNOWN);
            case Changed.UnknownIcon _ -> throw AccountRequest.refused(404, "Social icon not found");
            case Changed.NotInTier(AppearanceTiers.Need need, var tier) ->
                throw AccountRequest.refused(
                        403,
                        new TierFailure(
                                need.sentence(), true, tier.key(), need.tier().key(), need.field()));
            case Changed.PageOverLimit(PlanLimit limit) ->
                throw PagesResource.overLimit(PagesResource.OVER_LIMIT, limit);
            case Changed.Rejected rejected ->
                throw AccountRequest.invalid(rejected.invalid().getFirst());
        };
    }
}
