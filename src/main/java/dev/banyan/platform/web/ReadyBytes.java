package dev.banyan.platform.web;

import module java.base;
import dev.banyan.platform.Digests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// A response ready to be sent: its bytes, plain and compressed, each with its ETag, and its headers, built once. For
/// public pages and for the files of our own pages. Compressed when the first client asks for it, because a page that
/// isn't kept is sent in one form only, and compressing takes as long as drawing it.
public final class ReadyBytes {

    private static final Pattern TAKES_GZIP = Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))");
    private static final int WORTH_COMPRESSING = 512;

    /// Both in the form that Netty writes fastest, without checking each character of each response.
    private record Header(CharSequence name, CharSequence value) {

        static Header of(String name, String value) {
            return new Header(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
        }
    }

    private static final class Variant {

        private final String etag;
        private final List<Header> headers;
        private final List<Header> notModifiedHeaders;
        private volatile Buffer bytes;

        Variant(String etag, byte[] bytes, List<Header> headers, List<Header> notModifiedHeaders) {
            this.etag = etag;
            this.headers = headers;
            this.notModifiedHeaders = notModifiedHeaders;
            this.bytes = Buffer.buffer(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes)));
        }

        int size() {
            return bytes.length();
        }

        byte[] copy() {
            return bytes.getBytes();
        }

        /// Returns the bytes for one response.
        Buffer once() {
            return Buffer.buffer(bytes.getByteBuf().duplicate());
        }

        /// Moves the bytes to where they are sent from as they are: Netty would copy others for every response.
        void settle() {
            ByteBuf now = bytes.getByteBuf();
            if (!now.isDirect()) {
                bytes = Buffer.buffer(Unpooled.unreleasableBuffer(Unpooled.directBuffer(now.readableBytes())
                        .writeBytes(now.duplicate())
                        .asReadOnly()));
            }
        }
    }

    private final int status;
    private final Variant plain;
    private final Function<byte[], Variant> compressing;
    private volatile @Nullable Variant gzip;

    private ReadyBytes(int status, Variant plain, Function<byte[], Variant> compressing) {
        this.status = status;
        this.plain = plain;
        this.compressing = compressing;
    }

    private synchronized Variant gzip() {
        Variant made = gzip;
        if (made == null) {
            made = plain.size() < WORTH_COMPRESSING ? plain : compressing.apply(plain.copy());
            gzip = made;
        }
        return made;
    }

    /// @param headers in addition to the type, the length, the encoding and the ETag, which are set here
    public static ReadyBytes of(int status, String contentType, byte[] bytes, Map<String, String> headers) {
        String digest = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Digests.sha256(bytes))
                .substring(0, 22);
        MultiMap always = MultiMap.caseInsensitiveMultiMap().addAll(headers).set("Vary", "Accept-Encoding");
        MultiMap full = MultiMap.caseInsensitiveMultiMap().addAll(always).set("Content-Type", contentType);
        return new ReadyBytes(status, variant("\"" + digest + "\"", bytes, always, full), toCompress -> {
            MultiMap compressed =
                    MultiMap.caseInsensitiveMultiMap().addAll(full).set("Content-Encoding", "gzip");
            return variant("\"" + digest + "-gz\"", compress(toCompress), always, compressed);
        });
    }

    private static Variant variant(String etag, byte[] bytes, MultiMap always, MultiMap full) {
        MultiMap notModified = MultiMap.caseInsensitiveMultiMap().addAll(always).set("ETag", etag);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .addAll(full)
                .set("ETag", etag)
                .set("Content-Length", Integer.toString(bytes.length));
        return new Variant(etag, bytes, list(headers), list(notModified));
    }

    private static List<Header> list(MultiMap headers) {
        return headers.entries().stream()
                .map(header -> Header.of(header.getKey(), header.getValue()))
                .toList();
    }

    private static byte[] compress(byte[] bytes) {
        var compressed = new ByteArrayOutputStream(bytes.length / 2);
        try (var gzip = new GZIPOutputStream(compressed) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return compressed.toByteArray();
    }

    /// Returns the number of bytes held in memory by a response that is kept.
    public int size() {
        return plain.size() + gzip().size();
    }

    /// What is sent to one client.
    private record Chosen(int status, List<Header> headers, Optional<Buffer> bytes) {}

    private static boolean takesGzip(@Nullable String encodings) {
        if (encodings == null) {
            return false;
        }
        boolean isRanked = encodings.indexOf('=') >= 0; // then its q-value may be 0, which browsers never send
        return isRanked ? TAKES_GZIP.matcher(encodings).find() : encodings.contains("gzip");
    }

    private Variant variantFor(HttpServerRequest request) {
        if (!takesGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
            return plain;
        }
        Variant made = gzip;
        return made == null ? gzip() : made;
    }

    /// Chooses 304 if the client has these bytes already, and no body for HEAD.
    private Chosen choose(Variant variant, HttpServerRequest request) {
        String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && status == 200 && (known.equals("*") || known.contains(variant.etag))) {
            return new Chosen(304, variant.notModifiedHeaders, Optional.empty());
        }
        return new Chosen(
                status,
                variant.headers,
                request.method() == HttpMethod.HEAD ? Optional.empty() : Optional.of(variant.once()));
    }

    /// Sends the response at once, bypassing all resources.
    public void answer(HttpServerRequest request) {
        Variant variant = variantFor(request);
        variant.settle();
        Chosen chosen = choose(variant, request);
        HttpServerResponse response = request.response().setStatusCode(chosen.status());
        MultiMap headers = response.headers();
        for (Header header : chosen.headers()) {
            headers.add(header.name(), header.value());
        }
        chosen.bytes().ifPresentOrElse(response::end, response::end);
    }

    /// Returns the same as the response of a resource.
    public Response response(HttpServerRequest request) {
        Chosen chosen = choose(variantFor(request), request);
        var response = Response.status(chosen.status());
        chosen.headers()
                .forEach(header ->
                        response.header(header.name().toString(), header.value().toString()));
        chosen.bytes().ifPresent(response::entity);
        return response.build();
    }
}
