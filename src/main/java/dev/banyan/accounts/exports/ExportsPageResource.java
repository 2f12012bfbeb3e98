package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page for exports of brands and of the account. Not under `/admin/exports`, which is another name of the API’s
/// route (`CanonicalRoutes`).
@Path(ExportPaths.HOME)
@RunOnVirtualThread
class ExportsPageResource {

    private static final long MEGABYTE = 1_048_576;

    private final AccountGuard acting;
    private final Exports exports;
    private final PageFrames shells;
    private final ErrorPages errorPages;

    ExportsPageResource(AccountGuard acting, Exports exports, PageFrames shells, ErrorPages errorPages) {
        this.acting = acting;
        this.exports = exports;
        this.shells = shells;
        this.errorPages = errorPages;
    }

    /// @param brand a username to begin with
    @GET
    public Response show(@Context Call call, @QueryParam("brand") @DefaultValue("") String brand) {
        return acting.page(
                call,
                context -> exports.knows(context, brand)
                        ? shown(call, context, brand, 200, Optional.empty())
                        : refused(call, context, brand, new Refusal.NotFound()));
    }

    private Response shown(Call call, AccountContext context, String brand, int status, Optional<FormProblem> problem) {
        return exports.list(context)
                .fold(
                        all -> Html.answer(
                                status,
                                new ExportsPage(
                                        shells.of(call, context, NavItem.BRANDS, "Exports"),
                                        all.stream()
                                                .map(ExportsPageResource::row)
                                                .toList(),
                                        brand,
                                        all.stream().anyMatch(AccountExport::isUnfinished),
                                        problem)),
                        _ -> forOwners(call));
    }

    private static ExportsPage.Row row(AccountExport export) {
        return new ExportsPage.Row(
                export.id().toString(),
                export.whole() ? "Whole account" : export.username(),
                switch (export.state()) {
                    case WAITING, RUNNING -> "info";
                    case READY -> "good";
                    case FAILED -> "bad";
                },
                switch (export.state()) {
                    case WAITING -> "Waiting";
                    case RUNNING -> "Running";
                    case READY -> "Ready";
                    case FAILED -> "Failed";
                },
                Words.moment(export.createdAt()),
                Optional.of(Words.day(export.expiresAt())).filter(_ -> export.isReady()),
                export.size().map(ExportsPageResource::size),
                export.problem(),
                export.isUnfinished(),
                export.progress(),
                export.isReady());
    }

    private static String size(long bytes) {
        return bytes < MEGABYTE ? Math.max(1, bytes / 1_024) + " KB" : bytes / MEGABYTE + " MB";
    }

    private Response forOwners(Call call) {
        return errorPages.answer(
                call, 403, "Only owners can export", "Ask an owner of the account to export it or one of its brands.");
    }

    @POST
    public Response request(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("brand") @DefaultValue("") String brand) {
        Optional<String> wanted = Optional.of(brand.strip()).filter(name -> !name.isEmpty());
        return acting.page(
                call,
                Optional.of(as),
                context -> exports.request(context, wanted)
                        .fold(
                                _ -> back(call, context, "export-requested"),
                                refusal -> refused(call, context, brand, refusal)));
    }

    private Response refused(Call call, AccountContext context, String brand, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Forbidden _ -> forOwners(call);
            case Refusal.LimitReached limit ->
                shown(
                        call,
                        context,
                        brand,
                        409,
                        Optional.of(new FormProblem(
                                limit.max() + " exports are unfinished.",
                                "Wait until one of them is ready, or delete one.")));
            case Refusal.TooMany _ ->
                shown(
                        call,
                        context,
                        brand,
                        429,
                        Optional.of(new FormProblem("You’ve reached today’s limit for exports.", "Try again later.")));
            case Refusal.NotFound _, Refusal.Rejected _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                shown(
                        call,
                        context,
                        brand,
                        404,
                        Optional.of(new FormProblem(
                                "We can’t find this brand.",
                                "Check the username, or leave it empty to export the whole account.")));
        };
    }

    @GET
    @Path("{exportId}/file")
    public Response file(@Context Call call, @PathParam("exportId") String id) {
        return with(call, Optional.empty(), id, exports::download, (_, download) -> ExportFileAnswers.answer(download));
    }

    @POST
    @Path("{exportId}/delete")
    public Response delete(
            @Context Call call, @PathParam("exportId") String id, @FormParam("as") @DefaultValue("") String as) {
        return with(call, Optional.of(as), id, exports::delete, (context, _) -> back(call, context, "export-deleted"));
    }

    private <T> Response with(
            Call call,
            Optional<String> as,
            String id,
            BiFunction<AccountContext, UUID, Outcome<T>> work,
            BiFunction<AccountContext, T, Response> answer) {
        Function<AccountContext, Response> all = context -> Uuids.parse(id)
                .map(export -> work.apply(context, export))
                .orElseGet(Outcome::notFound)
                .fold(done -> answer.apply(context, done), refusal -> switch (refusal) {
                    case Refusal.Forbidden _ -> forOwners(call);
                    case Refusal.Rejected _ ->
                        errorPages.answer(
                                call, 409, "This export isn’t ready", "Go back to your exports and wait for it.");
                    default ->
                        errorPages.answer(
                                call, 404, "Export not found", "It may have been deleted: we keep exports for 7 days.");
                });
        return as.isPresent() ? acting.page(call, as, all) : acting.page(call, all);
    }

    private static Response back(Call call, AccountContext context, String done) {
        return Html.seeOther(call, ExportPaths.HOME + "?as=" + context.acting().username() + "&done=" + done);
    }
}
