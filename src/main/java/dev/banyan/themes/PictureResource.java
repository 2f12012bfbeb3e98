package dev.banyan.themes;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.Contexts.Resolved;
import dev.banyan.platform.Owner;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.json.Answers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// Pictures and videos of public pages. The content of an address never changes, and can't run scripts. Those of a
/// suspended or deleted account are closed as its pages are, except for the people who manage it.
@Path("/media")
@RunOnVirtualThread
class PictureResource {

    /// A single range; browsers request no more when they play a video.
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

    /// @param last the last byte, inclusive
    private record Range(long first, long last) {}

    /// Browsers keep a picture for a year; what other caches keep ends within an hour after its account is closed.
    private static final String PUBLIC = "public, max-age=31536000, s-maxage=3600, immutable";

    private final Pictures pictures;
    private final Accounts accounts;
    private final Contexts contexts;

    PictureResource(Pictures pictures, Accounts accounts, Contexts contexts) {
        this.pictures = pictures;
        this.accounts = accounts;
        this.contexts = contexts;
    }

    @GET
    @Path("{id}")
    @Operation(hidden = true)
    public Response show(
            @Context Call call, @PathParam("id") String id, @HeaderParam("Range") @DefaultValue("") String range) {
        Optional<Pictures.Served> found = pictures.served(id);
        boolean isPublic =
                found.flatMap(one -> accounts.status(one.owner().account())).equals(Optional.of(AccountStatus.ACTIVE));
        if (found.filter(one -> isPublic || isManaged(call, one.owner())).isEmpty()) {
            return Answers.failure(404, "Not found");
        }
        Pictures.Served served = found.get();
        String cached = isPublic ? PUBLIC : "private, no-store";
        Matcher asked = RANGE.matcher(range);
        if (!asked.matches()) {
            return headers(FileAnswers.whole(served.file()), served, cached).build();
        }
        Optional<Range> part = range(asked.group(1), asked.group(2), served.size());
        return part.map(one -> headers(
                                FileAnswers.part(served.file(), one.first(), one.last(), served.size()), served, cached)
                        .build())
                .orElseGet(() -> Response.status(416)
                        .header("Content-Range", "bytes */" + served.size())
                        .build());
    }

    /// Returns whether the caller's lists have the account. Deleted ones are listed by those who see the whole agency.
    private boolean isManaged(Call call, Owner owner) {
        return Stream.of(owner.account(), owner.tenant())
                .map(id -> contexts.resolve(call.caller(), call.actor(), Optional.of(id.toString())))
                .anyMatch(found -> found instanceof Resolved.Found || found instanceof Resolved.Suspended);
    }

    private static Optional<Range> range(String first, String last, long size) {
        if (first.isEmpty() && last.isEmpty()) {
            return Optional.empty();
        }
        long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
        long to = first.isEmpty() || last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        return from <= to ? Optional.of(new Range(from, to)) : Optional.empty();
    }

    private static Response.ResponseBuilder headers(
            Response.ResponseBuilder answer, Pictures.Served served, String cached) {
        return answer.type(served.type())
                .header("Cache-Control", cached)
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
                .header("Cross-Origin-Resource-Policy", "cross-origin");
    }
}
