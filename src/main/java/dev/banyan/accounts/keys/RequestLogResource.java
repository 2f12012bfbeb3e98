package dev.banyan.accounts.keys;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The log of requests in the API, with the filters of its page.
@Path("/api/admin/api-requests")
@RunOnVirtualThread
@JsonResource
@Tag(name = "API keys")
class RequestLogResource {

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "ApiRequest")
    record RequestView(
            UUID id,
            Instant at,
            String keyId,
            String method,
            @Schema(example = "/v1/GetPages") String route,
            int status,
            Optional<String> code,
            long milliseconds,
            String requestId) {

        static RequestView of(LoggedRequest request) {
            return new RequestView(
                    request.id(),
                    request.at(),
                    request.key(),
                    request.method(),
                    request.path(),
                    request.status(),
                    request.code(),
                    request.took().toMillis(),
                    request.requestId());
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "ApiRequestList")
    record RequestList(List<RequestView> requests, Optional<UUID> nextCursor) {}

    private final RequestLog log;

    RequestLogResource(RequestLog log) {
        this.log = log;
    }

    @GET
    @Operation(summary = "List the requests of API keys in the last 7 days, newest first")
    @APIResponseSchema(RequestList.class)
    public RequestList list(
            @Context AccountRequest request,
            @Schema(description = "Id of a key") @QueryParam("key") @DefaultValue("") String key,
            @Schema(description = "Such as 404, or 4 for all from 400 to 499") @QueryParam("status") @DefaultValue("")
                    String status,
            @Schema(description = "Part of method and route") @QueryParam("route") @DefaultValue("") String route,
            @BeanParam PageQuery page) {
        request.refuseSubAccounts();
        var filter = new RequestFilter(key, status, route);
        if (filter.isWrong()) {
            throw AccountRequest.refused(400, RequestFilter.WRONG_STATUS);
        }
        PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
        return slice.of(
                log.of(request.context().root().id(), filter, slice.after(), slice.most()),
                RequestView::of,
                LoggedRequest::id,
                RequestList::new);
    }
}
