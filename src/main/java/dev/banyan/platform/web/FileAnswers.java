package dev.banyan.platform.web;

import module java.base;
import dev.banyan.platform.files.StoredFile;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jboss.resteasy.reactive.PathPart;

/// Answers with a file: one that is stored, from the disk if it is on this machine, else passed on while it arrives, or
/// one that is made for the request.
public final class FileAnswers {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,15})-([0-9]{0,15})");

    private FileAnswers() {}

    /// Answers with a table that browsers download.
    ///
    /// @param name without its ending
    public static Response csv(String name, StreamingOutput rows) {
        return download(name + ".csv", "text/csv; charset=utf-8", rows).build();
    }

    /// Begins an answer that browsers download, and that nothing keeps.
    public static Response.ResponseBuilder download(String name, String type, Object content) {
        return Response.ok(content)
                .type(type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store");
    }

    /// Answers with a file that came from outside, so that it can't execute anything: browsers may not guess its type.
    /// Serves the part that was asked for: players of audio and video seek in a file, and some play nothing else.
    ///
    /// @param isShown whether browsers show it; else they download it
    public static Response guarded(Call call, StoredFile file, String name, String type, boolean isShown) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return call.header("Range")
                .flatMap(range -> part(range, file))
                .orElseGet(() -> whole(file))
                .type(type.startsWith("text/") ? type + "; charset=utf-8" : type)
                .header("Content-Disposition", (isShown ? "inline" : "attachment") + "; filename*=UTF-8''" + encoded)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "private, max-age=86400, immutable")
                .build();
    }

    /// @return empty for a range that isn't a single one within the file
    private static Optional<Response.ResponseBuilder> part(String range, StoredFile file) {
        long size = file.size();
        Matcher asked = RANGE.matcher(range);
        if (!asked.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(asked.group(1));
        long last = asked.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(asked.group(2)));
        return first > last ? Optional.empty() : Optional.of(part(file, first, last, size));
    }

    public static Response.ResponseBuilder whole(StoredFile file) {
        return file.local()
                .map(path -> Response.ok(path.toFile()))
                .orElseGet(() -> Response.ok(file.open()).header("Content-Length", file.size()));
    }

    /// Answers with a part of it, which must be within the file.
    ///
    /// @param first counts from 0; `last` belongs to the part
    public static Response.ResponseBuilder part(StoredFile file, long first, long last, long size) {
        long length = last - first + 1;
        return file.local()
                .map(path -> Response.status(206).entity(new PathPart(path, first, length)))
                .orElseGet(() ->
                        Response.status(206).entity(file.open(first, length)).header("Content-Length", length))
                .header("Content-Range", "bytes " + first + "-" + last + "/" + size);
    }
}
