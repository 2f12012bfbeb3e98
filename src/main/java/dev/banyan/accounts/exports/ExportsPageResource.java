package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The page for exports of brands and of the account. Not under `/admin/exports`, which is another name of the API’s
/// route (`CanonicalRoutes`).
@Path(ExportPaths.HOME)
@RunOnVirtualThread
class ExportsPageResource {

    private static final long MEGABYTE = 1_048_576;

    private final Exports exports;
    private final OneTimeLinks links;

    ExportsPageResource(Exports exports, OneTimeLinks links) {
        this.exports = exports;
        this.links = links;
    }

    /// @param brand a username to begin with
    @GET
    public Response show(@Context AccountPage page, @QueryParam("brand") @DefaultValue("") String brand) {
        return exports.knows(page.context(), brand)
                ? shown(page, brand, 200, Optional.empty())
                : refused(page, brand, new Refusal.NotFound());
    }

    private Response shown(AccountPage page, String brand, int status, Optional<FormProblem> problem) {
        List<AccountExport> all = exports.list(page.context()).orElseThrow(_ -> forOwners(page));
        return Html.answer(
                status,
                new ExportsPage(
                        page.frame(NavItem.BRANDS, "Exports"),
                        all.stream().map(ExportsPageResource::row).toList(),
                        brand,
                        links.mailing(),
                        all.stream().anyMatch(AccountExport::isUnfinished),
                        problem));
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
                Words.time(export.createdAt()),
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

    private static EarlyAnswer forOwners(AccountPage page) {
        return page.refused(
                403, "Only owners can export", "Ask an owner of the account to export it or one of its brands.");
    }

    @POST
    public Response request(@Context AccountPage page, @FormParam("brand") @DefaultValue("") String brand) {
        Optional<String> wanted = Optional.of(brand.strip()).filter(name -> !name.isEmpty());
        return exports.request(page.context(), wanted)
                .fold(
                        _ -> page.done(
                                ExportPaths.HOME, links.mailing() ? "export-requested" : "export-requested-here"),
                        refusal -> refused(page, brand, refusal));
    }

    private Response refused(AccountPage page, String brand, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Forbidden _ -> throw forOwners(page);
            case Refusal.LimitReached limit ->
                shown(
                        page,
                        brand,
                        409,
                        Optional.of(new FormProblem(
                                limit.max() + " exports are unfinished.",
                                "Wait until one of them is ready, or delete one.")));
            case Refusal.TooMany _ ->
                shown(
                        page,
                        brand,
                        429,
                        Optional.of(new FormProblem("You’ve reached today’s limit for exports.", "Try again later.")));
            case Refusal.NotFound _, Refusal.Rejected _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                shown(
                        page,
                        brand,
                        404,
                        Optional.of(new FormProblem(
                                "We can’t find this brand.",
                                "Check the username, or leave it empty to export the whole account.")));
        };
    }

    @GET
    @Path("{exportId}/file")
    public Response file(@Context AccountPage page, @PathParam("exportId") String id) {
        return ExportFileAnswers.answer(with(page, id, exports::download));
    }

    @POST
    @Path("{exportId}/delete")
    @WithFormRead
    public Response delete(@Context AccountPage page, @PathParam("exportId") String id) {
        with(page, id, exports::delete);
        return page.done(ExportPaths.HOME, "export-deleted");
    }

    private static <T> T with(AccountPage page, String id, BiFunction<AccountContext, UUID, Outcome<T>> work) {
        return Uuids.parse(id)
                .map(export -> work.apply(page.context(), export))
                .orElseGet(Outcome::notFound)
                .orElseThrow(refusal -> switch (refusal) {
                    case Refusal.Forbidden _ -> forOwners(page);
                    case Refusal.Rejected _ ->
                        page.refused(409, "This export isn’t ready", "Go back to your exports and wait for it.");
                    default ->
                        page.refused(404, "Export not found", "It may have been deleted: we keep exports for 7 days.");
                });
    }
}
