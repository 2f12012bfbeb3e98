package dev.banyan.accounts.search;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The search for programs.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Search", description = "Finds everything that the caller can see.")
class SearchResource {

    /// @param type such as `brand` or `shortLink`
    /// @param detail such as its address; absent without one
    /// @param account the display name of the brand that it belongs to; absent for what belongs to the account
    ///     itself
    /// @param href the address of its page in the dashboard
    @JsonInclude(Include.NON_ABSENT)
    record Result(
            @Schema(implementation = SearchKind.class) String type,
            String title,
            Optional<String> detail,
            Optional<String> account,
            String href) {}

    record ResultList(List<Result> results) {}

    private final Searches searches;

    SearchResource(Searches searches) {
        this.searches = searches;
    }

    @GET
    @Path("search")
    @Operation(
            summary = "Search everything",
            description = "Returns up to five results of each type, best first. A word matches what begins with it.")
    @APIResponseSchema(value = ResultList.class, responseDescription = "The results")
    public ResultList search(@Context AccountRequest request, @QueryParam("q") @DefaultValue("") String search) {
        return new ResultList(searches.find(request.context(), search).stream()
                .flatMap(group -> group.items().stream().map(item -> result(group.kind(), item)))
                .toList());
    }

    private static Result result(SearchKind kind, Searches.Item item) {
        return new Result(kind.key(), item.title(), present(item.detail()), present(item.account()), item.href());
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }
}
