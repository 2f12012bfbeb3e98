package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.json.Answers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// Pictures and videos of public pages. The content of an address never changes, and can't run scripts.
@Path("/media")
@RunOnVirtualThread
class PictureResource {

    /// A single range; browsers request no more when they play a video.
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

    /// @param last the last byte, inclusive
    private record Range(long first, long last) {}

    private final Pictures pictures;

    PictureResource(Pictures pictures) {
        this.pictures = pictures;
    }

    @GET
    @Path("{id}")
    @Operation(hidden = true)
    public Response show(@PathParam("id") String id, @HeaderParam("Range") @DefaultValue("") String range) {
        Optional<Pictures.Served> found = pictures.served(id);
        if (found.isEmpty()) {
            return Answers.failure(404, "Not found");
        }
        Pictures.Served served = found.get();
        Matcher asked = RANGE.matcher(range);
        if (!asked.matches()) {
            return headers(FileAnswers.whole(served.file()), served).build();
        }
        Optional<Range> part = range(asked.group(1), asked.group(2), served.size());
        return part.map(one -> headers(FileAnswers.part(served.file(), one.first(), one.last(), served.size()), served)
                        .build())
                .orElseGet(() -> Response.status(416)
                        .header("Content-Range", "bytes */" + served.size())
                        .build());
    }

    private static Optional<Range> range(String first, String last, long size) {
        if (first.isEmpty() && last.isEmpty()) {
            return Optional.empty();
        }
        long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
        long to = first.isEmpty() || last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        return from <= to ? Optional.of(new Range(from, to)) : Optional.empty();
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder answer, Pictures.Served served) {
        return answer.type(served.type())
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
                .header("Cross-Origin-Resource-Policy", "cross-origin");
    }
}
