package dev.banyan.pages;

import dev.banyan.accounts.ActingAs;
import dev.banyan.pages.Links.Applied;
import dev.banyan.pages.Links.Step;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.platform.web.Answers;
import dev.banyan.platform.web.Call;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Links for programs (LinkToMe contract 2.5, without groups and decorations, which come with a later issue).
@Path("/api/admin")
@RunOnVirtualThread
@Tag(name = "Links", description = "The links of a page.")
class LinksResource {

    /// @param exceedsTierLimit kept and not shown, because the plan has no room for it
    record LinkView(
            LinkId id, String title, String url, int order, boolean active, long clicks, boolean exceedsTierLimit) {

        static LinkView of(Link link, Flagged flagged) {
            return new LinkView(
                    link.id(),
                    link.title(),
                    link.url(),
                    link.position(),
                    link.active(),
                    link.clicks(),
                    flagged.links().contains(link.id()));
        }
    }

    /// @param groups always empty for now; the real client needs the field
    record LinkList(List<LinkView> links, List<Object> groups) {}

    record LinkStepBody(
            @Schema(description = "add, update or remove") Optional<String> operation,

            @Schema(description = "Required for update and remove")
            Optional<String> id,

            @Schema(description = "1 to 100 characters; required for add")
            Optional<String> title,

            @Schema(description = "http or https, at most 2048 characters; required for add")
            Optional<String> url,

            @Schema(description = "0 to 1000000; absent puts a new link at the end")
            Optional<Integer> order,

            @Schema(description = "Whether visitors see it; absent is true for add")
            Optional<Boolean> active) {}

    record LinkBatchBody(Optional<List<LinkStepBody>> links) {}

    record LinksDone(boolean success, String message) {}

    private final ActingAs acting;
    private final Links links;

    LinksResource(ActingAs acting, Links links) {
        this.acting = acting;
        this.links = links;
    }

    @GET
    @Path("GetLinks")
    @Operation(summary = "List the links of a page, by default of the default page")
    @APIResponse(
            responseCode = "200",
            description = "The links in their order",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = LinkList.class)))
    @APIResponse(responseCode = "401", description = "Unauthorized")
    @APIResponse(responseCode = "404", description = "Page not found")
    public Response list(@Context Call call, @QueryParam("pageId") Optional<String> pageId) {
        return acting.json(call, context -> {
            Optional<PageId> page = pageId.flatMap(PageId::parse);
            if (pageId.isPresent() && page.isEmpty()) {
                return Answers.failure(404, PagesResource.UNKNOWN);
            }
            return links.list(context, page)
                    .map(found -> Response.ok(new LinkList(
                                    found.links().stream()
                                            .map(link -> LinkView.of(link, found.flagged()))
                                            .toList(),
                                    List.of()))
                            .build())
                    .orElseGet(() -> pageId.isPresent()
                            ? Answers.failure(404, PagesResource.UNKNOWN)
                            : Response.ok(new LinkList(List.of(), List.of())).build());
        });
    }

    @PUT
    @Path("UpdateLinks")
    @Operation(summary = "Add, change and remove links in one step, whole or not at all")
    @APIResponse(
            responseCode = "200",
            description = "Applied",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = LinksDone.class)))
    @APIResponse(responseCode = "400", description = "A step breaks a rule; the text names it")
    @APIResponse(responseCode = "401", description = "Unauthorized")
    @APIResponse(responseCode = "403", description = "The tier allows no more links")
    @APIResponse(responseCode = "404", description = "Page or link not found")
    public Response update(@Context Call call, @QueryParam("pageId") Optional<String> pageId, LinkBatchBody body) {
        return acting.json(call, context -> {
            Optional<PageId> page = pageId.flatMap(PageId::parse);
            if (pageId.isPresent() && page.isEmpty()) {
                return Answers.failure(404, PagesResource.UNKNOWN);
            }
            List<Step> steps = new ArrayList<>();
            for (LinkStepBody step : body.links().orElse(List.of())) {
                switch (read(step)) {
                    case Read.Good good -> steps.add(good.step());
                    case Read.Bad bad -> {
                        return Answers.failure(400, "links[" + steps.size() + "]: " + bad.error());
                    }
                }
            }
            return answer(links.apply(context, page, steps));
        });
    }

    private sealed interface Read {

        record Good(Step step) implements Read {}

        record Bad(String error) implements Read {}
    }

    private static Read read(LinkStepBody body) {
        String operation = body.operation().orElse("").toLowerCase(Locale.ROOT);
        if (!operation.equals("add")
                && body.id().isEmpty()
                && List.of("update", "remove").contains(operation)) {
            return new Read.Bad("id is required");
        }
        return switch (operation) {
            case "add" ->
                new Read.Good(new Step.Add(
                        body.title().orElse(""),
                        body.url().orElse(""),
                        body.order(),
                        body.active().orElse(true)));
            case "update" ->
                new Read.Good(new Step.Update(
                        body.id().orElseThrow(), body.title(), body.url(), body.order(), body.active()));
            case "remove" -> new Read.Good(new Step.Remove(body.id().orElseThrow()));
            default -> new Read.Bad("operation must be add, update or remove");
        };
    }

    private static Response answer(Applied applied) {
        return switch (applied) {
            case Applied.Done _ ->
                Response.ok(new LinksDone(true, "Links updated successfully")).build();
            case Applied.UnknownPage _ -> Answers.failure(404, PagesResource.UNKNOWN);
            case Applied.UnknownLink _ -> Answers.failure(404, "Link not found");
            case Applied.TooManySteps _ ->
                Answers.failure(400, "At most " + Links.MOST_IN_A_BATCH + " links can be added or changed at once");
            case Applied.LimitReached reached ->
                PagesResource.overLimit(limitText(reached), reached.used(), reached.max(), reached.tier());
            case Applied.PageOverLimit over ->
                PagesResource.overLimit(PagesResource.OVER_LIMIT, over.used(), over.max(), over.tier());
            case Applied.Rejected rejected -> {
                var invalid = rejected.invalid().getFirst();
                yield Response.status(400)
                        .entity(Map.of(
                                "error", "links[" + rejected.step() + "]: " + invalid.error(),
                                "field", "links[" + rejected.step() + "]." + invalid.field()))
                        .build();
            }
        };
    }

    static String limitText(Applied.LimitReached reached) {
        return "Link limit exceeded. The " + reached.tier() + " tier allows " + reached.max() + " links";
    }
}
