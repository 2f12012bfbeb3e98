package dev.banyan.pages;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.pages.DeletedContents.Restored;
import dev.banyan.pages.Pages.Created;
import dev.banyan.pages.Pages.Deleted;
import dev.banyan.pages.Pages.Updated;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
            boolean exceedsTierLimit) {

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
                    flagged.pages().contains(page.id()));
        }
    }

    record PageList(List<PageView> pages) {}

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
            Optional<Boolean> published) {}

    record PageCopyBody(
            @Schema(description = "The page to copy; required")
            Optional<String> id,

            @Schema(description = "As for a new page") Optional<String> slug,

            @Schema(description = "1 to 100 characters; the name of the copied page if absent")
            Optional<String> name) {}

    record PageOrderBody(
            @Schema(description = "The ids in their new order, at most 1000; other pages follow")
            Optional<List<String>> pageIds) {}

    record PageDone(String message) {}

    /// @param kind `page`, `group` or `link`
    record DeletedView(String id, String kind, String name, String deletedAt) {

        static DeletedView of(DeletedContents.Entry entry) {
            return new DeletedView(
                    entry.id(), entry.kind(), entry.name(), entry.deletedAt().toString());
        }
    }

    record DeletedList(List<DeletedView> deleted) {}

    record RestoreContentBody(
            @Schema(description = "From GetDeletedContents; required")
            Optional<String> deletedId) {}

    /// @param pageId the restored page, or the page of the restored item
    record ContentRestored(String message, PageId pageId) {}

    private final AccountGuard acting;
    private final Pages pages;
    private final DeletedContents deleted;
    private final Idempotency idempotency;

    PagesResource(AccountGuard acting, Pages pages, DeletedContents deleted, Idempotency idempotency) {
        this.acting = acting;
        this.pages = pages;
        this.deleted = deleted;
        this.idempotency = idempotency;
    }

    @GET
    @Path("GetPages")
    @Operation(summary = "List the pages, the default first")
    @APIResponseSchema(value = PageList.class, responseDescription = "All pages")
    @APIResponse(responseCode = "404", description = "The named account is not managed by the caller")
    public Response list(@Context Call call) {
        return acting.json(call, context -> {
            Flagged flagged = pages.flagged(context);
            return Response.ok(new PageList(pages.list(context).stream()
                            .sorted(PlanFlags.PAGES_KEPT)
                            .map(page -> PageView.of(page, flagged))
                            .toList()))
                    .build();
        });
    }

    @POST
    @Path("CreatePage")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Create a page; the first one becomes the default")
    @APIResponseSchema(value = PageCreated.class, responseDescription = "Created")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the slug is taken")
    @APIResponse(responseCode = "403", description = "The tier's page limit is reached")
    @APIResponse(responseCode = "404", description = "The named account is not managed by the caller")
    public Response create(@Context Call call, NewPageBody body) {
        return acting.json(
                call,
                context -> idempotency.once(
                        call,
                        context.acting().id(),
                        call.header(Idempotency.HEADER),
                        body,
                        () -> create(context, body)));
    }

    private Response create(AccountContext context, NewPageBody body) {
        var created = pages.create(
                context,
                body.slug().orElse(""),
                body.name().orElse(""),
                body.isDefault().orElse(false));
        return answer(created, "Page created successfully");
    }

    private static Response answer(Created created, String message) {
        return switch (created) {
            case Created.Done done ->
                Response.ok(new PageCreated(message, PageView.of(done.page(), Flagged.NOTHING)))
                        .build();
            case Created.NotFound _ -> Answers.failure(404, UNKNOWN);
            case Created.SlugTaken _ -> Answers.failure(400, SLUG_TAKEN);
            case Created.LimitReached(PlanLimit limit) -> overLimit(limit.sentence(), limit);
            case Created.Rejected rejected -> invalid(rejected.invalid().getFirst());
        };
    }

    @POST
    @Path("CopyPage")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Copy a page with its links, groups, appearance and button; clicks start at 0")
    @APIResponseSchema(value = PageCreated.class, responseDescription = "Copied")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the slug is taken")
    @APIResponse(responseCode = "403", description = "The copy would exceed the tier's limit of pages, links or groups")
    public Response copy(@Context Call call, PageCopyBody body) {
        return acting.json(call, context -> {
            Optional<PageId> id = body.id().flatMap(PageId::parse);
            if (id.isEmpty()) {
                return body.id().isEmpty() ? Answers.failure(400, "id is required") : Answers.failure(404, UNKNOWN);
            }
            return idempotency.once(
                    call,
                    context.acting().id(),
                    call.header(Idempotency.HEADER),
                    body,
                    () -> copy(context, id.get(), body));
        });
    }

    private Response copy(AccountContext context, PageId id, PageCopyBody body) {
        String name =
                body.name().or(() -> pages.find(context, id).map(Page::name)).orElse("");
        return answer(pages.copy(context, id, body.slug().orElse(""), name), "Page copied successfully");
    }

    @GET
    @Path("GetDeletedContents")
    @Operation(summary = "List deleted pages, links and groups that can be restored, newest first")
    @APIResponseSchema(
            value = DeletedList.class,
            responseDescription = "Up to 100 pages, 100 groups and 100 links from the last 30 days")
    @APIResponse(responseCode = "404", description = "The named account is not managed by the caller")
    public Response deleted(@Context Call call) {
        return acting.json(
                call,
                context -> Response.ok(new DeletedList(deleted.newest(context, DeletedContents.MOST).stream()
                                .map(DeletedView::of)
                                .toList()))
                        .build());
    }

    @POST
    @Path("RestoreContent")
    @Operation(summary = "Restore a deleted page, link or group")
    @APIResponseSchema(value = ContentRestored.class, responseDescription = "Restored")
    @APIResponse(responseCode = "400", description = "Its page was deleted, or its slug is taken now")
    @APIResponse(responseCode = "403", description = "Restoring it would exceed the tier's limit")
    @APIResponse(responseCode = "404", description = "This item isn't in the trash. It may have been restored already")
    public Response restore(@Context Call call, RestoreContentBody body) {
        if (body.deletedId().isEmpty()) {
            return Answers.failure(400, "deletedId is required");
        }
        return acting.json(call, context -> switch (deleted.restore(
                context, body.deletedId().get())) {
            case Restored.Done done ->
                Response.ok(new ContentRestored("Content restored successfully", done.page()))
                        .build();
            case Restored.NotFound _ -> Answers.failure(404, "Deleted content not found");
            case Restored.PageGone _ -> Answers.failure(400, "Its page was deleted. Restore the page first");
            case Restored.SlugTaken _ -> Answers.failure(400, SLUG_TAKEN);
            case Restored.LimitReached(PlanLimit limit) -> overLimit(limit.sentence(), limit);
        });
    }

    @PUT
    @Path("ReorderPages")
    @Operation(summary = "Reorder the pages; the default stays first")
    @APIResponseSchema(value = PageDone.class, responseDescription = "Done")
    @APIResponse(responseCode = "400", description = "pageIds is missing or too long")
    public Response reorder(@Context Call call, PageOrderBody body) {
        return acting.json(call, context -> {
            if (body.pageIds().isEmpty()) {
                return Answers.failure(400, "pageIds is required");
            }
            return switch (pages.reorder(context, body.pageIds().get())) {
                case Pages.Ordered.Done _ ->
                    Response.ok(new PageDone("Pages reordered successfully")).build();
                case Pages.Ordered.NotFound _ -> Answers.failure(404, UNKNOWN);
                case Pages.Ordered.TooMany _ -> Answers.failure(400, "At most 1000 pages can be ordered at once");
            };
        });
    }

    public static Response overLimit(String error, PlanLimit limit) {
        return Response.status(403)
                .entity(new LimitFailure(
                        error, limit.used(), limit.max(), true, limit.tier().toLowerCase(Locale.ROOT)))
                .build();
    }

    public static Response invalid(Invalid invalid) {
        return Response.status(400)
                .entity(Map.of("error", invalid.apiMessage(), "field", invalid.field()))
                .build();
    }

    @PUT
    @Path("UpdatePage")
    @Operation(summary = "Change a page; absent fields stay unchanged")
    @APIResponseSchema(value = PageDone.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "A field is invalid, or the slug is taken")
    @APIResponse(responseCode = "403", description = "The page is over the plan's limit, or the account is read-only")
    public Response update(@Context Call call, PageChangeBody body) {
        return acting.json(call, context -> {
            if (body.id().isEmpty()) {
                return Answers.failure(400, "id is required");
            }
            Optional<PageId> id = body.id().flatMap(PageId::parse);
            if (id.isEmpty()) {
                return Answers.failure(404, UNKNOWN);
            }
            var change = new Pages.Change(body.slug(), body.name(), body.isDefault(), body.published());
            return switch (pages.update(context, id.get(), change)) {
                case Updated.Done _ ->
                    Response.ok(new PageDone("Page updated successfully")).build();
                case Updated.NotFound _ -> Answers.failure(404, UNKNOWN);
                case Updated.SlugTaken _ -> Answers.failure(400, SLUG_TAKEN);
                case Updated.OverLimit(PlanLimit limit) -> overLimit(OVER_LIMIT, limit);
                case Updated.OnlyDefault _ ->
                    Answers.failure(400, "Cannot unset the default page; make another page the default instead");
                case Updated.Rejected rejected -> invalid(rejected.invalid().getFirst());
            };
        });
    }

    @DELETE
    @Path("DeletePage")
    @Operation(summary = "Delete a page with its links")
    @APIResponseSchema(value = PageDone.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "400", description = "Cannot delete the default page")
    public Response delete(@Context Call call, @QueryParam("id") Optional<String> id) {
        return acting.json(call, context -> {
            if (id.isEmpty()) {
                return Answers.failure(400, "id is required");
            }
            Optional<PageId> page = id.flatMap(PageId::parse);
            if (page.isEmpty()) {
                return Answers.failure(404, UNKNOWN);
            }
            return switch (pages.delete(context, page.get())) {
                case Deleted.Done _ ->
                    Response.ok(new PageDone("Page deleted successfully")).build();
                case Deleted.NotFound _ -> Answers.failure(404, UNKNOWN);
                case Deleted.IsDefault _ -> Answers.failure(400, "Cannot delete the default page");
            };
        });
    }
}
