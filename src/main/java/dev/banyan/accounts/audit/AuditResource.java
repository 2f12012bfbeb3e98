package dev.banyan.accounts.audit;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.AuditEntry;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// An agency’s audit log in the API, with the filters of its page.
@Path("/api/admin/audit")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Audit log", description = "What was done in an account and its sub-accounts, by whom and when.")
class AuditResource {

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "AuditEntry")
    record EntryView(
            UUID id,
            Instant at,

            @Schema(description = "An email, or words such as “The server”")
            String who,

            @Schema(example = "SubAccountCreated") String action,

            @Schema(description = "The act as a sentence", example = "Created the brand “harbour”")
            String what,

            @Schema(description = "The username of the account that it’s about; absent for the server itself")
            Optional<String> account,

            @Schema(description = "What it was done to: an id, or a name if there is no id")
            String target,

            @Schema(description = "More about the act; absent once it was erased")
            Optional<Map<String, String>> details,

            @Schema(description = "Empty for operators of the server")
            String ip,

            @Schema(description = "Its position in the account’s chain; absent until it is sealed")
            Optional<Long> sequence,

            @Schema(description = "SHA-256 in hexadecimal; absent until it is sealed")
            Optional<String> chainHash) {

        static EntryView of(AuditEntry entry, AuditNames.Named names) {
            return new EntryView(
                    entry.id(),
                    entry.at(),
                    names.who(entry),
                    entry.action(),
                    entry.sentence(),
                    names.account(entry),
                    entry.target(),
                    entry.details().map(_ -> entry.facts()),
                    names.ip(entry),
                    entry.place().map(AuditEntry.ChainPosition::sequence),
                    entry.place().map(AuditEntry.ChainPosition::hash));
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "AuditEntryList")
    record EntryList(
            List<EntryView> entries,

            @Schema(description = "Pass as `after` to get the next page; absent on the last page")
            Optional<UUID> nextCursor) {}

    private final AuditPages pages;

    AuditResource(AuditPages pages) {
        this.pages = pages;
    }

    @GET
    @Operation(summary = "List what was done in the account and its sub-accounts, newest first")
    @APIResponseSchema(
            value = EntryList.class,
            responseDescription = "Up to 1,000 entries; use `nextCursor` to get the next page")
    @APIResponse(responseCode = "400", description = "Invalid action, date, limit or after")
    @APIResponse(responseCode = "403", description = "A sub-account, or a role without the permission")
    public EntryList list(@Context AccountRequest request, @BeanParam AuditFilters filters, @BeanParam PageQuery page) {
        request.refuseSubAccounts();
        AuditQuery query = filters.query();
        List<String> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            throw AccountRequest.refused(400, String.join(" ", mistakes));
        }
        PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
        var reader = new AuditPages.Reader.Agency(request.context().root().id());
        AuditPages.Part part = pages.part(reader, pages.filter(reader, query), slice.after(), slice.limit());
        return new EntryList(
                part.entries().stream()
                        .map(entry -> EntryView.of(entry, part.names()))
                        .toList(),
                part.next());
    }
}
