package dev.banyan.platform.sso;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.request.PageQuery;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Sign-ins at a provider as the API shows them, the newest first.
@JsonInclude(Include.NON_ABSENT)
@Schema(name = "SingleSignOnSignIns")
public record SignInList(
        List<View> signIns,

        @Schema(description = "Pass as `after` to get the next page; absent on the last page")
        Optional<UUID> nextCursor) {

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "SingleSignOnSignIn")
    public record View(
            UUID id,
            Instant at,

            @Schema(description = "`in`, `refused` (who they are is proved) or `failed`")
            String outcome,

            @Schema(description = "Their email, username or subject; absent if no one was proved")
            Optional<String> person,

            List<String> groups,

            @Schema(description = "The names of the claims or attributes that arrived")
            List<String> claims,

            @Schema(description = "Why the person isn’t in; absent if they are")
            Optional<String> reason,

            @Schema(description = "The error that arrived, in the provider’s words")
            Optional<String> providerError,

            @Schema(description = "How many more of this outcome came later in this hour")
            int unlisted) {

        static View of(SignInLog.Entry entry) {
            SignInFacts facts = entry.facts();
            return new View(
                    entry.id(),
                    entry.at(),
                    facts.outcome().key(),
                    facts.person(),
                    facts.groups(),
                    facts.sent(),
                    facts.why(),
                    facts.words(),
                    entry.unlisted());
        }
    }

    /// @param found one more than is shown tells that there is a next page
    public static SignInList of(PageQuery.Slice<UUID> slice, List<SignInLog.Entry> found) {
        return slice.of(found, View::of, SignInLog.Entry::id, SignInList::new);
    }
}
