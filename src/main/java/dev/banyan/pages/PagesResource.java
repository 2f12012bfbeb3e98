package dev.banyan.pages;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.pages.DeletedContents.Restored;
import dev.banyan.pages.Pages.Created;
import dev.banyan.pages.Pages.Deleted;
import dev.banyan.pages.Pages.Updated;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.EarlyAnswer;
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

/// Pages in the API (LinkToMe contract 2.4).
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Pages", description = "The public pages of an account.")
@APIResponse(responseCode = "404", description = "Page not found")
public class PagesResource {

    static final String SLUG_TAKEN = "A page with this slug already exists";
    public static final String OVER_LIMIT = "This page exceeds your plan's limit. Upgrade the plan to edit it";
    public static final String UNKNOWN = "Page not found";

    record PageView(
            PageId id,
            AccountId userId,
            String slug,
            String name,
            boolean isDefault,
            boolean published,
            Instant createdAt,
            Instant updatedAt,
            boolean exceedsTierLimit,

            @Schema(description = "Its own time zone, for the days of its analytics; absent if it has the account's")
            @JsonInclude(JsonInclude.Include.NON_ABSENT)
            Optional<String> timeZone) {

        static PageView of(Page page, Flagged flagged) {
            return new PageView(
                    page.id(),
                    page.owner().account(),
                    page.slug(),
                    page.name(),
                    page.isDefault(),
                    page.published(),
                    page.createdAt(),
                    page.updatedAt(),
                    flagged.pages().contains(page.id()),
                    page.zone().map(ZoneId::getId));
        }
    }

    record PageList(List<PageView> pages) {}

    @Schema(requiredProperties = {"slug", "name"})
    record NewPageBody(
            @Schema(description = "3 to 30 characters of a-z, 0-9 and single hyphens")
            Optional<String> slug,

            @Schema(description = "1 to 100 characters") Optional<String> name,

            @Schema(description = "The first page is always the default")
            Optional<Boolean> isDefault) {}

    record PageCreated(String message, PageView page) {}

    record PageChangeBody(
            @Schema(description = "The id of the page; required")
            Optional<String> id,

            @Schema(description = "As for a new page; unchanged if absent")
            Optional<String> slug,

            @Schema(description = "As for a new page; unchanged if absent")
            Optional<String> name,

            @Schema(description = "true makes it the default; to unset the default, set another page")
            Optional<Boolean> isDefault,

            @Schema(description = "Whether the page is published; unchanged if absent")
            Optional<Boolean> published,

            @Schema(
                    description = "The IANA time zone of the days of its analytics, such as Asia/Dubai; empty for the "
                            + "account's; unchanged if absent")
            Optional<String> timeZone) {}

    record PageCopyBody(
            @Schema(description = "The page to copy; required")
            Optional<String> id,

            @Schema(description = "As for a new page") Optional<String> slug,

            @Schema(description = "1 to 100 characters; the name of the copied page if absent")
            Optional<String> name) {}

    @Schema(requiredProperties = "pageIds")
    record PageOrderBody(
            @Schema(description = "The ids in their new order, at most 1000; other pages follow")
            Optional<List<String>> pageIds) {}

    /// @param kind `page`, `group` or `link`
    record DeletedView(String id, String kind, String name, String deletedAt) {

        static DeletedView of(DeletedContents.Entry entry) {
            return new DeletedView(
                    entry.id(), entry.kind(), entry.name(), entry.deletedAt().toString());
        }
    }

    record DeletedList(List<DeletedView> deleted) {}

    @Schema(requiredProperties = "deletedId")
    record RestoreContentBody(
            @Schema(description = "From GetDeletedContents; required")
            Optional<String> deletedId) {}

    /// @param pageId the restored page, or the page of the restored item
    record ContentRestored(String message, PageId pageId) {}

    private final Pages pages;
    private final DeletedContents deleted;

    PagesResource(Pages pages, DeletedContents deleted) {
        this.pages = pages;
        this.deleted = deleted;
    }

    @GET
    @Path("GetPages")
    @Operation(summary = "List the pages, the default first")
    @APIResponseSchema(value = PageList.class, responseDescription = "All pages")
    @APIResponse(responseCode = "404", description = "The named account is not managed by the caller")
    public PageList list(@Context AccountRequest request) {
        Flagged flagged = pages.flagged(request.context());
        return new PageList(pages.list(request.context()).stream()
                .sorted(PlanFlags.PAGES_KEPT)
                .map(page -> PageView.of(page, flagged))
                .toList());
    }

    @POST
    @Path("CreatePage")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Create a page; the first one becomes the default")
    @APIResponseSchema(value = PageCreated.class, responseDescription = "Created")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the slug is taken")
    @APIResponse(responseCode = "403", description = "The tier's page limit is reached")
    @APIResponse(responseCode = "404", description = "The named account is not managed by the caller")
    public Response create(@Context AccountRequest request, NewPageBody body) {
        return request.once(
                body,
                () -> created(
                        pages.create(
                                request.context(),
                                body.slug().orElse(""),
                                body.name().orElse(""),
                                body.isDefault().orElse(false)),
                        "Page created successfully"));
    }

    private static PageCreated created(Created created, String message) {
        return switch (created) {
            case Created.Done done -> new PageCreated(message, PageView.of(done.page(), Flagged.NOTHING));
            case Created.NotFound _ -> throw AccountRequest.refused(404, UNKNOWN);
            case Created.SlugTaken _ -> throw AccountRequest.refused(400, SLUG_TAKEN);
            case Created.LimitReached(PlanLimit limit) -> throw overLimit(limit.sentence(), limit);
            case Created.Rejected rejected ->
                throw AccountRequest.invalid(rejected.invalid().getFirst());
        };
    }

    @POST
    @Path("CopyPage")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Copy a page with its links, groups, appearance and button; clicks start at 0")
    @APIResponseSchema(value = PageCreated.class, responseDescription = "Copied")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the slug is taken")
    @APIResponse(responseCode = "403", description = "The copy would exceed the tier's limit of pages, links or groups")
    public Response copy(@Context AccountRequest request, PageCopyBody body) {
        PageId id = page(body.id());
        return request.once(body, () -> copied(request.context(), id, body));
    }

    private PageCreated copied(AccountContext context, PageId id, PageCopyBody body) {
        String name =
                body.name().or(() -> pages.find(context, id).map(Page::name)).orElse("");
        return created(pages.copy(context, id, body.slug().orElse(""), name), "Page copied successfully");
    }

    /// @param id as `pageId` names it; empty means the default page
    ///
    /// @throws EarlyAnswer if it can be none
    public static Optional<PageId> orDefault(Optional<String> id) {
        return id.map(typed -> PageId.parse(typed).orElseThrow(() -> AccountRequest.refused(404, UNKNOWN)));
    }

    private static PageId page(Optional<String> typed) {
        String id = typed.orElseThrow(() -> AccountRequest.refused(400, "id is required"));
        return PageId.parse(id).orElseThrow(() -> AccountRequest.refused(404, UNKNOWN));
    }

    @GET
    @Path("GetDeletedContents")
    @Operation(summary = "List deleted pages, links and groups that can be restored, newest first")
    @APIResponseSchema(
            value = DeletedList.class,
            responseDescription = "Up to 100 pages, 100 groups and 100 links from the last 30 days")
    @APIResponse(responseCode = "404", description = "The named account is not managed by the caller")
    public DeletedList deleted(@Context AccountRequest request) {
        return new DeletedList(deleted.newest(request.context(), DeletedContents.MOST).stream()
                .map(DeletedView::of)
                .toList());
    }

    @POST
    @Path("RestoreContent")
    @Operation(summary = "Restore a deleted page, link or group")
    @APIResponseSchema(value = ContentRestored.class, responseDescription = "Restored")
    @APIResponse(responseCode = "400", description = "Its page was deleted, or its slug is taken now")
    @APIResponse(responseCode = "403", description = "Restoring it would exceed the tier's limit")
    @APIResponse(responseCode = "404", description = "This item isn't in the trash. It may have been restored already")
    public ContentRestored restore(@Context AccountRequest request, RestoreContentBody body) {
        String id = body.deletedId().orElseThrow(() -> AccountRequest.refused(400, "deletedId is required"));
        return switch (deleted.restore(request.context(), id)) {
            case Restored.Done done -> new ContentRestored("Content restored successfully", done.page());
            case Restored.NotFound _ -> throw AccountRequest.refused(404, "Deleted content not found");
            case Restored.PageGone _ ->
                throw AccountRequest.refused(400, "Its page was deleted. Restore the page first");
            case Restored.SlugTaken _ -> throw AccountRequest.refused(400, SLUG_TAKEN);
            case Restored.LimitReached(PlanLimit limit) -> throw overLimit(limit.sentence(), limit);
        };
    }

    @PUT
    @Path("ReorderPages")
    @Operation(summary = "Reorder the pages; the default stays first")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Done")
    @APIResponse(responseCode = "400", description = "pageIds is missing or too long")
    public DoneMessage reorder(@Context AccountRequest request, PageOrderBody body) {
        List<String> ids = body.pageIds()
                .filter(some -> !some.isEmpty())
                .orElseThrow(() -> AccountRequest.refused(400, "pageIds is required"));
        if (Set.copyOf(ids).size() < ids.size()) {
            throw AccountRequest.refused(400, "pageIds must name each page once");
        }
        return switch (pages.reorder(request.context(), ids)) {
            case Pages.Ordered.Done _ -> new DoneMessage("Pages reordered successfully");
            case Pages.Ordered.NotFound _ -> throw AccountRequest.refused(404, UNKNOWN);
            case Pages.Ordered.TooMany _ ->
                throw AccountRequest.refused(400, "At most 1000 pages can be ordered at once");
        };
    }

    public static EarlyAnswer overLimit(String error, PlanLimit limit) {
        return AccountRequest.refused(
                403,
                new LimitFailure(
                        error, limit.used(), limit.max(), true, limit.tier().toLowerCase(Locale.ROOT)));
    }

    @PUT
    @Path("UpdatePage")
    @Operation(summary = "Change a page; absent fields stay unchanged")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the slug is taken")
    @APIResponse(responseCode = "403", description = "The page is over the plan's limit, or the account is read-only")
    public DoneMessage update(@Context AccountRequest request, PageChangeBody body) {
        PageId id = page(body.id());
        if (List.of(body.slug(), body.name(), body.isDefault(), body.published(), body.timeZone()).stream()
                .allMatch(Optional::isEmpty)) {
            throw AccountRequest.refused(400, "Send slug, name, isDefault, published or timeZone to change the page");
        }
        var change = new Pages.Change(body.slug(), body.name(), body.isDefault(), body.published(), body.timeZone());
        return switch (pages.update(request.context(), id, change)) {
            case Updated.Done _ -> new DoneMessage("Page updated successfully");
            case Updated.NotFound _ -> throw AccountRequest.refused(404, UNKNOWN);
            case Updated.SlugTaken _ -> throw AccountRequest.refused(400, SLUG_TAKEN);
            case Updated.OverLimit(PlanLimit limit) -> throw overLimit(OVER_LIMIT, limit);
            case Updated.OnlyDefault _ ->
                throw AccountRequest.refused(
                        400, "Cannot unset the default page; make another page the default instead");
            case Updated.Rejected rejected ->
                throw AccountRequest.invalid(rejected.invalid().getFirst());
        };
    }

    @DELETE
    @Path("DeletePage")
    @Operation(summary = "Delete a page with its links")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "400", description = "Cannot delete the default page")
    public DoneMessage delete(@Context AccountRequest request, @QueryParam("id") Optional<String> id) {
        return switch (pages.delete(request.context(), page(id))) {
            case Deleted.Done _ -> new DoneMessage("Page deleted successfully");
            case Deleted.NotFound _ -> throw AccountRequest.refused(404, UNKNOWN);
            case Deleted.IsDefault _ -> throw AccountRequest.refused(400, "Cannot delete the default page");
        };
    }
}
