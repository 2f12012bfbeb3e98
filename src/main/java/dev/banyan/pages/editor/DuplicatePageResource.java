package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.Pages;
import dev.banyan.pages.copying.PageDuplicates;
import dev.banyan.pages.copying.PageDuplicates.Duplicated;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Duplicates a page into another brand.
@Path("/admin/pages")
@RunOnVirtualThread
class DuplicatePageResource {

    private record Values(String brand, String name) {}

    private final Pages pages;
    private final PageDuplicates duplicates;
    private final Uuids uuids;

    DuplicatePageResource(Pages pages, PageDuplicates duplicates, Uuids uuids) {
        this.pages = pages;
        this.duplicates = duplicates;
        this.uuids = uuids;
    }

    @GET
    @Path("{pageId}/duplicate")
    public Response form(@Context AccountPage request, @PathParam("pageId") String pageId) {
        Page page = PageAnswers.find(pages, request, pageId);
        return Html.ok(form(
                request,
                page,
                new Values("", page.name()),
                FieldErrors.NONE,
                Optional.empty(),
                uuids.next().toString()));
    }

    private DuplicatePagePage form(
            AccountPage request,
            Page page,
            Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        return new DuplicatePagePage(
                request.frame(NavItem.PAGES, page.name() + " – Duplicate"),
                page.id().toString(),
                page.name(),
                values.brand(),
                values.name(),
                errors,
                problem,
                key,
                request.isHtmx());
    }

    @POST
    @Path("{pageId}/duplicate")
    public Response duplicate(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("brand") @DefaultValue("") String brand,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new Values(brand, name);
        Page page = PageAnswers.find(pages, request, pageId);
        return request.once(key, values, () -> duplicate(request, page, values, key));
    }

    private Response duplicate(AccountPage request, Page page, Values values, String key) {
        return switch (duplicates.duplicate(request.context(), page.id(), values.brand(), values.name())) {
            case Duplicated.Done(String username, Page copy, List<LeftOut> leftOut) ->
                Html.seeOther(
                        request.call(),
                        "/admin/pages/" + copy.id() + "?as=" + username + "&done="
                                + (leftOut.isEmpty() ? "page-copied" : "page-copied-partly"));
            case Duplicated.PageNotFound _ -> throw PageAnswers.unknownPage(request);
            case Duplicated.BrandNotFound _ ->
                again(
                        request,
                        page,
                        values,
                        new FieldErrors(Map.of("brand", "We can’t find an active brand with this username.")),
                        Optional.empty(),
                        key);
            case Duplicated.ReadOnly(var until) ->
                again(
                        request,
                        page,
                        values,
                        new FieldErrors(Map.of(
                                "brand", "This brand is read-only until " + Words.day(until) + ". Choose another.")),
                        Optional.empty(),
                        key);
            case Duplicated.Full _ ->
                again(
                        request,
                        page,
                        values,
                        FieldErrors.NONE,
                        Optional.of(new FormProblem(
                                "That brand has no room for another page.",
                                "Delete one of its pages or upgrade the plan.")),
                        key);
            case Duplicated.Rejected(var invalid) ->
                again(request, page, values, FieldErrors.from(List.of(invalid)), Optional.empty(), key);
        };
    }

    private Response again(
            AccountPage request,
            Page page,
            Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        return Html.invalid(form(request, page, values, errors, problem, key));
    }
}
