package dev.banyan.accounts.exports;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.brands.SubAccountsResource;
import dev.banyan.accounts.context.RootRequest;
import dev.banyan.accounts.exports.Imports.Imported;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Imports a brand from an archive, for the context's root account, or adds what it has to a brand.
@Path("/api/admin/ImportSubAccount")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Exports", description = "A brand or a whole account as one file, and back.")
class ImportResource {

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

    private final Imports imports;

    ImportResource(Imports imports) {
        this.imports = imports;
    }

    @POST
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
