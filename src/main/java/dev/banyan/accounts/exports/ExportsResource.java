package dev.banyan.accounts.exports;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.brands.SubAccountsResource;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.RootRequest;
import dev.banyan.accounts.exports.Imports.Imported;
import dev.banyan.accounts.settings.RecentProof;
import dev.banyan.accounts.settings.RecentProofFilter;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Exports of brands and whole accounts in the API, and imports: a new brand from an archive, or what it has added to
/// a brand. They act for the context's root account.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Exports", description = "A brand or a whole account as one file, and back.")
class ExportsResource {

    private static final String UNKNOWN = "Export not found";

    record ExportBody(
            @Schema(description = "The id or username of a sub-account; without it, the whole account")
            Optional<String> subAccountId,

            @Schema(description = "Needed if the last proof of identity is more than 15 minutes old")
            Optional<String> password) {}

    /// @param subAccountId missing if it is the whole account
    /// @param state waiting, running, ready or failed
    /// @param progress in percent
    /// @param size in bytes
    /// @param file where to download it
    @JsonInclude(Include.NON_ABSENT)
    record ExportView(
            UUID id,
            Optional<String> subAccountId,
            String username,

            @Schema(implementation = AccountExport.State.class)
            String state,

            int progress,
            Optional<Long> size,
            Optional<String> file,
            Optional<String> problem,
            Instant createdAt,
            Optional<Instant> readyAt,
            Instant expiresAt) {

        static ExportView of(AccountExport export) {
            return new ExportView(
                    export.id(),
                    Optional.of(export.account().toString()).filter(_ -> !export.whole()),
                    export.username(),
                    export.state().key(),
                    export.progress(),
                    export.size(),
                    Optional.of("/api/admin/exports/" + export.id() + "/file").filter(_ -> export.isReady()),
                    export.problem(),
                    export.createdAt(),
                    export.readyAt(),
                    export.expiresAt());
        }
    }

    record ExportRequested(String message, ExportView export) {}

    record ExportList(List<ExportView> exports) {}

    /// @param subAccountId missing in a dry run
    /// @param counts what comes, such as `links`
    /// @param notes what is left out or different, in full sentences
    @JsonInclude(Include.NON_ABSENT)
    record ImportDone(
            String message,
            boolean dryRun,
            Optional<String> subAccountId,
            String username,
            String displayName,
            Map<String, Long> counts,
            List<String> notes) {}

    /// @param suggestions free usernames, if the one in the archive is taken
    /// @param accounts the accounts in the archive, if there are several
    @JsonInclude(Include.NON_ABSENT)
    record ImportFailure(String error, Optional<List<String>> suggestions, Optional<List<String>> accounts) {}

    private final Exports exports;
    private final RecentProof proof;
    private final RecentProofFilter unproved;
    private final Imports imports;

    ExportsResource(Exports exports, RecentProof proof, RecentProofFilter unproved, Imports imports) {
        this.exports = exports;
        this.proof = proof;
        this.unproved = unproved;
        this.imports = imports;
    }

    @POST
    @Path("ExportSubAccount")
    @Operation(
            summary = "Export a sub-account, or the whole account",
            description =
                    "The file is made in the background; GET /api/admin/GetExports shows how far it is, and a mail"
                            + " tells when it is ready. It is kept for 7 days. Only owners may, and not with an API key.")
    @APIResponseSchema(value = ExportRequested.class, responseCode = "202", responseDescription = "Requested")
    @APIResponse(responseCode = "400", description = "Three exports are unfinished, or the password is incorrect")
    @APIResponse(responseCode = "403", description = "Not an owner, or the last proof of identity is too old")
    @APIResponse(responseCode = "404", description = "Not managed by the caller")
    @APIResponse(responseCode = "429", description = "Too many exports in the last 24 hours")
    @ResponseStatus(202)
    public ExportRequested request(@Context RootRequest request, ExportBody body) {
        if (!Exports.isAllowed(request.context())) {
            throw refused(new Refusal.Forbidden(), UNKNOWN);
        }
        proof.orPassword(request.call().actor(), request.call().caller(), body.password())
                .orElseThrow(refusal -> new EarlyAnswer(unproved.unproved(refusal, "/api/admin/ExportSubAccount")));
        return new ExportRequested(
                "Export requested",
                ExportView.of(exports.request(request.context(), named(body))
                        .orElseThrow(refusal -> refused(refusal, AccountGuard.NOT_MANAGED))));
    }

    private static Optional<String> named(ExportBody body) {
        return body.subAccountId().map(String::strip).filter(id -> !id.isEmpty());
    }

    @GET
    @Path("GetExports")
    @Operation(summary = "List the exports that are being made or kept")
    @APIResponseSchema(value = ExportList.class, responseDescription = "Newest first")
    public ExportList list(@Context RootRequest request) {
        return new ExportList(exports.list(request.context()).orElseThrow(ExportsResource::refused).stream()
                .map(ExportView::of)
                .toList());
    }

    @GET
    @Path("exports/{exportId}")
    @Operation(summary = "See how far an export is")
    @APIResponseSchema(value = ExportView.class, responseDescription = "The export")
    @APIResponse(responseCode = "404", description = "The account doesn’t have this export")
    public ExportView find(@Context RootRequest request, @PathParam("exportId") String id) {
        return ExportView.of(with(request, id, exports::find));
    }

    @GET
    @Path("exports/{exportId}/file")
    @Operation(summary = "Download an export; needs a recent proof of identity")
    @APIResponse(responseCode = "200", description = "A ZIP file")
    @APIResponse(responseCode = "404", description = "The account doesn’t have this export")
    @APIResponse(responseCode = "409", description = "It isn’t ready")
    public Response file(@Context RootRequest request, @PathParam("exportId") String id) {
        return ExportFileAnswers.answer(with(request, id, exports::download));
    }

    @DELETE
    @Path("exports/{exportId}")
    @Operation(summary = "Delete an export with its file; an unfinished one is canceled")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "404", description = "The account doesn’t have this export")
    public DoneMessage delete(@Context RootRequest request, @PathParam("exportId") String id) {
        with(request, id, exports::delete);
        return new DoneMessage("Export deleted successfully");
    }

    private static <T> T with(RootRequest request, String id, BiFunction<AccountContext, UUID, Outcome<T>> work) {
        return Uuids.parse(id)
                .map(export -> work.apply(request.context(), export))
                .orElseGet(() -> Exports.isAllowed(request.context()) ? Outcome.notFound() : Outcome.forbidden())
                .orElseThrow(ExportsResource::refused);
    }

    private static EarlyAnswer refused(Refusal refusal) {
        return refused(refusal, UNKNOWN);
    }

    private static EarlyAnswer refused(Refusal refusal, String unknown) {
        return switch (refusal) {
            case Refusal.NotFound _ -> RootRequest.refused(404, unknown);
            case Refusal.Forbidden _ ->
                RootRequest.refused(403, "Only owners can export, signed in as themselves and not with an API key");
            case Refusal.LimitReached limit ->
                RootRequest.refused(400, "At most " + limit.max() + " exports can be unfinished at the same time");
            case Refusal.TooMany(var wait) -> new EarlyAnswer(Answers.tooManyFailure(wait));
            case Refusal.Rejected rejected ->
                RootRequest.refused(409, rejected.first().apiMessage());
            case Refusal.Conflict(String why) -> RootRequest.refused(409, why);
            case Refusal.ReadOnly(Instant until) -> RootRequest.refused(403, AccountGuard.ReadOnlyFailure.of(until));
        };
    }

    @POST
    @Path("ImportSubAccount")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Import a sub-account from an export",
            description =
                    "Creates a sub-account with new ids, or nothing. With subAccountId, adds what the export has to"
                            + " that one instead. Without dryRun=false it only says what would come.")
    @APIResponseSchema(value = ImportDone.class, responseDescription = "Imported, or the result of the dry run")
    @APIResponse(responseCode = "400", description = "The file can't be used, or there is no room for a sub-account")
    @APIResponse(responseCode = "403", description = "The sub-account is read-only")
    @APIResponse(responseCode = "404", description = "subAccountId is not managed by the caller, or suspended")
    @APIResponse(responseCode = "409", description = "The username is taken: send another one")
    @APIResponse(responseCode = "415", description = "Not multipart/form-data")
    @APIResponse(responseCode = "503", description = "Another import is running")
    public ImportDone run(
            @Context RootRequest request,
            @Schema(description = "The ZIP file of an export") @RestForm @Nullable FileUpload file,
            @Schema(description = "The username of the new sub-account; without it, that of the export")
                    @RestForm
                    @Nullable
                    String username,
            @Schema(description = "Its display name; without it, that of the export") @RestForm @Nullable
                    String displayName,
            @Schema(description = "An existing sub-account that gets what the export has, by id or username")
                    @RestForm
                    @Nullable
                    String subAccountId,
            @Schema(description = "Which account of the export, if it has several: its username") @RestForm @Nullable
                    String account,
            @Schema(description = "false to import; anything else only tries") @RestForm @Nullable String dryRun) {
        if (file == null || file.size() == 0) {
            throw RootRequest.refused(400, "file is required");
        }
        Optional<String> into = filled(subAccountId);
        if (into.isPresent()
                && (filled(username).isPresent() || filled(displayName).isPresent())) {
            throw RootRequest.refused(400, "username and displayName are for a new sub-account: leave them out");
        }
        var wish = new Imports.Wish(
                filled(account), filled(username), filled(displayName), into, !"false".equalsIgnoreCase(dryRun));
        return answer(request, imports.run(request.context(), file.uploadedFile(), wish));
    }

    private static Optional<String> filled(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(one -> !one.isEmpty());
    }

    private static ImportDone answer(RootRequest request, Imported imported) {
        return switch (imported) {
            case Imported.Done done -> done(done);
            case Imported.Broken(String why) -> throw RootRequest.refused(400, why);
            case Imported.ChooseOne(List<String> folders) ->
                throw RootRequest.refused(
                        400,
                        new ImportFailure(
                                "account must name an account of the export", Optional.empty(), Optional.of(folders)));
            case Imported.NameTaken(String username, List<String> free) ->
                throw RootRequest.refused(
                        409,
                        new ImportFailure("Username already taken: " + username, Optional.of(free), Optional.empty()));
            case Imported.Busy _ ->
                throw RootRequest.refused(503, "Another import is running. Try again when it has finished");
            case Imported.Suspended _ -> throw request.notManaged();
            case Imported.Refused(Refusal refusal) -> throw SubAccountsResource.refused(request, refusal);
        };
    }

    private static ImportDone done(Imported.Done done) {
        var account = done.subAccount().account();
        return new ImportDone(
                done.dryRun() ? "Nothing was imported: this was a dry run" : "Sub-account imported successfully",
                done.dryRun(),
                Optional.of(account.id().toString()).filter(_ -> !done.dryRun()),
                account.username(),
                account.displayName(),
                done.counts(),
                Stream.concat(done.leftOut().stream().map(LeftOut::sentence), done.notes().stream())
                        .toList());
    }
}
