package dev.banyan.platform.web;

import dev.banyan.platform.files.StoredFile;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.PathPart;

/// Answers with a stored file: from the disk if it is on this machine, else passed on while it arrives.
public final class FileAnswers {

    private FileAnswers() {}

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
